"""The search finds what a reader of every order would, in the rank's order, however it looks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import Row, select, update

from app import demo
from app.domain.model import Order, OrderLine
from app.store import order_rows, order_search, order_words, orders
from app.store.database import Store
from app.store.schema import ORDERS
from tests.support import homes

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
QUEUES = ("", "received", "to_pick", "exceptions", "packed")
Known = list[tuple[Row[Any], list[str]]]
CUTOFFS = {"correios": "16:30", "jadlog": "10:00", "loggi": "99:99"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = homes.store(tmp_path_factory.mktemp("search") / "expedita.db")
    with made.write() as c:
        made_orders = [
            order_rows.NewOrder(
                at,
                order,
                order_rows.rows_of(order),
                digest="",
                state="PACKED" if at % 5 == 0 else "RELEASED" if at % 3 else "RECEIVED",
                cutoff=CUTOFFS[order.carrier],
            )
            for at, order in enumerate(orders_of_all_kinds(), 1)
        ]
        order_rows.insert(c, made_orders, NOW)
        for column, value in (("pinned", True), ("hold", "motivo")):
            some = ORDERS.c.id.in_(range(7 if column == "hold" else 4, 200, 31))
            c.execute(update(ORDERS).where(some).values({column: value}))
    yield made
    made.close()


def orders_of_all_kinds() -> Iterator[Order]:
    """Some of them with a SKU in small letters, and one beyond ASCII."""
    for at, order in enumerate(demo.orders(demo.products(), NOW, count=200)):
        small = OrderLine("small", f"Café-{at}", 1, Decimal(1))
        yield order if at % 9 else replace(order, lines=(*order.lines, small))


@pytest.fixture(scope="module")
def known(store: Store) -> Known:
    """Every order with the SKUs on it."""
    with store.read() as c:
        return [
            (row, [line.sku for line in orders.lines(c, row.id)])
            for row in c.execute(select(ORDERS)).all()
        ]


# How few orders are sorted, and how many must say the words for a walk to go on looking.
WAYS = {
    "the matches sorted": (3_000, 0.1),
    "the rank walked, each text looked at": (0, 0.0),
    "the rank walked over a list of those that may match": (0, 0.5),
    "the rank walked over a list of the matches": (0, 2.0),
}


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    few, soon = WAYS[request.param]
    monkeypatch.setattr(order_words, "_FEW", few)
    monkeypatch.setattr(order_words, "_SOON", soon)
    monkeypatch.setattr(order_words, "_AT_ONCE", 7)


WORDS = st.sampled_from(
    ["correios", "LOGGI", "pac", "demo-0", "DEMO-0301", "10", "100", "1012", "loja", "zzz", "-0",
     '"', "%", "_", "demo_0", "é", "sedex", "-02", "café", "CAFÉ-10", "CAF",
     "emo-03"]
)  # fmt: skip


@settings(
    max_examples=70, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.lists(WORDS, max_size=3), queue=st.sampled_from(QUEUES), offset=st.integers(0, 90))
@pytest.mark.usefixtures("way")
def test_a_page_is_what_a_reader_of_all_orders_would_find(
    store: Store, known: Known, words: list[str], queue: str, offset: int
) -> None:
    with store.read() as c:
        rows, total = order_search.page(c, " ".join(words), queue, offset, 50, "12:00")
    expected = naive(known, words, queue)
    assert total == len(expected)
    assert [row.id for row in rows] == expected[offset : offset + 50]


def naive(known: Known, words: list[str], queue: str) -> list[int]:
    found = []
    for row, skus in known:
        if queue and row.queue != queue:
            continue
        lane = f"{row.channel} {row.carrier} {row.service_name}".upper()
        if all(says(word.upper(), row.number, skus, lane) for word in words):
            found.append((not row.pinned, row.cutoff < "12:00", row.cutoff, row.due_at, row.id))
    return [rank[-1] for rank in sorted(found)]


def says(word: str, number: str, skus: list[str], lane: str) -> bool:
    if word in lane:
        return True
    if len(word) < 3:
        return number.startswith(word)
    return any(word in text.upper() for text in (number, *skus))


def test_a_search_with_very_many_matches_shows_the_best_of_them(
    store: Store, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order_search, "MOST_FOUND", 20)
    with store.read() as c:
        best, total = order_search.page(c, "demo", "to_pick", 0, 50, "12:00")
    expected = naive(known, ["demo"], "to_pick")
    assert total == 21
    assert [row.id for row in best] == expected[:20]


def test_the_counts_follow_every_change(store: Store) -> None:
    with store.read() as c:
        counted = order_search.counts(c)
        queues = [row.queue for row in c.execute(select(ORDERS.c.queue))]
    assert counted == {queue: queues.count(queue) for queue in set(queues)}


@pytest.mark.parametrize("queue", ["", "to_pick"])
@pytest.mark.usefixtures("way")
def test_no_question_of_a_search_reads_all_orders(store: Store, queue: str) -> None:
    """SQLite may choose to answer one from an index of all orders: for a single letter it did."""
    asked: list[str] = []
    with store.read() as c:
        driver = c.connection.driver_connection
        assert driver is not None
        driver.set_trace_callback(asked.append)
        for words in ("d", "de", "demo", "demo-03", "d 10", "loja d", "loja demo", "100 demo-0"):
            order_search.page(c, words, queue, 0, 50, "12:00")
        driver.set_trace_callback(None)
        driver.execute("CREATE TEMP TABLE listed (id INTEGER PRIMARY KEY)")
        for question in {sql for sql in asked if sql.startswith(("SELECT", "INSERT"))}:
            plan = [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {question}")]
            assert not [line for line in plan if line.split()[:2] in READS_ALL], question
            is_by_number = any("ix_orders_number" in line for line in plan)
            assert not is_by_number or "INDEXED BY ix_orders_number" in question, question
        driver.execute("DROP TABLE temp.listed")
    assert len(asked) > 20


READS_ALL = (["SCAN", "orders"], ["SCAN", "o"])
