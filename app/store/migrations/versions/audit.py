"""the journal by kind, for the audit's list"""

from __future__ import annotations

from alembic import op

revision = "audit"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_journal_kind", "journal", ["warehouse_id", "kind", "occurred_at"])
