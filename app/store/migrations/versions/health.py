"""what is watched: states, usual times, slots of five minutes, incidents"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.store.types import UtcDateTime

revision = "health"
down_revision = "audit"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "health_states",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("watcher", sa.String(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=True),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=True),
        sa.Column("usual_s", sa.Double(), nullable=True),
        sa.Column("seen_at", UtcDateTime(), nullable=True),
        sa.Column("kept_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "watcher", "system"),
    )
    op.create_table(
        "health_baselines",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("watcher", sa.String(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("operation", sa.String(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("mean", sa.Double(), nullable=False),
        sa.Column("variance", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "watcher", "system", "operation"),
    )
    op.create_table(
        "health_slots",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("watcher", sa.String(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("up_s", sa.Double(), nullable=False),
        sa.Column("slow_s", sa.Double(), nullable=False),
        sa.Column("down_s", sa.Double(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("timed", sa.Integer(), nullable=False),
        sa.Column("seconds_sum", sa.Double(), nullable=False),
        sa.Column("seconds_most", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "watcher", "system", "at"),
    )
    op.create_table(
        "incidents",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("worst", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("watcher", sa.String(), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("told", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "id"),
    )
    op.create_index("ix_incidents_began", "incidents", ["warehouse_id", "began_at"])
    is_open = sa.text("ended_at IS NULL")
    op.create_index(
        "ix_incidents_open",
        "incidents",
        ["warehouse_id", "place", "system"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
