"""how many orders of each queue and cut-off are due on each day: landmarks in the rank"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "landmarks"
down_revision = "fencing"
branch_labels = None
depends_on = None

_MORE = (
    "INSERT INTO queue_counts VALUES (NEW.warehouse_id, NEW.queue, 1)"
    " ON CONFLICT DO UPDATE SET orders = orders + 1;"
    " INSERT INTO rank_counts VALUES"
    " (NEW.warehouse_id, NEW.pinned, NEW.cutoff, substr(NEW.due_at, 1, 10), NEW.queue, 1)"
    " ON CONFLICT DO UPDATE SET orders = orders + 1;"
)
_LESS = (
    "UPDATE queue_counts SET orders = orders - 1"
    " WHERE warehouse_id = OLD.warehouse_id AND queue = OLD.queue;"
    " UPDATE rank_counts SET orders = orders - 1"
    " WHERE warehouse_id = OLD.warehouse_id AND pinned = OLD.pinned AND cutoff = OLD.cutoff"
    " AND day = substr(OLD.due_at, 1, 10) AND queue = OLD.queue;"
)
_IS_ELSEWHERE = " OR ".join(
    f"OLD.{name} <> NEW.{name}" for name in ("queue", "pinned", "cutoff", "due_at")
)


def upgrade() -> None:
    op.create_table(
        "rank_counts",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("cutoff", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "pinned", "cutoff", "day", "queue"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO rank_counts"
        " SELECT warehouse_id, pinned, cutoff, substr(due_at, 1, 10), queue, count(*)"
        " FROM orders GROUP BY 1, 2, 3, 4, 5"
    )
    # The triggers that count each queue, in one with those that count here.
    for name in ("orders_counted", "orders_uncounted", "orders_recounted"):
        op.execute(f"DROP TRIGGER {name}")
    op.execute(f"CREATE TRIGGER orders_counted AFTER INSERT ON orders BEGIN {_MORE} END")
    op.execute(f"CREATE TRIGGER orders_uncounted AFTER DELETE ON orders BEGIN {_LESS} END")
    op.execute(
        "CREATE TRIGGER orders_recounted AFTER UPDATE ON orders"
        f" WHEN {_IS_ELSEWHERE} BEGIN {_LESS} {_MORE} END"
    )
