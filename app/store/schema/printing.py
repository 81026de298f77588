"""Printers, and what is printed on them."""

from __future__ import annotations

from sqlalchemy import Boolean, Index, Integer, String, Table

from app.store.schema.columns import METADATA, key, required, text_key, warehouse_id
from app.store.types import UtcDateTime

# A document on its way to paper. `state` is a `JobState`; `subject` is what it is about, and
# `nth` counts the jobs of one document, since a clock may be set back.
PRINT_JOBS = Table(
    "print_jobs",
    METADATA,
    warehouse_id(),
    text_key("id"),
    required("document", String),
    required("subject", String),
    required("order_id", Integer),
    required("nth", Integer),
    required("printer", String),
    required("copy", Integer),
    required("reason", String),
    required("batch_id", String),
    required("position", Integer),
    required("state", String),
    required("detail", String, default=""),
    required("doubtful", Boolean, default=False),
    required("station_id", String),
    required("requested_at", UtcDateTime),
    required("changed_at", UtcDateTime),
    Index("ix_print_jobs_state", "warehouse_id", "state", "changed_at"),
    Index("ix_print_jobs_subject", "warehouse_id", "document", "subject"),
    Index("ix_print_jobs_batch", "warehouse_id", "batch_id"),
    Index("ix_print_jobs_requested", "warehouse_id", "requested_at"),
)

# Many documents for one printer, one after the other. `state` as in `BatchChanged`.
PRINT_BATCHES = Table(
    "print_batches",
    METADATA,
    warehouse_id(),
    text_key("id"),
    required("document", String),
    required("printer", String),
    required("state", String),
    required("total", Integer),
    required("copies_of", String),
    required("reason", String),
    required("station_id", String),
    required("requested_at", UtcDateTime),
    Index("ix_print_batches_requested", "warehouse_id", "requested_at"),
)

# The package at `position` (from 1) of a batch; `job_id` is empty until its turn comes.
PRINT_BATCH_ITEMS = Table(
    "print_batch_items",
    METADATA,
    warehouse_id(),
    text_key("batch_id"),
    key("position"),
    required("order_id", Integer),
    required("package_no", Integer),
    required("job_id", String, default=""),
)

# A printer that the warehouse knows; `code` is on its own barcode.
PRINTERS = Table(
    "printers",
    METADATA,
    warehouse_id(),
    text_key("code"),
    required("name", String),
    required("uri", String),
    required("dpi", Integer),
)

# The printer that a station uses for a kind of document ("" for all others).
PRINTER_CHOICES = Table(
    "printer_choices",
    METADATA,
    warehouse_id(),
    text_key("station_id"),
    text_key("document"),
    required("printer", String),
)
