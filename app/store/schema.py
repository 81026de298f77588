"""The one schema, for a station's own file and for a shared warehouse alike.

Every table leads with `warehouse_id`, so that a shared one can be partitioned. A column whose
`info` is `PERSONAL` holds personal data: it is masked on screen by role, left out of logs and
tickets, and erased on schedule.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import JSON, Computed, Date, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.store.types import Money, UtcDateTime

PERSONAL: dict[Any, Any] = {"personal": True}

Warehouse = Annotated[int, mapped_column(primary_key=True, autoincrement=False)]
Key = Annotated[int, mapped_column(primary_key=True, autoincrement=False)]
TextKey = Annotated[str, mapped_column(primary_key=True)]
Personal = Annotated[str, mapped_column(info=PERSONAL)]


# Each order stands in just one queue. The database works it out, so that no writer can forget to.
QUEUE = """
CASE
WHEN state IN ('PUTBACK_PENDING') THEN 'putback'
WHEN state IN ('CANCELLED', 'PUTBACK_DONE', 'DELIVERED') THEN 'closed'
WHEN state = 'SHIPPED' THEN 'shipped'
WHEN hold <> '' OR problem <> '' OR state = 'SHORT' THEN 'exceptions'
WHEN parked = 'invoice' THEN 'awaiting_invoice'
WHEN parked = 'label' THEN 'awaiting_label'
WHEN parked <> '' THEN 'exceptions'
WHEN state = 'RELEASED' THEN 'to_pick'
WHEN state = 'PICKING' THEN 'picking'
WHEN state IN ('PICKED', 'PACKING') THEN 'picked'
WHEN state = 'PACKED' THEN 'packed'
WHEN state = 'MANIFESTED' THEN 'to_ship'
ELSE 'received'
END
"""


class Base(DeclarativeBase):
    type_annotation_map = {  # noqa: RUF012  SQLAlchemy's own idiom
        datetime: UtcDateTime(),
        Decimal: Money(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
        bytes: LargeBinary(),
        date: Date(),
    }


class OrderRow(Base):
    """An order: what its source says, its place on the physical axis, and its overlays."""

    __tablename__ = "orders"
    warehouse_id: Mapped[Warehouse]
    id: Mapped[Key]
    source: Mapped[str]
    external_id: Mapped[str]
    number: Mapped[str]
    channel: Mapped[str]
    placed_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]
    ship_by: Mapped[datetime | None]
    promised_at: Mapped[datetime | None]
    payment_status: Mapped[str]
    source_status: Mapped[str]
    carrier: Mapped[str]
    service_code: Mapped[str]
    service_name: Mapped[str]
    freight: Mapped[Decimal]
    total: Mapped[Decimal]
    note: Mapped[str]
    gift_text: Mapped[str]
    allow_substitution: Mapped[bool]
    line_count: Mapped[int]
    unit_count: Mapped[int]
    address_version: Mapped[int]
    digest: Mapped[str]
    source_at: Mapped[datetime | None]  # when it changed there, by the source's own clock
    state: Mapped[str]
    lane: Mapped[int]
    cutoff: Mapped[str]  # "HH:MM" of the carrier's pickup, or "99:99" where it has none
    due_at: Mapped[datetime]  # promise, else placing: what the queue ranks by after the cut-off
    late_at: Mapped[datetime | None]  # past this moment the order is late
    pinned: Mapped[bool] = mapped_column(default=False)
    hold: Mapped[str] = mapped_column(default="")
    problem: Mapped[str] = mapped_column(default="")
    claimed_by: Mapped[str] = mapped_column(default="")
    parked: Mapped[str] = mapped_column(default="")
    queue: Mapped[str] = mapped_column(Computed(QUEUE, persisted=False))
    changed_at: Mapped[datetime]
    since: Mapped[datetime | None]  # when it last came to wait for a person
    __table_args__ = (
        UniqueConstraint("warehouse_id", "source", "external_id"),
        # Both hold all that the search sorts by, so that it reads no row but those it shows.
        Index(
            "ix_orders_number",
            "warehouse_id",
            "number",
            "queue",
            "lane",
            "pinned",
            "cutoff",
            "due_at",
            "id",
        ),
        Index(
            "ix_orders_found",
            "warehouse_id",
            "id",
            "queue",
            "lane",
            "pinned",
            "cutoff",
            "due_at",
            "number",
        ),
        Index(
            "ix_orders_queue",
            "warehouse_id",
            "queue",
            "pinned",
            "cutoff",
            "due_at",
            "id",
        ),
        Index(
            "ix_orders_lane",
            "warehouse_id",
            "lane",
            "queue",
            "pinned",
            "cutoff",
            "due_at",
            "id",
        ),
        Index("ix_orders_rank", "warehouse_id", "pinned", "cutoff", "due_at", "id"),
        Index("ix_orders_late", "warehouse_id", "queue", "late_at"),
        Index("ix_orders_waiting", "warehouse_id", "queue", "since"),
    )


class LaneRow(Base):
    """A way that orders come and go by: channel, carrier and service."""

    __tablename__ = "lanes"
    warehouse_id: Mapped[Warehouse]
    id: Mapped[Key]
    channel: Mapped[str]
    carrier: Mapped[str]
    service_name: Mapped[str]
    __table_args__ = (UniqueConstraint("warehouse_id", "channel", "carrier", "service_name"),)


class QueueCountRow(Base):
    """How many orders stand in a queue; triggers on `orders` keep it."""

    __tablename__ = "queue_counts"
    warehouse_id: Mapped[Warehouse]
    queue: Mapped[TextKey]
    orders: Mapped[int]


class RecipientRow(Base):
    """The one home of a customer's personal data."""

    __tablename__ = "recipients"
    warehouse_id: Mapped[Warehouse]
    order_id: Mapped[Key]
    name: Mapped[Personal]
    document: Mapped[Personal]
    email: Mapped[Personal]
    phone: Mapped[Personal]
    cep: Mapped[Personal]
    street: Mapped[Personal]
    house_number: Mapped[Personal]
    complement: Mapped[Personal]
    district: Mapped[Personal]
    city: Mapped[str]
    state: Mapped[str]


class LineRow(Base):
    __tablename__ = "order_lines"
    warehouse_id: Mapped[Warehouse]
    order_id: Mapped[Key]
    line_id: Mapped[TextKey]
    position: Mapped[int]
    sku: Mapped[str]
    quantity: Mapped[int]
    unit_price: Mapped[Decimal]
    picked: Mapped[int] = mapped_column(default=0)
    short: Mapped[int] = mapped_column(default=0)
    verified: Mapped[int] = mapped_column(default=0)
    put_back: Mapped[int] = mapped_column(default=0)
    short_reason: Mapped[str] = mapped_column(default="")
    substituted_by: Mapped[str] = mapped_column(default="")


class PlacementRow(Base):
    """Units of a line that came from one bin and lot: what a put-back owes, and where to."""

    __tablename__ = "placements"
    warehouse_id: Mapped[Warehouse]
    order_id: Mapped[Key]
    line_id: Mapped[TextKey]
    bin: Mapped[TextKey]
    lot: Mapped[TextKey]
    sku: Mapped[str]
    tote: Mapped[str]
    quantity: Mapped[int]


class ProductRow(Base):
    __tablename__ = "products"
    warehouse_id: Mapped[Warehouse]
    sku: Mapped[TextKey]
    name: Mapped[str]
    weight_g: Mapped[int | None]
    length_mm: Mapped[int | None]
    width_mm: Mapped[int | None]
    height_mm: Mapped[int | None]
    category: Mapped[str]
    tracking: Mapped[str]
    substitutes: Mapped[list[Any]]
    digest: Mapped[str]


class BarcodeRow(Base):
    """A code on a product's box: one scan means `quantity` units of `sku`."""

    __tablename__ = "barcodes"
    warehouse_id: Mapped[Warehouse]
    code: Mapped[TextKey]
    sku: Mapped[TextKey]
    quantity: Mapped[int]
    linked: Mapped[bool] = mapped_column(default=False)  # by a person: no import takes it away
    __table_args__ = (Index("ix_barcodes_sku", "warehouse_id", "sku"),)


class BinRow(Base):
    __tablename__ = "bins"
    warehouse_id: Mapped[Warehouse]
    code: Mapped[TextKey]
    zone: Mapped[str]
    pick_sequence: Mapped[int]


class StockRow(Base):
    __tablename__ = "stock"
    warehouse_id: Mapped[Warehouse]
    bin: Mapped[TextKey]
    sku: Mapped[TextKey]
    lot: Mapped[TextKey]
    expiry: Mapped[date | None]
    quantity: Mapped[int]
    digest: Mapped[str] = mapped_column(default="")
    recount: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        Index("ix_stock_sku", "warehouse_id", "sku"),
        Index("ix_stock_recount", "warehouse_id", "recount"),
    )


class ToteRow(Base):
    """A tote in use. A free tote has no row."""

    __tablename__ = "totes"
    warehouse_id: Mapped[Warehouse]
    code: Mapped[TextKey]
    order_id: Mapped[Key]
    state: Mapped[str]
    __table_args__ = (Index("ix_totes_order", "warehouse_id", "order_id"),)


class BoxRow(Base):
    __tablename__ = "boxes"
    warehouse_id: Mapped[Warehouse]
    code: Mapped[TextKey]
    length_mm: Mapped[int]
    width_mm: Mapped[int]
    height_mm: Mapped[int]
    max_weight_g: Mapped[int]
    tare_g: Mapped[int]


class TaskRow(Base):
    """Work in hand. `fencing` grows with every claim, so that a stale holder can be refused."""

    __tablename__ = "tasks"
    warehouse_id: Mapped[Warehouse]
    id: Mapped[TextKey]
    kind: Mapped[str]
    station_id: Mapped[str]
    operator_id: Mapped[int]
    fencing: Mapped[int]
    claimed_at: Mapped[datetime]
    open: Mapped[bool]
    __table_args__ = (Index("ix_tasks_open", "warehouse_id", "station_id", "open"),)


class JournalRow(Base):
    """Every fact, in the order a station wrote it, each chained to the one before by its hash."""

    __tablename__ = "journal"
    warehouse_id: Mapped[Warehouse]
    station_id: Mapped[TextKey]
    station_seq: Mapped[Key]
    entry_id: Mapped[str]
    task_id: Mapped[str]
    order_id: Mapped[int]
    operator_id: Mapped[int]
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]]
    occurred_at: Mapped[datetime]
    prev_hash: Mapped[str]
    hash: Mapped[str]
    __table_args__ = (
        UniqueConstraint("warehouse_id", "entry_id"),
        Index("ix_journal_task", "warehouse_id", "task_id", "station_id", "station_seq"),
        Index("ix_journal_order", "warehouse_id", "order_id"),
        Index("ix_journal_kind", "warehouse_id", "kind", "occurred_at"),
    )


class PackageRow(Base):
    __tablename__ = "packages"
    warehouse_id: Mapped[Warehouse]
    order_id: Mapped[Key]
    package_no: Mapped[Key]
    box: Mapped[str] = mapped_column(default="")
    weight_g: Mapped[int | None]
    state: Mapped[str]
    label_id: Mapped[str] = mapped_column(default="")
    manifest_id: Mapped[str] = mapped_column(default="")
    __table_args__ = (Index("ix_packages_manifest", "warehouse_id", "manifest_id"),)


class LabelRow(Base):
    """A label with the very bytes that were printed. They hold an address: personal data."""

    __tablename__ = "labels"
    warehouse_id: Mapped[Warehouse]
    id: Mapped[TextKey]
    order_id: Mapped[int]
    package_no: Mapped[int]
    tracking: Mapped[str]
    address_version: Mapped[int]
    state: Mapped[str]
    copies: Mapped[int]
    created_at: Mapped[datetime]
    zpl: Mapped[bytes] = mapped_column(info=PERSONAL)
    pdf: Mapped[bytes] = mapped_column(info=PERSONAL)
    dpi: Mapped[int] = mapped_column(server_default="203")  # that the ZPL was made for
    supplied: Mapped[str] = mapped_column(server_default="")  # the carrier's own: "zpl" or "pdf"
    __table_args__ = (
        UniqueConstraint("warehouse_id", "tracking"),
        Index("ix_labels_order", "warehouse_id", "order_id"),
    )


class PrintJobRow(Base):
    """A document on its way to paper. `state` is a `JobState`; `subject` is what it is about, and
    `nth` counts the jobs of one document, since a clock may be set back."""

    __tablename__ = "print_jobs"
    warehouse_id: Mapped[Warehouse]
    id: Mapped[TextKey]
    document: Mapped[str]
    subject: Mapped[str]
    order_id: Mapped[int]
    nth: Mapped[int]
    printer: Mapped[str]
    copy: Mapped[int]
    reason: Mapped[str]
    batch_id: Mapped[str]
    position: Mapped[int]
    state: Mapped[str]
    detail: Mapped[str] = mapped_column(default="")
    doubtful: Mapped[bool] = mapped_column(default=False)
    station_id: Mapped[str]
    requested_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    __table_args__ = (
        Index("ix_print_jobs_state", "warehouse_id", "state", "changed_at"),
        Index("ix_print_jobs_subject", "warehouse_id", "document", "subject"),
        Index("ix_print_jobs_batch", "warehouse_id", "batch_id"),
        Index("ix_print_jobs_requested", "warehouse_id", "requested_at"),
    )


class SuppliedLabelRow(Base):
    """A label that the carrier or the marketplace made, kept as it came until its box is packed."""

    __tablename__ = "supplied_labels"
    warehouse_id: Mapped[Warehouse]
    order_id: Mapped[Key]
    package_no: Mapped[Key]
    tracking: Mapped[str]
    address_version: Mapped[int]
    format: Mapped[str]  # "zpl" or "pdf"
    data: Mapped[bytes] = mapped_column(info=PERSONAL)
    received_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("warehouse_id", "tracking"),)


class PrintBatchRow(Base):
    """Many documents for one printer, one after the other. `state` as in `BatchChanged`."""

    __tablename__ = "print_batches"
    warehouse_id: Mapped[Warehouse]
    id: Mapped[TextKey]
    document: Mapped[str]
    printer: Mapped[str]
    state: Mapped[str]
    total: Mapped[int]
    copies_of: Mapped[str]
    reason: Mapped[str]
    station_id: Mapped[str]
    requested_at: Mapped[datetime]
    __table_args__ = (Index("ix_print_batches_requested", "warehouse_id", "requested_at"),)


class PrintBatchItemRow(Base):
    """The package at `position` (from 1) of a batch; `job_id` is empty until its turn comes."""

    __tablename__ = "print_batch_items"
    warehouse_id: Mapped[Warehouse]
    batch_id: Mapped[TextKey]
    position: Mapped[Key]
    order_id: Mapped[int]
    package_no: Mapped[int]
    job_id: Mapped[str] = mapped_column(default="")


class PrinterRow(Base):
    """A printer that the warehouse knows; `code` is on its own barcode."""

    __tablename__ = "printers"
    warehouse_id: Mapped[Warehouse]
    code: Mapped[TextKey]
    name: Mapped[str]
    uri: Mapped[str]
    dpi: Mapped[int]


class PrinterChoiceRow(Base):
    """The printer that a station uses for a kind of document ("" for all others)."""

    __tablename__ = "printer_choices"
    warehouse_id: Mapped[Warehouse]
    station_id: Mapped[TextKey]
    document: Mapped[TextKey]
    printer: Mapped[str]


class SerialRow(Base):
    """A serial number that was packed: it can't be packed again while that order has it."""

    __tablename__ = "serials"
    warehouse_id: Mapped[Warehouse]
    sku: Mapped[TextKey]
    serial: Mapped[TextKey]
    order_id: Mapped[int]
    packed_at: Mapped[datetime]
    __table_args__ = (Index("ix_serials_order", "warehouse_id", "order_id"),)


class TrackingRangeRow(Base):
    """A carrier's pre-loaded range of S10 serials; `next_serial` only ever grows."""

    __tablename__ = "tracking_ranges"
    warehouse_id: Mapped[Warehouse]
    id: Mapped[Key]
    carrier: Mapped[str]
    service_code: Mapped[str]  # empty: any service of the carrier
    prefix: Mapped[str]
    country: Mapped[str]
    next_serial: Mapped[int]
    last_serial: Mapped[int]


class ManifestRow(Base):
    __tablename__ = "manifests"
    warehouse_id: Mapped[Warehouse]
    id: Mapped[TextKey]
    carrier: Mapped[str]
    service_code: Mapped[str]
    service_name: Mapped[str]
    dock: Mapped[str]
    state: Mapped[str]
    cutoff_at: Mapped[datetime | None]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    plate: Mapped[str] = mapped_column(default="")
    driver: Mapped[str] = mapped_column(default="", info=PERSONAL)
    pdf: Mapped[bytes | None]


class InvoiceRow(Base):
    """An NF-e as it came. Its XML is a fiscal document and holds personal data."""

    __tablename__ = "invoices"
    warehouse_id: Mapped[Warehouse]
    key: Mapped[TextKey]
    order_id: Mapped[int]  # 0 while no order fits
    order_ref: Mapped[str]
    status: Mapped[str]  # AUTHORIZED, REJECTED, CANCELLED, MISMATCH
    differences: Mapped[list[Any]]
    xml: Mapped[bytes] = mapped_column(info=PERSONAL)
    received_at: Mapped[datetime]
    __table_args__ = (
        Index("ix_invoices_order", "warehouse_id", "order_id"),
        Index("ix_invoices_ref", "warehouse_id", "order_ref"),
    )


class OperatorRow(Base):
    __tablename__ = "operators"
    warehouse_id: Mapped[Warehouse]
    id: Mapped[Key]
    name: Mapped[str]
    badge: Mapped[str]
    role: Mapped[str]
    pin_hash: Mapped[str]
    failures: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    disabled: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (UniqueConstraint("warehouse_id", "badge"),)


class SecondFactorRow(Base):
    """An operator's authenticator. `last_step` is the newest time step whose code was taken."""

    __tablename__ = "second_factors"
    warehouse_id: Mapped[Warehouse]
    operator_id: Mapped[Key]
    secret: Mapped[str]
    set_at: Mapped[datetime]
    last_step: Mapped[int]
    failures: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]


class RecoveryCodeRow(Base):
    """The hash of a code that stands in once for the authenticator; a used one has no row."""

    __tablename__ = "recovery_codes"
    warehouse_id: Mapped[Warehouse]
    operator_id: Mapped[Key]
    code_hash: Mapped[TextKey]


class RejectedRow(Base):
    """A record that an import could not take, kept with its reason until a person settles it."""

    __tablename__ = "rejected"
    warehouse_id: Mapped[Warehouse]
    id: Mapped[Key]
    file: Mapped[str]
    line_no: Mapped[int]
    code: Mapped[str]
    detail: Mapped[str]
    raw: Mapped[Personal]
    rejected_at: Mapped[datetime]
    connector: Mapped[str] = mapped_column(default="", server_default="")
    external_id: Mapped[str] = mapped_column(default="", server_default="")
    __table_args__ = (UniqueConstraint("warehouse_id", "file", "line_no", "code"),)


class ImportRow(Base):
    """How far a file was read, so that a broken-off import resumes."""

    __tablename__ = "imports"
    warehouse_id: Mapped[Warehouse]
    fingerprint: Mapped[TextKey]
    file: Mapped[str]
    position: Mapped[int]
    size: Mapped[int]
    finished_at: Mapped[datetime | None]


class SettingRow(Base):
    __tablename__ = "settings"
    warehouse_id: Mapped[Warehouse]
    key: Mapped[TextKey]
    value: Mapped[str]


class HealthStateRow(Base):
    """How a watcher last saw a system. `place` is the station, empty for what all share."""

    __tablename__ = "health_states"
    warehouse_id: Mapped[Warehouse]
    watcher: Mapped[TextKey]
    system: Mapped[TextKey]
    kind: Mapped[str]
    name: Mapped[str]
    place: Mapped[str]
    state: Mapped[str]
    since: Mapped[datetime | None]
    cause: Mapped[str]
    detail: Mapped[str]
    seconds: Mapped[float | None]
    usual_s: Mapped[float | None]
    seen_at: Mapped[datetime | None]
    kept_at: Mapped[datetime]  # when the watcher wrote this: an old row is of one that ended


class HealthBaselineRow(Base):
    """What a watcher knows as usual for a kind of call: of ln(seconds)."""

    __tablename__ = "health_baselines"
    warehouse_id: Mapped[Warehouse]
    watcher: Mapped[TextKey]
    system: Mapped[TextKey]
    operation: Mapped[TextKey]
    seen: Mapped[int]
    mean: Mapped[float]
    variance: Mapped[float]


class HealthSlotRow(Base):
    """Five minutes of a system, from `at`: seconds in each state, and what its calls took."""

    __tablename__ = "health_slots"
    warehouse_id: Mapped[Warehouse]
    watcher: Mapped[TextKey]
    system: Mapped[TextKey]
    at: Mapped[datetime] = mapped_column(primary_key=True)
    up_s: Mapped[float]
    slow_s: Mapped[float]
    down_s: Mapped[float]
    calls: Mapped[int]
    failures: Mapped[int]
    timed: Mapped[int]  # calls in `seconds_sum`
    seconds_sum: Mapped[float]
    seconds_most: Mapped[float]


class IncidentRow(Base):
    """A system was not well, from `began_at` until `ended_at`: one row, one message to people."""

    __tablename__ = "incidents"
    warehouse_id: Mapped[Warehouse]
    id: Mapped[TextKey]
    place: Mapped[str]
    system: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str]
    worst: Mapped[str]  # warn, slow, down
    cause: Mapped[str]
    detail: Mapped[str]
    watcher: Mapped[str]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    # What became of its message: empty while it waits; mail or webhook when one of them has it;
    # sent; short, when it ended before anyone was to be told; off, when nobody is to be told.
    told: Mapped[str]
    __table_args__ = (
        Index("ix_incidents_began", "warehouse_id", "began_at"),
        # However many watch a system, it has one open incident.
        Index(
            "ix_incidents_open",
            "warehouse_id",
            "place",
            "system",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )


class TicketRow(Base):
    """A call for help: what it is about, where it stands, and what its helpdesk says of it.

    `state` is review (waits for a person's yes), queued, sent, solved (a guide helped; nothing
    was sent) or dropped. It holds no personal data but the number of whoever asked.
    """

    __tablename__ = "tickets"
    warehouse_id: Mapped[Warehouse]
    id: Mapped[TextKey]  # its tag, as EXP-261125-7K3QFD
    made_at: Mapped[datetime]
    station_id: Mapped[str]
    operator_id: Mapped[int]
    order_number: Mapped[str]
    code: Mapped[str]  # of the answer that it is about, or empty
    trouble: Mapped[str]  # of the common troubles of the floor, or empty
    problem: Mapped[str]  # names the same problem at every station; empty: this one only
    guide: Mapped[str]  # the guide that fits, or empty
    subject: Mapped[str]
    body: Mapped[str]
    state: Mapped[str]
    helpdesk: Mapped[str] = mapped_column(default="")
    number: Mapped[str] = mapped_column(default="")
    url: Mapped[str] = mapped_column(default="")
    joined: Mapped[str] = mapped_column(default="")  # the ticket that this is more evidence for
    is_closed: Mapped[bool] = mapped_column(default=False)
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    busy_until: Mapped[datetime | None]  # somebody is sending it now
    error: Mapped[str] = mapped_column(default="")
    looked_at: Mapped[datetime | None]  # when its helpdesk was last asked about it
    __table_args__ = (
        Index("ix_tickets_state", "warehouse_id", "state", "next_try_at"),
        Index("ix_tickets_problem", "warehouse_id", "problem", "made_at"),
        Index("ix_tickets_made", "warehouse_id", "made_at"),
    )


class TicketBundleRow(Base):
    """A ticket's evidence as it goes out, a ZIP file, already without personal data."""

    __tablename__ = "ticket_bundles"
    warehouse_id: Mapped[Warehouse]
    ticket_id: Mapped[TextKey]
    zip: Mapped[bytes]


class TicketAnswerRow(Base):
    """What support wrote on a ticket. People write names into such texts."""

    __tablename__ = "ticket_answers"
    warehouse_id: Mapped[Warehouse]
    ticket_id: Mapped[TextKey]
    answer_id: Mapped[TextKey]  # the helpdesk's own
    at: Mapped[datetime]
    author: Mapped[Personal]
    text: Mapped[Personal]
    is_seen: Mapped[bool] = mapped_column(default=False)
