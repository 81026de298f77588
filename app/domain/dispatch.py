"""Dispatch: what a scan or a button means for the manifest at the dock.

Closing is the point of no return (an NF-e can't be cancelled once goods circulate), so `Close`
asks again after every loaded package.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec import Struct

from app.domain import entries as e
from app.domain import misread
from app.domain.decision import Accepted, Decision, Outcome, Refused
from app.domain.dispatch_task import (
    DispatchContext,
    DispatchTask,
    ExpectedPackage,
    PackageInfo,
    evolve,
    expect,
    is_done,
    is_late,
    prompt,
    start,
    undoable,
)
from app.domain.scan import Command, CommandScan, LabelScan, Scan, excerpt

__all__ = [
    "Action",
    "Close",
    "DispatchContext",
    "DispatchTask",
    "ExpectedPackage",
    "Handover",
    "PackageInfo",
    "Undo",
    "Unload",
    "act",
    "decide",
    "evolve",
    "expect",
    "is_done",
    "is_late",
    "prompt",
    "start",
    "undoable",
]

LISTED = 8  # how many orders a refusal names


class Close(Struct, frozen=True):
    """Close the manifest. `reason` says why expected orders stay behind."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Handover:
    """The carrier took the boxes of the closed manifest in the vehicle with this plate.

    Who drove is personal data: the station keeps it on the manifest's row, no entry holds it.
    """

    plate: str
    driver: str = field(repr=False)
    document: str = field(repr=False)  # CPF, RG or CNH; as it was shown


class Unload(Struct, frozen=True):
    tracking: str


class Undo(Struct, frozen=True):
    pass


Action = Close | Handover | Unload | Undo


def decide(task: DispatchTask, scan: Scan, ctx: DispatchContext) -> Decision:
    """Say what a scan means while loading `task`."""
    if refused := _not_permitted("dispatch.work", ctx):
        return refused
    match scan:  # the most usual first
        case LabelScan(tracking=tracking) if not task.closed:
            return _load(task, tracking, ctx)
        case CommandScan(command=Command.CANCEL):
            return _undo(task)
        case CommandScan(command=Command.OK) if ctx.cutoff_warned and not task.closed:
            return Accepted((), "CUTOFF_CONFIRMED", {"manifest": task.manifest_id})
    return _closed(task) if task.closed else misread.refuse(scan, "label")


def act(task: DispatchTask, action: Action, ctx: DispatchContext) -> Decision:
    """Say what a button means for `task`."""
    if refused := _not_permitted("dispatch.work", ctx):
        return refused
    match action:
        case Close(reason=reason):
            return _close(task, reason.strip(), ctx)
        case Handover():
            return _hand_over(task, action)
        case Unload(tracking=tracking):
            return _unload(task, tracking)
        case Undo():
            return _undo(task)


# --- loading --------------------------------------------------------------------------------


def _load(task: DispatchTask, tracking: str, ctx: DispatchContext) -> Decision:
    info = ctx.packages_of((tracking,)).get(tracking)
    if info is None:
        return Refused("UNKNOWN_CODE", {"code": excerpt(tracking)})
    if refused := _unfit(task, info, tracking):
        return refused
    params = _params(info, tracking)
    if tracking in task.loaded:
        return Refused("ALREADY_LOADED", params, Outcome.DONE)
    if not _is_for(task, info):
        service = info.service_name or info.service_code
        place = {"carrier": info.carrier, "service": service, "dock": info.dock or "dock.none"}
        own = info.manifest_id or info.carriers_manifest or "manifest.none"
        return Refused("WRONG_MANIFEST", {**params, **place, "manifest": own})
    if info.state not in ("VERIFIED", "LOADED") or not info.order_packed:
        return Refused("NOT_PACKED", params)
    if is_late(task, ctx.now) and not task.late and not ctx.cutoff_warned:
        return Refused("AFTER_CUTOFF", {**params, "carrier": task.carrier}, Outcome.WARN)
    entry = e.PackageLoaded(task.manifest_id, info.order_id, info.package_no, tracking)
    params["loaded"] = task.loaded_count + 1
    params["expected"] = task.expected_count + (tracking not in task.expected)
    if info.packages > 1 or info.package_no > 1:  # else nobody need look through all that is loaded
        on = {p.package_no for p in task.loaded.values() if p.order_id == info.order_id}
        if missing := _missing(info, on | {info.package_no}):
            return Accepted((entry,), "PACKAGE_LOADED_PART", {**params, "missing": missing[0]})
    return Accepted((entry,), "PACKAGE_LOADED", params)


def _is_for(task: DispatchTask, info: PackageInfo) -> bool:
    """Whether the package is for this carrier and service, and on no other manifest yet."""
    return (
        info.manifest_id in ("", task.manifest_id)
        and info.carrier.casefold() == task.carrier.casefold()
        and task.service_code in ("", info.service_code)
    )


def _unfit(task: DispatchTask, info: PackageInfo, tracking: str) -> Refused | None:
    """Why a package may not travel at all, on this manifest or another."""
    found = _fault(task, info)
    if found is None:
        return None
    code, more = found
    return Refused(code, {**_params(info, tracking), **more})


def _fault(task: DispatchTask, info: PackageInfo) -> tuple[str, Mapping[str, object]] | None:
    """The code of what is wrong with a package, and what its sentence says besides."""
    if info.label_void:
        return "VOID_LABEL", {}
    if info.cancelled or info.order_id in task.cancelled:
        return "CANCELLED", {"units": info.units or info.packages}
    if info.hold:
        return "ON_HOLD", info.hold
    if info.label_elsewhere:
        return "LABEL_ELSEWHERE", {}
    gate, system = info.gate
    if gate:
        return "GATE_HOLDS", {"gate": gate, "system": system}
    if info.invoice_cancelled:
        return "INVOICE_GONE", {}
    return None


def _params(info: PackageInfo, tracking: str) -> dict[str, object]:
    return {
        "order": info.number,
        "package": info.package_no,
        "packages": info.packages,
        "tracking": tracking,
    }


def _missing(info: PackageInfo, loaded: set[int]) -> list[int]:
    """The volumes of an order that are not loaded."""
    return sorted(set(range(1, info.packages + 1)) - loaded)


# --- closing --------------------------------------------------------------------------------


def _close(task: DispatchTask, reason: str, ctx: DispatchContext) -> Decision:
    if task.closed:
        return _closed(task)
    if not task.loaded:
        return Refused("MANIFEST_EMPTY", {"manifest": task.manifest_id}, Outcome.WARN)
    if refused := _unfit_load(task, ctx):
        return refused
    left = _left_behind(task, ctx)
    if left:
        numbers = [package.number for package in left.values()]
        more = "…" if len(numbers) > LISTED else ""
        params = {"count": len(left), "orders": ", ".join(numbers[:LISTED]) + more}
        if refused := _not_permitted("dispatch.close_incomplete", ctx):
            return Refused("LEFT_BEHIND_DENIED", params, Outcome.WARN)
        if not reason:
            return Refused("LEFT_BEHIND", params, Outcome.WARN)
    gone = tuple(dict.fromkeys(entry.order_id for entry in task.loaded.values()))
    entry = e.ManifestClosed(task.manifest_id, gone, tuple(left), reason if left else "")
    return Accepted(
        (entry,),
        "MANIFEST_READY",
        {"manifest": task.manifest_id, "orders": len(gone), "packages": task.loaded_count},
    )


def _unfit_load(task: DispatchTask, ctx: DispatchContext) -> Refused | None:
    """What is wrong with the load as it stands: a package that may not go, or half an order."""
    known = ctx.packages_of(tuple(task.loaded))
    on: dict[int, set[int]] = {}
    for entry in task.loaded.values():
        on.setdefault(entry.order_id, set()).add(entry.package_no)
    for tracking, entry in task.loaded.items():
        info = known.get(tracking)
        if info is None:
            params = {"order": str(entry.order_id), "tracking": tracking}
            return Refused("VOID_LABEL", {**params, "package": entry.package_no})
        if refused := _unfit(task, info, tracking):
            return refused
        if missing := _missing(info, on.get(info.order_id, set())):
            params_ = _params(info, tracking)
            return Refused("MISSING_VOLUMES", {**params_, "missing": missing[0]})
    return None


def _left_behind(task: DispatchTask, ctx: DispatchContext) -> dict[int, ExpectedPackage]:
    """Orders that wait for this manifest and could still go on it, none of whose boxes is on."""
    on = {entry.order_id for entry in task.loaded.values()}
    left = {}
    others = {t: package for t, package in task.expected.items() if package.order_id not in on}
    known = ctx.packages_of(tuple(others))
    for tracking, package in others.items():
        info = known.get(tracking)
        if info and not _unfit(task, info, tracking) and not info.manifest_id:
            left[package.order_id] = package
    return left


def _hand_over(task: DispatchTask, by: Handover) -> Decision:
    if task.handed_over:
        return _closed(task)
    if not task.closed:
        return Refused("CLOSE_FIRST", {"manifest": task.manifest_id}, Outcome.WARN)
    plate = _letters_and_digits(by.plate)
    if not 5 <= len(plate) <= 10:  # foreign lorries come too: only nonsense is refused
        return Refused("PLATE_NEEDED", {"manifest": task.manifest_id}, Outcome.WARN)
    named = sum(ch.isalpha() for ch in by.driver) >= 2
    if not named or not 5 <= len(_letters_and_digits(by.document)) <= 14:
        return Refused("DRIVER_NEEDED", {"manifest": task.manifest_id}, Outcome.WARN)
    entry = e.ManifestHandedOver(task.manifest_id, plate)
    params = {"manifest": task.manifest_id, "packages": task.loaded_count, "plate": plate}
    return Accepted((entry,), "HANDED_OVER", params)


def _letters_and_digits(text: str) -> str:
    return "".join(ch for ch in text.upper() if ch.isalnum())


# --- taking back ----------------------------------------------------------------------------


def _unload(task: DispatchTask, tracking: str) -> Decision:
    if task.closed:
        return _closed(task)
    on = task.loaded.get(tracking)
    if on is None:
        return Refused("NOT_LOADED", {"tracking": excerpt(tracking)}, Outcome.WARN)
    entry = e.PackageUnloaded(task.manifest_id, on.order_id, on.package_no, tracking)
    return Accepted((entry,), "PACKAGE_UNLOADED", {"tracking": tracking, "package": on.package_no})


def _undo(task: DispatchTask) -> Decision:
    entry = undoable(task)
    if entry is None:
        return Refused("NOTHING_TO_UNDO", {}, Outcome.WARN)
    undone = e.Undone(type(entry).__name__, entry.payload())
    return Accepted((undone,), "UNDONE", {"kind": undone.entry_kind})


def _closed(task: DispatchTask) -> Refused:
    return Refused("MANIFEST_CLOSED", {"manifest": task.manifest_id})


def _not_permitted(permission: str, ctx: DispatchContext) -> Refused | None:
    if permission in ctx.permissions:
        return None
    return Refused("NOT_PERMITTED", {"permission": permission}, Outcome.WARN)
