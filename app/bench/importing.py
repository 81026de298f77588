"""How fast a file of orders comes in.

The floor is measured in the same run, part by part: the same lines, parsed, and put by plain
upserts into the same tables with the same indexes, search and durability. `bare` does the same
into tables that have nothing but their keys: no rank, no search, no counts.
"""

from __future__ import annotations

import json
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from app.bench import orders_server, warehouse
from app.bench.report import Report, median, ratio
from app.bench.warehouse import expect, timed
from app.domain.decision import Outcome
from app.engine import Engine
from app.rehearsal import Clock

PARTS = 5
CHUNK = 500  # orders in one transaction of the floors


def run(home: Path, orders: int = 100_000) -> Report:
    """Measure in `home`, an empty folder."""
    for name in ("console", "floor", "bare"):
        Engine.open(home / name, demo=True, clock=Clock(warehouse.START)).close()
    floor, bare = warehouse.raw(home / "floor"), warehouse.raw(home / "bare")
    strip(bare)
    engine = Engine.open(home / "console", demo=True, clock=Clock(warehouse.START))
    rates: dict[str, list[float]] = {"console": [], "floor": [], "bare": []}
    try:
        for part in range(PARTS):
            file = home / f"part{part}.jsonl"
            first, end = orders * part // PARTS, orders * (part + 1) // PARTS
            write_file(file, first, end)

            works = {
                "console": partial(_take, engine, file, end - first),
                "floor": partial(upsert, floor, file, first, search=True),
                "bare": partial(upsert, bare, file, first, search=False),
            }
            for name, work in works.items():
                rates[name].append((end - first) / timed(work))
    finally:
        engine.close()
    rate, floor_rate, bare_rate = (median(rates[name]) for name in ("console", "floor", "bare"))
    more = {
        "orders_per_s": rate,
        "floor_orders_per_s": floor_rate,
        "bare_orders_per_s": bare_rate,
        "bare_ratio": ratio(bare_rate, rate),
    }
    per_order = (1e6 / rate, 1e6 / floor_rate)
    return Report("import", per_order[0], "µs an order", orders, per_order[1], more)


def _take(engine: Engine, file: Path, count: int) -> None:
    done = engine.import_unattended(file)
    expect(done, Outcome.DONE)
    assert done.params["new"] == count, done


def write_file(file: Path, first: int, end: int) -> None:
    """Orders of five lines as JSON Lines."""
    with file.open("w", encoding="utf-8") as stream:
        for n in range(first, end):
            stream.write(json.dumps(orders_server.order(n), ensure_ascii=False) + "\n")


def strip(db: Any) -> None:
    """Take all away that makes orders findable and ranked."""
    kinds = ("index", "trigger")
    found = db.execute(
        "SELECT type, name FROM sqlite_master WHERE type IN (?, ?) AND sql IS NOT NULL", kinds
    ).fetchall()
    for kind, name in found:
        db.execute(f"DROP {kind} {name}")


def upsert(db: Any, file: Path, first: int, *, search: bool) -> None:
    """The plainest way that leaves the same rows."""
    with file.open("rb") as stream:
        at = warehouse.FIRST_ID + first
        while records := [json.loads(line) for line in islice(stream, CHUNK)]:
            numbered = list(enumerate(records, at))
            db.execute("BEGIN IMMEDIATE")
            db.executemany(_ORDER, [_order(n, r) for n, r in numbered])
            db.executemany(_PERSON, [_person(n, r) for n, r in numbered])
            db.executemany(
                _LINE,
                [
                    (n, x["line_id"], k, x["sku"], x["quantity"], x["unit_price"])
                    for n, r in numbered
                    for k, x in enumerate(r["lines"])
                ],
            )
            if search:
                db.executemany(_SEARCH, [_words(n, r) for n, r in numbered])
            db.execute("COMMIT")
            at += len(records)


def _order(n: int, r: dict[str, Any]) -> tuple[Any, ...]:
    units = sum(line["quantity"] for line in r["lines"])
    return (
        n, r["source"], r["external_id"], r["number"], r["channel"], r["placed_at"], r["paid_at"],
        r["promised_at"], r["payment_status"], r["status"], r["carrier"], r["service_code"],
        r["service_name"], r["freight"], r["total"], len(r["lines"]), units, r["promised_at"],
    )  # fmt: skip


def _person(n: int, r: dict[str, Any]) -> tuple[Any, ...]:
    who, where = r["recipient"], r["address"]
    return (
        n, who["name"], who["document"], who["email"], who["phone"], where["cep"],
        where["street"], where["number"], where["complement"], where["district"],
        where["city"], where["state"],
    )  # fmt: skip


def _words(n: int, r: dict[str, Any]) -> tuple[Any, ...]:
    return n, " ".join([r["number"], *(line["sku"] for line in r["lines"])]).upper()


_ORDER = """
INSERT INTO orders (warehouse_id, id, source, external_id, number, channel, placed_at, paid_at,
 promised_at, payment_status, source_status, carrier, service_code, service_name, freight, total,
 line_count, unit_count, due_at, note, gift_text, allow_substitution, address_version, digest,
 state, lane, cutoff, pinned, hold, problem, claimed_by, parked, changed_at)
VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', 0, 1, '', 'RELEASED', 1,
 '16:30', 0, '', '', '', '', '2026-11-24 12:00:00.000000')
ON CONFLICT (warehouse_id, id) DO UPDATE SET digest = excluded.digest
"""
_PERSON = """
INSERT INTO recipients (warehouse_id, order_id, name, document, email, phone, cep, street,
 house_number, complement, district, city, state) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (warehouse_id, order_id) DO UPDATE SET name = excluded.name
"""
_LINE = """
INSERT INTO order_lines (warehouse_id, order_id, line_id, position, sku, quantity, unit_price,
 picked, short, verified, put_back, short_reason, substituted_by)
VALUES (1, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, '', '')
ON CONFLICT (warehouse_id, order_id, line_id) DO UPDATE SET quantity = excluded.quantity
"""
_SEARCH = "INSERT OR REPLACE INTO order_search(rowid, text) VALUES (?, ?)"
