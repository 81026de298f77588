"""Putting a cancelled order's units back: scan a unit, scan its bin, until none is outstanding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from app.domain import entries as e
from app.domain import misread
from app.domain.decision import Accepted, Decision, Outcome, Prompt, Refused
from app.domain.entries import Entry
from app.domain.model import Product
from app.domain.scan import BinScan, Command, CommandScan, ProductScan, Scan


class Owed(Struct, frozen=True):
    """Units that stand outside the bin they came from."""

    sku: str
    name: str
    bin: str
    lot: str
    quantity: int
    done: int = 0

    @property
    def left(self) -> int:
        return self.quantity - self.done


class PutBackTask(Struct, frozen=True):
    plan: Mapping[str, Any]
    order_id: int
    number: str
    units: tuple[Owed, ...]
    finished: bool = False
    history: tuple[Entry, ...] = ()

    @property
    def outstanding(self) -> int:
        return sum(owed.left for owed in self.units)


class PutBackContext(Struct, frozen=True):
    """`in_hand` is the SKU and units scanned and not yet in a bin; the station keeps them, since
    the goods count as owed until they lie in their bin."""

    product: Callable[[str], Product | None]
    in_hand: tuple[str, int] = ("", 0)


class Undo(Struct, frozen=True):
    pass


Action = Undo


def start(plan: Mapping[str, Any]) -> PutBackTask:
    """The task as it is before its first entry."""
    units = tuple(Owed(**unit) for unit in plan["units"])
    return PutBackTask(plan, plan["order_id"], plan["number"], units)


def evolve(task: PutBackTask, entry: Entry) -> PutBackTask:
    """The task after `entry`; entries of other work change nothing."""
    if isinstance(entry, e.Undone):
        return _without(task, entry)
    if getattr(entry, "order_id", task.order_id) != task.order_id:
        return task
    match entry:
        case e.UnitsPutBack():
            after = _put_back(task, entry)
        case e.PutBackDone():
            after = replace(task, finished=True)
        case _:
            return task
    return replace(after, history=(*task.history, entry))


def _put_back(task: PutBackTask, entry: e.UnitsPutBack) -> PutBackTask:
    left = entry.quantity
    units = []
    for owed in task.units:
        if (owed.sku, owed.bin, owed.lot) == (entry.sku, entry.bin, entry.lot):
            here = min(left, owed.left)
            left -= here
            units.append(replace(owed, done=owed.done + here))
        else:
            units.append(owed)
    return replace(task, units=tuple(units))


def _without(task: PutBackTask, undone: e.Undone) -> PutBackTask:
    """The task as if the entry that `undone` names had never been: a fold without it."""
    for at in range(len(task.history) - 1, -1, -1):
        entry = task.history[at]
        if type(entry).__name__ == undone.entry_kind and entry.payload() == undone.fields:
            again = start(task.plan)
            for kept in (*task.history[:at], *task.history[at + 1 :]):
                again = evolve(again, kept)
            return again
    return task


def current(task: PutBackTask, sku: str = "") -> Owed | None:
    """What goes back next, bin by bin; of `sku` where units of it are in the hand."""
    return next((owed for owed in task.units if owed.left and sku in ("", owed.sku)), None)


def decide(task: PutBackTask, scan: Scan, ctx: PutBackContext) -> Decision:
    """Say what a scan means: a product's code proves the unit, its bin's code puts it back."""
    if task.finished:
        return Refused("STALE", {"order": task.number})
    sku, units = ctx.in_hand
    match scan:
        case ProductScan():
            return _into_hand(task, scan, ctx)
        case BinScan(code=code) if sku and units:
            return _into_bin(task, sku, units, code)
        case CommandScan(command=Command.CANCEL):
            return let_go(ctx) or _undo(task)
        case _:
            return misread.refuse(scan, "bin" if sku else "product")


def act(task: PutBackTask, action: Action, ctx: PutBackContext) -> Decision:
    """Say what a button means: every unit goes by scan, so only an undo has one."""
    if isinstance(action, Undo):
        return let_go(ctx) or _undo(task)
    return Refused("NOT_NOW", {}, Outcome.WARN)


def _into_hand(task: PutBackTask, scan: ProductScan, ctx: PutBackContext) -> Decision:
    sku, units = ctx.in_hand
    owed = [o for o in task.units if o.sku == scan.sku]
    outstanding = sum(o.left for o in owed)
    product = ctx.product(scan.sku)
    name = owed[0].name if owed else product.name if product else scan.sku
    if not outstanding:
        return Refused("NOT_OWED", {"name": name, "order": task.number})
    if sku and units and sku != scan.sku:
        held = next((o for o in task.units if o.sku == sku and o.left), None)
        if held:
            params = {"units": units, "name": held.name, "bin": held.bin}
            return Refused("BIN_FIRST", params, Outcome.WARN)
    total = scan.quantity + (units if sku == scan.sku else 0)
    fullest = max(owed, key=lambda o: _room(task, o))
    if units and _room(task, fullest) < total <= outstanding:  # what one bin takes goes first
        params = {"units": units, "name": name, "bin": fullest.bin}
        return Refused("BIN_FIRST", params, Outcome.WARN)
    if total > outstanding:
        return Refused("OVER_QTY", {"quantity": outstanding, "scanned": total, "name": name})
    params = {"name": name, "done": total, "quantity": outstanding, "sku": scan.sku}
    return Accepted((), "UNIT_IN_HAND", params)


def _room(task: PutBackTask, place: Owed) -> int:
    """The units that are owed to a bin, all its lots."""
    return sum(o.left for o in task.units if (o.sku, o.bin) == (place.sku, place.bin))


def _into_bin(task: PutBackTask, sku: str, units: int, code: str) -> Decision:
    owed = [o for o in task.units if o.sku == sku and o.left]
    here = [o for o in owed if o.bin == code]
    if not here:
        expected = ", ".join(dict.fromkeys(o.bin for o in owed))
        name = owed[0].name if owed else sku
        return Refused("WRONG_BIN", {"expected": expected, "read": code, "name": name})
    room = sum(o.left for o in here)
    if units > room:
        return Refused("BIN_FULL", {"bin": code, "quantity": room, "scanned": units})
    entries: list[Entry] = []
    left = units
    for o in here:
        moved = min(left, o.left)
        left -= moved
        if moved:
            entries.append(e.UnitsPutBack(task.order_id, sku, code, moved, o.lot))
    if task.outstanding == units:
        entries.append(e.PutBackDone(task.order_id))
        return Accepted(tuple(entries), "PUTBACK_COMPLETE", {"order": task.number}, Outcome.DONE)
    return Accepted(tuple(entries), "PUT_BACK", {"units": units, "bin": code})


def let_go(ctx: PutBackContext) -> Accepted | None:
    """An undo while units are in the hand: they were never scanned; nothing else changes."""
    sku, units = ctx.in_hand
    return Accepted((), "HAND_EMPTIED", {"units": units, "sku": sku}) if units else None


def _undo(task: PutBackTask) -> Decision:
    last = undoable(task)
    if last is None:
        return Refused("NOTHING_TO_UNDO", {}, Outcome.WARN)
    return Accepted((e.Undone(type(last).__name__, last.payload()),), "UNDONE")


def prompt(task: PutBackTask, in_hand: tuple[str, int] = ("", 0)) -> Prompt:
    """What the person must do next; `in_hand` as in `PutBackContext`."""
    sku, units = in_hand
    owed = current(task, sku)
    if owed is None:
        return Prompt("PUTBACK_NONE")
    params = {"name": owed.name, "bin": owed.bin, "units": units or owed.left}
    return Prompt("PUTBACK_BIN" if units else "PUTBACK_ITEM", params)


def is_done(task: PutBackTask) -> bool:
    return task.finished


def undoable(task: PutBackTask) -> Entry | None:
    """The last put-back, while the task is open."""
    last = task.history[-1] if task.history else None
    return last if isinstance(last, e.UnitsPutBack) and not task.finished else None
