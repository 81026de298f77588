"""How every system stands and stood."""

from __future__ import annotations

from sqlalchemy import Column, Double, Index, Integer, String, Table, text

from app.store.schema.columns import METADATA, required, text_key, warehouse_id
from app.store.types import UtcDateTime

# How a watcher last saw a system. `place` is the station, empty for what all share.
HEALTH_STATES = Table(
    "health_states",
    METADATA,
    warehouse_id(),
    text_key("watcher"),
    text_key("system"),
    required("kind", String),
    required("name", String),
    required("place", String),
    required("state", String),
    Column("since", UtcDateTime),
    required("cause", String),
    required("detail", String),
    Column("seconds", Double),
    Column("usual_s", Double),
    Column("seen_at", UtcDateTime),
    required("kept_at", UtcDateTime),  # when it was written: an old row is of a watcher that ended
)

# What a watcher knows as usual for a kind of call: of ln(seconds).
HEALTH_BASELINES = Table(
    "health_baselines",
    METADATA,
    warehouse_id(),
    text_key("watcher"),
    text_key("system"),
    text_key("operation"),
    required("seen", Integer),
    required("mean", Double),
    required("variance", Double),
)

# Five minutes of a system, from `at`: seconds in each state, and what its calls took.
HEALTH_SLOTS = Table(
    "health_slots",
    METADATA,
    warehouse_id(),
    text_key("watcher"),
    text_key("system"),
    Column("at", UtcDateTime, primary_key=True),
    required("up_s", Double),
    required("slow_s", Double),
    required("down_s", Double),
    required("calls", Integer),
    required("failures", Integer),
    required("timed", Integer),  # calls in `seconds_sum`
    required("seconds_sum", Double),
    required("seconds_most", Double),
)

# A system was not well, from `began_at` until `ended_at`: one row, one message to people.
INCIDENTS = Table(
    "incidents",
    METADATA,
    warehouse_id(),
    text_key("id"),
    required("place", String),
    required("system", String),
    required("kind", String),
    required("name", String),
    required("worst", String),  # warn, slow, down
    required("cause", String),
    required("detail", String),
    required("watcher", String),
    required("began_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    # What became of its message: empty while it waits; mail or webhook when one of them has it;
    # sent; short, when it ended before anyone was to be told; off, when nobody is to be told.
    required("told", String),
    Index("ix_incidents_began", "warehouse_id", "began_at"),
    # However many watch a system, it has one open incident. To PostgreSQL the migration alone
    # says so: its words here would import its dialect at every start.
    Index(
        "ix_incidents_open",
        "warehouse_id",
        "place",
        "system",
        unique=True,
        sqlite_where=text("ended_at IS NULL"),
    ),
)
