"""Rows that come in by the thousand are the same as rows that come one by one."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from app import demo
from app.store import bulk, orders
from app.store.schema import ORDER_LINES, ORDERS, RECIPIENTS
from tests.support import homes

NOW = datetime(2026, 11, 24, 12, tzinfo=timezone(timedelta(hours=-3)))


@pytest.fixture
def stores(tmp_path: Path):
    made = [homes.store(tmp_path / f"{name}.db") for name in ("a", "b")]
    yield made
    for store in made:
        store.close()


def test_rows_in_bulk_are_kept_as_the_columns_own_types_keep_them(stores, monkeypatch) -> None:
    new = [
        orders.NewOrder(at, order, "digest", "RELEASED", "16:30", NOW if at % 2 else None)
        for at, order in enumerate(demo.orders(demo.products(), NOW, count=30), 1)
    ]
    with stores[0].write() as c:
        orders.insert_orders(c, new, NOW)
    monkeypatch.setattr(
        bulk,
        "insert",
        lambda c, table, names, rows: c.execute(
            insert(table), [dict(zip(names, row, strict=True)) for row in rows]
        ),
    )
    with stores[1].write() as c:
        orders.insert_orders(c, new, NOW)
    for table in (ORDERS, RECIPIENTS, ORDER_LINES):
        found = []
        for store in stores:
            with store.read() as c:
                plain = c.exec_driver_sql(f"SELECT * FROM {table.name} ORDER BY 1, 2, 3").all()
                found.append(([tuple(row) for row in plain], c.execute(select(table)).all()))
        assert found[0] == found[1]
        assert found[0][0]


def test_a_moment_without_its_zone_is_refused(stores) -> None:
    row = {"warehouse_id": 1, "id": 1, "placed_at": NOW.replace(tzinfo=None)}
    with pytest.raises(ValueError, match="naive"), stores[0].write() as c:
        bulk.insert(c, ORDERS, row, [row.values()])
