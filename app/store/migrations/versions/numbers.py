"""orders' numbers are found in an index that holds no more, and that no change of state touches"""

from __future__ import annotations

from alembic import op

revision = "numbers"
down_revision = "ready"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_orders_number", "orders")
    op.create_index("ix_orders_number", "orders", ["warehouse_id", "number", "id"])
