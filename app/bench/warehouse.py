"""A demo warehouse with made-up goods and orders by the million added, written by plain SQL.

It takes minutes where taking the same orders as the product does would take an hour. No part of
the product writes so; what is measured is what the product then does with them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.domain.decision import Outcome
from app.engine import Engine
from app.rehearsal import Clock
from app.security.keys import store_key
from app.station.views import Feedback
from app.store.connecting import connect
from app.store.database import LOG_PAGES

START = datetime(2026, 11, 24, 12, tzinfo=UTC)
FIRST_ID = 1_000  # the demo's own orders stand below
SEARCH_PART = (
    50_000  # orders indexed at once: the search keeps what it has not yet merged in memory
)


def make(home: Path, orders: int, skus: int) -> None:
    """Make `home`, an empty folder, a demo warehouse with so many orders and SKUs more.

    One order in five is to be picked, one in twenty was received and waits, the rest is history:
    shipped or delivered. Each has one, two or three lines of one or two units.
    """
    Engine.open(home, demo=True, exclusive=True, clock=Clock(START)).close()
    db = raw(home)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_size = -400000")
    db.execute("BEGIN")
    goods = {"skus": skus, "orders": orders, "first": FIRST_ID, "start": int(START.timestamp())}
    for statement in (*_GOODS, *_ORDERS):
        db.execute(statement, {k: v for k, v in goods.items() if f":{k}" in statement})
    later = db.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'orders'"
        " AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in later:
        db.execute(f"DROP INDEX {name}")
    trigger = db.execute("SELECT sql FROM sqlite_master WHERE name = 'orders_counted'").fetchone()
    db.execute("DROP TRIGGER orders_counted")
    db.execute(_ROWS, {k: goods[k] for k in ("orders", "first", "start")})
    db.execute(trigger[0])
    for _, sql in later:
        db.execute(sql)
    for statement in _COUNTS:
        db.execute(statement)
    for first in range(FIRST_ID, FIRST_ID + orders, SEARCH_PART):
        end = min(first + SEARCH_PART, FIRST_ID + orders)
        db.execute(_SEARCH, {"first": first, "end": end})
    db.execute(_MERGED)
    db.execute("COMMIT")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def raw(home: Path) -> Any:
    """A plain connection to the store of `home`, with the product's own durability."""
    key, _ = store_key(home)
    db = connect(home / "expedita.db", key)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA temp_store = MEMORY")
    db.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
    return db


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def expect(answer: Feedback, *outcomes: Outcome) -> None:
    """End the bench, and say what the console answered, where it is none of `outcomes`."""
    if answer.outcome not in outcomes:
        raise SystemExit(f"expedita bench: {answer.outcome} {answer.code} {dict(answer.params)}")


_N = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {}) "
_SKU = "printf('BENCH-%06d', {})"

_GOODS = (
    "INSERT INTO products (warehouse_id, sku, name, category, tracking, substitutes, digest,"
    " weight_g, length_mm, width_mm, height_mm) "
    + _N.format(":skus")
    + f"SELECT 1, {_SKU.format('i')}, 'Produto inventado ' || i, 'casa', 'none', '[]', '',"
    " 100 + i % 900, 100, 80, 60 FROM n",
    "INSERT INTO barcodes (warehouse_id, code, sku, quantity, linked) "
    + _N.format(":skus")
    + f"SELECT 1, {_SKU.format('i')}, {_SKU.format('i')}, 1, 0 FROM n",
    "INSERT INTO bins (warehouse_id, code, zone, pick_sequence) "
    + _N.format(":skus")
    + "SELECT 1, printf('Z-%06d', i), 'Z', 10000 + i FROM n",
    "INSERT INTO stock (warehouse_id, bin, sku, lot, quantity, digest, recount) "
    + _N.format(":skus")
    + f"SELECT 1, printf('Z-%06d', i), {_SKU.format('i')}, '', 1000, '', 0 FROM n",
)
# A multiplier that shares no factor with the number of SKUs spreads an order's goods over them all.
_LINE_SKU = _SKU.format("((i * 7919 + k * 104729) % :skus)")
_ORDERS = (
    "INSERT INTO lanes (warehouse_id, id, channel, carrier, service_name)"  # none of the demo's
    " VALUES (1, 901, 'loja', 'correios', 'SEDEX 10'),"
    " (1, 902, 'marketplace', 'jadlog', 'Package 10'), (1, 903, 'atacado', 'loggi', 'Expresso 10')",
    "INSERT INTO recipients (warehouse_id, order_id, name, document, email, phone, cep, street,"
    " house_number, complement, district, city, state) "
    + _N.format(":orders")
    + "SELECT 1, :first + i, 'Pessoa Inventada ' || i, '00000000191', 'ninguem@example.com', '',"
    " printf('%08d', 1000000 + i % 90000000), 'Rua Inventada ' || (i % 977), i % 3000, '',"
    " 'Centro', 'São Paulo', 'SP' FROM n",
    "INSERT INTO order_lines (warehouse_id, order_id, line_id, position, sku, quantity, unit_price,"
    " picked, short, verified, put_back, short_reason, substituted_by) "
    + _N.format(":orders")
    + f"SELECT 1, :first + i, k, k, {_LINE_SKU}, 1 + (i + k) % 2, '19.90', 0, 0, 0, 0, '', ''"
    " FROM n JOIN (SELECT 0 AS k UNION SELECT 1 UNION SELECT 2) ON k <= i % 3",
)


def _moment(seconds: str) -> str:
    return f"strftime('%Y-%m-%d %H:%M:%S', {seconds}, 'unixepoch') || '.000000'"


_ROWS = (
    "INSERT INTO orders (warehouse_id, id, source, external_id, number, channel, placed_at,"
    " paid_at, ship_by, promised_at, payment_status, source_status, carrier, service_code,"
    " service_name, freight, total, note, gift_text, allow_substitution, line_count, unit_count,"
    " address_version, digest, source_at, state, lane, cutoff, due_at, late_at, pinned, hold,"
    " problem, claimed_by, parked, changed_at, since) "
    + _N.format(":orders")
    + f"SELECT 1, :first + i, 'history', 'h' || i, printf('B%07d', i),"
    " CASE i % 3 WHEN 0 THEN 'loja' WHEN 1 THEN 'marketplace' ELSE 'atacado' END,"
    f" {_moment(':start - i')}, {_moment(':start - i')}, {_moment(':start + i % 400000')},"
    f" {_moment(':start + 86400 + i % 400000')}, 'paid', 'open',"
    " CASE i % 3 WHEN 0 THEN 'correios' WHEN 1 THEN 'jadlog' ELSE 'loggi' END,"
    " CASE i % 3 WHEN 0 THEN '03220' WHEN 1 THEN '3' ELSE '1' END,"
    " CASE i % 3 WHEN 0 THEN 'SEDEX 10' WHEN 1 THEN 'Package 10' ELSE 'Expresso 10' END,"
    " '10.00', '59.80', '', '', 0, 1 + i % 3,"
    " CASE i % 3 WHEN 0 THEN 1 + i % 2 WHEN 1 THEN 3 ELSE 4 + i % 2 END, 1, '', NULL,"
    " CASE WHEN i % 5 = 0 THEN 'RELEASED' WHEN i % 20 = 1 THEN 'RECEIVED'"
    " WHEN i % 2 = 0 THEN 'SHIPPED' ELSE 'DELIVERED' END,"
    " 901 + i % 3, CASE i % 3 WHEN 0 THEN '16:30' WHEN 1 THEN '17:30' ELSE '19:00' END,"
    f" {_moment(':start + 86400 + i % 400000')}, {_moment(':start + i % 400000')},"
    f" 0, '', '', '', '', {_moment(':start - i')}, NULL FROM n"
)
_COUNTS = (
    "INSERT OR REPLACE INTO queue_counts (warehouse_id, queue, orders)"
    " SELECT 1, queue, count(*) FROM orders WHERE warehouse_id = 1 GROUP BY queue",
    "INSERT OR REPLACE INTO rank_counts (warehouse_id, pinned, cutoff, day, queue, orders)"
    " SELECT 1, pinned, cutoff, substr(due_at, 1, 10), queue, count(*) FROM orders"
    " WHERE warehouse_id = 1 GROUP BY 2, 3, 4, 5",
)
# The search's pieces as the product leaves them, which merges them with each order that comes.
_MERGED = "INSERT INTO order_search(order_search, rank) VALUES ('merge', 1000000)"
_SEARCH = (
    "INSERT INTO order_search(rowid, text) SELECT o.id, upper(o.number || ' ' ||"
    " (SELECT group_concat(l.sku, ' ') FROM order_lines l WHERE l.warehouse_id = 1"
    " AND l.order_id = o.id)) FROM orders o"
    " WHERE o.warehouse_id = 1 AND o.id >= :first AND o.id < :end"
)
