"""Picking: what a scan or a button means for the pick in hand.

The state and its fold are in `pick_task`, the plan in `pick_plan`, a product's code in
`pick_items`; what a station needs of them is given on from here.
"""

from __future__ import annotations

from app.domain import entries as e
from app.domain import misread, pick_items
from app.domain.decision import Accepted, Decision, Outcome, Refused
from app.domain.entries import Entry
from app.domain.model import ShortReason
from app.domain.pick_actions import (
    Action,
    ConfirmBin,
    PickContext,
    SetAside,
    Short,
    Skip,
    Substitute,
    TypedQuantity,
    Undo,
    UseAlternative,
    ZeroCheck,
)
from app.domain.pick_prompts import first_aside, prompt
from app.domain.pick_task import (
    PickLine,
    PickTask,
    asked,
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
    "Action",
    "ConfirmBin",
    "PickContext",
    "PickLine",
    "PickTask",
    "SetAside",
    "Short",
    "Skip",
    "Substitute",
    "TypedQuantity",
    "Undo",
    "UseAlternative",
    "ZeroCheck",
    "act",
    "asked",
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

_REVERSIBLE = (e.UnitsTaken, e.UnitsPlaced, e.LineShorted, e.LineSkipped)
# What a scan at the wrong moment is told to be instead.
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
    """Say what a scan means for the pick in hand."""
    if stopped := _stopped(task, ctx):
        return stopped
    now = step(task)
    match now:
        case "item" | "tote" if isinstance(scan, ProductScan):
            return pick_items.take(task, scan, ctx)
        case "item" | "tote" if isinstance(scan, ToteScan) and task.in_hand:
            return _place(task, scan.code, ctx)
        case "bin" if isinstance(scan, BinScan):
            return _reach(task, scan.code)
        case "load_totes" if isinstance(scan, ToteScan):
            return _load(task, scan.code, ctx)
        case "drop" if isinstance(scan, BenchScan):
            return _drop(task, scan.code)
    return _other(task, scan, now, ctx)


def _other(task: PickTask, scan: Scan, now: str, ctx: PickContext) -> Decision:
    """What a scan means that is not what the step asks for."""
    if isinstance(scan, CommandScan):
        return _command(task, scan, now, ctx)
    if now == "set_aside":
        return _set_aside(task, scan.code) if isinstance(scan, ToteScan) else _cancelled(task)
    if isinstance(scan, ProductScan) and (completed := pick_items.completed(task, scan.sku)):
        return completed
    return misread.refuse(scan, _ASKED[now])


def act(task: PickTask, action: Action, ctx: PickContext) -> Decision:
    """Say what a button means for the pick in hand."""
    if stopped := _stopped(task, ctx):
        return stopped
    now = step(task)
    here = current(task)
    match action:
        case Undo():
            return _undo(task)
        case SetAside() if now == "set_aside":
            return _set_aside(task)
        case _ if now == "set_aside":
            return _cancelled(task)
        case ZeroCheck(empty=empty) if now == "zero_check":
            return _checked(task, empty)
        case TypedQuantity(quantity=quantity) if now in ("item", "tote"):
            if refused := _not_permitted("pick.typed_quantity", ctx):
                return refused
            return pick_items.type_in(task, quantity, ctx)
        case Short(reason=reason) if now in ("bin", "item", "short"):
            return _short(task, reason, ctx)
        case Skip() | UseAlternative() | Substitute() if here and task.in_hand:
            params = {"name": here.name, "tote": tote_of(task, here.order_id)}
            return Refused("PLACE_FIRST", params, Outcome.WARN)
        case ConfirmBin() if here and now == "bin" and ctx.wrong_bin:
            return _confirm_bin(task, here, ctx)
        case Skip() if here and now in ("bin", "item"):
            return _skip(task, here)
        case UseAlternative(bin=code) if here and now in ("bin", "item", "short"):
            return _redirect(task, here, code)
        case Substitute(sku=sku) if here and now in ("bin", "item", "short"):
            return _substitute(task, here, sku)
        case _:
            return Refused("NOT_NOW", {}, Outcome.WARN)


def undoable(task: PickTask) -> Entry | None:
    """The entry that an undo would take back: the last one, if it can be."""
    last = task.history[-1] if task.history else None
    return last if isinstance(last, _REVERSIBLE) else None


# --- stops and commands ---------------------------------------------------------------------


def _stopped(task: PickTask, ctx: PickContext) -> Refused | None:
    """What stands above every step: no permission, or the pick is over."""
    if refused := _not_permitted("pick.work", ctx):
        return refused
    if is_done(task):
        return Refused("STALE", {"order": ", ".join(task.orders.values())})
    return None


def _not_permitted(permission: str, ctx: PickContext) -> Refused | None:
    if permission in ctx.permissions:
        return None
    return Refused("NOT_PERMITTED", {"permission": permission}, Outcome.WARN)


def _command(task: PickTask, scan: CommandScan, now: str, ctx: PickContext) -> Decision:
    """The button that a printed command stands for here."""
    match now, scan.command:
        case "set_aside", Command.OK:
            return _set_aside(task)
        case "set_aside", _:
            return _cancelled(task)
        case "zero_check", Command.OK:
            return _checked(task, empty=True)
        case "zero_check", Command.SHORT | Command.CANCEL:
            return _checked(task, empty=False)
        case "short", Command.SHORT | Command.OK:
            return _short(task, ShortReason.OUT_OF_STOCK, ctx)
        case (("bin" | "item"), Command.SHORT):
            return Refused("CHOOSE_REASON", {}, Outcome.WARN)
        case (("bin" | "item"), Command.SKIP):
            return act(task, Skip(), ctx)
        case _, Command.CANCEL:
            return _undo(task)
        case _:
            return misread.refuse(scan, "")


def _undo(task: PickTask) -> Decision:
    last = undoable(task)
    if last is None:
        return Refused("NOTHING_TO_UNDO", {}, Outcome.WARN)
    return Accepted((e.Undone(type(last).__name__, last.payload()),), "UNDONE")


# --- cancelled while in hand ----------------------------------------------------------------


def _cancelled(task: PickTask) -> Refused:
    order, units = first_aside(task)
    params = {"order": task.orders[order], "tote": tote_of(task, order), "units": units}
    return Refused("CANCELLED", params)


def _set_aside(task: PickTask, code: str = "") -> Decision:
    order, units = first_aside(task)
    tote = tote_of(task, order)
    if code and code != tote:
        return _cancelled(task)
    params = {"order": task.orders[order], "tote": tote, "units": units}
    return Accepted((e.ToteSetAside(order, tote),), "SET_ASIDE_TOTE", params)


# --- the steps ------------------------------------------------------------------------------


def _load(task: PickTask, code: str, ctx: PickContext) -> Decision:
    owner = _owner_in_wave(task, code) or ctx.tote_owner(code)
    if owner is not None:
        return Refused("TOTE_IN_USE", {"tote": code, "order": owner})
    order = next_without_tote(task)
    if order is None:
        return Refused("NOT_NOW", {}, Outcome.WARN)
    params = {"tote": code, "order": task.orders.get(order, "")}
    return Accepted((e.ToteLoaded(order, code),), "TOTE_LOADED", params)


def _owner_in_wave(task: PickTask, code: str) -> str | None:
    for order, tote in task.totes.items():
        if tote == code:
            return task.orders.get(order, "")
    return None


def _reach(task: PickTask, code: str) -> Decision:
    here = current(task)
    if here is None:
        return Refused("NOT_NOW", {}, Outcome.WARN)
    if code != here.bin:
        params = {"expected": here.bin, "read": code, "name": here.name}
        return Refused("WRONG_BIN", {**params, "confirmable": code})
    return Accepted((e.BinReached(code),), "BIN_OK", {"bin": code, "name": here.name})


def _place(task: PickTask, code: str, ctx: PickContext) -> Decision:
    lines = group(task)
    expected = tote_of(task, lines[0].order_id)
    if code != expected:
        in_wave = _owner_in_wave(task, code)
        owner = in_wave or ctx.tote_owner(code)
        if owner and in_wave is None:
            return Refused("TOTE_IN_USE", {"tote": code, "order": owner})
        return Refused("WRONG_TOTE", {"expected": expected, "read": code})
    entries = [
        e.UnitsPlaced(line.order_id, line.line_id, line.sku, line.bin, code, units, line.lot)
        for line, units in _share(lines, task.in_hand)
    ]
    whole = task.in_hand >= asked(task)
    params = {"units": task.in_hand, "tote": code, "name": lines[0].name}
    return Accepted(tuple(entries), "LINE_DONE" if whole else "PLACED", params)


def _share(lines: tuple[PickLine, ...], units: int) -> list[tuple[PickLine, int]]:
    """Deal units out to lines, the first orders first."""
    shares = []
    for line in lines:
        mine = min(units, line.remaining)
        units -= mine
        if mine:
            shares.append((line, mine))
    return shares


def _checked(task: PickTask, empty: bool) -> Decision:
    line = bin_to_check(task)
    if line is None:
        return Refused("NOT_NOW", {}, Outcome.WARN)
    entry = e.BinChecked(line.bin, line.sku, empty)
    return Accepted((entry,), "BIN_EMPTY" if empty else "BIN_RECOUNT", {"bin": line.bin})


def _short(task: PickTask, reason: ShortReason, ctx: PickContext) -> Decision:
    """Report what is not in the hand, the last orders first."""
    lines = group(task)
    held = {id(line): units for line, units in _share(lines, task.in_hand)}
    entries = tuple(
        e.LineShorted(line.order_id, line.line_id, line.sku, line.bin, units, reason.value)
        for line in lines
        if (units := line.remaining - held.get(id(line), 0)) > 0
    )
    if not entries:
        return Refused("NOT_NOW", {}, Outcome.WARN)
    units = sum(entry.quantity for entry in entries)
    params: dict[str, object] = {"units": units, "name": lines[0].name}
    if others := ctx.also_wanted(lines[0].sku):
        params |= {"orders": ", ".join(others)}
        return Accepted(entries, "SHORTED_OTHERS", params, Outcome.WARN)
    return Accepted(entries, "SHORTED", params, Outcome.DONE)


def _skip(task: PickTask, here: PickLine) -> Decision:
    entries = tuple(e.LineSkipped(line.order_id, line.line_id, line.bin) for line in group(task))
    return Accepted(entries, "SKIPPED", {"name": here.name, "bin": here.bin})


def _redirect(task: PickTask, here: PickLine, code: str) -> Decision:
    """Send what remains of the group to another bin, as far as its lines know that bin."""
    entries = tuple(
        e.LineRedirected(line.order_id, line.line_id, line.bin, code)
        for line in group(task)
        if code in {place["bin"] for place in line.alternatives}
    )
    if not entries:
        return Refused("NO_ALTERNATIVE", {"name": here.name, "bin": code}, Outcome.WARN)
    return Accepted(entries, "REDIRECTED", {"name": here.name, "bin": code})


def _confirm_bin(task: PickTask, here: PickLine, ctx: PickContext) -> Decision:
    """The record was wrong: the walk goes on at the scanned bin, and both bins are counted."""
    if refused := _not_permitted("pick.confirm_bin", ctx):
        return refused
    there = ctx.wrong_bin
    moved = tuple(
        e.LineRedirected(line.order_id, line.line_id, line.bin, there) for line in group(task)
    )
    counts = (e.CountOpened(here.bin, here.sku), e.CountOpened(there, here.sku))
    params = {"bin": there, "name": here.name, "expected": here.bin}
    return Accepted((*moved, *counts, e.BinReached(there)), "BIN_CONFIRMED", params)


def _substitute(task: PickTask, here: PickLine, sku: str) -> Decision:
    """Replace the whole order line: pack and invoice know one product a line, never a mixture."""
    legs = [
        line
        for line in task.lines
        if (line.order_id, line.line_id) == (here.order_id, here.line_id)
    ]
    found = next((other for other in here.substitutes if other["sku"] == sku), None)
    if found is None or any(leg.placed for leg in legs):
        return Refused("NO_SUBSTITUTE", {"name": here.name}, Outcome.WARN)
    entries = tuple(
        e.LineSubstituted(leg.order_id, leg.line_id, leg.sku, sku, found["bin"], leg.remaining)
        for leg in legs
        if leg.remaining
    )
    return Accepted(entries, "SUBSTITUTED", {"name": found["name"], "bin": found["bin"]})


def _drop(task: PickTask, bench: str) -> Decision:
    orders = task.active_orders
    lacking = {line.order_id for line in task.lines if line.short}
    short = tuple([order for order in orders if order in lacking])
    entry = e.PickDropped(bench, orders, short)
    params = {"orders": len(orders), "short": len(short), "bench": bench}
    return Accepted((entry,), "DROPPED", params, Outcome.DONE)
