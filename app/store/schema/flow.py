"""Connectors, what they are to be told, and how they are."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from app.store.schema.columns import (
    METADATA,
    PERSONAL,
    SECRET,
    key,
    personal,
    required,
    text_key,
    warehouse_id,
)
from app.store.types import UtcDateTime

# A configured connector. Its name is the source of its orders; secrets stand elsewhere.
CONNECTORS = Table(
    "connectors",
    METADATA,
    warehouse_id(),
    text_key("name"),
    required("kind", String),
    required("url", String),
    required("options", JSON),
    required("roles", JSON),
    required("steps", JSON),  # which steps of an order the source wants to be told
    required("enabled", Boolean),
    required("mark", String, default=""),  # from where the next pull goes on
    Column("pulled_at", UtcDateTime),
    Column("swept_at", UtcDateTime),
    Column("polled_at", UtcDateTime),  # tracking events and payments
)

# A password, key or token of a connector, in the encrypted file and nowhere else.
CONNECTOR_SECRETS = Table(
    "connector_secrets",
    METADATA,
    warehouse_id(),
    text_key("connector"),
    text_key("name"),
    required("value", String, info=SECRET),
)

# A call that changes another system, written with the fact that causes it.
#
# It names its order and says what to do; what is sent is put together from the order's own
# rows at each try, so that a person's correction reaches it, and no personal data stands here.
# Calls of one lane go one after the other, in the order of their ids.
OUTBOX = Table(
    "outbox",
    METADATA,
    warehouse_id(),
    key("id"),
    required("key", String),  # idempotency key, made before the first try
    required("connector", String),
    required("kind", String),  # tell, issue, label, cancel_label, notify
    required("lane", String),
    required("order_id", Integer),
    required("package_no", Integer),
    required("topic", String),  # the step told, the occasion of a notice, the label cancelled
    required("state", String),  # waiting, sending, done, dead, discarded
    required("maybe_done", Boolean, default=False),  # sent, and no answer that tells
    required("tries", Integer, default=0),
    required("fencing", Integer, default=0),  # of the writer that sent it last
    required("created_at", UtcDateTime),
    required("next_try_at", UtcDateTime),
    Column("failing_since", UtcDateTime),
    Column("done_at", UtcDateTime),
    required("code", String, default=""),
    required("detail", String, default=""),
    required("reference", String, default=""),  # how the other system calls what was done
    required("exchange", String, default="", info=PERSONAL),  # masked; marked all the same
    required("settled_by", Integer, default=0),
    required("settled_why", String, default=""),
    UniqueConstraint("warehouse_id", "key"),
    Index("ix_outbox_due", "warehouse_id", "connector", "state", "next_try_at"),
    Index("ix_outbox_lane", "warehouse_id", "lane", "state", "id"),
    Index("ix_outbox_order", "warehouse_id", "order_id"),
)

# How a system answers. Open: nothing is sent before `next_try_at`, when it is asked again.
BREAKERS = Table(
    "breakers",
    METADATA,
    warehouse_id(),
    text_key("connector"),
    required("state", String),  # closed, open
    required("failures", Integer),
    Column("opened_at", UtcDateTime),
    Column("next_try_at", UtcDateTime),
    Column("last_ok_at", UtcDateTime),
    required("code", String),
    required("detail", String),
)

# Who alone may do something until when. `fencing` grows with every new holder.
LEASES = Table(
    "leases",
    METADATA,
    warehouse_id(),
    text_key("name"),
    required("holder", String),
    required("fencing", Integer),
    required("expires_at", UtcDateTime),
)

# A label that a carrier made, as it came; it is printed unchanged. It holds an address.
CARRIER_LABELS = Table(
    "carrier_labels",
    METADATA,
    warehouse_id(),
    key("order_id"),
    key("package_no"),
    key("address_version"),
    required("package_count", Integer),
    required("connector", String),
    required("reference", String),
    required("tracking", String),
    required("form", String),  # zpl, pdf
    required("data", LargeBinary, info=PERSONAL),
    required("service_code", String),
    personal("cep"),
    required("weight_g", Integer),  # what was declared
    required("state", String),  # pending, ready, used, cancelled
    required("received_at", UtcDateTime),
)

# What a carrier says of a package on its way.
TRACKING_EVENTS = Table(
    "tracking_events",
    METADATA,
    warehouse_id(),
    text_key("tracking"),
    text_key("code"),
    Column("at", UtcDateTime, primary_key=True),
    required("order_id", Integer),
    required("status", String),
    required("text", String),
    required("place", String),
    Index("ix_tracking_events_order", "warehouse_id", "order_id"),
)
