"""A small warehouse to work in, and order files to take in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from argon2 import PasswordHasher
from msgspec.structs import replace

from app import demo
from app.connectors.records import digest
from app.engine import Engine
from app.security.keys import KeyChoice, KeySource
from app.security.operators import Operators
from app.store import catalogue, packages

BADGE, PIN = "SOAK", "7391"
# A sign-in follows each kill: a cheap PIN leaves the time to the work.
HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
CARRIER, SERVICE = "correios", "03220"
STATION = "Estação 1"


def make(home: Path, printer_port: int) -> dict[tuple[str, str, str], int]:
    """Make the warehouse; gives the units that it begins with, by bin, SKU and lot."""
    engine = Engine.open(home, choose=lambda: KeyChoice(KeySource.FILE))
    now = datetime.now(UTC)
    goods = demo.products()
    places = [replace(place, quantity=5000) for place in demo.bins(goods, now)]
    with engine.store.write() as c:
        for product in goods:
            catalogue.put_product(c, product, digest(product.sku))
        for place in places:
            catalogue.put_stock(c, place, digest(place.bin))
        for box in demo.boxes():
            catalogue.put_box(c, box)
        packages.add_range(
            c, carrier=CARRIER, service_code="", prefix="QA", country="BR",
            first=10_000_000, last=10_999_999,
        )  # fmt: skip
    people = Operators(engine.store, engine.audit, HASHER)
    people.add_first_supervisor("Operadora Simulada", BADGE, PIN)
    engine.set_setting("scanner.cooldown_ms", "0")
    printing = engine.printing_unattended()
    printing.put_printer("SOAK", "Simulada", f"socket://127.0.0.1:{printer_port}", 203)
    printing.use("SOAK")
    engine.close()
    return {(place.bin, place.sku, place.lot): place.quantity for place in places}


def order_file(path: Path, first: int, count: int) -> list[str]:
    """Write an order file; gives the numbers of its orders."""
    records = list(_records(first, count))
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return [str(record["number"]) for record in records]


def _records(first: int, count: int) -> Iterable[dict[str, object]]:
    skus = _skus()
    now = datetime.now(UTC)
    for n in range(first, first + count):
        yield {
            "source": "soak", "external_id": f"soak-{n}", "number": str(n), "channel": "loja",
            "placed_at": (now - timedelta(hours=1)).isoformat(),
            "paid_at": (now - timedelta(minutes=50)).isoformat(),
            "promised_at": (now + timedelta(days=3)).isoformat(),
            "payment_status": "paid", "status": "open",
            "carrier": CARRIER, "service_code": SERVICE, "service_name": "SEDEX",
            "recipient": {"name": "Pessoa Simulada", "document": "", "email": "", "phone": ""},
            "address": {"cep": "01310100", "street": "Rua Simulada", "number": str(n),
                        "complement": "", "district": "Centro", "city": "São Paulo",
                        "state": "SP"},
            "lines": [
                {"line_id": str(k + 1), "sku": skus[(n * 7 + k * 5) % len(skus)],
                 "quantity": 1 + (n + k) % 3, "unit_price": "10.00"}
                for k in range(1 + n % 3)
            ],
            "freight": "0", "total": "10.00",
        }  # fmt: skip


def _skus() -> list[str]:
    """Products without lots: their code alone is a whole scan."""
    return [product.sku for product in demo.products() if product.tracking.value == "none"]


def totes() -> Iterator[str]:
    yield from (f"T-{n:03d}" for n in range(1, 400))
