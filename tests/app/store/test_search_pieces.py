"""The search's pieces stay few, and merging them keeps nobody waiting."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store import order_search, search_pieces
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


def pages_of(store: Store) -> list[int]:
    """The pages of each piece, the longest last (FTS5's %_idx has a row for nearly each page)."""
    with store.read() as c:
        found = c.exec_driver_sql("SELECT count(*) FROM order_search_idx GROUP BY segid").scalars()
        return sorted(found)


@pytest.mark.parametrize("is_near", [False, True])
@pytest.mark.parametrize(("orders_each", "times"), [(300, 60), (20, 300), (1, 200)])
def test_few_pieces_are_left_however_many_orders_come_at_once(
    store: Store, orders_each: int, times: int, is_near: bool
) -> None:
    pieces, most = Pieces(store, lambda: is_near), 0
    for n in range(times):
        add(store, n * orders_each + 1, orders_each)
        pieces.came(orders_each)
        most = max(most, pieces_of(store))
    assert most <= 16


def test_what_is_not_merged_while_somebody_waits_is_merged_later(store: Store) -> None:
    pieces = Pieces(store, lambda: False)
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
    pieces = Pieces(store, lambda: False)
    for _ in range(TURNS):
        pieces.came(0)
    pieces.merge()


@pytest.fixture
def long_ones(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The pages of three long pieces of a size, beside which the short ones of it come to be."""
    monkeypatch.setattr(search_pieces, "LONG", 60)
    pieces = Pieces(store, lambda: False)
    for n in range(3 * TURNS):
        add(store, n * 300 + 1, 300)
        pieces.came(3000)
    made = pages_of(store)
    assert len(made) == 3
    assert made[0] > 60 / 3
    return made


def test_long_pieces_are_left_as_they_are_while_somebody_may_scan(
    store: Store, long_ones: list[int]
) -> None:
    pieces = Pieces(store, lambda: True)
    for n in range(10 * TURNS):
        add(store, 10_000 + n * 20, 20)
        pieces.came(20)
    assert pages_of(store)[-3:] == long_ones
    assert pieces_of(store) < len(long_ones) + 12, "the short ones are merged"
    quiet = Pieces(store, lambda: False)
    quiet.came(10_000)
    quiet.merge()
    assert pages_of(store)[-1] > sum(long_ones) * 0.7, "nobody is there: now they are"


def test_long_pieces_are_merged_while_somebody_may_scan_before_a_search_gets_slow(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_pieces, "LONG", 0)
    monkeypatch.setattr(search_pieces, "MANY", 6)
    pieces, most = Pieces(store, lambda: True), 0
    for n in range(10 * TURNS):
        add(store, n * 100 + 1, 100)
        pieces.came(300)
        most = max(most, pieces_of(store))
    assert 6 <= most < 14


def test_pieces_stay_few_where_a_merge_of_what_was_deleted_is_begun_when_somebody_comes(
    store: Store,
) -> None:
    near = False
    pieces = Pieces(store, lambda: near)
    counts: list[int] = []
    for n in range(1000):
        known = [CHANCE.randrange(n * 20 + 1) for _ in range(10)]  # half of all are changed ones
        with store.write() as c:
            found = [
                (order, f"PEDIDO {CHANCE.random()} LOJA {CHANCE.random()}")
                for order in {*known, *range(n * 20 + 1, n * 20 + 11)}
            ]
            order_search.index(c, found)
        pieces.came(20)
        with store.read() as c:
            possible = list(search_pieces._possible(c))
        near = near or any(x.is_begun and x.pieces < TURNS for x in possible)
        if near:
            counts.append(max(x.of_a_size for x in possible))
    assert len(counts) > 500, "such a merge was never begun"
    assert max(counts) <= 16


def test_long_pieces_that_came_since_a_merge_of_them_was_begun_are_counted_too(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = Pieces(store, lambda: False)
    for n in range(4):
        add(store, n * 300 + 1, 300)
    pieces.came(1)
    pieces.merge()  # a few pages of it
    with store.read() as c:
        assert any(x.is_begun for x in search_pieces._possible(c))
    monkeypatch.setattr(search_pieces, "LONG", 0)
    monkeypatch.setattr(search_pieces, "MANY", 6)
    pieces, most = Pieces(store, lambda: True), 0
    for n in range(60):
        add(store, 2000 + n * 100, 100)
        pieces.came(300)
        with store.read() as c:
            most = max(most, *(x.of_a_size for x in search_pieces._possible(c)))
    assert most <= 8
