"""the document that a carrier's driver showed when the boxes were handed over"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "drivers"
down_revision = "printing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "manifests", sa.Column("driver_document", sa.String(), nullable=False, server_default="")
    )
