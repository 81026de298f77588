"""Versions that lie apart: what an older program can work on, and what it must leave alone."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.domain.entries import OrderPinned
from app.store import journal
from app.store.database import Store, StoreError, _engine
from app.store.dialect import writes_next
from app.store.journal import Stamp
from app.store.migrate import FOLDER, upgrade
from app.store.revisions import HEAD, REVISIONS, WORKS_WITH
from tests.support.newer import KEY, make_newer

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def tables(c: Connection) -> dict[str, dict[str, tuple[object, ...]]]:
    """Each table's columns: type, not null, default, place in the key."""
    names = c.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
    return {
        name: {row[1]: tuple(row[2:6]) for row in c.exec_driver_sql(f"PRAGMA table_info({name})")}
        for name in names.all()
    }


def rules(c: Connection) -> set[str]:
    """What forbids or changes rows: unique indexes and triggers."""
    query = "SELECT name, sql FROM sqlite_master WHERE type IN ('index', 'trigger')"
    found = c.exec_driver_sql(query).all()
    return {name for name, sql in found if sql and ("UNIQUE" in sql or "TRIGGER" in sql)}


def schema_at(
    path: Path, revision: str
) -> tuple[dict[str, dict[str, tuple[object, ...]]], set[str]]:
    engine = _engine(path, KEY)
    with writes_next(engine.connect()) as c:
        upgrade(c, revision)
    with engine.connect() as c, c.begin():
        found = tables(c), rules(c)
    engine.dispose()
    return found


def test_each_migration_has_its_place_in_the_list() -> None:
    settings = Config()
    settings.set_main_option("script_location", str(FOLDER))
    found = [step.revision for step in ScriptDirectory.from_config(settings).walk_revisions()]
    assert tuple(reversed(found)) == REVISIONS


def test_since_the_schema_that_works_with_head_nothing_came_that_an_older_program_misses(
    tmp_path: Path,
) -> None:
    old, old_rules = schema_at(tmp_path / "old.db", WORKS_WITH)
    new, new_rules = schema_at(tmp_path / "new.db", HEAD)
    assert old.keys() <= new.keys()
    assert old_rules == new_rules
    for table, columns in old.items():
        added = {name: how for name, how in new[table].items() if name not in columns}
        assert {n: how for n, how in new[table].items() if n in columns} == columns, table
        for name, (_, not_null, default, in_key) in added.items():
            assert not in_key, f"{table}.{name}"
            assert not not_null or default is not None, f"{table}.{name}"


def test_a_store_tells_which_programs_can_work_on_it(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "expedita.db", KEY)
    with store.read() as c:
        said = c.exec_driver_sql("PRAGMA user_version").scalar()
    store.close()
    assert REVISIONS[said - 1] == WORKS_WITH


def test_a_newer_store_that_fits_is_read_and_written_and_never_changed_back(tmp_path: Path) -> None:
    path = make_newer(tmp_path / "expedita.db", oldest=len(REVISIONS))
    for _ in range(2):
        store = Store.open(path, KEY)
        with store.write() as c:
            journal.append(c, Stamp("S1", 1, NOW), (OrderPinned(1, True),))
        store.close()
    store = Store.look(path, KEY)
    with store.read() as c:
        assert journal.head(c, "S1")[0] == 2
        assert c.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "tomorrow"
    store.close()


@pytest.mark.parametrize("oldest", [0, len(REVISIONS) + 1])
def test_a_newer_store_that_says_no_or_nothing_is_refused_and_left_as_it_is(
    tmp_path: Path, oldest: int
) -> None:
    path = make_newer(tmp_path / "expedita.db", oldest)
    before = path.read_bytes()
    with pytest.raises(StoreError) as refused:
        Store.open(path, KEY)
    assert (refused.value.code, refused.value.detail) == ("STORE_NEWER", "tomorrow")
    assert path.read_bytes() == before


@pytest.mark.parametrize(("oldest", "goes_on"), [(len(REVISIONS), True), (99, False)])
def test_a_program_that_works_while_a_newer_one_changes_the_schema(
    tmp_path: Path, oldest: int, goes_on: bool
) -> None:
    path = tmp_path / "expedita.db"
    store = Store.open(path, KEY)
    make_newer(path, oldest)
    with contextlib.nullcontext() if goes_on else pytest.raises(StoreError, match="STORE_NEWER"):
        with store.write() as c:
            journal.append(c, Stamp("S1", 1, NOW), (OrderPinned(1, True),))
    with store.read() as c:
        assert journal.head(c, "S1")[0] == int(goes_on)
    store.close()


def test_an_entry_of_a_kind_that_only_a_newer_version_knows_is_told_as_such(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "expedita.db", KEY)
    with store.write() as c:
        journal.append(c, Stamp("S1", 1, NOW), (OrderPinned(1, True),))
        c.exec_driver_sql("UPDATE journal SET kind = 'FlewByDrone'")
    with pytest.raises(StoreError) as refused, store.read() as c:
        journal.order_entries(c, 1)
    assert (refused.value.code, refused.value.detail) == ("STORE_NEWER", "FlewByDrone")
    store.close()
