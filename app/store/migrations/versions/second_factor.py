"""authenticators and recovery codes of operators"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import app.store.types

revision = "second_factor"
down_revision = "health"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "second_factors",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("operator_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("set_at", app.store.types.UtcDateTime(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_try_at", app.store.types.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("warehouse_id", "operator_id"),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("operator_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "operator_id", "code_hash"),
    )
