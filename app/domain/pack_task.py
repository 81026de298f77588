"""The order on the bench: a frozen state, and the fold of the journal that makes it.

What lies outside the task's own entries (the invoice, the address version, a hold, the print jobs)
is laid over the state by `see`, afresh for every decision.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from app.domain import boxes, printing
from app.domain import entries as e
from app.domain.entries import Entry
from app.domain.model import BoxType, Product
from app.domain.printing import Job


class PackLine(Struct, frozen=True):
    """What was picked of an order line; shorts are left out."""

    line_id: str
    sku: str
    name: str
    quantity: int
    weight_g: int | None = None
    length_mm: int | None = None
    width_mm: int | None = None
    height_mm: int | None = None
    verified: int = 0

    @property
    def remaining(self) -> int:
        return self.quantity - self.verified


class Label(Struct, frozen=True):
    label_id: str
    tracking: str
    address_version: int
    jobs: tuple[Job, ...] = ()
    verified: bool = False

    @property
    def copies(self) -> int:
        """How many copies of it may be out."""
        return printing.copies(self.jobs)


class Package(Struct, frozen=True):
    """One box of the order. `units` are its verified units by line.

    `closed` is set where the packer closed it; the last one closes itself with its last unit.
    """

    package_no: int
    units: Mapping[str, int] = field(default_factory=dict)
    closed: bool = False
    box: str = ""
    weight_g: int | None = None
    label: Label | None = None


class PackTask(Struct, frozen=True, dict=True):
    plan: Mapping[str, Any]
    order_id: int
    number: str
    channel: str
    bench: str
    note: str
    gift_text: str
    boxes: tuple[BoxType, ...]
    invoice_required: bool
    weigh: bool
    lines: tuple[PackLine, ...]
    packages: tuple[Package, ...]
    invoice: Mapping[str, Any]
    address_version: int
    hold: str = ""
    under_way: frozenset[str] = frozenset()  # print jobs that a printer has, or waits for
    note_confirmed: bool = False
    packed: bool = False
    parked: str = ""
    cancelled: bool = False
    voided: frozenset[str] = frozenset()  # tracking codes of labels that must be destroyed
    history: tuple[Entry, ...] = ()

    @cached_property
    def units_total(self) -> int:
        return sum(line.quantity for line in self.lines)

    @cached_property
    def units_done(self) -> int:
        return sum(line.verified for line in self.lines)

    @cached_property
    def all_verified(self) -> bool:
        return 0 < self.units_total == self.units_done

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        """The labels that stand; voided ones are in `voided`."""
        return tuple(p.label for p in self.packages if p.label)


class LabelOwner(Struct, frozen=True):
    """Whose label a tracking code is; `packed` while its box stands, done, and has not left."""

    order_id: int
    number: str
    bench: str
    state: str  # the label's
    packed: bool


class PackContext(Struct, frozen=True):
    """What a decision needs from outside the task, read afresh.

    `label_owner` gives whose a label is; `invoice` is shaped as in the plan; `serial_owner` gives
    (order number, day) of a serial number that was packed before; `held_by` gives person, since
    and reason of a hold; `verified_by` gives the (person, time of day) that a label was scanned
    back by and at; `print_jobs` gives a label's jobs, and `under_way` those that a printer of this
    station has.
    """

    permissions: frozenset[str]
    label_owner: Callable[[str], LabelOwner | None]
    invoice: Mapping[str, Any]
    address_version: int
    hold: str
    product: Callable[[str], Product | None]
    serial_owner: Callable[[str, str], tuple[str, date] | None] = lambda sku, serial: None
    held_by: Callable[[], Mapping[str, str]] = dict
    verified_by: Callable[[str], tuple[str, str]] = lambda label_id: ("", "")
    print_jobs: Callable[[str], tuple[Job, ...]] = lambda label_id: ()
    under_way: frozenset[str] = frozenset()


def start(plan: Mapping[str, Any]) -> PackTask:
    """The task as it is before its first entry."""
    return PackTask(
        plan=plan,
        order_id=plan["order_id"],
        number=plan["number"],
        channel=plan.get("channel", ""),
        bench=plan.get("bench", ""),
        note=plan.get("note", ""),
        gift_text=plan.get("gift_text", ""),
        boxes=tuple(BoxType(**box) for box in plan.get("boxes", ())),
        invoice_required=plan.get("invoice_required", False),
        weigh=plan.get("weigh", False),
        lines=tuple(PackLine(**line) for line in plan["lines"]),
        packages=(Package(1),),
        invoice=plan.get("invoice") or {"status": "none"},
        address_version=plan.get("address_version", 1),
    )


def see(task: PackTask, ctx: PackContext) -> PackTask:
    """The task with the present invoice, address version, hold and print jobs laid over it."""
    packages = task.packages
    if task.labels:
        packages = tuple([_printed(held, ctx) for held in packages])
    if (
        task.packages == packages
        and task.invoice == ctx.invoice
        and task.address_version == ctx.address_version
        and task.hold == ctx.hold
        and task.under_way == ctx.under_way
    ):
        return task
    return replace(
        task,
        packages=packages,
        invoice=ctx.invoice,
        address_version=ctx.address_version,
        hold=ctx.hold,
        under_way=ctx.under_way,
    )


def _printed(held: Package, ctx: PackContext) -> Package:
    """The package with the print jobs that its label has now."""
    if held.label is None:
        return held
    jobs = ctx.print_jobs(held.label.label_id)
    return held if jobs == held.label.jobs else replace(held, label=replace(held.label, jobs=jobs))


def evolve(task: PackTask, entry: Entry) -> PackTask:
    """The task after `entry`; entries of other work change nothing."""
    if isinstance(entry, e.Undone):
        return _without(task, entry)
    if getattr(entry, "order_id", task.order_id) != task.order_id:
        return task
    after = _apply(task, entry)
    return after if after is task else replace(after, history=(*task.history, entry))


def _apply(task: PackTask, entry: Entry) -> PackTask:
    match entry:
        case e.PackOpened():  # again, after the order stood on a shelf
            return replace(task, parked="")
        case e.NoteConfirmed():
            return replace(task, note_confirmed=True)
        case e.UnitsVerified():
            return _verify(task, entry)
        case e.PackageClosed(package_no=no):
            return _package(task, no, closed=True)
        case e.PackageOpened(package_no=no):
            if package(task, no):
                return task
            return replace(task, packages=(*task.packages, Package(no)))
        case e.BoxChosen(package_no=no, box=box):
            return _package(task, no, box=box)
        case e.PackageWeighed(package_no=no, weight_g=weight_g):
            return _package(task, no, weight_g=weight_g)
        case e.LabelCreated(package_no=no):
            label = Label(entry.label_id, entry.tracking, entry.address_version)
            return _package(task, no, label=label)
        case e.LabelVerified(label_id=label_id):
            return _label(task, label_id, verified=True)
        case e.LabelVoided(label_id=label_id, tracking=tracking):
            kept = tuple(
                replace(p, label=None) if p.label and p.label.label_id == label_id else p
                for p in task.packages
            )
            return replace(task, packages=kept, voided=task.voided | {tracking})
        case e.OrderPacked():
            return replace(task, packed=True)
        case e.PackParked(reason=reason):
            return replace(task, parked=reason)
        case e.OrderCancelled():
            return replace(task, cancelled=True)
        case _:
            return task


def _verify(task: PackTask, entry: e.UnitsVerified) -> PackTask:
    lines = tuple(
        replace(line, verified=line.verified + entry.quantity)
        if line.line_id == entry.line_id
        else line
        for line in task.lines
    )
    held = package(task, entry.package_no) or Package(entry.package_no)
    units = {**held.units, entry.line_id: held.units.get(entry.line_id, 0) + entry.quantity}
    return _package(replace(task, lines=lines), entry.package_no, units=units)


def _package(task: PackTask, package_no: int, **changes: Any) -> PackTask:
    return replace(
        task,
        packages=tuple(
            replace(p, **changes) if p.package_no == package_no else p for p in task.packages
        ),
    )


def _label(task: PackTask, label_id: str, **changes: Any) -> PackTask:
    return replace(
        task,
        packages=tuple(
            replace(p, label=replace(p.label, **changes))
            if p.label and p.label.label_id == label_id
            else p
            for p in task.packages
        ),
    )


def _without(task: PackTask, undone: e.Undone) -> PackTask:
    """The task as if the entry that `undone` names had never been: a fold without it."""
    for at in range(len(task.history) - 1, -1, -1):
        entry = task.history[at]
        if type(entry).__name__ == undone.entry_kind and entry.payload() == undone.fields:
            break
    else:
        return task
    again = replace(
        start(task.plan),
        invoice=task.invoice,
        address_version=task.address_version,
        hold=task.hold,
    )
    for entry in (*task.history[:at], *task.history[at + 1 :]):
        again = evolve(again, entry)
    return again


# --- what the screen and the rules ask of a task --------------------------------------------


def package(task: PackTask, package_no: int) -> Package | None:
    return next((p for p in task.packages if p.package_no == package_no), None)


def is_closed(task: PackTask, held: Package) -> bool:
    return held.closed or task.all_verified


def package_state(task: PackTask, held: Package) -> str:
    """OPEN, CLOSED, LABELLED or VERIFIED."""
    if held.label is None:
        return "CLOSED" if is_closed(task, held) else "OPEN"
    return "VERIFIED" if held.label.verified else "LABELLED"


def open_package(task: PackTask) -> Package | None:
    """The package that takes the next unit."""
    return next((p for p in task.packages if not is_closed(task, p)), None)


def items(task: PackTask, held: Package) -> tuple[tuple[PackLine, int], ...]:
    """The package's lines with its units of each."""
    return tuple([(line, held.units.get(line.line_id, 0)) for line in task.lines])


def expected_weight_g(task: PackTask, held: Package) -> int | None:
    """What the package should weigh in its box; None while the box or a weight is unknown."""
    box = box_of(task, held.box)
    return boxes.expected_weight_g(items(task, held), box.tare_g) if box else None


def suggested_box(task: PackTask, held: Package) -> BoxType | None:
    return boxes.suggest(items(task, held), task.boxes)


def box_of(task: PackTask, code: str) -> BoxType | None:
    for box in task.boxes:
        if box.code == code:
            return box
    return None


def units_by_sku(task: PackTask) -> dict[str, int]:
    """The verified units of all packages."""
    units: dict[str, int] = {}
    for line in task.lines:
        if line.verified:
            units[line.sku] = units.get(line.sku, 0) + line.verified
    return units


def is_done(task: PackTask) -> bool:
    """Whether the bench is free again."""
    return task.packed or bool(task.parked)
