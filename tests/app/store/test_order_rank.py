"""Pages in the rank are what a reader of all orders would cut, whatever was changed before."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, delete, func, select, update

from app import demo
from app.store import order_rank, order_rows, order_search
from app.store.database import Store
from app.store.schema import ORDERS, RANK_COUNTS
from tests.support import homes

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
CUTOFFS = ("10:00", "16:30", "99:99")
STATES = ("RELEASED", "RECEIVED", "PACKED", "SHIPPED")
CHANCE = random.Random(1126)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Orders due on nine days, a part of which was changed in every way since they came."""
    made = homes.store(tmp_path_factory.mktemp("rank") / "expedita.db")
    with made.write() as c:
        new = [
            order_rows.NewOrder(
                at, order, order_rows.rows_of(order), "", CHANCE.choice(STATES),
                cutoff=CHANCE.choice(CUTOFFS),
            )
            for at, order in enumerate(demo.orders(demo.products(), NOW, count=150), 1)
        ]  # fmt: skip
        order_rows.insert(c, new, NOW)
        for order_id in range(1, 151):
            due_at = NOW + timedelta(hours=CHANCE.randrange(200))
            change(c, order_id, due_at=due_at)
        for _ in range(150):
            column, values = CHANCE.choice(
                [("state", STATES), ("pinned", (True, False)), ("cutoff", CUTOFFS),
                 ("hold", ("", "motivo")), ("due_at", (NOW, NOW + timedelta(days=2)))]
            )  # fmt: skip
            change(c, CHANCE.randrange(1, 151), **{column: CHANCE.choice(values)})
        c.execute(delete(ORDERS).where(ORDERS.c.id % 10 == 0))
    yield made
    made.close()


def change(c: Connection, order_id: int, **values: object) -> None:
    c.execute(update(ORDERS).where(ORDERS.c.id == order_id).values(**values))


def test_the_landmarks_count_what_is_there(store: Store) -> None:
    order, mark = ORDERS.c, RANK_COUNTS.c
    day = func.substr(order.due_at, 1, 10)
    kept = (mark.pinned, mark.cutoff, mark.day, mark.queue)
    with store.read() as c:
        rows = c.execute(
            select(order.pinned, order.cutoff, day, order.queue, func.count()).group_by(
                order.pinned, order.cutoff, day, order.queue
            )
        )
        expected = {tuple(row) for row in rows}
        found = {tuple(row) for row in c.execute(select(*kept, mark.orders)) if row.orders}
    assert {row[2] for row in found} >= {f"2026-11-{day}" for day in range(24, 31)}
    assert found == expected


@pytest.mark.parametrize("queue", ["", "to_pick", "exceptions", "shipped", "picking"])
@pytest.mark.parametrize("local_time", ["00:00", "12:00", "16:30", "23:59"])
def test_pages_from_any_place_are_those_of_the_whole_list(
    store: Store, queue: str, local_time: str
) -> None:
    with store.read() as c:
        orders = c.execute(select(ORDERS)).all()
        ranked = sorted(
            (not row.pinned, row.cutoff < local_time, row.cutoff, row.due_at, row.id)
            for row in orders
            if not queue or row.queue == queue
        )
        expected = [rank[-1] for rank in ranked]
        for offset in range(len(expected) + 2):
            page = order_rank.page(c, queue, offset, 7, local_time)
            assert page == expected[offset : offset + 7], offset
        walked = [rank[-1] for rank in order_rank.walk(c, queue, local_time)]
        rows, size = order_search.page(c, "", queue, 3, 7, local_time)
    assert walked == expected
    assert ([row.id for row in rows], size) == (expected[3:10], len(expected))


@pytest.mark.parametrize("queue", ["", "to_pick"])
def test_a_page_far_down_begins_to_read_on_its_day(store: Store, queue: str) -> None:
    asked: list[str] = []
    with store.read() as c:
        driver = c.connection.driver_connection
        assert driver is not None
        driver.set_trace_callback(asked.append)
        order_rank.page(c, queue, 20, 7, "12:00")
        driver.set_trace_callback(None)
        (page,) = [sql for sql in asked if "orders.id" in sql and "OFFSET" in sql][-1:]
        plan = [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {page}")]
    assert [line for line in plan if "(cutoff,due_at)>(?,?)" in line], plan
