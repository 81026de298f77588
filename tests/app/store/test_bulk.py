"""Rows that come in by the thousand are the same as rows that come one by one."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from app import demo
from app.domain.model import Order
from app.store import bulk, order_rows
from app.store.database import Store
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
    count = bulk.AT_ONCE + 7  # a whole statement, and some rows besides
    taken = list(demo.orders(demo.products(), NOW + timedelta(microseconds=5), count=count))
    _put(stores[0], taken)
    monkeypatch.setattr(bulk, "kept", lambda value: value)
    monkeypatch.setattr(
        bulk,
        "insert",
        lambda c, table, names, rows: c.execute(
            insert(table), [dict(zip(names, row, strict=True)) for row in rows]
        ),
    )
    _put(stores[1], taken)
    for table in (ORDERS, RECIPIENTS, ORDER_LINES):
        found = []
        for store in stores:
            with store.read() as c:
                plain = c.exec_driver_sql(f"SELECT * FROM {table.name} ORDER BY 1, 2, 3").all()
                found.append(([tuple(row) for row in plain], c.execute(select(table)).all()))
        assert found[0] == found[1]
        assert found[0][0]


def _put(store: Store, taken: list[Order]) -> None:
    new = [
        order_rows.NewOrder(
            order_id=at,
            order=order,
            rows=order_rows.rows_of(order),
            digest="digest",
            state="RELEASED",
            cutoff="16:30",
            source_at=NOW if at % 2 else None,
        )
        for at, order in enumerate(taken, 1)
    ]
    with store.write() as c:
        order_rows.insert(c, new, NOW)


def test_a_moment_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        bulk.kept(NOW.replace(tzinfo=None))
