"""Putting a cancelled order's units back: scan a unit, scan its bin, until none is outstanding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.domain import entries as e
from app.domain import misread
from app.domain.decision import Accepted, Decision, Outcome, Prompt, Refused
from app.domain.entries import Entry
from app.domain.model import Product
from app.domain.scan import BinScan, ProductScan, Scan


@dataclass(frozen=True, slots=True)
class Owed:
    """Units that stand outside the bin they came from."""

    sku: str
    name: str
    bin: str
    lot: str
    quantity: int
    done: int = 0


@dataclass(frozen=True, slots=True)
class PutBackTask:
    plan: Mapping[str, Any]
    order_id: int
    number: str
    units: tuple[Owed, ...]
    finished: bool = False
    history: tuple[Entry, ...] = ()

    @property
    def outstanding(self) -> int:
        return sum(owed.quantity - owed.done for owed in self.units)


@dataclass(frozen=True, slots=True)
class PutBackContext:
    """`in_hand` is the SKU and units scanned and not yet in a bin; the station keeps them, since
    the goods count as owed until they lie in their bin."""

    product: Callable[[str], Product | None]
    in_hand: tuple[str, int] = ("", 0)


def start(plan: Mapping[str, Any]) -> PutBackTask:
    units = tuple(Owed(**unit) for unit in plan["units"])
    return PutBackTask(plan, plan["order_id"], plan["number"], units)


def evolve(task: PutBackTask, entry: Entry) -> PutBackTask:
    match entry:
        case e.UnitsPutBack(sku=sku, bin=code, quantity=quantity, lot=lot):
            units = []
            for owed in task.units:
                if (owed.sku, owed.bin, owed.lot) == (sku, code, lot):
                    here = min(quantity, owed.quantity - owed.done)
                    quantity -= here
                    owed = replace(owed, done=owed.done + here)
                units.append(owed)
            task = replace(task, units=tuple(units))
        case e.PutBackDone():
            task = replace(task, finished=True)
        case e.Undone():
            return _without(task, entry)
    return replace(task, history=(*task.history, entry))


def _without(task: PutBackTask, undone: e.Undone) -> PutBackTask:
    for at in range(len(task.history) - 1, -1, -1):
        entry = task.history[at]
        if type(entry).__name__ == undone.entry_kind and entry.payload() == undone.fields:
            again = start(task.plan)
            for kept in (*task.history[:at], *task.history[at + 1 :]):
                again = evolve(again, kept)
            return again
    return task


def current(task: PutBackTask) -> Owed | None:
    """What goes back next, bin by bin."""
    return next((owed for owed in task.units if owed.done < owed.quantity), None)


def decide(task: PutBackTask, scan: Scan, ctx: PutBackContext) -> Decision:
    """The bin scan takes back one product's owed units; the product scan before proves which."""
    sku, units = ctx.in_hand
    match scan:
        case ProductScan():
            owed = sum(o.quantity - o.done for o in task.units if o.sku == scan.sku)
            product = ctx.product(scan.sku)
            name = product.name if product else scan.sku
            if not owed:
                return Refused("NOT_OWED", {"name": name, "order": task.number})
            held = scan.quantity + (units if sku == scan.sku else 0)
            if held > owed:
                return Refused("OVER_QTY", {"asked": owed, "read": held, "name": name})
            params = {"name": name, "done": held, "total": owed, "sku": scan.sku}
            return Accepted((), "UNIT_IN_HAND", params)
        case BinScan(code=code) if sku:
            return _into_bin(task, sku, units, code)
        case _:
            return misread.refuse(scan, "bin" if sku else "product")


def act(task: PutBackTask, action: object, ctx: PutBackContext) -> Decision:
    """A put-back has no buttons of its own: every unit goes by scan."""
    return Refused("NOT_NOW", {}, Outcome.WARN)


def _into_bin(task: PutBackTask, sku: str, units: int, code: str) -> Decision:
    here = [o for o in task.units if o.sku == sku and o.bin == code and o.done < o.quantity]
    if not here:
        expected = next(o.bin for o in task.units if o.sku == sku and o.done < o.quantity)
        return Refused("WRONG_BIN", {"expected": expected, "read": code})
    entries: list[Entry] = []
    left = units
    for owed in here:
        moved = min(left, owed.quantity - owed.done)
        if moved:
            left -= moved
            entries.append(e.UnitsPutBack(task.order_id, sku, code, moved, owed.lot))
    if left:
        room = units - left
        return Refused("OVER_QTY", {"asked": room, "read": units, "name": here[0].name})
    if task.outstanding == units:
        entries.append(e.PutBackDone(task.order_id))
        return Accepted(tuple(entries), "PUTBACK_COMPLETE", {"order": task.number}, Outcome.DONE)
    return Accepted(tuple(entries), "PUT_BACK", {"units": units, "bin": code})


def prompt(task: PutBackTask) -> Prompt:
    owed = current(task)
    if owed is None:
        return Prompt("PUTBACK_NONE")
    return Prompt(
        "PUTBACK_ITEM", {"name": owed.name, "bin": owed.bin, "units": owed.quantity - owed.done}
    )


def is_done(task: PutBackTask) -> bool:
    return task.finished


def undoable(task: PutBackTask) -> Entry | None:
    """The last put-back, while the task is open."""
    last = task.history[-1] if task.history else None
    return last if isinstance(last, e.UnitsPutBack) and not task.finished else None
