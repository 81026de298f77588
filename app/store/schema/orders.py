"""Orders, their lines and recipients, and where they stand in the queue."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Computed,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from app.store.schema.columns import (
    METADATA,
    PERSONAL,
    key,
    personal,
    required,
    text_key,
    warehouse_id,
)
from app.store.types import Money, UtcDateTime

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

# An order: what its source says, its place on the physical axis, and its overlays.
ORDERS = Table(
    "orders",
    METADATA,
    warehouse_id(),
    key("id"),
    required("source", String),
    required("external_id", String),
    required("number", String),
    required("channel", String),
    required("placed_at", UtcDateTime),
    Column("paid_at", UtcDateTime),
    Column("ship_by", UtcDateTime),
    Column("promised_at", UtcDateTime),
    required("payment_status", String),
    required("source_status", String),
    required("carrier", String),
    required("service_code", String),
    required("service_name", String),
    required("freight", Money),
    required("total", Money),
    required("note", String),
    required("gift_text", String),
    Column("fiscal", String),  # how its NF-e is taxed, as JSON; NULL for most orders
    required("allow_substitution", Boolean),
    required("line_count", Integer),
    required("unit_count", Integer),
    required("address_version", Integer),
    required("digest", String),
    Column("source_at", UtcDateTime),  # when it changed there, by the source's own clock
    required("state", String),
    required("lane", Integer),
    required("cutoff", String),  # "HH:MM" of the carrier's pickup, or "99:99" where it has none
    # Promise, else placing: what the queue ranks by after the cut-off.
    required("due_at", UtcDateTime),
    Column("late_at", UtcDateTime),  # past this moment the order is late
    required("pinned", Boolean, default=False),
    required("hold", String, default=""),
    required("problem", String, default=""),
    required("claimed_by", String, default=""),
    required("parked", String, default=""),
    required("queue", String, Computed(QUEUE, persisted=False)),
    required("changed_at", UtcDateTime),
    Column("since", UtcDateTime),  # when it last came to wait for a person
    UniqueConstraint("warehouse_id", "source", "external_id"),
    Index("ix_orders_number", "warehouse_id", "number", "id"),
    # Holds all that the search sorts by, so that it reads no row but those it shows.
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
    # What the dock may load, and nothing else: thousands of orders at most.
    Index(
        "ix_orders_packed",
        "warehouse_id",
        "carrier",
        "service_code",
        "service_name",
        sqlite_where=text("queue = 'packed'"),
    ),
)

# A way that orders come and go by: channel, carrier and service.
LANES = Table(
    "lanes",
    METADATA,
    warehouse_id(),
    key("id"),
    required("channel", String),
    required("carrier", String),
    required("service_name", String),
    UniqueConstraint("warehouse_id", "channel", "carrier", "service_name"),
)

# How many orders stand in a queue; triggers on `orders` keep it.
QUEUE_COUNTS = Table(
    "queue_counts",
    METADATA,
    warehouse_id(),
    text_key("queue"),
    required("orders", Integer),
)

# How many orders of a queue and a cut-off are due on a day: landmarks in the rank, for who jumps
# far down in it. The triggers that keep `queue_counts` keep them.
RANK_COUNTS = Table(
    "rank_counts",
    METADATA,
    warehouse_id(),
    Column("pinned", Boolean, primary_key=True),
    text_key("cutoff"),
    text_key("day"),  # of the orders' due_at, "YYYY-MM-DD" by UTC
    text_key("queue"),
    required("orders", Integer),
    sqlite_with_rowid=False,
)

# The one home of a customer's personal data.
RECIPIENTS = Table(
    "recipients",
    METADATA,
    warehouse_id(),
    key("order_id"),
    personal("name"),
    personal("document"),
    personal("email"),
    personal("phone"),
    personal("cep"),
    personal("street"),
    personal("house_number"),
    personal("complement"),
    personal("district"),
    required("city", String),
    required("state", String),
    Column("erased_at", UtcDateTime),  # since then the personal columns are empty, and stay so
    # A digest of what the source had told when a person corrected it; NULL where nobody did.
    Column("corrected_over", String, info=PERSONAL),
)

ORDER_LINES = Table(
    "order_lines",
    METADATA,
    warehouse_id(),
    key("order_id"),
    text_key("line_id"),
    required("position", Integer),
    required("sku", String),
    required("quantity", Integer),
    required("unit_price", Money),
    required("picked", Integer, default=0),
    required("short", Integer, default=0),
    required("verified", Integer, default=0),
    required("put_back", Integer, default=0),
    required("short_reason", String, default=""),
    required("substituted_by", String, default=""),
)

# Units of a line that came from one bin and lot: what a put-back owes, and where to.
PLACEMENTS = Table(
    "placements",
    METADATA,
    warehouse_id(),
    key("order_id"),
    text_key("line_id"),
    text_key("bin"),
    text_key("lot"),
    required("sku", String),
    required("tote", String),
    required("quantity", Integer),
)
