"""Where an order on the bench stands, what holds it there, and what comes next."""

from __future__ import annotations

from msgspec import Struct

from app.domain import printing
from app.domain.decision import Prompt, Refused
from app.domain.nfe import compare_box
from app.domain.pack_task import (
    Label,
    Package,
    PackTask,
    expected_weight_g,
    is_closed,
    open_package,
    suggested_box,
    units_by_sku,
)
from app.domain.printing import Job, JobState
from app.domain.remembered import remembered

NOT_OUT = "not_out"  # why there is a further copy of what may have come out


class CreateLabel(Struct, frozen=True):
    """The station shall make this package's label and append `LabelCreated`, once."""

    package_no: int


class PrintLabel(Struct, frozen=True):
    """The station shall print the stored label, as the job that waits (`job_id`) or a new one."""

    label_id: str
    package_no: int
    copy: int = 1
    reason: str = ""
    job_id: str = ""


Effect = CreateLabel | PrintLabel


@remembered
def step(task: PackTask) -> str:
    """note, units, box, weight, invoice, label, doubt, verify, done, or cancelled.

    Box and weight come for each package right after it is closed; labels only when every unit is
    in a closed package, since only then is it known how many packages there are.
    """
    if task.cancelled:
        return "cancelled"
    if task.packed or task.parked:
        return "done"
    if (task.note or task.gift_text) and not task.note_confirmed:
        return "note"
    for held in task.packages:
        if _lacks_box(task, held):
            return "box"
        if _lacks_weight(task, held):
            return "weight"
    if not task.all_verified:
        return "units"
    if gate(task):
        return "invoice"
    if doubted(task):
        return "doubt"
    return "label" if _label_work(task) or _awaits_printer(task) else "verify"


@remembered
def current(task: PackTask) -> Package:
    """The package that the present step is about."""
    for held in task.packages:
        if _lacks_box(task, held) or _lacks_weight(task, held):
            return held
    if not task.all_verified:
        return open_package(task) or task.packages[-1]
    unproved = (p for p in task.packages if p.label is None or not p.label.verified)
    return next(unproved, task.packages[-1])


@remembered
def gate(task: PackTask) -> Refused | None:
    """Why the order's NF-e forbids a label, or None."""
    if not task.invoice_required:
        return None
    status = str(task.invoice.get("status", "none")).upper()
    params = {"order": task.number}
    if status == "CANCELLED":
        return Refused("NFE_CANCELLED", params)
    if status == "REJECTED":
        said = next((row[3] for row in differences(task) if row[0] == "NFE_NOT_AUTH"), "")
        return Refused("NFE_REJECTED", {**params, "reason": said or "-"})
    if status == "MISMATCH" or (status == "AUTHORIZED" and _box_differences(task)):
        found = differences(task)
        code, field, order_says, document_says = found[0] if found else ("", "?", "?", "?")
        return Refused(
            "NFE_MISMATCH",
            {
                **params,
                "count": len(found),
                "difference": code,
                "field": field,
                "order_says": order_says,
                "document_says": document_says,
            },
        )
    return None if status == "AUTHORIZED" else Refused("NFE_MISSING", params)


@remembered
def differences(task: PackTask) -> tuple[tuple[str, str, str, str], ...]:
    """(code, field, order says, document says): order against NF-e, then NF-e against boxes."""
    known = tuple(
        (str(row[0]), str(row[1]), str(row[2]), str(row[3]))
        for row in task.invoice.get("differences", ())
    )
    return known + tuple(row for row in _box_differences(task) if row not in known)


def next_effect(task: PackTask) -> Effect | None:
    """What the station must do now, without anyone asking; call it on a task that `see` renewed.

    One label is out at a time: the next is made when the one before was scanned back from its
    box. A label that was created but not printed (a kill in between) is printed; a printed one
    never again of itself, and one that may have come out only as a further copy.
    """
    if task.hold or doubted(task) or _awaits_printer(task):
        return None
    return _label_work(task)


def _awaits_printer(task: PackTask) -> bool:
    """A printer has the label's job, or waits for paper to print it."""
    return any(
        job.job_id in task.under_way and job.state in (JobState.PENDING, JobState.SENT)
        for label in task.labels
        for job in label.jobs
        if not label.verified
    )


def _label_work(task: PackTask) -> Effect | None:
    """What is to be done for a label, hold or not."""
    if task.cancelled or task.packed or task.parked or not _is_ready(task):
        return None
    for held in task.packages:
        if held.label is None:
            return CreateLabel(held.package_no)
        if not held.label.verified:
            return _print(held.label, held.package_no)
    return None


def _print(label: Label, package_no: int) -> PrintLabel | None:
    if not printing.is_wanted(label.jobs):
        return None
    last = label.jobs[-1] if label.jobs else None
    if last and last.state is JobState.PENDING:
        return PrintLabel(label.label_id, package_no, last.copy, "", last.job_id)
    copy = label.copies + 1
    return PrintLabel(label.label_id, package_no, copy, NOT_OUT if copy > 1 else "")


def doubted(task: PackTask) -> tuple[Package, Job] | None:
    """The package whose label was sent when the station stopped: did it come out?"""
    for held in task.packages:
        label = held.label
        if label and not label.verified and (job := printing.in_doubt(label.jobs, task.under_way)):
            return held, job
    return None


def reprint(task: PackTask, reason: str) -> PrintLabel | None:
    """The further copy of the label that waits to be scanned back, or None if none was printed."""
    for held in task.packages:
        label = held.label
        if label and label.copies and not label.verified:
            return PrintLabel(label.label_id, held.package_no, label.copies + 1, reason)
    return None


def prompt(task: PackTask) -> Prompt:
    """What the packer must do now."""
    held = current(task)
    params: dict[str, object] = {
        "order": task.number,
        "package": held.package_no,
        "packages": len(task.packages),
        "done": task.units_done,
        "total": task.units_total,
    }
    match step(task):
        case name if task.hold and name not in ("cancelled", "done"):
            return Prompt("PACK_HOLD", {**params, "reason": task.hold})
        case "box":
            box = suggested_box(task, held)
            return Prompt("PACK_BOX_SUGGESTED" if box else "PACK_BOX", _with_box(params, box))
        case "weight":
            return Prompt("PACK_WEIGHT", {**params, "expected": expected_weight_g(task, held) or 0})
        case "cancelled":
            return Prompt("PACK_CANCELLED", {**params, "units": task.units_total})
        case name:
            return Prompt(f"PACK_{name.upper()}", params)


def _with_box(params: dict[str, object], box: object) -> dict[str, object]:
    return {**params, "box": getattr(box, "code", "")}


def _lacks_box(task: PackTask, held: Package) -> bool:
    return bool(task.boxes) and is_closed(task, held) and not held.box


def _lacks_weight(task: PackTask, held: Package) -> bool:
    """Only asked where the right weight can be known, else there is nothing to compare with."""
    return (
        task.weigh
        and is_closed(task, held)
        and held.weight_g is None
        and expected_weight_g(task, held) is not None
    )


def _is_ready(task: PackTask) -> bool:
    return (
        task.all_verified
        and (task.note_confirmed or not (task.note or task.gift_text))
        and not any(_lacks_box(task, p) or _lacks_weight(task, p) for p in task.packages)
        and gate(task) is None
    )


def _box_differences(task: PackTask) -> tuple[tuple[str, str, str, str], ...]:
    if not task.all_verified or not task.invoice_required:
        return ()
    found = compare_box(task.invoice.get("items", {}), units_by_sku(task))
    return tuple(difference.as_row() for difference in found)
