from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from app.store.database import Store
from app.store.schema import METADATA  # and with it the tables of the flow


def test_the_migrations_make_the_schema_of_the_source(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "expedita.db", b"k" * 32)
    with store.read() as c:
        found = compare_metadata(MigrationContext.configure(c), METADATA)
    store.close()
    search = "order_search"  # the full-text index and its own tables are no part of the models
    assert not [
        diff for diff in found
        if not (isinstance(diff, tuple) and str(getattr(diff[1], "name", "")).startswith(search))
    ]  # fmt: skip
