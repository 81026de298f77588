"""What the engine tells a screen: plain data, ready to draw, with personal data already masked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct, field

from app.domain.decision import Outcome, Prompt
from app.domain.manifest_orders import OrderOnManifest


class PictureView(Struct, frozen=True):
    """A product as people tell it from another."""

    sku: str
    name: str
    category: str
    path: str  # of an image file, or empty


class Feedback(Struct, frozen=True):
    """The one answer to a scan or an action; `app.domain.texts.message` has its text.

    `needs_ack` is true for a BLOCK: scans are refused audibly until it is acknowledged.
    `pictures` are two products to compare by eye: the asked one, then the one that was scanned.
    """

    outcome: Outcome
    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    needs_ack: bool = False
    pictures: tuple[PictureView, ...] = ()


class SessionView(Struct, frozen=True):
    """Who stands here. `state` is first_start, signed_out, locked, awaiting_pin or signed_in."""

    state: str
    operator: str = ""
    role: str = ""
    permissions: frozenset[str] = frozenset()
    station: str = ""
    wait_s: int = 0  # how long until another PIN may be tried
    revealed: str = ""  # the order whose personal data is in sight for a short time


class LineView(Struct, frozen=True):
    order_number: str
    line_id: str
    sku: str
    name: str
    bin: str
    lot: str
    quantity: int
    done: int
    short: int
    state: str
    category: str = ""
    picture: str = ""  # path of an image file, or empty
    expiry: str = ""  # ISO date of the lot


class PickView(Struct, frozen=True):
    """A pick in hand. `step` is one of load_totes, bin, item, tote, zero_check, drop."""

    mode: str
    step: str
    current: LineView | None
    in_hand: int
    tote: str
    totes: tuple[tuple[str, str], ...]  # (order number, tote or "")
    lines: tuple[LineView, ...]
    units_done: int
    units_total: int
    typed_quantity_allowed: bool
    alternatives: tuple[tuple[str, int], ...] = ()  # bin, units that it holds
    substitutes: tuple[tuple[str, str, str], ...] = ()  # SKU, name, bin
    wrong_bin: str = ""  # scanned in place of the asked one; a supervisor may confirm it


class PackageView(Struct, frozen=True):
    package_no: int
    box: str
    weight_g: int | None
    expected_weight_g: int | None
    tracking: str
    state: str  # OPEN, CLOSED, LABELLED, VERIFIED
    copies: int


class PackView(Struct, frozen=True):
    """An order on the bench. `step` is note, units, box, weight, invoice, label, doubt, verify."""

    order_number: str
    channel: str
    step: str
    note: str
    gift_text: str
    recipient: str  # masked by role
    lines: tuple[LineView, ...]
    last: LineView | None
    packages: tuple[PackageView, ...]
    package_no: int
    suggested_box: str
    boxes: tuple[str, ...]
    units_done: int
    units_total: int
    invoice: str  # none, pending, authorised, mismatch, ...
    differences: tuple[
        tuple[str, str, str, str], ...
    ] = ()  # code, field, order says, document says


class ManifestChoice(Struct, frozen=True):
    """A manifest that can be taken in hand; `manifest_id` is empty while it isn't open yet.

    `waiting` orders of its carrier and service are packed, on it or not.
    """

    carrier: str
    service_code: str
    service: str
    waiting: int
    manifest_id: str = ""
    state: str = ""  # OPEN, LOADING, CLOSED
    dock: str = ""


class DispatchView(Struct, frozen=True):
    """The manifest open at this station, or what could be opened."""

    manifest_id: str
    carrier: str
    service: str
    dock: str
    cutoff_at: datetime | None
    late: bool
    loaded: int
    expected: int
    orders: tuple[OrderOnManifest, ...]
    state: str  # OPEN, LOADING, CLOSED, HANDED_OVER
    choices: tuple[ManifestChoice, ...] = ()


class PutBackView(Struct, frozen=True):
    order_number: str
    current_sku: str
    current_name: str
    bin: str
    outstanding: int
    lines: tuple[tuple[str, str, str, int, int], ...]  # sku, name, lot, owed, done
    lot: str = ""
    category: str = ""
    picture: str = ""  # path of an image file, or empty
    in_hand: int = 0


class PrintJobView(Struct, frozen=True):
    """A document that waits: for its printer (`code` and `detail` say why), or, with the code
    PRINT_DOUBT, for a person who says whether it came out."""

    job_id: str
    document: str
    about: str  # the order's number, or the manifest's
    printer: str
    copy: int
    code: str
    detail: str
    since: datetime
    position: int = 0  # within its batch, from 1


class PrintBatchView(Struct, frozen=True):
    """`state` is RUNNING, PAUSED, CANCELLED or DONE."""

    batch_id: str
    document: str
    state: str
    printed: int
    total: int
    reason: str
    since: datetime


class PrinterView(Struct, frozen=True):
    """A printer of the list; `documents` are those that this station prints on it ("" is all)."""

    code: str
    name: str
    uri: str
    dpi: int
    documents: tuple[str, ...] = ()


class StationView(Struct, frozen=True):
    """All that the screen needs after any call. At most one of the tasks is set."""

    session: SessionView
    prompt: Prompt
    block: Feedback | None  # the BLOCK that waits for an acknowledgement
    pick: PickView | None = None
    pack: PackView | None = None
    dispatch: DispatchView | None = None
    putback: PutBackView | None = None
    printing: tuple[PrintJobView, ...] = ()  # what waits at a printer of this station
    printers: tuple[PrinterView, ...] = ()  # where it could go instead
    undo: str = ""  # entry kind that "undo" would take back, or empty
    unknown_code: str = ""  # the last code that nobody knew, which may be linked to a product
    trouble: Feedback | None = None  # why the document that the task waits for does not come
    scans_read: int = 0
    scans_saved: int = 0
    warnings: tuple[
        Feedback, ...
    ] = ()  # standing ones: tracking codes run low, key without keyring...


class QueueRow(Struct, frozen=True):
    order_id: int
    number: str
    channel: str
    state: str
    carrier: str
    service: str
    cutoff_at: datetime | None
    ship_by: datetime | None
    promised_at: datetime | None
    lines: int
    units: int
    pinned: bool
    hold: str
    sla: str  # on_time, at_risk, late; over when nothing can be late any more
    problem: str
    claimed_by: str = ""  # the station that has it in hand


class QueueCounts(Struct, frozen=True):
    """How many orders stand in each queue, by its name, and how many are late."""

    by_queue: Mapping[str, int]
    late: int
    at_risk: int
    total: int


class GateView(Struct, frozen=True):
    """How one gate of an order stands. `due_by` is the step that it holds back."""

    gate: str
    status: str  # waiting, done, failed
    reason: str
    system: str
    since: datetime | None
    next_try_at: datetime | None = None
    due_by: str = "never"


class StoryEntry(Struct, frozen=True):
    at: datetime
    station: str
    operator: str
    kind: str
    text: str


class HandoverView(Struct, frozen=True):
    """A manifest that took boxes of the order; `driver` is masked, plate empty while it waits."""

    manifest_id: str
    carrier: str
    state: str
    plate: str
    driver: str


class OrderStory(Struct, frozen=True):
    """All that is known of one order."""

    row: QueueRow
    recipient: str
    address: str
    note: str
    gates: tuple[GateView, ...]
    lines: tuple[LineView, ...]
    packages: tuple[PackageView, ...]
    labels: tuple[tuple[str, str, str, int], ...]  # label id, tracking, state, copies
    handovers: tuple[HandoverView, ...]
    hold: Mapping[str, str]  # reason, person, since; empty where it is on none
    claim: Mapping[str, object]  # task, work, bench, operator; empty where nobody has it in hand
    journal: tuple[StoryEntry, ...]
    erased: bool = False  # the customer's data was kept for as long as it may be


class ExceptionRow(Struct, frozen=True):
    """One matter that waits for a person (pendência)."""

    kind: str  # short, putback, problem, hold, invoice, printing, count, rejected, call, system
    order_number: str
    since: datetime | None
    code: str
    params: Mapping[str, object]
    matter: str = ""  # of `Matters`, where it can be tried again, corrected or discarded
    exchange: str = ""  # request and answer of a call, masked


class AuditRow(Struct, frozen=True):
    """An audited entry. `who` is an operator's name, or the system's user of a command."""

    at: datetime
    station: str
    seq: int
    who: str
    kind: str
    order_number: str
    detail: str


class OperatorView(Struct, frozen=True):
    name: str
    badge: str
    role: str
    disabled: bool
    second_factor: bool
