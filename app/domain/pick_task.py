"""The pick in hand: a frozen state, and the fold of the journal that makes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain import entries as e
from app.domain.entries import Entry

BATCH = 0  # the "order" of the one tote that a batch shares


@dataclass(frozen=True, slots=True)
class PickLine:
    """Units of one order line to take from one bin. Without a bin they can only be short."""

    order_id: int
    number: str
    line_id: str
    sku: str
    name: str
    quantity: int
    bin: str
    sequence: int
    lot: str
    expiry: str
    tracking: str
    bin_quantity: int
    lots_in_bin: int
    alternatives: tuple[Mapping[str, Any], ...]
    substitutes: tuple[Mapping[str, Any], ...]
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


@dataclass(frozen=True, slots=True)
class PickTask:
    plan: Mapping[str, Any]
    mode: str
    orders: Mapping[int, str]  # order id → number
    lines: tuple[PickLine, ...]
    totes: Mapping[int, str] = field(default_factory=dict)
    at_bin: str = ""
    in_hand: int = 0  # units of the present line (of the present group, in a batch)
    hand_lot: str = ""
    checked: frozenset[str] = frozenset()
    cancelled: frozenset[int] = frozenset()
    dropped: bool = False
    history: tuple[Entry, ...] = ()

    @property
    def units_total(self) -> int:
        return sum(line.quantity for line in self.lines if not line.cancelled)

    @property
    def units_done(self) -> int:
        return sum(line.placed + line.short for line in self.lines if not line.cancelled)

    @property
    def active_orders(self) -> tuple[int, ...]:
        return tuple(order for order in self.orders if order not in self.cancelled)


def start(plan: Mapping[str, Any]) -> PickTask:
    """The task as it is before its first entry."""
    lines = tuple(
        PickLine(
            **{
                **line,
                "alternatives": tuple(line["alternatives"]),
                "substitutes": tuple(line["substitutes"]),
            }
        )
        for line in plan["lines"]
    )
    orders = {order["order_id"]: order["number"] for order in plan["orders"]}
    return PickTask(plan, plan["mode"], orders, lines)


def evolve(task: PickTask, entry: Entry) -> PickTask:
    """The task after `entry`; entries of other work change nothing."""
    if isinstance(entry, e.Undone):
        return _without(task, entry)
    return replace(_apply(task, entry), history=(*task.history, entry))


def _apply(task: PickTask, entry: Entry) -> PickTask:
    match entry:
        case e.ToteLoaded(order_id=order, tote=tote):
            return replace(task, totes={**task.totes, order: tote})
        case e.BinReached(bin=code):
            return replace(task, at_bin=code)
        case e.UnitsTaken():
            hand = task.in_hand + entry.quantity
            return replace(task, in_hand=hand, hand_lot=entry.lot or task.hand_lot)
        case e.UnitsPlaced():
            hand = max(0, task.in_hand - entry.quantity)
            placed = _on_line(task, entry, lambda line: {"placed": line.placed + entry.quantity})
            return replace(placed, in_hand=hand, hand_lot=task.hand_lot if hand else "")
        case e.LineShorted():
            return _on_line(task, entry, lambda line: {"short": line.short + entry.quantity})
        case e.LineSkipped():
            return _on_line(task, entry, lambda line: {"skips": line.skips + 1})
        case e.LineRedirected(old_bin=old, bin=new):
            return _redirect(task, entry, old, new)
        case e.LineSubstituted():
            return _substitute(task, entry)
        case e.BinChecked(bin=code):
            return replace(task, checked=task.checked | {code})
        case e.PickDropped():
            return replace(task, dropped=True)
        case e.OrderCancelled(order_id=order) if order in task.orders:
            return _cancel(task, order)
        case _:
            return task


def _on_line(task: PickTask, entry: Any, change: Any) -> PickTask:
    """Change the first line that the entry means and that still has units to report."""
    for at, line in enumerate(task.lines):
        same = (line.order_id, line.line_id, line.bin) == (
            entry.order_id,
            entry.line_id,
            entry.bin,
        )
        lot = getattr(entry, "lot", "")
        if same and line.remaining and (not lot or not line.lot or lot == line.lot):
            changed = replace(line, **change(line))
            return replace(task, lines=(*task.lines[:at], changed, *task.lines[at + 1 :]))
    return task


def _redirect(task: PickTask, entry: e.LineRedirected, old: str, new: str) -> PickTask:
    def there(line: PickLine) -> dict[str, Any]:
        place = next((a for a in line.alternatives if a["bin"] == new), {})
        return {
            "bin": new,
            "sequence": place.get("sequence", line.sequence),
            "lot": place.get("lot", ""),
            "bin_quantity": 0,
            "lots_in_bin": 1,
            "alternatives": tuple(a for a in line.alternatives if a["bin"] != new),
        }

    return _on_line(task, e.LineSkipped(entry.order_id, entry.line_id, old), there)


def _substitute(task: PickTask, entry: e.LineSubstituted) -> PickTask:
    def other(line: PickLine) -> dict[str, Any]:
        found = next((s for s in line.substitutes if s["sku"] == entry.sku), {})
        return {
            "sku": entry.sku,
            "name": found.get("name", entry.sku),
            "bin": entry.bin,
            "sequence": found.get("sequence", line.sequence),
            "lot": "",
            "expiry": "",
            "tracking": "none",
            "bin_quantity": 0,
            "alternatives": (),
            "substitutes": (),
            "substituted": True,
        }

    for line in task.lines:
        if (line.order_id, line.line_id, line.sku) == (
            entry.order_id,
            entry.line_id,
            entry.old_sku,
        ) and line.remaining:
            return _on_line(task, e.LineSkipped(line.order_id, line.line_id, line.bin), other)
    return task


def _cancel(task: PickTask, order: int) -> PickTask:
    """The order's lines fall away; units in the hand for it go back to the bin at hand."""
    here = current(task)
    clears = here is not None and here.order_id == order
    return replace(
        task,
        cancelled=task.cancelled | {order},
        lines=tuple(
            replace(line, cancelled=True) if line.order_id == order else line for line in task.lines
        ),
        in_hand=0 if clears else task.in_hand,
        hand_lot="" if clears else task.hand_lot,
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


def current(task: PickTask) -> PickLine | None:
    """The line to pick now: the walk's next one, skipped ones last."""
    lines = [line for line in task.lines if line.remaining]
    return min(lines, key=lambda line: line.skips, default=None)


def group(task: PickTask) -> tuple[PickLine, ...]:
    """The lines picked together now: in a batch, all of the same product, bin and lot."""
    here = current(task)
    if here is None:
        return ()
    if task.mode != "batch" or not here.bin:
        return (here,)
    place = (here.sku, here.bin, here.lot, here.skips)
    return tuple(
        line
        for line in task.lines
        if line.remaining and (line.sku, line.bin, line.lot, line.skips) == place
    )


def tote_of(task: PickTask, order_id: int) -> str:
    return task.totes.get(BATCH if task.mode == "batch" else order_id, "")


def next_without_tote(task: PickTask) -> int | None:
    """The order whose tote must be loaded next; None when all have one."""
    if task.mode == "batch":
        return None if BATCH in task.totes or not task.active_orders else BATCH
    return next((order for order in task.active_orders if order not in task.totes), None)


def bin_to_check(task: PickTask) -> PickLine | None:
    """A line whose bin should now be empty, and that nobody has looked at yet (zero check)."""
    for line in task.lines:
        if line.bin_quantity and line.placed and line.bin not in task.checked:
            at_bin = [other for other in task.lines if other.bin == line.bin]
            same = [other for other in at_bin if other.sku == line.sku]
            placed = sum(other.placed for other in same)
            if placed >= line.bin_quantity and not any(other.remaining for other in at_bin):
                return line
    return None


def step(task: PickTask) -> str:
    """load_totes, bin, short, item, tote, zero_check or drop."""
    if next_without_tote(task) is not None:
        return "load_totes"
    if bin_to_check(task) and not task.in_hand:
        return "zero_check"
    here = current(task)
    if here is None:
        return "drop"
    if not here.bin:
        return "short"
    if task.at_bin != here.bin:
        return "bin"
    return "tote" if task.in_hand >= sum(line.remaining for line in group(task)) else "item"


def is_done(task: PickTask) -> bool:
    return task.dropped
