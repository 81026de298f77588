"""Long work makes way for whoever waits to write, and loses nothing by it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

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
