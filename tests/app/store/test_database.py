from __future__ import annotations

import os
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from app.domain.entries import OrderPinned
from app.store import faults, journal
from app.store.database import EASE_TURNS, Store, StoreError
from app.store.journal import Stamp

KEY = b"k" * 32


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "expedita.db"


def work(store: Store, count: int = 1) -> None:
    """As many entries in the journal, each in a transaction of its own."""
    stamp = Stamp("S1", 1, datetime(2026, 11, 24, tzinfo=UTC))
    for _ in range(count):
        with store.write() as c:
            journal.append(c, stamp, (OrderPinned(1, True),))


def refusal(path: Path, key: bytes = KEY) -> str:
    with pytest.raises(StoreError) as refused:
        Store.open(path, key)
    return refused.value.code


def damage(path: Path, at: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(b"\xff" * 64)


def test_another_key_opens_nothing(path: Path) -> None:
    Store.open(path, KEY).close()
    assert refusal(path, b"x" * 32) == "STORE_KEY_WRONG"


def test_a_damaged_first_page_is_told_from_another_key(path: Path) -> None:
    store = Store.open(path, KEY)
    work(store)
    store.close()
    damage(path, 100)
    assert refusal(path) == "STORE_DAMAGED"
    assert refusal(path, b"x" * 32) == "STORE_KEY_WRONG"


def test_a_truncated_file_is_noticed_at_the_opening(path: Path) -> None:
    store = Store.open(path, KEY)
    work(store)
    store.close()
    os.truncate(path, path.stat().st_size // 2)
    assert refusal(path) == "STORE_DAMAGED"


def test_a_missing_log_is_noticed_at_the_opening(path: Path, tmp_path: Path) -> None:
    store = Store.open(path, KEY)
    work(store, 3)
    assert store.promised()  # the note follows a scan within a moment
    copy = tmp_path / "copy"
    copy.mkdir()
    for file in tmp_path.glob("expedita.*"):  # as a power cut leaves them
        if not file.name.endswith("-wal"):
            shutil.copy(file, copy)
    store.close()
    before = (copy / path.name).read_bytes()
    assert refusal(copy / path.name) == "STORE_BEHIND"
    assert (copy / path.name).read_bytes()[4096:] == before[4096:], "nothing is written into it"


def test_an_old_copy_put_in_its_place_is_noticed(path: Path, tmp_path: Path) -> None:
    store = Store.open(path, KEY)
    work(store)
    store.close()
    old = shutil.copy(path, tmp_path / "old.db")
    store = Store.open(path, KEY)
    work(store)
    store.close()
    shutil.copy(old, path)
    assert refusal(path) == "STORE_BEHIND"


def test_a_store_that_vanished_is_not_replaced_by_an_empty_one(path: Path) -> None:
    store = Store.open(path, KEY)
    work(store)
    store.close()
    path.unlink()
    assert refusal(path) == "STORE_GONE"
    assert not path.exists()


def test_a_note_comes_by_itself_and_is_no_part_of_the_transaction(path: Path) -> None:
    store = Store.open(path, KEY)
    note = path.with_suffix(".mark")
    work(store, 3)
    deadline = time.monotonic() + 30
    while not note.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert note.exists()
    store.close()
    assert Store.open(path, KEY).promised()["S1"][0] == 3


def test_an_older_note_is_no_trouble(path: Path) -> None:
    """It is not forced to the disk: a power cut may leave it behind, or in pieces."""
    store = Store.open(path, KEY)
    work(store)
    assert store.promised()
    note = path.with_suffix(".mark")
    old = note.read_text()
    work(store)
    store.close()
    for text in (old, old[: len(old) // 2], ""):
        note.write_text(text)
        Store.open(path, KEY).close()


def test_damage_in_the_middle_is_said_while_working_and_the_rest_stays_readable(path: Path) -> None:
    store = Store.open(path, KEY)
    with store.write() as c:
        c.exec_driver_sql("CREATE TABLE rows (a INTEGER PRIMARY KEY, b TEXT)")
        for n in range(500):
            c.exec_driver_sql("INSERT INTO rows VALUES (?, ?)", (n, "x" * 1000))
    store.close()
    damage(path, path.stat().st_size - 4096 * 20 + 100)
    store = Store.open(path, KEY)
    with pytest.raises(StoreError) as refused, store.read() as c:
        c.exec_driver_sql("SELECT sum(length(b)) FROM rows").all()
    assert refused.value.code == "STORE_DAMAGED"
    with store.read() as c:
        assert c.exec_driver_sql("SELECT a FROM rows WHERE a = 1").scalar() == 1
    store.close()


def test_a_slow_disk_is_said_and_nothing_is_lost(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.open(path, KEY)
    monkeypatch.setattr("app.store.database.SLOW_S", 0.05)
    faults.arm(faults.Fault("commit", action="wait", seconds=0.1))
    work(store)
    faults.arm(None)
    assert store.is_slow
    work(store)
    with store.read() as c:
        assert len(journal.order_entries(c, 1)) == 2
    store.close()


def test_long_work_empties_the_log_between_its_transactions(path: Path) -> None:
    """What is written goes into the file itself, while nobody waits for it, and the log stays as
    long as it is; without that it grows until a transaction must empty it."""
    log = path.with_name("expedita.db-wal")
    store = Store.open(path, KEY)
    work(store, 3 * EASE_TURNS)
    grown = log.stat().st_size
    for _ in range(9):
        work(store, EASE_TURNS)
        store.ease()
    assert log.stat().st_size < 2 * grown
    store.close()


def test_what_could_not_be_made_durable_is_undone_and_keeps_nobody_from_writing(path: Path) -> None:
    store = Store.open(path, KEY)
    with store.write() as c:
        c.exec_driver_sql("CREATE TABLE shelves (id INTEGER PRIMARY KEY)")
        c.exec_driver_sql(
            "CREATE TABLE goods (shelf REFERENCES shelves (id) DEFERRABLE INITIALLY DEFERRED)"
        )
    with pytest.raises(IntegrityError), store.write() as c:
        c.exec_driver_sql("INSERT INTO goods VALUES (7)")  # is only seen at its end
    with store.read() as c:
        assert c.exec_driver_sql("SELECT count(*) FROM goods").scalar() == 0
    other = Store.open(path, KEY)
    with other.write() as c:
        c.exec_driver_sql("INSERT INTO shelves VALUES (7)")
    with store.write() as c:
        c.exec_driver_sql("INSERT INTO goods VALUES (7)")
    other.close()
    store.close()
