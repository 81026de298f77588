"""A store as a version of tomorrow leaves it: one more migration than there is today."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from app.store.database import HEAD, Store, _engine
from app.store.dialect import writes_next
from app.store.migrate import FOLDER, upgrade
from app.store.revisions import say_oldest

KEY = b"k" * 32
TOMORROW = f"""
import sqlalchemy as sa
from alembic import op

revision = "tomorrow"
down_revision = "{HEAD}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("orders", sa.Column("drone", sa.String(), nullable=False, server_default="no"))
    op.create_table("drones", sa.Column("id", sa.Integer(), primary_key=True))
"""


def make_newer(path: Path, oldest: int, key: bytes = KEY) -> Path:
    """Bring a store, or a new one, to the schema of tomorrow.

    Args:
        oldest: the number of the oldest schema whose programs can work on it, as it will say.
    """
    Store.open(path, key).close()
    engine = _engine(path, key)
    with TemporaryDirectory(prefix="expedita-tomorrow-") as folder:
        migrations = Path(shutil.copytree(FOLDER, Path(folder) / "migrations"))
        (migrations / "versions" / "tomorrow.py").write_text(TOMORROW)
        with writes_next(engine.connect()) as c:
            upgrade(c, folder=migrations)
            with c.begin():
                say_oldest(c, oldest)
    engine.dispose()
    return path
