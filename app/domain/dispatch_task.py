"""A carrier's manifest at the dock: a frozen state, and the fold of the journal that makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from app.domain import entries as e
from app.domain import manifest_orders
from app.domain.decision import Prompt
from app.domain.entries import Entry
from app.domain.manifest_orders import OrderOnManifest


class ExpectedPackage(Struct, frozen=True):
    """A package that waits for this manifest: volume `package_no` of `packages`."""

    order_id: int
    number: str
    package_no: int
    packages: int
    tracking: str


class PackageInfo(Struct, frozen=True):
    """What the warehouse knows now of a labelled package.

    `state` is the package's own (VERIFIED, LOADED...); `order_packed` says that all of its order
    is packed; `manifest_id` is set while it stands on a manifest; `carriers_manifest` is the open
    one of its carrier and service, and `dock` where that one stands, when there is one.
    """

    order_id: int
    number: str
    package_no: int
    packages: int
    carrier: str
    service_code: str
    state: str
    manifest_id: str
    cancelled: bool
    hold: Mapping[str, str]  # reason, person, since; empty where it is on none
    label_void: bool
    gate: tuple[str, str] = ("", "")  # the one that holds it back, and the system it waits for
    order_packed: bool = True
    label_elsewhere: bool = False  # its label was read on another order's box
    service_name: str = ""
    dock: str = ""
    carriers_manifest: str = ""
    units: int = 0  # of the whole order: what a put-back would owe
    invoice_cancelled: bool = False  # its NF-e was, and no other stands


class DispatchContext(Struct, frozen=True):
    """What a decision needs from outside the task.

    `cutoff_warned`: this station has already shown AFTER_CUTOFF for this manifest, so that the
    next scan is the confirmation. It is not journalled: after a restart the warning comes again.
    """

    permissions: frozenset[str]
    now: datetime
    packages_of: Callable[[tuple[str, ...]], Mapping[str, PackageInfo]]  # those that are known
    cutoff_warned: bool = False


class DispatchTask(Struct, frozen=True, dict=True):
    manifest_id: str
    carrier: str
    service_code: str
    service_name: str
    dock: str
    cutoff_at: datetime | None
    late: bool  # opened knowing that the cut-off was over
    expected: Mapping[str, ExpectedPackage]  # by tracking code
    loaded: Mapping[str, e.PackageLoaded] = field(default_factory=dict)  # by tracking code
    cancelled: frozenset[int] = frozenset()
    closed: bool = False
    handed_over: bool = False
    left_behind: tuple[int, ...] = ()
    history: tuple[Entry, ...] = ()

    @property
    def state(self) -> str:
        """OPEN, LOADING, CLOSED or HANDED_OVER."""
        if self.handed_over:
            return "HANDED_OVER"
        if self.closed:
            return "CLOSED"
        return "LOADING" if self.loaded else "OPEN"

    @property
    def loaded_count(self) -> int:
        return len(self.loaded)

    @cached_property
    def expected_count(self) -> int:
        """Every package known to be for this manifest, loaded or not."""
        return len({*self.expected, *self.loaded})

    @cached_property
    def orders(self) -> tuple[OrderOnManifest, ...]:
        """Each order with its packages loaded and in all, the begun ones first."""
        if _BEFORE in self.__dict__:
            orders, moved = self.__dict__.pop(_BEFORE)
            known = manifest_orders.moved(orders, moved, self.loaded)
            if known is not None:
                return known
        return manifest_orders.every(self.expected, self.loaded)


# In a task's `__dict__`: the orders as they were asked for last, and those that moved since.
_BEFORE = "orders before"


def start(plan: Mapping[str, Any]) -> DispatchTask:
    """The manifest as it was opened."""
    cutoff = plan.get("cutoff_at")
    return DispatchTask(
        manifest_id=plan["manifest_id"],
        carrier=plan["carrier"],
        service_code=plan["service_code"],
        service_name=plan.get("service_name", ""),
        dock=plan.get("dock", ""),
        cutoff_at=datetime.fromisoformat(cutoff) if cutoff else None,
        late=plan.get("late", False),
        expected={},
    )


def expect(task: DispatchTask, expected: Mapping[str, ExpectedPackage]) -> DispatchTask:
    """The task with what waits for it now, by tracking code: packages get ready all day."""
    return task if expected == task.expected else replace(task, expected=expected)


def evolve(task: DispatchTask, entry: Entry) -> DispatchTask:
    """The task after `entry`; entries of other work change nothing."""
    if getattr(entry, "manifest_id", task.manifest_id) != task.manifest_id:
        return task
    match entry:
        case e.Undone(entry_kind="PackageLoaded", fields=fields):
            tracking = str(fields.get("tracking", ""))
            if tracking not in task.loaded or task.loaded[tracking].payload() != fields:
                return task
            taken = task.loaded[tracking]
            after = replace(_unloaded(task, tracking), history=_less(task, taken))
            return _knowing(after, task, taken.order_id)
        case e.PackageLoaded(tracking=tracking):
            after = replace(task, loaded={**task.loaded, tracking: entry})
        case e.PackageUnloaded(tracking=tracking):
            after = _unloaded(task, tracking)
        case e.OrderCancelled(order_id=order_id):
            after = replace(task, cancelled=task.cancelled | {order_id})
        case e.ManifestClosed(left_behind=left_behind):
            after = replace(task, closed=True, left_behind=tuple(left_behind))
        case e.ManifestHandedOver():
            after = replace(task, handed_over=True)
        case _:
            return task
    after = replace(after, history=(*task.history, entry))
    moved = (entry.order_id,) if isinstance(entry, e.PackageLoaded | e.PackageUnloaded) else ()
    return _knowing(after, task, *moved)


def _knowing(after: DispatchTask, before: DispatchTask, *moved: int) -> DispatchTask:
    """`after`, which knows of its orders what `before` did, but for those that moved."""
    if "orders" in before.__dict__:
        after.__dict__[_BEFORE] = before.orders, frozenset(moved)
    elif _BEFORE in before.__dict__:
        orders, already = before.__dict__[_BEFORE]
        after.__dict__[_BEFORE] = orders, already.union(moved)
    return after


def _unloaded(task: DispatchTask, tracking: str) -> DispatchTask:
    return replace(task, loaded={t: p for t, p in task.loaded.items() if t != tracking})


def _less(task: DispatchTask, entry: Entry) -> tuple[Entry, ...]:
    """The history without the last occurrence of `entry`."""
    at = max(i for i, known in enumerate(task.history) if known == entry)
    return (*task.history[:at], *task.history[at + 1 :])


def is_late(task: DispatchTask, now: datetime) -> bool:
    return task.cutoff_at is not None and now > task.cutoff_at


def is_done(task: DispatchTask) -> bool:
    return task.handed_over


def undoable(task: DispatchTask) -> Entry | None:
    """The entry that an undo would take back: the last one, if it loaded a package."""
    last = task.history[-1] if task.history else None
    return last if isinstance(last, e.PackageLoaded) else None


def prompt(task: DispatchTask) -> Prompt:
    """What the dispatcher must do now."""
    params = {
        "manifest": task.manifest_id,
        "carrier": task.carrier,
        "loaded": task.loaded_count,
        "expected": task.expected_count,
    }
    if task.handed_over:
        return Prompt("DISPATCH_DONE", params)
    if task.closed:
        return Prompt("DISPATCH_HANDOVER", params)
    if task.loaded and task.loaded_count == task.expected_count:
        return Prompt("DISPATCH_CLOSE", params)
    return Prompt("DISPATCH_LOAD", params)
