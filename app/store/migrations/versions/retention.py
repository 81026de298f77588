"""when a customer's data was erased"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import app.store.types

revision = "retention"
down_revision = "fiscal"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "recipients", sa.Column("erased_at", app.store.types.UtcDateTime(), nullable=True)
    )
