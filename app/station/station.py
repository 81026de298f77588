"""One workstation: every scan and every action goes through here to its durable end."""

from __future__ import annotations

import contextlib
import re
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, Row

from app.config import Settings
from app.devices.printers.base import PrinterDown
from app.devices.wedge import CoolDown
from app.domain import dispatch, packing, putback
from app.domain import entries as e
from app.domain.decision import Accepted, Decision, Outcome, Prompt, Refused
from app.domain.entries import Entry
from app.domain.printing import Document
from app.domain.scan import (
    BadgeScan,
    Command,
    CommandScan,
    PrinterScan,
    Scan,
    UnknownScan,
    classify,
    code_text,
    excerpt,
)
from app.domain.security_entries import PermissionRefused, PersonalDataRevealed
from app.security.audit import Audit
from app.station import claim, desks, queue, rechecked, screens, story, supervision
from app.station.claim import Claim
from app.station.desk import Desk, TaskLost, resume
from app.station.desks import Desks, PrintRomaneio
from app.station.empty_hands import EmptyHands, LabelBack, OpenManifest, OpenOrder
from app.station.lookups import StoreLookups
from app.station.pictures import Pictures
from app.station.print_desk import PrintDesk
from app.station.printing import Press
from app.station.session import Session
from app.station.views import (
    ExceptionRow,
    Feedback,
    OrderStory,
    QueueCounts,
    QueueRow,
    StationView,
)
from app.store import catalogue, journal, orders, packages, tasks
from app.store.database import Store, StoreError
from app.store.journal import Stamp
from app.store.moment import now


class Taken(Struct, frozen=True):
    """What a transaction decided of a task, and `desk`, the task as it left it; what is to be
    printed once all of that is durable, or what stands in the way of it."""

    desk: Desk
    decision: Decision
    printing: Feedback | Row[Any] | None = None


Decide = Callable[[Connection, Desk, Any], Decision]  # the task's context is the third
NOTHING_TO_UNDO = Refused("NOTHING_TO_UNDO", outcome=Outcome.WARN)


class Station:
    """Who is signed in, the task in hand, and scan → decision → durable journal → feedback.

    Not safe for several threads: `worker.StationThread` is its only caller. What a list asks
    (queue, counts, story, exceptions) only reads the store, and may run beside that thread.
    """

    def __init__(
        self,
        store: Store,
        settings: Callable[[], Settings],
        session: Session,
        audit: Audit,
        press: Press,
        pictures: Pictures,
        *,
        clock: Callable[[], datetime],
        warnings: tuple[str, ...] = (),
        answered: Callable[[Feedback], None] = lambda feedback: None,
        standing: Callable[[Connection], tuple[Feedback, ...]] = lambda c: (),
    ) -> None:
        self._store = store
        self._settings = settings
        self._session = session
        self._audit = audit
        self._press = press
        self._pictures = pictures
        self._clock = clock
        self._answered = answered
        self._desks = Desks(settings, session, clock)
        self._hands = EmptyHands(session.allows)
        self._cooldown = CoolDown(settings().number("scanner.cooldown_ms"))
        self._block: Feedback | None = None
        self._desk: Desk | None = None
        self._trouble: Feedback | None = None  # why the task's document can't be made or printed
        self._unknown = ""  # the last code that nobody knew
        self._reads = 0
        self._saved = 0
        self._others = standing  # what other rooms want said for as long as it is so
        self._standing = tuple(Feedback(Outcome.WARN, code) for code in warnings)
        self.id = settings()["station.name"]
        self.printing = PrintDesk(store, session, press, self.id, self._guarded)
        press.stamp = lambda: self._stamp("")
        press.ended = self._print_ended
        self._owns_printing = False
        self._desks.under_way = lambda: press.under_way
        self._resume()

    # --- what a person does -----------------------------------------------------------------

    def scan(self, raw: str) -> Feedback:
        """Take one scan through to its durable end and say what to show."""
        self._reads += 1
        repeated = self._cooldown.is_repeat(raw, self._clock().timestamp() * 1000)
        if repeated and not self._block:  # a repeat may not wipe a BLOCK off the screen
            self._saved += 1
            return Feedback(Outcome.WARN, "REPEATED", {"code": excerpt(raw)})
        feedback = self._kept(lambda: self._scan(raw))
        if not feedback.code.startswith("STORE_"):
            self._saved += 1
        return feedback

    def acknowledge(self) -> None:
        """Take the BLOCK away; scans count again."""
        self._block = None

    def act(self, action: Any) -> Feedback:
        """Carry out an action of the screen, by the same rules as a scan."""
        return self._guarded(lambda: self._act(action))

    def undo(self) -> Feedback:
        """Take back the last reversible entry of the task in hand."""
        return self._guarded(self._undo)

    def claim_pick(self, mode: str, size: int) -> Feedback:
        """Take the most urgent orders to pick: one ("single"), or a wave of `size`."""
        return self._begin(
            "pick.work", lambda c: claim.pick(c, self._settings(), self._clock(), mode, size)
        )

    def open_pack(self, number: str) -> Feedback:
        return self._begin(
            "pack.work", lambda c: claim.pack(c, self._settings(), self._clock(), self.id, number)
        )

    def open_manifest(self, carrier: str, service_code: str, manifest_id: str = "") -> Feedback:
        """Open the manifest of a carrier and service, or go on with the one that is open, or with
        `manifest_id`, which may be closed and wait for its carrier."""
        settings, dock = self._settings, self._hands.dock
        return self._begin(
            "dispatch.work",
            lambda c: claim.dispatch(
                c, settings(), self._clock(), self.id, carrier, service_code, manifest_id, dock
            ),
        )

    def start_putback(self, number: str) -> Feedback:
        return self._begin("pick.work", lambda c: claim.putback(c, self._clock(), self.id, number))

    def take_over(self, task_id: str, reason: str) -> Feedback:
        """Go on here with what another station has in hand; that one learns it at its next scan."""
        return self._guarded(lambda: self._take_over(task_id, reason))

    def link_unknown(self, sku: str) -> Feedback:
        """Let the unknown code that was scanned last mean one unit of `sku`."""
        return self._guarded(lambda: self._link(sku))

    def count_stock(self, bin_code: str, sku: str, lot: str, counted: str) -> Feedback:
        """Set the record of a bin right: somebody counted `counted` units there."""
        return self._guarded(lambda: self._count(bin_code, sku, lot, counted))

    def release_task(self) -> Feedback:
        """Give the task back; refused while its goods are out of their bins or boxes."""
        return self._guarded(self._release)

    def supervise(self, number: str, action: str, reason: str) -> Feedback:
        """Pin, unpin, hold, lift, release, cancel or settle an order."""
        return self._guarded(lambda: self._supervise(number, action, reason))

    def reveal(self, number: str, reason: str) -> Feedback:
        """Show one order's personal data to whoever stands here, for a reason and a short time."""
        return self._guarded(lambda: self._reveal(number, reason))

    # --- sign-in ----------------------------------------------------------------------------

    def sign_in(self, badge: str, pin: str) -> Feedback:
        feedback = self._guarded(lambda: self._session.sign_in(badge, pin))
        if self._session.is_open and self._owns_printing:
            self._go_on_printing()
        return feedback

    def create_first_supervisor(self, name: str, badge: str, pin: str) -> Feedback:
        return self._guarded(lambda: self._session.create_first(name, badge, pin))

    def sign_out(self) -> Feedback:
        return self._guarded(self._session.sign_out)

    def lock(self) -> None:
        self._session.lock()

    # --- what a screen asks -----------------------------------------------------------------

    def view(self) -> StationView:
        """All that the screen needs; personal data is masked for whoever stands here."""
        with self._store.read() as c:
            ctx = self._desks.catch_up(c, self._desk) if self._desk else None
            shown: dict[str, Any] = {}
            if self._session.is_open and self._desk:
                shown = screens.task_view(c, self._desk, ctx, self._pictures)
            elif self._session.is_open:
                shown = {"dispatch": screens.choices(c, self._hands.dock)}
            if self._session.is_open:
                shown["printing"] = waiting = self.printing.waiting(c)
                shown["printers"] = self.printing.printer_views(c) if waiting else ()
            warnings = self._warnings(c)
        return StationView(
            session=self._session.view(),
            prompt=self._prompt(),
            block=self._block,
            undo=self._undo_name(),
            trouble=self._trouble if self._desk else None,
            unknown_code=excerpt(self._unknown) if self._unknown else "",
            scans_read=self._reads,
            scans_saved=self._saved,
            warnings=warnings,
            **shown,
        )

    def queue(
        self, words: str, queue_name: str, offset: int, limit: int
    ) -> tuple[tuple[QueueRow, ...], int]:
        with self._store.read() as c:
            return queue.page(c, words, queue_name, offset, limit, self._zone, self._clock())

    def counts(self) -> QueueCounts:
        with self._store.read() as c:
            return queue.counts(c, self._clock())

    def story(self, number: str) -> OrderStory | None:
        with self._store.read() as c:
            may = self._session.permissions_on(number)
            policy = self._settings().gates
            return story.story(c, number, may, self._zone, self._clock(), policy)

    def exceptions(self) -> tuple[ExceptionRow, ...]:
        with self._store.read() as c:
            return queue.exceptions(c, self._zone)

    # --- inside -----------------------------------------------------------------------------

    @property
    def _zone(self) -> ZoneInfo:
        return self._settings().zone()

    def _guarded(self, work: Callable[[], Feedback]) -> Feedback:
        """Run `work` for whoever stands here, unless their access was taken away meanwhile."""

        def checked() -> Feedback:
            ended = self._session.end_if_disabled()
            feedback = work()
            return _of_the_disabled(feedback) if ended else feedback

        return self._kept(checked)

    def _kept(self, work: Callable[[], Feedback]) -> Feedback:
        """Run `work`; what the store can't keep is said, and nothing of it happened."""
        try:
            feedback = self._held_work(work)
            if feedback.code == "NOT_PERMITTED":
                self._audit.record(PermissionRefused(str(feedback.params["permission"])))
        except StoreError as error:
            feedback = Feedback(Outcome.BLOCK, error.code, {"detail": error.detail})
        self._answered(feedback)
        if feedback.outcome is Outcome.BLOCK and feedback.code != "ACK_FIRST":
            feedback = replace(feedback, needs_ack=True)
            self._block = feedback
        return feedback

    def _held_work(self, work: Callable[[], Feedback]) -> Feedback:
        """Run `work`; where another station took the task over, the hands are empty and told so."""
        try:
            return work()
        except TaskLost:
            desk, self._desk = self._desk, None
            assert desk is not None
            with self._store.read() as c:
                return Feedback(Outcome.BLOCK, "STALE", {"order": desks.named(c, desk)})

    def _scan(self, raw: str) -> Feedback:
        """Understood, decided and made durable in one moment of the store."""
        with self._store.write() if self._takes_scans else self._store.read() as c:
            gone = not self._is_as_left(c) and self._session.is_disabled(c)
            scan = classify(raw, StoreLookups(c))
            if not self._block:
                self._unknown = raw if isinstance(scan, UnknownScan) else ""
            taken = None
            if not gone and self._is_for_task(scan):
                taken = self._take(c, lambda c, desk, ctx: desk.rules.decide(desk.task, scan, ctx))
                taken.desk.left = taken.desk.caught_up
        if taken:
            return self._settle(taken)
        if gone:
            self._session.end_if_disabled()
        feedback = self._beside_task(scan)
        return _of_the_disabled(feedback) if gone else feedback

    def _is_as_left(self, c: Connection) -> bool:
        return self._desk is not None and self._desk.is_as_left(c)

    @property
    def _takes_scans(self) -> bool:
        """Whether scans go to the rules of a task in hand, as nearly all do."""
        return not self._block and self._session.is_open and self._desk is not None

    def _is_for_task(self, scan: Scan) -> bool:
        """Whether the rules of the task in hand say what comes of a scan."""
        if not self._takes_scans or self._desk is None:
            return False
        if _is_problem(scan):
            return self._desk.kind == "pack"  # it frees the bench, by the pack's rules
        return not isinstance(scan, BadgeScan | PrinterScan)

    def _beside_task(self, scan: Scan) -> Feedback:
        """What comes of a scan that is not for the rules of a task in hand."""
        problem = _is_problem(scan)
        if problem and not self._takes_scans:
            return Feedback(Outcome.DONE, "HELP_ASKED")  # no order in hand to set aside
        if self._block:
            if isinstance(scan, CommandScan) and scan.command is Command.OK:
                self.acknowledge()
                return Feedback(Outcome.OK, "ACKNOWLEDGED")
            return Feedback(Outcome.BLOCK, "ACK_FIRST", needs_ack=True)
        if isinstance(scan, BadgeScan):
            return self._session.badge_read(scan.code)
        if not self._session.is_open:
            return Feedback(Outcome.WARN, "SIGN_IN_FIRST")
        if isinstance(scan, PrinterScan):
            return self.printing.use(scan.code)
        return self._raise_problem() if problem else self._idle_scan(scan)

    def _idle_scan(self, scan: Scan) -> Feedback:
        """With empty hands a scan opens what it names."""
        with self._store.read() as c:
            found = self._hands.scan(c, scan)
        settings, now, dock = self._settings(), self._clock(), self._hands.dock
        match found:
            case OpenOrder(number=number):
                return self._claim(
                    "pack.work", lambda c: claim.pack(c, settings, now, self.id, number)
                )
            case OpenManifest(carrier=carrier, service_code=code, manifest_id=known):
                said = self._claim(
                    "dispatch.work",
                    lambda c: claim.dispatch(c, settings, now, self.id, carrier, code, known, dock),
                )
                if not found.load or self._desk is None:
                    return said
                return self._settled(lambda c, desk, ctx: desk.rules.decide(desk.task, scan, ctx))
            case LabelBack(order_id=order_id, params=params):
                with self._store.write() as c:
                    settled = e.ProblemSettled(order_id, "label_back")
                    journal.append(c, self._stamp(""), (settled,))
                return Feedback(Outcome.OK, "LABEL_BACK", params)
            case _:
                return found

    def _act(self, action: Any) -> Feedback:
        refused = self._not_now()
        if refused:
            return refused
        desk = self._desk
        assert desk is not None

        def decided(c: Connection, desk: Desk, ctx: Any) -> Decision:
            decision = desk.rules.act(desk.task, action, ctx)
            if isinstance(action, dispatch.Close) and isinstance(decision, Accepted):
                # It can be closed: but for what its orders' invoices still wait for.
                return rechecked.check(c, desk.task, self._clock()) or decision
            return decision

        return self._settled(
            decided, str(getattr(action, "reason", "")), desks.beside(action, desk)
        )

    def _undo(self) -> Feedback:
        refused = self._not_now()
        if refused:
            return refused

        def taken_back(c: Connection, desk: Desk, ctx: Any) -> Decision:
            if desk.kind == "putback" and (emptied := putback.let_go(ctx)):
                return emptied
            entry = desk.undo_entry()
            return Accepted((entry,), "UNDONE") if entry else NOTHING_TO_UNDO

        return self._settled(taken_back)

    def _not_now(self) -> Feedback | None:
        if not self._session.is_open:
            return Feedback(Outcome.WARN, "SIGN_IN_FIRST")
        if self._block:
            return Feedback(Outcome.BLOCK, "ACK_FIRST", needs_ack=True)
        return None if self._desk else Feedback(Outcome.WARN, "NO_TASK")

    def _settled(
        self, decide: Decide, reason: str = "", beside: Callable[[Connection], None] | None = None
    ) -> Feedback:
        """Decide, make what is accepted durable, do what follows from it, then answer."""
        with self._store.write() as c:
            taken = self._take(c, decide, reason, beside)
        return self._settle(taken)

    def _take(
        self,
        c: Connection,
        decide: Decide,
        reason: str = "",
        beside: Callable[[Connection], None] | None = None,
    ) -> Taken:
        """Decide in a transaction that writes, and in it journal what is accepted and make what
        follows from it. The store may still refuse to keep it, so that `self._desk` stays as it
        was until `_settle`."""
        assert self._desk is not None
        desk = self._desk.aside()
        desk.keep(c, self.id)
        context = self._desks.catch_up(c, desk)
        desk.caught_up = now(c).after  # what is written from here on is the desk's own
        decision = decide(c, desk, context)
        if isinstance(decision, Refused):
            return Taken(desk, decision)
        if decision.entries:
            self._journal(c, desk, decision.entries, beside)
        if decision.code == "REPRINTING":
            effect = packing.reprint(desk.task, reason)
        else:
            effect = self._desks.next_effect(c, desk, context)
        return Taken(desk, decision, self._make(c, desk, context, effect))

    def _journal(
        self,
        c: Connection,
        desk: Desk,
        entries: tuple[Entry, ...],
        extra: Callable[[Connection], None] | None = None,
    ) -> None:
        """The journal's entries and their effects, and the task's end where they are its last."""
        after = desk.fold(entries)
        if desk.rules.is_done(after):
            entries = (*entries, e.TaskClosed(desk.kind, desks.outcome(desk, after)))
        seq = journal.append(c, self._stamp(desk.task_id), entries)
        if extra:
            extra(c)
        desk.wrote(self.id, seq, entries)

    def _make(
        self, c: Connection, desk: Desk, context: Any, effect: Any
    ) -> Feedback | Row[Any] | None:
        """The label that the task asks for, made and kept, and its print job or a romaneio's asked
        for: all in this transaction. What stands in the way is given back."""
        while isinstance(effect, packing.CreateLabel):
            trouble = self._press.labels.create(
                c, effect.package_no, desk.task, lambda *made: self._journal(c, desk, made)
            )
            if trouble:
                return trouble
            effect = self._desks.next_effect(c, desk, context)
        if isinstance(effect, packing.PrintLabel):
            return self._press.job_of(c, effect, desk.task)
        if isinstance(effect, PrintRomaneio):
            return self._press.ask(c, Document.ROMANEIO, effect.manifest_id)
        return None

    def _settle(self, taken: Taken) -> Feedback:
        """What follows once a decision is durable, and its answer."""
        decision, self._desk = taken.decision, taken.desk
        self._desks.heard(decision)
        feedback = Feedback(decision.outcome, decision.code, dict(decision.params))
        if isinstance(decision, Refused):
            with self._store.read() as c:
                pictures = screens.compared(c, decision.params, self._pictures)
            return replace(feedback, pictures=pictures)
        trouble = self._press.retry() if decision.code == "LABEL_RETRY" else None
        trouble = self._print(taken.printing) or trouble
        if taken.desk.rules.is_done(taken.desk.task):
            self._desk = None
        return trouble or feedback

    def _follow_up(self) -> Feedback | None:
        """Make and print what the task in hand asks for now, though nobody scanned."""
        assert self._desk is not None
        with self._store.read() as c:
            context = self._desks.catch_up(c, self._desk)
            if self._desks.next_effect(c, self._desk, context) is None:
                return self._print(None)
        desk = self._desk.aside()
        with self._store.write() as c:
            desk.keep(c, self.id)
            context = self._desks.catch_up(c, desk)
            made = self._make(c, desk, context, self._desks.next_effect(c, desk, context))
        self._desk = desk
        return self._print(made)

    def _print(self, made: Feedback | Row[Any] | None) -> Feedback | None:
        """Hand to a printer what is durable. What stands in the way is kept: the screen says it
        for as long as it is so."""
        if made is not None and not isinstance(made, Feedback):
            made = self._press.put(made)
        self._trouble = made
        return made

    def _print_ended(self, job: Any, trouble: PrinterDown | None) -> None:
        """A document came out or did not: what waits for it goes on."""
        if job.batch_id:
            self.printing.batches.ended(job, trouble)
        elif self._desk is not None and job.order_id in self._desk.orders:
            with contextlib.suppress(TaskLost):  # said at the next scan
                self._follow_up()

    def _begin(self, permission: str, claim: Callable[[Connection], Claim | Refused]) -> Feedback:
        return self._guarded(lambda: self._claim(permission, claim))

    def _claim(self, permission: str, claim: Callable[[Connection], Claim | Refused]) -> Feedback:
        if not self._session.is_open:
            return Feedback(Outcome.WARN, "SIGN_IN_FIRST")
        if not self._session.allows(permission):
            return Feedback(Outcome.WARN, "NOT_PERMITTED", {"permission": permission})
        if self._desk:
            return Feedback(Outcome.WARN, "TASK_IN_HAND")
        with self._store.write() as c:
            found = claim(c)
            if isinstance(found, Refused):
                return Feedback(found.outcome, found.code, dict(found.params))
            task_id = found.task_id or str(uuid.uuid4())
            claimed = e.TaskClaimed(found.kind, found.plan, found.orders)
            journal.append(c, self._stamp(task_id), (claimed, *found.entries))
            if found.extra:
                found.extra(c)
        return self._take_up(found.kind, task_id) or Feedback(Outcome.OK, found.code, found.params)

    def _take_up(self, kind: str, task_id: str) -> Feedback | None:
        """Go on with a task that is this station's by the journal; what stands in its way."""
        self._desks.forget()
        if kind != "dispatch":
            self._hands.forget()
        with self._store.read() as c:
            self._desk = resume(c, kind, desks.rules(kind), task_id)
        assert self._desk is not None
        self._await_document(self._desk)
        return self._follow_up()

    def _await_document(self, desk: Desk) -> None:
        """A label or a romaneio is what this task comes to."""
        if desk.kind in ("pack", "dispatch"):
            self._press.awaited(next(iter(desk.orders), 0))

    def _take_over(self, task_id: str, reason: str) -> Feedback:
        if refused := self._session.refuses("work.take_over"):
            return refused
        if self._desk:
            return Feedback(Outcome.WARN, "TASK_IN_HAND")
        if not reason.strip():
            return Feedback(Outcome.WARN, "REASON_NEEDED")
        with self._store.write() as c:
            row = tasks.holding(c, task_id)
            if row is None or not row.open:
                return Feedback(Outcome.WARN, "TASK_OVER")
            entry = e.TaskTakenOver(row.kind, row.station_id, reason.strip()[:200])
            journal.append(c, self._stamp(task_id), (entry,))
        return self._take_up(row.kind, task_id) or Feedback(
            Outcome.OK, "TAKEN_OVER", {"station": row.station_id}
        )

    def _release(self) -> Feedback:
        refused = self._not_now()
        if refused:
            return refused
        desk = self._desk
        assert desk is not None
        with self._store.read() as c:
            self._desks.catch_up(c, desk)
        outcome = desks.release_outcome(desk)
        if outcome is None:
            return Feedback(Outcome.WARN, "TASK_HAS_UNITS")
        with self._store.write() as c:
            desk.keep(c, self.id)
            journal.append(c, self._stamp(desk.task_id), (e.TaskClosed(desk.kind, outcome),))
        self._desk = None
        return Feedback(Outcome.OK, "TASK_RELEASED")

    def _link(self, sku: str) -> Feedback:
        if not self._session.allows("catalogue.link"):
            return Feedback(Outcome.WARN, "NOT_PERMITTED", {"permission": "catalogue.link"})
        raw, code = self._unknown, code_text(self._unknown)
        with self._store.read() as c:
            # Only what is unknown to this very moment can be given a meaning.
            unknown = bool(raw) and isinstance(classify(raw, StoreLookups(c)), UnknownScan)
            known_product = catalogue.product(c, sku) is not None
        if not unknown or not known_product:
            return Feedback(Outcome.WARN, "LINK_IMPOSSIBLE")
        with self._store.write() as c:
            journal.append(c, self._stamp(""), (e.CodeLinked(code, sku),))
        self._unknown = ""
        return Feedback(Outcome.DONE, "CODE_LINKED", {"code": excerpt(raw), "sku": sku})

    def _count(self, bin_code: str, sku: str, lot: str, counted: str) -> Feedback:
        if not self._session.allows("stock.count"):
            return Feedback(Outcome.WARN, "NOT_PERMITTED", {"permission": "stock.count"})
        if not re.fullmatch(r"\s*[0-9]{1,7}\s*", counted):
            return Feedback(Outcome.WARN, "COUNT_BAD", {"counted": excerpt(counted)})
        units = int(counted)
        with self._store.write() as c:
            entry = e.StockCounted(bin_code, sku, lot, units)
            journal.append(c, self._stamp(""), (entry,))
        return Feedback(Outcome.DONE, "COUNTED", {"bin": bin_code, "sku": sku, "units": units})

    def _raise_problem(self) -> Feedback:
        desk = self._desk
        assert desk is not None
        order_id = desks.order_in_hand(desk)
        if not order_id:
            return Feedback(Outcome.WARN, "NO_TASK")
        entry = e.ProblemRaised(order_id, desk.kind)
        with self._store.write() as c:
            journal.append(c, self._stamp(desk.task_id), (entry,))
        with self._store.read() as c:
            row = orders.by_id(c, order_id)
        number = row.number if row else ""
        return Feedback(Outcome.DONE, "PROBLEM_RAISED", {"number": number})

    def _supervise(self, number: str, action: str, reason: str) -> Feedback:
        if not self._session.allows("orders.supervise"):
            return Feedback(Outcome.WARN, "NOT_PERMITTED", {"permission": "orders.supervise"})
        with self._store.write() as c:
            row = orders.by_number(c, number)
            if row is None:
                return Feedback(Outcome.WARN, "ORDER_UNKNOWN", {"number": number})
            decision = supervision.decide(c, row, action, reason)
            if isinstance(decision, Accepted):
                stamp = self._stamp(tasks.task_of_order(c, row.id))
                journal.append(c, stamp, decision.entries)
        return Feedback(decision.outcome, decision.code, dict(decision.params))

    def _reveal(self, number: str, reason: str) -> Feedback:
        refused = self._session.refuses("personal.reveal")
        if refused:
            return refused
        if not reason.strip():
            return Feedback(Outcome.WARN, "REASON_NEEDED", {"number": number})
        with self._store.write() as c:
            row = orders.by_number(c, number)
            if row is None:
                return Feedback(Outcome.WARN, "ORDER_UNKNOWN", {"number": number})
            self._audit.write(c, PersonalDataRevealed(row.id, reason.strip()[:200]))
        self._session.reveal(number)
        return Feedback(Outcome.OK, "REVEALED", {"number": number})

    def _resume(self) -> None:
        """Take up the task that the station had in hand when it stopped."""
        with self._store.read() as c:
            row = tasks.open_task(c, self.id)
            if row:
                self._desk = resume(c, row.kind, desks.rules(row.kind), row.id)

    def begin(self) -> None:
        """The console that owns the data folder starts: what printed when it stopped is its to go
        on with, and batches wait for a person."""
        self._owns_printing = True
        self._adopt()
        self.printing.batches.resume(self.id)

    def _adopt(self) -> None:
        """A task in this folder under another name is this station's own, from before it was
        renamed."""
        if self._desk is not None:
            return
        with self._store.write() as c:
            row = tasks.left_by_others(c, self.id)
            if row is None:
                return
            entry = e.TaskTakenOver(row.kind, row.station_id, "renamed")
            journal.append(c, self._stamp(row.id), (entry,))
        self._resume()

    def _go_on_printing(self) -> None:
        """What waited for a printer when the station stopped waits for it again."""
        self._press.resume()
        if self._desk is not None:
            self._await_document(self._desk)
            self._follow_up()

    def _stamp(self, task_id: str) -> Stamp:
        return Stamp(self.id, self._session.operator_id, self._clock(), task_id)

    def _prompt(self) -> Prompt:
        state = self._session.view().state
        if state != "signed_in":
            asked = {"awaiting_pin": "ENTER_PIN", "locked": "LOCKED", "first_start": "FIRST_START"}
            return Prompt(asked.get(state, "SIGN_IN"))
        if self._desk is None:
            return Prompt("CHOOSE_WORK")
        return self._desks.prompt(self._desk)

    def _undo_name(self) -> str:
        entry = self._desk.undo_entry() if self._desk else None
        return entry.entry_kind if entry else ""

    def _warnings(self, c: Connection) -> tuple[Feedback, ...]:
        low = self._settings().number("tracking.low_at")
        running_low = tuple(
            Feedback(Outcome.WARN, "TRACKING_LOW", {"carrier": carrier, "left": left})
            for carrier, left in packages.serials_left(c).items()
            if left < low
        )
        slow = (Feedback(Outcome.WARN, "STORE_SLOW"),) if self._store.is_slow else ()
        return self._standing + self._others(c) + slow + running_low


def _is_problem(scan: Scan) -> bool:
    return isinstance(scan, CommandScan) and scan.command is Command.PROBLEM


def _of_the_disabled(feedback: Feedback) -> Feedback:
    """What is said to somebody whose access was just taken away."""
    gone = feedback.code == "SIGN_IN_FIRST"
    return Feedback(Outcome.WARN, "OPERATOR_DISABLED") if gone else feedback
