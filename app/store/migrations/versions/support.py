"""tickets of the support room"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import app.store.types

revision = "support"
down_revision = "second_factor"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tickets",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("made_at", app.store.types.UtcDateTime(), nullable=False),
        sa.Column("station_id", sa.String(), nullable=False),
        sa.Column("operator_id", sa.Integer(), nullable=False),
        sa.Column("order_number", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("guide", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("helpdesk", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("joined", sa.String(), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", app.store.types.UtcDateTime(), nullable=True),
        sa.Column("busy_until", app.store.types.UtcDateTime(), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("looked_at", app.store.types.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("warehouse_id", "id"),
    )
    op.create_index("ix_tickets_state", "tickets", ["warehouse_id", "state", "next_try_at"])
    op.create_index("ix_tickets_problem", "tickets", ["warehouse_id", "problem", "made_at"])
    op.create_index("ix_tickets_made", "tickets", ["warehouse_id", "made_at"])
    op.create_table(
        "ticket_bundles",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ticket_id", sa.String(), nullable=False),
        sa.Column("zip", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "ticket_id"),
    )
    op.create_table(
        "ticket_answers",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ticket_id", sa.String(), nullable=False),
        sa.Column("answer_id", sa.String(), nullable=False),
        sa.Column("at", app.store.types.UtcDateTime(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("is_seen", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "ticket_id", "answer_id"),
    )
