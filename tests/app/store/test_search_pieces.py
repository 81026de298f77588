"""The search's pieces stay few, and merging them keeps nobody waiting."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store import order_search
from app.store.database import Store
from app.store.search_pieces import TURNS, Pieces

CHANCE = random.Random(1125)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(tmp_path / "search.db", b"k" * 32)
    yield made
    with made.write() as c:
        c.exec_driver_sql("INSERT INTO order_search(order_search) VALUES ('integrity-check')")
    made.close()


def add(store: Store, first: int, count: int) -> None:
    found = [
        (first + n, f"PEDIDO {CHANCE.random()} LOJA {CHANCE.random()} SKU-{n}")
        for n in range(count)
    ]
    with store.write() as c:
        order_search.index(c, found)


def pieces_of(store: Store) -> int:
    """How many the search has: the second number of its structure (FTS5's %_data, row 10)."""
    with store.read() as c:
        block = c.exec_driver_sql("SELECT block FROM order_search_data WHERE id = 10").scalar_one()
    begins = 8 if block[4:8] == b"\xff\x00\x00\x01" else 4  # after its cookie and version
    assert max(block[begins : begins + 2]) < 128, "numbers of one byte"
    return int(block[begins + 1])


@pytest.mark.parametrize(("orders_each", "times"), [(300, 60), (20, 300), (1, 200)])
def test_few_pieces_are_left_however_many_orders_come_at_once(
    store: Store, orders_each: int, times: int
) -> None:
    pieces, most = Pieces(store), 0
    for n in range(times):
        add(store, n * orders_each + 1, orders_each)
        pieces.came(orders_each)
        most = max(most, pieces_of(store))
    assert most <= 16


def test_what_is_not_merged_while_somebody_waits_is_merged_later(store: Store) -> None:
    pieces = Pieces(store)
    store._writing._count(1)
    for n in range(TURNS):
        with store.write() as c:
            order_search.index(c, [(n + 1, f"PEDIDO {n}")])
        pieces.came(1)
    assert pieces_of(store) == TURNS
    store._writing._count(-1)
    pieces.merge()
    assert pieces_of(store) == 1


def test_unchanged_orders_and_an_end_without_any_merge_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def merged(self: Store, work: object) -> bool:
        raise AssertionError("nothing came")

    monkeypatch.setattr(Store, "in_passing", merged)
    pieces = Pieces(store)
    for _ in range(TURNS):
        pieces.came(0)
    pieces.merge()
