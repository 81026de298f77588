"""The pick in hand: a frozen state, and the fold of the journal that makes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from app.domain import entries as e
from app.domain.entries import Entry
from app.domain.remembered import remembered

BATCH = 0  # the "order" of the one tote that a batch shares


class PickLine(Struct, frozen=True):
    """Units of one order line to take from one bin. Without a bin they can only be short.

    `bin_quantity` is the product's stock on record in the bin, all lots; 0 where not known.
    """

    order_id: int
    number: str
    line_id: str
    sku: str
    name: str
    quantity: int
    bin: str
    zone: str = ""
    sequence: int = 0
    lot: str = ""
    expiry: str = ""
    tracking: str = "none"
    bin_quantity: int = 0
    lots_in_bin: int = 1
    alternatives: tuple[Mapping[str, Any], ...] = ()
    substitutes: tuple[Mapping[str, Any], ...] = ()
    placed: int = 0
    short: int = 0
    skips: int = 0
    substituted: bool = False
    cancelled: bool = False

    @property
    def remaining(self) -> int:
        """Units neither in a tote nor reported short."""
        return 0 if self.cancelled else self.quantity - self.placed - self.short

    @property
    def state(self) -> str:
        """PENDING, PICKED, SHORT, SKIPPED, SUBSTITUTED or CANCELLED."""
        if self.cancelled:
            return "CANCELLED"
        if self.remaining:
            return "SKIPPED" if self.skips else "PENDING"
        if self.short:
            return "SHORT"
        return "SUBSTITUTED" if self.substituted else "PICKED"


class PickTask(Struct, frozen=True, dict=True):
    """`in_hand` are units of the present `group`. `to_set_aside` are the cancelled orders that
    the picker has not yet dealt with, each with the units of the hand that go back to the bin."""

    plan: Mapping[str, Any]
    mode: str
    orders: Mapping[int, str]  # order id → number
    lines: tuple[PickLine, ...]
    totes: Mapping[int, str] = field(default_factory=dict)
    at_bin: str = ""
    in_hand: int = 0
    checked: frozenset[tuple[str, str]] = frozenset()  # (bin, SKU)
    cancelled: frozenset[int] = frozenset()
    to_set_aside: Mapping[int, int] = field(default_factory=dict)
    dropped: bool = False
    history: tuple[Entry, ...] = ()

    @property
    def units_total(self) -> int:
        return sum(line.quantity for line in self.lines if not line.cancelled)

    @property
    def units_done(self) -> int:
        """Units in totes or reported short."""
        return sum(line.placed + line.short for line in self.lines if not line.cancelled)

    @property
    def active_orders(self) -> tuple[int, ...]:
        return tuple(order for order in self.orders if order not in self.cancelled)


_PLANNED = frozenset(PickLine.__struct_fields__)


def start(plan: Mapping[str, Any]) -> PickTask:
    """The task as it is before its first entry."""
    lines = tuple(_planned(line) for line in plan["lines"])
    orders = {order["order_id"]: order["number"] for order in plan["orders"]}
    return PickTask(plan, plan["mode"], orders, lines)


def _planned(line: Mapping[str, Any]) -> PickLine:
    known: dict[str, Any] = {name: value for name, value in line.items() if name in _PLANNED}
    return PickLine(
        **{
            **known,
            "alternatives": tuple(line.get("alternatives", ())),
            "substitutes": tuple(line.get("substitutes", ())),
        }
    )


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    lists = {name: tuple(row[name]) for name in ("alternatives", "substitutes")}
    return {**row, **lists}


def evolve(task: PickTask, entry: Entry) -> PickTask:
    """The task after `entry`; entries of other work change nothing."""
    if isinstance(entry, e.Undone):
        return _without(task, entry)
    after = _apply(task, entry)
    return after if after is task else replace(after, history=(*task.history, entry))


def _apply(task: PickTask, entry: Entry) -> PickTask:
    match entry:
        case e.ToteLoaded(order_id=order, tote=tote):
            return replace(task, totes={**task.totes, order: tote})
        case e.BinReached(bin=code):
            return replace(task, at_bin=code)
        case e.UnitsTaken():
            return replace(task, in_hand=task.in_hand + entry.quantity)
        case e.UnitsPlaced():
            return replace(
                _on_line(task, entry, placed=entry.quantity),
                in_hand=max(0, task.in_hand - entry.quantity),
            )
        case e.LineShorted():
            return _on_line(task, entry, short=entry.quantity)
        case e.LineSkipped():
            return _on_line(task, entry, skips=1)
        case e.LineRedirected():
            return _redirect(task, entry)
        case e.LineSubstituted():
            return _substitute(task, entry)
        case e.BinChecked(bin=code, sku=sku):
            return replace(task, checked=task.checked | {(code, sku)})
        case e.OrderCancelled(order_id=order) if order in task.active_orders:
            return _cancel(task, order)
        case e.ToteSetAside(order_id=order):
            left = {o: units for o, units in task.to_set_aside.items() if o != order}
            return replace(task, to_set_aside=left)
        case e.PickDropped():
            return replace(task, dropped=True)
        case _:
            return task


def _on_line(task: PickTask, entry: Any, **add: int) -> PickTask:
    """Add to the counters of the line that the entry means."""
    line = _meant(task, entry.order_id, entry.line_id, entry.bin, getattr(entry, "lot", ""))
    if line is None:
        return task
    return _swap(task, line, {name: getattr(line, name) + more for name, more in add.items()})


def _meant(
    task: PickTask, order_id: int, line_id: str, bin_code: str, lot: str = ""
) -> PickLine | None:
    """The open line that these name. Several lots in a bin: the one that is picked first."""
    same = [
        line
        for line in task.lines
        if (line.order_id, line.line_id, line.bin) == (order_id, line_id, bin_code)
        and line.remaining
        and lot in ("", line.lot)
    ]
    return min(same, key=lambda line: line.skips, default=None)


def _swap(task: PickTask, old: PickLine, changes: Mapping[str, Any]) -> PickTask:
    new = replace(old, **changes)
    return replace(task, lines=tuple(new if line is old else line for line in task.lines))


def _rest(task: PickTask, old: PickLine, changes: Mapping[str, Any]) -> PickTask:
    """Change what remains of a line; what is already reported stays a line of its own."""
    reported = old.placed + old.short
    rest = replace(old, quantity=old.remaining, placed=0, short=0, **changes)
    parts = (replace(old, quantity=reported), rest) if reported else (rest,)
    at = next(at for at, line in enumerate(task.lines) if line is old)
    return replace(task, lines=(*task.lines[:at], *parts, *task.lines[at + 1 :]))


_SPOT = ("bin", "zone", "sequence", "lot", "expiry", "bin_quantity", "lots_in_bin")


def _redirect(task: PickTask, entry: e.LineRedirected) -> PickTask:
    line = _meant(task, entry.order_id, entry.line_id, entry.old_bin)
    if line is None:
        return task
    place = next((a for a in line.alternatives if a["bin"] == entry.bin), {"bin": entry.bin})
    others = tuple(a for a in line.alternatives if a["bin"] != entry.bin)
    unknown = {"lot": "", "expiry": "", "bin_quantity": 0}
    spot = {name: place[name] for name in _SPOT if name in place}
    return _rest(task, line, {**unknown, **spot, "alternatives": others})


def _substitute(task: PickTask, entry: e.LineSubstituted) -> PickTask:
    for line in task.lines:
        asked = (line.order_id, line.line_id, line.sku)
        if asked == (entry.order_id, entry.line_id, entry.old_sku) and line.remaining:
            break
    else:
        return task
    found = next((s for s in line.substitutes if s["sku"] == entry.sku), {"name": entry.sku})
    unknown = {"lot": "", "expiry": "", "tracking": "none", "bin_quantity": 0, "lots_in_bin": 1}
    goods = {name: found[name] for name in ("name", "tracking", *_SPOT) if name in found}
    new = {"sku": entry.sku, "bin": entry.bin, "substituted": True}
    return _rest(task, line, {**unknown, **goods, **new, "alternatives": (), "substitutes": ()})


def _cancel(task: PickTask, order: int) -> PickTask:
    """The order's lines fall away; units in the hand that nobody else needs go back to the bin."""
    here = group(task)
    needed = sum(line.remaining for line in here if line.order_id != order)
    back = max(0, task.in_hand - needed) if any(line.order_id == order for line in here) else 0
    placed = any(line.placed for line in task.lines if line.order_id == order)
    on_cart = placed if task.mode == "batch" else order in task.totes
    asides = {order: back} if back or on_cart else {}
    return replace(
        task,
        cancelled=task.cancelled | {order},
        lines=tuple(
            replace(line, cancelled=True) if line.order_id == order else line for line in task.lines
        ),
        in_hand=task.in_hand - back,
        to_set_aside={**task.to_set_aside, **asides},
    )


def _without(task: PickTask, undone: e.Undone) -> PickTask:
    """The task as if the entry that `undone` names had never been: a fold without it."""
    for at in range(len(task.history) - 1, -1, -1):
        entry = task.history[at]
        if type(entry).__name__ == undone.entry_kind and entry.payload() == undone.fields:
            again = start(task.plan)
            for kept in (*task.history[:at], *task.history[at + 1 :]):
                again = evolve(again, kept)
            return again
    return task


# --- what the screen and the rules ask of a task --------------------------------------------


@remembered
def current(task: PickTask) -> PickLine | None:
    """The line to pick now: the walk's next one, skipped ones last."""
    lines = [line for line in task.lines if line.remaining]
    return min(lines, key=lambda line: line.skips, default=None)


@remembered
def group(task: PickTask) -> tuple[PickLine, ...]:
    """The lines picked together now: in a batch, all of the same product, bin and lot."""
    here = current(task)
    if here is None:
        return ()
    if task.mode != "batch" or not here.bin:
        return (here,)
    return tuple(line for line in task.lines if line.remaining and _place(line) == _place(here))


def _place(line: PickLine) -> tuple[str, str, str, int]:
    return line.sku, line.bin, line.lot, line.skips


@remembered
def asked(task: PickTask) -> int:
    """Units that the present group still needs, those in the hand among them."""
    return sum(line.remaining for line in group(task))


def tote_of(task: PickTask, order_id: int) -> str:
    return task.totes.get(BATCH if task.mode == "batch" else order_id, "")


@remembered
def next_without_tote(task: PickTask) -> int | None:
    """The order whose tote must be loaded next; None when all have one."""
    if task.mode == "batch":
        return None if BATCH in task.totes or not task.active_orders else BATCH
    return next((order for order in task.active_orders if order not in task.totes), None)


@remembered
def bin_to_check(task: PickTask) -> PickLine | None:
    """A line whose bin should now hold no more of its product, where nobody has looked yet."""
    for line in task.lines:
        if not line.placed or not line.bin_quantity or (line.bin, line.sku) in task.checked:
            continue
        same = [other for other in task.lines if (other.bin, other.sku) == (line.bin, line.sku)]
        placed = sum(other.placed for other in same)
        if placed >= line.bin_quantity and not any(other.remaining for other in same):
            return line
    return None


@remembered
def step(task: PickTask) -> str:
    """set_aside, load_totes, zero_check, short, bin, item, tote or drop."""
    if task.to_set_aside:
        return "set_aside"
    if next_without_tote(task) is not None:
        return "load_totes"
    if not task.in_hand and bin_to_check(task):
        return "zero_check"
    here = current(task)
    if here is None:
        return "drop"
    if not here.bin:
        return "short"
    if task.at_bin != here.bin:
        return "bin"
    return "tote" if task.in_hand >= asked(task) else "item"


def is_done(task: PickTask) -> bool:
    return task.dropped
