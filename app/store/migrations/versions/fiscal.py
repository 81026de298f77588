"""what an invoice service must know of an order besides"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "fiscal"
down_revision = "drivers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("orders", sa.Column("fiscal", sa.String(), nullable=True))
