"""the search's pieces are merged a little with each transaction, and never by themselves"""

from __future__ import annotations

from alembic import op

revision = "merging"
down_revision = "corrections"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Left to itself SQLite merges some six hundred pages at once from time to time.
    op.execute("INSERT INTO order_search(order_search, rank) VALUES ('automerge', 0)")
