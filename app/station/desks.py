"""The four kinds of work at a station: their rules, what each decision needs, what follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from types import ModuleType
from typing import Any, cast

from msgspec import Struct
from sqlalchemy import Connection

from app.config import Settings
from app.domain import dispatch, dispatch_task, packing, picking, putback
from app.domain.decision import Accepted, Decision, Prompt
from app.domain.entries import LabelVerified
from app.domain.printing import Document
from app.flow import invoices
from app.station import dock, holds, shortage
from app.station.desk import Desk, Rules
from app.station.session import Session
from app.store import catalogue, journal, manifests, moment, orders, packages, print_jobs, tasks
from app.store.dock import for_manifest


class _Dispatch:
    """The rules of dispatch, whose state and decisions live in two modules."""

    start = staticmethod(dispatch_task.start)
    evolve = staticmethod(dispatch_task.evolve)
    prompt = staticmethod(dispatch_task.prompt)
    is_done = staticmethod(dispatch_task.is_done)
    undoable = staticmethod(dispatch_task.undoable)
    decide = staticmethod(dispatch.decide)
    act = staticmethod(dispatch.act)


_RULES: dict[str, ModuleType | type] = {
    "pick": picking,
    "pack": packing,
    "dispatch": _Dispatch,
    "putback": putback,
}


def rules(kind: str) -> Rules:
    return cast(Rules, _RULES[kind])


class Desks:
    """Builds contexts. Remembers only what needs no journal: a unit in the hand of a put-back,
    a cut-off warning that was shown, a bin that was scanned in place of the asked one."""

    def __init__(
        self, settings: Callable[[], Settings], session: Session, clock: Callable[[], datetime]
    ) -> None:
        self._settings = settings
        self._session = session
        self._clock = clock
        self._in_hand: tuple[str, int] = ("", 0)
        self._cutoff_warned = False
        self._wrong_bin = ""
        self.under_way: Callable[[], frozenset[str]] = frozenset  # print jobs that a printer has

    def forget(self) -> None:
        """A new task begins."""
        self._in_hand, self._cutoff_warned, self._wrong_bin = ("", 0), False, ""

    def heard(self, decision: Decision) -> None:
        """Keep what the next decision needs of this one."""
        if isinstance(decision, Accepted) or "confirmable" in decision.params:
            self._wrong_bin = str(decision.params.get("confirmable", ""))
        if decision.code == "UNIT_IN_HAND":
            done = decision.params["done"]
            assert isinstance(done, int)
            self._in_hand = (str(decision.params["sku"]), done)
        elif decision.code in ("PUT_BACK", "PUTBACK_COMPLETE", "HAND_EMPTIED"):
            self._in_hand = ("", 0)
        elif decision.code == "AFTER_CUTOFF":
            self._cutoff_warned = True

    def prompt(self, desk: Desk) -> Prompt:
        """What the person must do next."""
        if desk.kind == "putback":
            return putback.prompt(desk.task, self._in_hand)
        return desk.rules.prompt(desk.task)

    def catch_up(self, c: Connection, desk: Desk) -> Any:
        """Bring the task up to now: what others wrote of it, and what its rules look at besides.

        Returns:
            What a decision about it needs, good while `c` is open.
        """
        is_new = desk.caught_up != moment.now(c)  # else nobody has written since the last look
        if is_new:
            desk.catch_up(c)
        context = self._context(c, desk)
        if desk.kind == "pack":
            desk.task = packing.see(desk.task, context)
        elif desk.kind == "dispatch" and is_new:
            task = desk.task
            mine = for_manifest(c, task.manifest_id, task.carrier, task.service_code)
            desk.task = dispatch_task.expect(task, mine)
        desk.caught_up = moment.now(c)
        return context

    def _context(self, c: Connection, desk: Desk) -> Any:
        now, permissions = self._clock(), self._session.permissions
        match desk.kind:
            case "pick":
                return picking.PickContext(
                    permissions=permissions,
                    today=now.astimezone(self._settings().zone()).date(),
                    tote_owner=lambda tote: tasks.tote_owner(c, tote),
                    product=lambda sku: catalogue.product(c, sku),
                    bins_of=lambda sku: catalogue.bins_of(c, sku),
                    wrong_bin=self._wrong_bin,
                    also_wanted=lambda sku: self._also_wanted(c, sku, desk.orders),
                )
            case "pack":
                return self._pack_context(c, desk)
            case "dispatch":
                return dispatch_task.DispatchContext(
                    permissions,
                    now,
                    lambda codes: dock.packages_of(c, self._settings(), codes),
                    self._cutoff_warned,
                )
            case _:
                return putback.PutBackContext(lambda sku: catalogue.product(c, sku), self._in_hand)

    def _pack_context(self, c: Connection, desk: Desk) -> packing.PackContext:
        row = orders.by_id(c, desk.orders[0])
        assert row is not None
        return packing.PackContext(
            permissions=self._session.permissions,
            label_owner=lambda code: _label_owner(c, code),
            invoice=invoices.of_order(c, row.id),
            address_version=row.address_version,
            hold=row.hold,
            held_by=lambda: holds.of(c, row, self._settings().zone()),
            product=lambda sku: catalogue.product(c, sku),
            serial_owner=lambda sku, serial: self._serial_owner(c, sku, serial),
            verified_by=lambda label_id: self._verified_by(c, row.id, label_id),
            print_jobs=lambda label_id: print_jobs.of(c, Document.SHIPPING_LABEL, label_id),
            under_way=self.under_way(),
        )

    def _also_wanted(self, c: Connection, sku: str, but: tuple[int, ...]) -> tuple[str, ...]:
        local = self._clock().astimezone(self._settings().zone())
        return shortage.also_wanted(c, sku, but, f"{local:%H:%M}")

    def _serial_owner(self, c: Connection, sku: str, serial: str) -> tuple[str, date] | None:
        found = packages.serial_owner(c, sku, serial)
        return (found[0], found[1].astimezone(self._settings().zone()).date()) if found else None

    def _verified_by(self, c: Connection, order_id: int, label_id: str) -> tuple[str, str]:
        for found in reversed(journal.order_entries(c, order_id)):
            if isinstance(found.entry, LabelVerified) and found.entry.label_id == label_id:
                at = found.at.astimezone(self._settings().zone())
                return found.operator or "—", f"{at:%H:%M}"
        return "", ""

    def next_effect(self, c: Connection, desk: Desk, context: Any) -> Any:
        """The label to make or print now, the romaneio to print (`PrintRomaneio`), or None. The
        task was caught up with in this transaction, which gave the context."""
        if desk.kind == "pack":
            desk.task = packing.see(desk.task, context)
            return packing.next_effect(desk.task)
        if desk.kind != "dispatch" or not desk.task.closed or desk.task.handed_over:
            return None
        printed = print_jobs.of(c, Document.ROMANEIO, desk.task.manifest_id)
        return None if printed else PrintRomaneio(desk.task.manifest_id)


class PrintRomaneio(Struct, frozen=True):
    """The station shall print a closed manifest's document, once."""

    manifest_id: str


def outcome(desk: Desk, after: Any) -> str:
    """How a finished task ends: "parked" is taken up again, "done" never."""
    return "parked" if desk.kind == "pack" and after.parked else "done"


def release_outcome(desk: Desk) -> str | None:
    """How an unfinished task may be given back; None while its goods are out of their places."""
    match desk.kind:
        case "pick":
            untouched = not desk.task.in_hand and not any(x.placed for x in desk.task.lines)
            return "released" if untouched else None
        case "pack":
            return "released" if not desk.task.units_done else None
        case "dispatch":
            return "parked"
        case _:
            return "released"


def named(c: Connection, desk: Desk) -> str:
    """What the task is about, as people call it: its orders, or its manifest."""
    if desk.kind == "dispatch":
        return desk.task_id
    rows = (orders.by_id(c, order_id) for order_id in desk.orders)
    return ", ".join(row.number for row in rows if row)


def beside(action: Any, desk: Desk) -> Callable[[Connection], None] | None:
    """What of an action is kept with its entries but in none of them: personal data."""
    if not isinstance(action, dispatch.Handover):
        return None
    driver, document = action.driver.strip(), action.document.strip()
    return lambda c: manifests.keep_driver(c, desk.task.manifest_id, driver, document)


def order_in_hand(desk: Desk) -> int:
    """The order that a problem is about."""
    if desk.kind == "pick":
        here = picking.current(desk.task)
        return here.order_id if here else 0
    return desk.orders[0] if desk.orders else 0


def _label_owner(c: Connection, tracking: str) -> packing.LabelOwner | None:
    label = packages.label_by_tracking(c, tracking)
    row = orders.by_id(c, label.order_id) if label else None
    if label is None or row is None:
        return None
    return packing.LabelOwner(
        row.id, row.number, row.claimed_by or "—", label.state, row.state == "PACKED"
    )
