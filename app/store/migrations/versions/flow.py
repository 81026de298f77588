"""the flow: connectors, outbox, breakers, leases, carriers' labels, tracking events"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import app.store.types

revision = "flow"
down_revision = "support"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "breakers",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("connector", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("opened_at", app.store.types.UtcDateTime(), nullable=True),
        sa.Column("next_try_at", app.store.types.UtcDateTime(), nullable=True),
        sa.Column("last_ok_at", app.store.types.UtcDateTime(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "connector"),
    )
    op.create_table(
        "carrier_labels",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("package_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("address_version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("package_count", sa.Integer(), nullable=False),
        sa.Column("connector", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("tracking", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("service_code", sa.String(), nullable=False),
        sa.Column("cep", sa.String(), nullable=False),
        sa.Column("weight_g", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("received_at", app.store.types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "order_id", "package_no", "address_version"),
    )
    op.create_table(
        "connector_secrets",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("connector", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "connector", "name"),
    )
    op.create_table(
        "connectors",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("pulled_at", app.store.types.UtcDateTime(), nullable=True),
        sa.Column("swept_at", app.store.types.UtcDateTime(), nullable=True),
        sa.Column("polled_at", app.store.types.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("warehouse_id", "name"),
    )
    op.create_table(
        "leases",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("fencing", sa.Integer(), nullable=False),
        sa.Column("expires_at", app.store.types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "name"),
    )
    op.create_table(
        "outbox",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("connector", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("package_no", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("maybe_done", sa.Boolean(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("fencing", sa.Integer(), nullable=False),
        sa.Column("created_at", app.store.types.UtcDateTime(), nullable=False),
        sa.Column("next_try_at", app.store.types.UtcDateTime(), nullable=False),
        sa.Column("failing_since", app.store.types.UtcDateTime(), nullable=True),
        sa.Column("done_at", app.store.types.UtcDateTime(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("exchange", sa.String(), nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=False),
        sa.Column("settled_why", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "id"),
        sa.UniqueConstraint("warehouse_id", "key"),
    )
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["warehouse_id", "connector", "state", "next_try_at"],
        unique=False,
    )
    op.create_index(
        "ix_outbox_lane", "outbox", ["warehouse_id", "lane", "state", "id"], unique=False
    )
    op.create_index("ix_outbox_order", "outbox", ["warehouse_id", "order_id"], unique=False)
    op.create_table(
        "tracking_events",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tracking", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("at", app.store.types.UtcDateTime(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "tracking", "code", "at"),
    )
    op.create_index(
        "ix_tracking_events_order", "tracking_events", ["warehouse_id", "order_id"], unique=False
    )
    op.add_column("orders", sa.Column("source_at", app.store.types.UtcDateTime(), nullable=True))
    op.add_column(
        "rejected", sa.Column("connector", sa.String(), server_default="", nullable=False)
    )
    op.add_column(
        "rejected", sa.Column("external_id", sa.String(), server_default="", nullable=False)
    )
