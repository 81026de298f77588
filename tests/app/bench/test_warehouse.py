"""The made-up warehouse holds what the product itself would have written."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select

from app.bench import warehouse
from app.engine import Engine
from app.rehearsal import Clock
from app.store import order_search, orders
from app.store.schema import ORDERS


def test_the_product_finds_ranks_and_counts_what_was_written_beside_it(tmp_path: Path) -> None:
    warehouse.make(tmp_path, 300, 40)
    engine = Engine.open(tmp_path, demo=True, clock=Clock())
    try:
        with engine.store.read() as c:
            known = select(ORDERS.c.queue, func.count()).group_by(ORDERS.c.queue)
            assert order_search.counts(c) == dict(c.execute(known).all())
            rows, total = order_search.page(c, "B0000123", "", 0, 5, "12:00")
            assert [row.number for row in rows] == ["B0000123"]
            assert total == 1
            lines = orders.lines(c, rows[0].id)
            assert (rows[0].line_count, rows[0].unit_count) == (
                len(lines),
                sum(line.quantity for line in lines),
            )
            assert order_search.page(c, lines[0].sku, "", 0, 500, "12:00")[1] >= 1
    finally:
        engine.close()
