"""Packing: what a scan or a button means for the order on the bench.

The state and its fold are in `pack_task`, the order of the steps in `pack_steps`; both are given
on from here, so that this module is the whole of the rules for a station.
"""

from __future__ import annotations

from app.domain import boxes, misread
from app.domain import entries as e
from app.domain.decision import Accepted, Decision, Outcome, Refused
from app.domain.entries import Entry
from app.domain.model import BoxType
from app.domain.pack_actions import (
    Action,
    ChooseBox,
    ClosePackage,
    ConfirmNote,
    NewPackage,
    NotPrinted,
    OverrideWeight,
    Park,
    Reprint,
    Undo,
    Weigh,
)
from app.domain.pack_steps import (
    CreateLabel,
    Effect,
    PrintLabel,
    current,
    differences,
    doubted,
    gate,
    next_effect,
    prompt,
    reprint,
    step,
)
from app.domain.pack_task import (
    Label,
    LabelOwner,
    Package,
    PackContext,
    PackLine,
    PackTask,
    box_of,
    evolve,
    expected_weight_g,
    is_done,
    items,
    package_state,
    see,
    start,
    suggested_box,
)
from app.domain.printing import NOT_SEEN
from app.domain.scan import BoxScan, Command, CommandScan, LabelScan, ProductScan, Scan, excerpt

__all__ = [
    "LABEL_ELSEWHERE",
    "Action",
    "ChooseBox",
    "ClosePackage",
    "ConfirmNote",
    "CreateLabel",
    "Effect",
    "Label",
    "LabelOwner",
    "NewPackage",
    "NotPrinted",
    "OverrideWeight",
    "PackContext",
    "PackLine",
    "PackTask",
    "Package",
    "Park",
    "PrintLabel",
    "Reprint",
    "Undo",
    "Weigh",
    "act",
    "current",
    "decide",
    "differences",
    "evolve",
    "expected_weight_g",
    "gate",
    "is_done",
    "labels_to_void",
    "next_effect",
    "package_state",
    "prompt",
    "reprint",
    "see",
    "start",
    "step",
    "suggested_box",
    "undoable",
]


LABEL_ELSEWHERE = "label_elsewhere"  # the problem of a packed box whose label was read on another
_REVERSIBLE = (e.UnitsVerified, e.BoxChosen, e.PackageWeighed)
# What a scan at the wrong moment is told to be instead.
_ASKED = {"units": "product", "box": "box", "doubt": "label", "verify": "label"}


def decide(task: PackTask, scan: Scan, ctx: PackContext) -> Decision:
    """Say what a scan means while packing `task`."""
    task = see(task, ctx)
    match scan:  # the most usual first
        case ProductScan() if step(task) == "units" or task.all_verified:
            return _stopped(task, ctx) or _unit(task, scan, ctx)
        case LabelScan():
            return _stopped(task, ctx) or _label(task, scan, ctx)
        case BoxScan(code=code) if step(task) in ("box", "weight"):
            return _stopped(task, ctx) or _box(task, code)
        case CommandScan(command=command):
            if action := _command(task, command):
                return act(task, action, ctx)
            return _stopped(task, ctx) or _answer(task, scan)
    if stopped := _stopped(task, ctx):
        return stopped
    asked = _ASKED.get(step(task))
    return misread.refuse(scan, asked) if asked else _pending(task)


def act(task: PackTask, action: Action, ctx: PackContext) -> Decision:
    """Say what a button means while packing `task`."""
    task = see(task, ctx)
    if refused := _not_permitted("pack.work", ctx):
        return refused
    # These two also stand open to an order on hold: it may be left, and set right before.
    if isinstance(action, Undo) and not task.cancelled:
        return _undo(task)
    if isinstance(action, Park):
        return _park(task, action.reason)
    if stopped := _stopped(task, ctx):
        return stopped
    match action:
        case ConfirmNote() if step(task) == "note":
            return Accepted((e.NoteConfirmed(task.order_id),), "NOTE_CONFIRMED")
        case ChooseBox(box=box) if step(task) in ("box", "weight"):
            return _box(task, box)
        case Weigh(weight_g=weight_g) if step(task) == "weight":
            return _weigh(task, weight_g)
        case OverrideWeight() if step(task) == "weight":
            return _override(task, action, ctx)
        case NewPackage() | ClosePackage() if step(task) == "units":
            return _split(task)
        case NotPrinted() | Reprint() if found := doubted(task):
            failed = e.PrintFailed(found[1].job_id, task.order_id, NOT_SEEN, doubtful=True)
            return Accepted((failed,), "LABEL_AGAIN", {"package": found[0].package_no})
        case Reprint(reason=reason) if step(task) == "verify":
            return _reprint(task, reason, ctx)
        case _:
            return _pending(task)


def undoable(task: PackTask) -> Entry | None:
    """The entry that an undo would take back: the last one, while no label exists."""
    last = task.history[-1] if task.history else None
    return last if isinstance(last, _REVERSIBLE) and not is_done(task) else None


def labels_to_void(task: PackTask, reason: str) -> tuple[e.LabelVoided, ...]:
    """What must be written when the order leaves the bench unpacked: no label of it stays good."""
    return tuple(
        e.LabelVoided(task.order_id, label.label_id, label.tracking, reason)
        for label in task.labels
    )


# --- stops ----------------------------------------------------------------------------------


def _stopped(task: PackTask, ctx: PackContext) -> Decision | None:
    """What stands above every step: no permission, cancelled, over, on hold, address changed."""
    if refused := _not_permitted("pack.work", ctx):
        return refused
    if task.cancelled:
        return Refused("CANCELLED", {"order": task.number, "units": task.units_total})
    if is_done(task):
        return Refused("STALE", {"order": task.number})
    if task.hold:
        return Refused("ON_HOLD", {"order": task.number, "reason": task.hold, **ctx.held_by()})
    for label in task.labels:
        if label.address_version != task.address_version:
            return _address_changed(task)
    return None


def _address_changed(task: PackTask) -> Accepted:
    entries = tuple(
        e.LabelVoided(task.order_id, label.label_id, label.tracking, "address")
        for label in task.labels
        if label.address_version != task.address_version
    )
    params = {"order": task.number, "count": len(entries)}
    return Accepted(entries, "ADDRESS_CHANGED", params, Outcome.BLOCK)


def _not_permitted(permission: str, ctx: PackContext) -> Refused | None:
    if permission in ctx.permissions:
        return None
    return Refused("NOT_PERMITTED", {"permission": permission}, Outcome.WARN)


def _pending(task: PackTask) -> Refused:
    """What the present step waits for, said to a scan or button that is no answer to it."""
    params: dict[str, object] = {"order": task.number, "package": current(task).package_no}
    match step(task):
        case "invoice":
            return gate(task) or Refused("NFE_MISSING", params)
        case "note":
            return Refused("NOTE_FIRST", params, Outcome.WARN)
        case "weight":
            return Refused("WEIGH_FIRST", params, Outcome.WARN)
        case "label":
            return Refused("LABEL_PENDING", params, Outcome.WARN)
        case "verify":
            return Refused("SCAN_LABEL_FIRST", params, Outcome.WARN)
        case "box":
            return Refused("BOX_FIRST", params, Outcome.WARN)
        case _:
            return Refused("UNITS_FIRST", params, Outcome.WARN)


# --- commands -------------------------------------------------------------------------------


def _command(task: PackTask, command: Command) -> Action | None:
    """The button that a printed command stands for here, if any."""
    match command:
        case Command.OK if task.cancelled:
            return Park("cancelled")
        case Command.OK if step(task) == "note":
            return ConfirmNote()
        case Command.NEW_PACKAGE:
            return NewPackage()
        case Command.CLOSE_PACKAGE:
            return ClosePackage()
        case Command.PROBLEM:
            return Park("invoice" if step(task) == "invoice" else "problem")
        case Command.REPRINT if step(task) == "doubt":
            return NotPrinted()
        case Command.CANCEL:
            return Undo()
        case _:
            return None


def _answer(task: PackTask, scan: CommandScan) -> Decision:
    if scan.command is Command.REPRINT and step(task) == "verify":
        return Refused("REPRINT_REASON", {"order": task.number}, Outcome.WARN)
    if scan.command is Command.OK and step(task) == "label":
        return Accepted((), "LABEL_RETRY", {"order": task.number})
    if scan.command is Command.OK and step(task) == "invoice":
        return _pending(task)
    return misread.refuse(scan, "")


# --- units ----------------------------------------------------------------------------------


def _unit(task: PackTask, scan: ProductScan, ctx: PackContext) -> Decision:
    lines, asked, before = [], 0, 0
    for line in task.lines:
        if line.sku == scan.sku:
            lines.append(line)
            asked += line.quantity
            before += line.verified
    if not lines:
        product = ctx.product(scan.sku)
        name = product.name if product else scan.sku
        return Refused("NOT_IN_ORDER", {"order": task.number, "sku": scan.sku, "name": name})
    done = before + scan.quantity
    params: dict[str, object] = {
        "order": task.number,
        "sku": scan.sku,
        "name": lines[0].name,
        "quantity": asked,
        "done": before,
    }
    if before == asked:
        return Refused("LINE_COMPLETE", params, Outcome.DONE)
    if done > asked:
        return Refused("OVER_QTY", {**params, "scanned": done})
    if scan.serial and (owner := ctx.serial_owner(scan.sku, scan.serial)):
        number, day = owner
        return Refused(
            "SERIAL_USED", {**params, "serial": scan.serial, "owner": number, "day": f"{day:%d/%m}"}
        )
    params["done"] = done
    params["units_done"] = units_done = task.units_done + scan.quantity
    params["units_total"] = units_total = task.units_total
    code = "UNIT_VERIFIED"
    if units_done == units_total:
        code = "ALL_VERIFIED"
    elif done == asked:
        code = "LINE_VERIFIED"
    return Accepted(_spread(task, lines, scan), code, params)


def _spread(task: PackTask, lines: list[PackLine], scan: ProductScan) -> tuple[Entry, ...]:
    """The units of one scan over the lines that ask for the product, in their order."""
    into, quantity = current(task).package_no, scan.quantity
    entries: tuple[Entry, ...] = ()
    for line in lines:
        if units := min(line.remaining, quantity):
            quantity -= units
            verified = e.UnitsVerified(
                task.order_id, line.line_id, line.sku, into, units, scan.serial
            )
            entries += (verified,)
    return entries


def _split(task: PackTask) -> Decision:
    held = current(task)
    if not any(held.units.values()):
        return Refused("PACKAGE_EMPTY", {"package": held.package_no}, Outcome.WARN)
    following = held.package_no + 1
    return Accepted(
        (
            e.PackageClosed(task.order_id, held.package_no),
            e.PackageOpened(task.order_id, following),
        ),
        "PACKAGE_CLOSED",
        {"package": held.package_no, "next": following},
    )


# --- box and weight -------------------------------------------------------------------------


def _box(task: PackTask, code: str) -> Decision:
    held = current(task)
    box = box_of(task, code)
    if box is None:
        known = ", ".join(b.code for b in task.boxes)
        return Refused("UNKNOWN_BOX", {"box": excerpt(code), "boxes": known})
    goods_g = boxes.goods_weight_g(items(task, held)) or 0
    if not boxes.bears(box, goods_g) and (better := _stronger_box(task, held, goods_g)):
        params = {"box": code, "weight_g": goods_g, "max_g": box.max_weight_g}
        return Refused("BOX_TOO_WEAK", {**params, "better": better.code})
    entries: tuple[Entry, ...] = (e.BoxChosen(task.order_id, held.package_no, code),)
    if held.box:
        before = e.BoxChosen(task.order_id, held.package_no, held.box)
        entries = (e.Undone(type(before).__name__, before.payload()), *entries)
    return Accepted(entries, "BOX_OK", {"box": code, "package": held.package_no})


def _stronger_box(task: PackTask, held: Package, goods_g: int) -> BoxType | None:
    """One that bears the goods; None where none does, so that any will have to do."""
    stronger = next((box for box in task.boxes if boxes.bears(box, goods_g)), None)
    return stronger and (suggested_box(task, held) or stronger)


def _weigh(task: PackTask, weight_g: int) -> Decision:
    held = current(task)
    if weight_g <= 0:
        return Refused("BAD_WEIGHT", {"weight_g": weight_g}, Outcome.WARN)
    expected = expected_weight_g(task, held)
    if expected is not None and not boxes.weight_ok(expected, weight_g):
        params = {
            "package": held.package_no,
            "expected_g": expected,
            "measured_g": weight_g,
            "off_g": weight_g - expected,
        }
        return Refused("WEIGHT_OFF", params, Outcome.WARN)
    entry = e.PackageWeighed(task.order_id, held.package_no, weight_g)
    return Accepted((entry,), "WEIGHT_OK", {"weight_g": weight_g, "package": held.package_no})


def _override(task: PackTask, action: OverrideWeight, ctx: PackContext) -> Decision:
    if refused := _not_permitted("pack.override_weight", ctx):
        return refused
    if action.weight_g <= 0:
        return Refused("BAD_WEIGHT", {"weight_g": action.weight_g}, Outcome.WARN)
    reason = action.reason.strip()
    if not reason:
        return Refused("REASON_NEEDED", {}, Outcome.WARN)
    no = current(task).package_no
    entry = e.PackageWeighed(task.order_id, no, action.weight_g, reason)
    return Accepted((entry,), "WEIGHT_OVERRIDDEN", {"weight_g": action.weight_g, "package": no})


# --- label ----------------------------------------------------------------------------------


def _label(task: PackTask, scan: LabelScan, ctx: PackContext) -> Decision:
    """A label read from a box: only this order's own, and only the one that stands, is right."""
    for held in task.packages:
        label = held.label
        if label and label.tracking == scan.tracking:
            break
    else:
        return _foreign_label(task, scan, ctx)
    params: dict[str, object] = {
        "order": task.number,
        "tracking": scan.tracking,
        "package": held.package_no,
        "packages": len(task.packages),
    }
    if label.verified:
        person, time = ctx.verified_by(label.label_id)
        return Refused("LABEL_DONE", {**params, "person": person, "time": time}, Outcome.DONE)
    if closed := gate(task):
        return closed
    # Whatever is in doubt about its print job, the paper itself proves that it came out.
    proof = e.LabelVerified(task.order_id, held.package_no, label.label_id, label.tracking)
    unproved = [p for p in task.packages if p.label is None or not p.label.verified]
    if len(unproved) == 1:
        return Accepted((proof, e.OrderPacked(task.order_id)), "ORDER_PACKED", params)
    return Accepted((proof,), "LABEL_VERIFIED", params)


def _foreign_label(task: PackTask, scan: LabelScan, ctx: PackContext) -> Decision:
    owner = None if scan.tracking in task.voided else ctx.label_owner(scan.tracking)
    if owner is None and scan.tracking not in task.voided:
        return Refused("UNKNOWN_CODE", {"code": excerpt(scan.tracking)})
    params: dict[str, object] = {"order": task.number, "tracking": scan.tracking}
    if owner is None or owner.number == task.number or owner.state == "VOIDED":
        return Refused("VOID_LABEL", params)
    params |= {"order": owner.number, "bench": owner.bench or "-", "mine": task.number}
    if owner.packed:  # its box may have this order's label: it does not leave before a look at it
        entry = e.ProblemRaised(owner.order_id, LABEL_ELSEWHERE)
        return Accepted((entry,), "OTHER_LABEL", params, Outcome.BLOCK)
    return Refused("OTHER_LABEL", params)


def _reprint(task: PackTask, reason: str, ctx: PackContext) -> Decision:
    if refused := _not_permitted("pack.reprint", ctx):
        return refused
    if not reason.strip():
        return Refused("REPRINT_REASON", {"order": task.number}, Outcome.WARN)
    effect = reprint(task, reason.strip())
    if effect is None:
        return _pending(task)
    return Accepted((), "REPRINTING", {"package": effect.package_no, "copy": effect.copy})


# --- leaving the bench, and undo ------------------------------------------------------------


def _park(task: PackTask, reason: str) -> Decision:
    if is_done(task):
        return Refused("STALE", {"order": task.number})
    if task.cancelled:
        reason = "cancelled"
    reason = reason.strip()
    if not reason:
        return Refused("REASON_NEEDED", {}, Outcome.WARN)
    code = {"invoice": "PARKED_INVOICE", "cancelled": "SET_ASIDE"}.get(reason, "PARKED")
    entries = (*labels_to_void(task, reason), e.PackParked(task.order_id, reason))
    return Accepted(entries, code, {"order": task.number, "units": task.units_total})


def _undo(task: PackTask) -> Decision:
    entry = undoable(task)
    if entry is None:
        return Refused("NOTHING_TO_UNDO", {}, Outcome.WARN)
    undone = e.Undone(type(entry).__name__, entry.payload())
    return Accepted((undone,), "UNDONE", {"kind": undone.entry_kind})
