"""what is packed is counted for the dock in an index of its own"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "ready"
down_revision = "landmarks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_orders_packed",
        "orders",
        ["warehouse_id", "carrier", "service_code", "service_name"],
        sqlite_where=sa.text("queue = 'packed'"),
    )
