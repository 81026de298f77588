"""Long work makes way for whoever waits to write, and loses nothing by it."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from app.store import turns
from app.store.database import UNDONE, Store

KEY = b"k" * 32


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(tmp_path / "expedita.db", KEY)
    with made.write() as c:
        c.exec_driver_sql("CREATE TABLE told (who TEXT)")
    yield made
    made.close()


def tell(store: Store, who: str) -> None:
    with store.write() as c:
        c.exec_driver_sql("INSERT INTO told VALUES (?)", (who,))


def told(store: Store) -> list[str]:
    with store.read() as c:
        return list(c.exec_driver_sql("SELECT who FROM told ORDER BY rowid").scalars())


def test_long_work_makes_way_between_two_statements_and_is_done_again(store: Store) -> None:
    begun, ended = [], []
    somebody = threading.Thread(target=tell, args=(store, "scan"))
    for turn in store.long_write(lambda: begun.append(1)):
        with turn as c:
            c.exec_driver_sql("INSERT INTO told VALUES ('first')")
            if len(begun) == 1:
                somebody.start()
            while somebody.is_alive():
                c.exec_driver_sql("SELECT 1")
            c.exec_driver_sql("INSERT INTO told VALUES ('second')")
            ended.append(1)
    assert told(store) == ["scan", "first", "second"]
    assert (len(begun), len(ended)) == (2, 1)


def test_long_work_gets_on_though_somebody_always_waits(store: Store, monkeypatch) -> None:
    monkeypatch.setattr(turns, "BEHIND_S", 0)
    begun: list[int] = []
    store._writing._count(1)
    for turn in store.long_write(lambda: begun.append(1)):
        with turn as c:
            c.exec_driver_sql("INSERT INTO told VALUES ('at last')")
    assert told(store) == ["at last"]
    assert len(begun) == UNDONE + 1


def test_long_work_lets_others_go_first_and_does_not_make_way_for_other_long_work(
    store: Store,
) -> None:
    begun: list[str] = []

    def long_work(who: str) -> None:
        for turn in store.long_write(lambda: begun.append(who)):
            with turn as c:
                for _ in range(200):
                    c.exec_driver_sql("INSERT INTO told VALUES (?)", (who,))

    both = [threading.Thread(target=long_work, args=(who,)) for who in ("a", "b")]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(begun) == ["a", "b"]
    assert sorted(told(store)) == ["a"] * 200 + ["b"] * 200


def test_an_error_of_long_work_is_told_and_nothing_of_it_is_kept(store: Store) -> None:
    def broken() -> None:
        for turn in store.long_write(lambda: None):
            with turn as c:
                c.exec_driver_sql("INSERT INTO told VALUES ('half')")
                raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        broken()
    assert told(store) == []
    tell(store, "next")
    assert told(store) == ["next"]


# Counts for some minutes, unless it is broken off.
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


def test_a_statement_of_long_work_is_broken_off_and_the_work_done_again(store: Store) -> None:
    begun: list[int] = []
    somebody = threading.Timer(0.05, tell, args=(store, "scan"))
    for turn in store.long_write(lambda: begun.append(1)):
        with turn as c:
            c.exec_driver_sql("INSERT INTO told VALUES ('first')")
            if len(begun) == 1:
                somebody.start()
                c.exec_driver_sql(ENDLESS)
    somebody.join()
    assert told(store) == ["scan", "first"]
    assert len(begun) == 2


def test_whatever_sqlite_says_of_a_statement_broken_off_the_work_is_done_again(
    store: Store,
) -> None:
    begun: list[int] = []
    for turn in store.long_write(lambda: begun.append(1)):
        with turn as c:
            c.exec_driver_sql("INSERT INTO told VALUES ('once')")
            if len(begun) == 1:
                store._writing._break_off()
                raise DatabaseError("vtable constructor failed: json_each", None, Exception())
    assert told(store) == ["once"]
    assert len(begun) == 2


def test_what_is_done_in_passing_is_left_where_somebody_waits(store: Store) -> None:
    somebody = threading.Timer(0.05, tell, args=(store, "scan"))

    def work(c: Connection) -> None:
        c.exec_driver_sql("INSERT INTO told VALUES ('in passing')")
        somebody.start()
        c.exec_driver_sql(ENDLESS)

    assert not store.in_passing(work)
    somebody.join()
    assert told(store) == ["scan"]
    assert store.in_passing(lambda c: c.exec_driver_sql("INSERT INTO told VALUES ('later')"))
    assert told(store) == ["scan", "later"]


def test_a_statement_that_makes_no_way_is_not_broken_off(store: Store) -> None:
    store._writing._count(1)
    with store.write() as c:
        store._writing._break_off()
        assert c.exec_driver_sql("SELECT 1").scalar() == 1
    store._writing._count(-1)


LONG_WORK = """
import sys, time
from pathlib import Path
from app.store.database import Store
end = time.monotonic() + 60
store = Store.open(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
begun = []
for turn in store.long_write(lambda: begun.append(1)):
    with turn as c:
        c.exec_driver_sql("INSERT INTO told VALUES ('import')")
        print("begun", store.is_wanted, flush=True)
        while len(begun) == 1 and time.monotonic() < end:
            c.exec_driver_sql("SELECT 1")
"""


def test_long_work_makes_way_for_a_writer_of_another_process(store: Store) -> None:
    command = [sys.executable, "-c", LONG_WORK, str(store.path), KEY.hex()]
    with subprocess.Popen(command, text=True, stdout=subprocess.PIPE) as work:
        assert work.stdout is not None
        assert work.stdout.readline() == "begun False\n"
        tell(store, "scan")
        assert work.stdout.readline() == "begun True\n"
    assert work.returncode == 0
    assert told(store) == ["scan", "import"]
