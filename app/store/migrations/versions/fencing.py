"""the newest holder of a task is found without a look at all tasks there ever were"""

from __future__ import annotations

from alembic import op

revision = "fencing"
down_revision = "dock"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_tasks_fencing", "tasks", ["warehouse_id", "fencing"])
