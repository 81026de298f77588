"""What came in from files."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, UniqueConstraint

from app.store.schema.columns import METADATA, key, personal, required, text_key, warehouse_id
from app.store.types import UtcDateTime

# A record that an import could not take, kept with its reason until a person settles it.
REJECTED = Table(
    "rejected",
    METADATA,
    warehouse_id(),
    key("id"),
    required("file", String),
    required("line_no", Integer),
    required("code", String),
    required("detail", String),
    personal("raw"),
    required("rejected_at", UtcDateTime),
    required("connector", String, default="", server_default=""),
    required("external_id", String, default="", server_default=""),
    UniqueConstraint("warehouse_id", "file", "line_no", "code"),
)

# How far a file was read, so that a broken-off import resumes.
IMPORTS = Table(
    "imports",
    METADATA,
    warehouse_id(),
    text_key("fingerprint"),
    required("file", String),
    required("position", Integer),
    required("size", Integer),
    Column("finished_at", UtcDateTime),
)
