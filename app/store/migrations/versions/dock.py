"""labels are listed for a manifest without their bytes"""

from __future__ import annotations

from alembic import op

revision = "dock"
down_revision = "merging"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_labels_order", "labels")
    op.create_index("ix_labels_order", "labels", ["warehouse_id", "order_id", "id", "tracking"])
