"""Picking: what a scan or a button means for the pick in hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.domain import entries as e
from app.domain import misread
from app.domain.decision import Accepted, Decision, Outcome, Prompt, Refused
from app.domain.entries import Entry
from app.domain.model import Product, ShortReason
from app.domain.pick_task import (
    BATCH,
    PickLine,
    PickTask,
    bin_to_check,
    current,
    evolve,
    group,
    is_done,
    next_without_tote,
    start,
    step,
    tote_of,
)
from app.domain.scan import BenchScan, BinScan, Command, CommandScan, ProductScan, Scan, ToteScan

__all__ = [
    "PickContext",
    "PickLine",
    "PickTask",
    "Short",
    "Skip",
    "Substitute",
    "TypedQuantity",
    "UseAlternative",
    "ZeroCheck",
    "act",
    "current",
    "decide",
    "evolve",
    "group",
    "is_done",
    "prompt",
    "start",
    "step",
    "tote_of",
    "undoable",
]


@dataclass(frozen=True, slots=True)
class PickContext:
    """What a decision needs from outside the task.

    `tote_owner` gives the number of the order whose goods stand in a tote; `bins_of` the bins
    of a product.
    """

    permissions: frozenset[str]
    today: date
    tote_owner: Callable[[str], str | None]
    product: Callable[[str], Product | None]
    bins_of: Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class TypedQuantity:
    """Units counted by eye; needs pick.typed_quantity."""

    quantity: int


@dataclass(frozen=True, slots=True)
class Short:
    """What remains of the line can't be had here."""

    reason: ShortReason


@dataclass(frozen=True, slots=True)
class Skip:
    """The line comes again at the end of the walk."""


@dataclass(frozen=True, slots=True)
class ZeroCheck:
    """Is the bin empty, as the stock says it should be?"""

    empty: bool


@dataclass(frozen=True, slots=True)
class UseAlternative:
    bin: str


@dataclass(frozen=True, slots=True)
class Substitute:
    sku: str


Action = TypedQuantity | Short | Skip | ZeroCheck | UseAlternative | Substitute

_REVERSIBLE = (e.UnitsTaken, e.UnitsPlaced, e.LineShorted, e.LineSkipped)
_ASKED = {
    "load_totes": "tote",
    "bin": "bin",
    "item": "product",
    "tote": "tote",
    "drop": "bench",
    "short": "command",
    "zero_check": "command",
}


def decide(task: PickTask, scan: Scan, ctx: PickContext) -> Decision:
    """Say what a scan means for the pick in hand; never raises for anything scanned."""
    now = step(task)
    match now, scan:
        case "zero_check", CommandScan(command=Command.OK):
            return act(task, ZeroCheck(True), ctx)
        case "zero_check", CommandScan(command=Command.SHORT | Command.CANCEL):
            return act(task, ZeroCheck(False), ctx)
        case "short", CommandScan(command=Command.SHORT | Command.OK):
            return act(task, Short(ShortReason.OUT_OF_STOCK), ctx)
        case _, CommandScan(command=Command.SHORT) if now in ("bin", "item"):
            return Refused("CHOOSE_REASON", {}, Outcome.WARN)
        case _, CommandScan(command=Command.SKIP) if now in ("bin", "item"):
            return act(task, Skip(), ctx)
        case "load_totes", ToteScan(code=code):
            return _load(task, code, ctx)
        case "bin", BinScan(code=code):
            return _reach(task, code)
        case (("item" | "tote"), ProductScan()):
            return _take(task, scan, ctx)
        case (("item" | "tote"), ToteScan(code=code)) if task.in_hand:
            return _place(task, code, ctx)
        case "drop", BenchScan(code=code):
            return _drop(task, code)
        case _:
            return misread.refuse(scan, _ASKED[now])


def act(task: PickTask, action: Action, ctx: PickContext) -> Decision:
    """Say what a button means; the same rules, refused with a reason where it doesn't fit."""
    here = current(task)
    if isinstance(action, ZeroCheck):
        checked = bin_to_check(task)
        if checked is None:
            return Refused("NOT_NOW", {}, Outcome.WARN)
        entry = e.BinChecked(checked.bin, checked.sku, action.empty)
        return Accepted((entry,), "BIN_EMPTY" if action.empty else "BIN_RECOUNT")
    if here is None or step(task) == "load_totes":
        return Refused("NOT_NOW", {}, Outcome.WARN)
    if isinstance(action, TypedQuantity):
        return _typed(task, here, action.quantity, ctx)
    if task.in_hand:
        return Refused("PLACE_FIRST", {"tote": tote_of(task, here.order_id)}, Outcome.WARN)
    match action:
        case Short(reason=reason):
            return _short(task, reason)
        case Skip():
            if not here.bin:
                return Refused("NOT_NOW", {}, Outcome.WARN)
            entries = tuple(
                e.LineSkipped(line.order_id, line.line_id, line.bin) for line in group(task)
            )
            return Accepted(entries, "SKIPPED", {"name": here.name})
        case UseAlternative(bin=code):
            if code not in {place["bin"] for place in here.alternatives}:
                return Refused("NOT_NOW", {}, Outcome.WARN)
            redirected = e.LineRedirected(here.order_id, here.line_id, here.bin, code)
            return Accepted((redirected,), "REDIRECTED", {"bin": code})
        case Substitute(sku=sku):
            return _substitute(here, sku)


def prompt(task: PickTask) -> Prompt:
    """What the picker must do next."""
    here = current(task)
    match step(task):
        case "load_totes":
            number = task.orders.get(next_without_tote(task) or BATCH, "")
            total = 1 if task.mode == "batch" else len(task.active_orders)
            return Prompt("LOAD_TOTE", {"n": len(task.totes) + 1, "total": total, "order": number})
        case "bin" if here:
            return Prompt("GO_TO_BIN", {"bin": here.bin})
        case "item" if here:
            wanted = sum(line.remaining for line in group(task)) - task.in_hand
            return Prompt("SCAN_ITEM", {"name": here.name, "units": wanted})
        case "tote" if here:
            return Prompt("PUT_IN_TOTE", {"tote": tote_of(task, here.order_id)})
        case "short" if here:
            return Prompt("CONFIRM_SHORT", {"name": here.name, "units": here.remaining})
        case "zero_check":
            checked = bin_to_check(task)
            return Prompt("ZERO_CHECK", {"bin": checked.bin if checked else ""})
        case _:
            return Prompt("DROP")


def undoable(task: PickTask) -> Entry | None:
    """The entry that "undo" would take back: the last one, if it can be."""
    for entry in reversed(task.history):
        if isinstance(entry, _REVERSIBLE):
            return entry
        if not isinstance(entry, e.BinReached):
            return None
    return None


# --- the steps ------------------------------------------------------------------------------


def _load(task: PickTask, code: str, ctx: PickContext) -> Decision:
    taken = next((order for order, tote in task.totes.items() if tote == code), None)
    owner = task.orders.get(taken, "") if taken is not None else ctx.tote_owner(code)
    if owner is not None:
        return Refused("TOTE_IN_USE", {"tote": code, "order": owner})
    order = next_without_tote(task)
    assert order is not None
    return Accepted((e.ToteLoaded(order, code),), "TOTE_LOADED", {"tote": code})


def _reach(task: PickTask, code: str) -> Decision:
    here = current(task)
    assert here is not None
    if code != here.bin:
        return Refused("WRONG_BIN", {"expected": here.bin, "read": code})
    return Accepted((e.BinReached(code),), "BIN_OK", {"bin": code})


def _take(task: PickTask, scan: ProductScan, ctx: PickContext) -> Decision:
    here = current(task)
    assert here is not None
    if scan.sku != here.sku:
        return _other_item(task, here, scan.sku, ctx)
    today = ctx.today.isoformat()
    if (scan.expiry and scan.expiry < ctx.today) or ("" < here.expiry < today):
        expiry = scan.expiry.isoformat() if scan.expiry else here.expiry
        return Refused("EXPIRED", {"name": here.name, "expiry": expiry})
    if here.tracking != "none" and here.lot:
        if scan.lot and scan.lot != here.lot:
            return Refused("WRONG_LOT", {"expected": here.lot, "read": scan.lot})
        if not scan.lot and here.lots_in_bin > 1:
            return Refused("LOT_NEEDED", {"expected": here.lot}, Outcome.WARN)
    return _into_hand(task, here, scan.quantity)


def _into_hand(task: PickTask, here: PickLine, quantity: int) -> Decision:
    asked = sum(line.remaining for line in group(task))
    held = task.in_hand + quantity
    if held > asked:
        return Refused("OVER_QTY", {"asked": asked, "read": held, "name": here.name})
    entry = e.UnitsTaken(here.order_id, here.line_id, here.sku, quantity, here.lot)
    code = "UNIT_OK" if quantity == 1 else "PACK_OK"
    return Accepted(
        (entry,), code, {"done": held, "total": asked, "units": quantity, "name": here.name}
    )


def _other_item(task: PickTask, here: PickLine, sku: str, ctx: PickContext) -> Decision:
    """Name what was scanned instead of the asked item."""
    product = ctx.product(sku)
    name = product.name if product else sku
    own = [line for line in task.lines if line.sku == sku and line.order_id == here.order_id]
    if own and not any(line.remaining for line in own):
        units = sum(line.quantity for line in own)
        return Refused("LINE_COMPLETE", {"done": units, "total": units, "name": name}, Outcome.DONE)
    others = [line for line in task.lines if line.sku == sku and line.order_id != here.order_id]
    if others and not own:
        order = others[0]
        params = {"order": order.number, "tote": tote_of(task, order.order_id), "name": name}
        return Refused("OTHER_ORDER", params)
    shared = set(name.lower().split()) & set(here.name.lower().split())
    if own or shared or here.bin in ctx.bins_of(sku):
        params = {
            "expected": here.name,
            "read": name,
            "expected_sku": here.sku,
            "read_sku": sku,
            "difference": _difference(here.name, name),
        }
        return Refused("WRONG_ITEM", params)
    return Refused("NOT_IN_ORDER", {"name": name, "order": here.number})


def _difference(expected: str, read: str) -> str:
    """The words that only one of two look-alikes has, as "azul ≠ preto"."""
    there, here = expected.split(), read.split()
    return " ≠ ".join(
        " ".join(word for word in mine if word not in theirs) or "—"
        for mine, theirs in ((there, here), (here, there))
    )


def _place(task: PickTask, code: str, ctx: PickContext) -> Decision:
    lines = group(task)
    here = lines[0]
    expected = tote_of(task, here.order_id)
    if code != expected:
        owner = next((task.orders.get(o, "") for o, t in task.totes.items() if t == code), None)
        owner = owner or ctx.tote_owner(code)
        if owner:
            params = {"expected": expected, "read": code, "order": owner}
            return Refused("WRONG_TOTE", params)
        return Refused("WRONG_TOTE", {"expected": expected, "read": code, "order": "—"})
    left, entries = task.in_hand, []
    for line in lines:
        units = min(left, line.remaining)
        if units:
            left -= units
            entries.append(
                e.UnitsPlaced(
                    line.order_id, line.line_id, line.sku, line.bin, code, units, line.lot
                )
            )
    whole = task.in_hand == sum(line.remaining for line in lines)
    params = {"units": task.in_hand, "tote": code, "name": here.name}
    return Accepted(tuple(entries), "LINE_DONE" if whole else "PLACED", params)


def _typed(task: PickTask, here: PickLine, quantity: int, ctx: PickContext) -> Decision:
    if "pick.typed_quantity" not in ctx.permissions:
        return Refused("NOT_PERMITTED", {"permission": "pick.typed_quantity"}, Outcome.WARN)
    if step(task) not in ("item", "tote") or quantity < 1:
        return Refused("NOT_NOW", {}, Outcome.WARN)
    return _into_hand(task, here, quantity)


def _short(task: PickTask, reason: ShortReason) -> Decision:
    lines = group(task)
    entries = tuple(
        e.LineShorted(line.order_id, line.line_id, line.sku, line.bin, line.remaining, reason.value)
        for line in lines
    )
    units = sum(entry.quantity for entry in entries)
    params = {"units": units, "name": lines[0].name}
    return Accepted(entries, "SHORTED", params, Outcome.DONE)


def _substitute(here: PickLine, sku: str) -> Decision:
    found = next((other for other in here.substitutes if other["sku"] == sku), None)
    if found is None or here.placed:
        return Refused("NO_SUBSTITUTE", {"name": here.name}, Outcome.WARN)
    entry = e.LineSubstituted(
        here.order_id, here.line_id, here.sku, sku, found["bin"], here.remaining
    )
    return Accepted((entry,), "SUBSTITUTED", {"name": found["name"], "bin": found["bin"]})


def _drop(task: PickTask, bench: str) -> Decision:
    short = tuple(
        order
        for order in task.active_orders
        if any(line.short for line in task.lines if line.order_id == order)
    )
    entry = e.PickDropped(bench, task.active_orders, short)
    params = {"orders": len(task.active_orders), "bench": bench}
    return Accepted((entry,), "DROPPED", params, Outcome.DONE)
