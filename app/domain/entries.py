"""The journal's entries: every fact that work on the floor can add, one class a kind.

An entry names what happened, never who or when: the journal stamps operator, station, time and
sequence on its row. No entry holds personal data. `line_id` is the order line's own id, unique
within its order; `order_id` is the warehouse's id of the order.
"""

from __future__ import annotations

from typing import Any

from app.domain import security_entries  # noqa: F401  its kinds are of the journal too
from app.domain.entry import Entry as Entry

# --- pick -----------------------------------------------------------------------------------


class ToteLoaded(Entry, frozen=True):
    """A tote stands on the cart for an order (batch picking: one tote, order_id 0)."""

    order_id: int
    tote: str


class BinReached(Entry, frozen=True):
    bin: str


class UnitsTaken(Entry, frozen=True):
    """Units of a line are in the picker's hand, not yet in a tote."""

    order_id: int
    line_id: str
    sku: str
    quantity: int
    lot: str = ""


class UnitsPlaced(Entry, frozen=True):
    """Units of a line were put in a tote: they count as picked, and leave the bin's stock."""

    order_id: int
    line_id: str
    sku: str
    bin: str
    tote: str
    quantity: int
    lot: str = ""


class LineShorted(Entry, frozen=True):
    """`quantity` units of a line can't be had, for `reason` (a `ShortReason`)."""

    order_id: int
    line_id: str
    sku: str
    bin: str
    quantity: int
    reason: str


class LineSkipped(Entry, frozen=True):
    """The line goes to the end of the walk."""

    order_id: int
    line_id: str
    bin: str


class LineSubstituted(Entry, frozen=True):
    """`sku` is picked from `bin` in place of what the line asked."""

    order_id: int
    line_id: str
    old_sku: str
    sku: str
    bin: str
    quantity: int


class LineRedirected(Entry, frozen=True):
    """What remains of the line is to be picked from another bin."""

    order_id: int
    line_id: str
    old_bin: str
    bin: str


class BinChecked(Entry, frozen=True):
    """The picker's answer to the zero check (endereço vazio?)."""

    bin: str
    sku: str
    empty: bool


class CountOpened(Entry, frozen=True):
    """The stock record of a bin can't be right: somebody has to count it."""

    bin: str
    sku: str


class StockCounted(Entry, frozen=True):
    """A person counted `quantity` units of a lot in a bin; the record says so from here on."""

    bin: str
    sku: str
    lot: str
    quantity: int


class ToteSetAside(Entry, frozen=True):
    """The picker knows that the order was cancelled: its tote is off the cart, for put-back."""

    order_id: int
    tote: str


class PickDropped(Entry, frozen=True):
    """The totes stand at the bench; each order that is wholly reported is picked."""

    bench: str
    orders: tuple[int, ...]
    short_orders: tuple[int, ...] = ()


# --- pack -----------------------------------------------------------------------------------


class PackOpened(Entry, frozen=True):
    order_id: int
    bench: str


class NoteConfirmed(Entry, frozen=True):
    order_id: int


class UnitsVerified(Entry, frozen=True):
    order_id: int
    line_id: str
    sku: str
    package_no: int
    quantity: int
    serial: str = ""  # of the one unit, where its code holds one (GS1 AI 21)


class BoxChosen(Entry, frozen=True):
    order_id: int
    package_no: int
    box: str


class PackageClosed(Entry, frozen=True):
    order_id: int
    package_no: int


class PackageOpened(Entry, frozen=True):
    order_id: int
    package_no: int


class PackageWeighed(Entry, frozen=True):
    """`override_reason` is set where a supervisor accepted a weight outside the tolerance."""

    order_id: int
    package_no: int
    weight_g: int
    override_reason: str = ""


class LabelCreated(Entry, frozen=True):
    """The label of a package exists and is stored; its tracking code is spent for good."""

    order_id: int
    package_no: int
    label_id: str
    tracking: str
    address_version: int


class LabelVoided(Entry, frozen=True):
    order_id: int
    label_id: str
    tracking: str
    reason: str


class LabelVerified(Entry, frozen=True):
    """The label was scanned back from its box."""

    order_id: int
    package_no: int
    label_id: str
    tracking: str


class OrderPacked(Entry, frozen=True):
    order_id: int


class PackParked(Entry, frozen=True):
    """The order left the bench for a shelf (awaiting its invoice, or with a problem)."""

    order_id: int
    reason: str


# --- printing -------------------------------------------------------------------------------


class LabelPrinted(Entry, frozen=True):
    """Only in journals of before print jobs; their labels got a job when the store was upgraded."""

    order_id: int
    label_id: str
    printer: str
    copy: int
    reason: str = ""


class PrintRequested(Entry, frozen=True):
    """A document is to be printed (PENDING). `copy` above 1 is a "2ª via", for a `reason`.

    `document` is one of `app.domain.printing.DOCUMENTS`; `subject` is what it is about: a label's
    id, a manifest's id, an order's number. `order_id` is 0 where it is about no one order.
    """

    job_id: str
    document: str
    subject: str
    order_id: int
    printer: str
    copy: int = 1
    reason: str = ""
    batch_id: str = ""
    position: int = 0  # within the batch, from 1


class PrintSent(Entry, frozen=True):
    """From here on bytes may reach the printer (SENT)."""

    job_id: str
    order_id: int


class PrintDone(Entry, frozen=True):
    """The printer took all of it and reported no trouble (PRINTED_UNVERIFIED)."""

    job_id: str
    order_id: int


class PrintFailed(Entry, frozen=True):
    """It did not come out (FAILED). `doubtful`: some of it may have come out all the same."""

    job_id: str
    order_id: int
    code: str
    detail: str = ""
    doubtful: bool = False


class PrintMoved(Entry, frozen=True):
    """A job that waits goes to another printer."""

    job_id: str
    order_id: int
    printer: str


class LabelPrepared(Entry, frozen=True):
    """A label was made before its box exists, for a batch; the bench takes it over."""

    order_id: int
    package_no: int
    label_id: str
    tracking: str
    address_version: int


class BatchRequested(Entry, frozen=True):
    """Many documents are to be printed one after the other: `items` are (order id, package
    number) pairs in their order.

    `copies_of` names the batch whose part is printed again, for a `reason`; else it is empty.
    """

    batch_id: str
    document: str
    printer: str
    items: tuple[tuple[int, int], ...]
    copies_of: str = ""
    reason: str = ""


class BatchChanged(Entry, frozen=True):
    """`state` is RUNNING, PAUSED, CANCELLED or DONE."""

    batch_id: str
    state: str


class BatchItemSkipped(Entry, frozen=True):
    """An item is not printed any more: its order was cancelled meanwhile."""

    batch_id: str
    position: int
    order_id: int


# --- dispatch -------------------------------------------------------------------------------


class ManifestOpened(Entry, frozen=True):
    manifest_id: str
    carrier: str
    service_code: str
    dock: str


class PackageLoaded(Entry, frozen=True):
    manifest_id: str
    order_id: int
    package_no: int
    tracking: str


class PackageUnloaded(Entry, frozen=True):
    manifest_id: str
    order_id: int
    package_no: int
    tracking: str


class ManifestClosed(Entry, frozen=True):
    """`left_behind` are orders confirmed as not going, for `reason`."""

    manifest_id: str
    orders: tuple[int, ...]
    left_behind: tuple[int, ...] = ()
    reason: str = ""


class ManifestHandedOver(Entry, frozen=True):
    """The carrier took the boxes. Who drove is personal data and stays on the manifest's row."""

    manifest_id: str
    plate: str


# --- exceptions and supervision -------------------------------------------------------------


class OrderCancelled(Entry, frozen=True):
    """With goods in hand (`in_hand` above 0) a put-back task is owed."""

    order_id: int
    reason: str
    in_hand: int


class UnitsPutBack(Entry, frozen=True):
    order_id: int
    sku: str
    bin: str
    quantity: int
    lot: str = ""


class PutBackDone(Entry, frozen=True):
    order_id: int


class OrderReleased(Entry, frozen=True):
    order_id: int


class OrderHeld(Entry, frozen=True):
    order_id: int
    reason: str


class HoldLifted(Entry, frozen=True):
    order_id: int


class OrderPinned(Entry, frozen=True):
    order_id: int
    pinned: bool


class ProblemRaised(Entry, frozen=True):
    """Someone said PROBLEMA: the order waits in Pendências until it is settled."""

    order_id: int
    text: str


class ProblemSettled(Entry, frozen=True):
    order_id: int
    text: str


class OrderDelivered(Entry, frozen=True):
    """The carrier says that every package of the order has arrived."""

    order_id: int


class CallDiscarded(Entry, frozen=True):
    """A call that was owed to another system shall not be made: a person decided, and why."""

    order_id: int
    system: str
    call: str
    reason: str


class CallsReplayed(Entry, frozen=True):
    """A person had calls tried again that had ended badly."""

    count: int
    ids: tuple[int, ...] = ()


class RecipientCorrected(Entry, frozen=True):
    """A person corrected a customer's data here; `fields` are names only, never values."""

    order_id: int
    fields: tuple[str, ...]


class CodeLinked(Entry, frozen=True):
    """A code that nobody knew now means one unit of a product."""

    code: str
    sku: str


# --- tasks ----------------------------------------------------------------------------------


class TaskClaimed(Entry, frozen=True):
    """Work was taken in hand. `kind` is pick, pack, dispatch or putback; `plan` is the task's
    first state as JSON-ready values, so that a replay needs nothing else."""

    task_kind: str
    plan: dict[str, Any]
    orders: tuple[int, ...]


class TaskTakenOver(Entry, frozen=True):
    """The task goes on at the station that writes this; `station` had it, which knows no more of
    it from now on. `reason` is renamed where it is the same station under its old name."""

    task_kind: str
    station: str
    reason: str


class TaskClosed(Entry, frozen=True):
    """The task is over, done or given back (`outcome` is done or released)."""

    task_kind: str
    outcome: str


class Undone(Entry, frozen=True):
    """The last reversible entry of the task (`entry_kind`) was taken back; `fields` are its own."""

    entry_kind: str
    fields: dict[str, Any]


KINDS: dict[str, type[Entry]] = {kind.__name__: kind for kind in Entry.__subclasses__()}


def load(kind: str, payload: dict[str, Any]) -> Entry:
    """Make an entry from its journal row.

    Raises:
        KeyError: a newer version wrote a kind that this one doesn't know.
    """
    cls = KINDS[kind]
    return cls(
        **{
            name: tuple(value) if isinstance(value, list) else value
            for name, value in payload.items()
            if name in cls.__struct_fields__
        }
    )
