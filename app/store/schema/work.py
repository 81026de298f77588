"""The journal, and the tasks that people have in hand."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Index, Integer, String, Table, UniqueConstraint

from app.store.schema.columns import METADATA, key, required, text_key, warehouse_id
from app.store.types import UtcDateTime

# Work in hand. `fencing` grows with every claim, so that a stale holder can be refused.
TASKS = Table(
    "tasks",
    METADATA,
    warehouse_id(),
    text_key("id"),
    required("kind", String),
    required("station_id", String),
    required("operator_id", Integer),
    required("fencing", Integer),
    required("claimed_at", UtcDateTime),
    required("open", Boolean),
    Index("ix_tasks_open", "warehouse_id", "station_id", "open"),
    Index("ix_tasks_fencing", "warehouse_id", "fencing"),
)

# Every fact, in the order a station wrote it, each chained to the one before by its hash.
JOURNAL = Table(
    "journal",
    METADATA,
    warehouse_id(),
    text_key("station_id"),
    key("station_seq"),
    required("entry_id", String),
    required("task_id", String),
    required("order_id", Integer),
    required("operator_id", Integer),
    required("kind", String),
    required("payload", JSON),
    required("occurred_at", UtcDateTime),
    required("prev_hash", String),
    required("hash", String),
    UniqueConstraint("warehouse_id", "entry_id"),
    Index("ix_journal_task", "warehouse_id", "task_id", "station_id", "station_seq"),
    Index("ix_journal_order", "warehouse_id", "order_id"),
    Index("ix_journal_kind", "warehouse_id", "kind", "occurred_at"),
)
