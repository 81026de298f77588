"""Operators and how they prove who they are; settings."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, String, Table, UniqueConstraint

from app.store.schema.columns import METADATA, key, required, text_key, warehouse_id
from app.store.types import UtcDateTime

OPERATORS = Table(
    "operators",
    METADATA,
    warehouse_id(),
    key("id"),
    required("name", String),
    required("badge", String),
    required("role", String),
    required("pin_hash", String),
    required("failures", Integer, default=0),
    Column("next_try_at", UtcDateTime),
    required("disabled", Boolean, default=False),
    UniqueConstraint("warehouse_id", "badge"),
)

# An operator's authenticator. `last_step` is the newest time step whose code was taken.
SECOND_FACTORS = Table(
    "second_factors",
    METADATA,
    warehouse_id(),
    key("operator_id"),
    required("secret", String),
    required("set_at", UtcDateTime),
    required("last_step", Integer),
    required("failures", Integer, default=0),
    Column("next_try_at", UtcDateTime),
)

# The hash of a code that stands in once for the authenticator; a used one has no row.
RECOVERY_CODES = Table(
    "recovery_codes",
    METADATA,
    warehouse_id(),
    key("operator_id"),
    text_key("code_hash"),
)

SETTINGS = Table(
    "settings",
    METADATA,
    warehouse_id(),
    text_key("key"),
    required("value", String),
)
