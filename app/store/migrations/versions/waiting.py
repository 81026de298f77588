"""since when an order waits for a person; indexes that answer a search of a million orders"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.store.types import UtcDateTime

revision = "waiting"
down_revision = "flow"
branch_labels = None
depends_on = None

_RANK = ("queue", "lane", "pinned", "cutoff", "due_at")


def upgrade() -> None:
    op.add_column("orders", sa.Column("since", UtcDateTime(), nullable=True))
    op.execute(
        "UPDATE orders SET since = changed_at"
        " WHERE queue IN ('exceptions', 'putback', 'awaiting_invoice', 'awaiting_label')"
    )
    op.drop_index("ix_orders_number", "orders")
    op.create_index("ix_orders_number", "orders", ["warehouse_id", "number", *_RANK, "id"])
    op.create_index("ix_orders_found", "orders", ["warehouse_id", "id", *_RANK, "number"])
    op.create_index("ix_orders_waiting", "orders", ["warehouse_id", "queue", "since"])
