"""what a source had told when a person corrected it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "corrections"
down_revision = "retention"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("recipients", sa.Column("corrected_over", sa.String(), nullable=True))
    # Of what was corrected before, nobody knows what the source had told.
    op.execute(
        "UPDATE recipients SET corrected_over = '?' WHERE erased_at IS NULL AND EXISTS ("
        "SELECT 1 FROM journal WHERE journal.warehouse_id = recipients.warehouse_id"
        " AND journal.order_id = recipients.order_id AND journal.kind = 'RecipientCorrected')"
    )
