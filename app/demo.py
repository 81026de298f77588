"""The embedded demo warehouse: made-up goods, bins and orders to try the console with.

Nothing here is anybody's: names are invented, documents are not real persons'.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from app.config import Settings
from app.connectors.records import Good, digest
from app.domain.codes import gtin_is_valid
from app.domain.model import (
    Address,
    BinStock,
    BoxType,
    Order,
    OrderLine,
    PackBarcode,
    Product,
    Recipient,
    Tracking,
)
from app.flow.intake import Intake
from app.flow.invoices import Policy
from app.flow.taking import OrderTaker
from app.security.audit import Audit
from app.security.operators import Operators
from app.security.roles import Role
from app.store import catalogue, packages
from app.store import settings as stored
from app.store.database import Store

PIN = "7391"
PEOPLE = (
    ("Gestora Demo", "DEMO", Role.SUPERVISOR),
    ("Separador Demo", "SEP", Role.PICKER),
    ("Conferente Demo", "CONF", Role.PACKER),
    ("Expedidor Demo", "EXP", Role.DISPATCHER),
)
CUTOFFS = {"correios": "16:30", "jadlog": "17:30", "loggi": "19:00"}
_GOODS = (
    ("Caneca de cerâmica", "casa", ("azul 300 ml", "preta 300 ml", "azul 450 ml"), 380, 110),
    ("Camiseta de algodão", "moda", ("P branca", "M branca", "G branca", "M preta"), 180, 260),
    ("Café torrado", "alimentos", ("250 g", "500 g", "1 kg"), 520, 200),
    ("Cabo USB-C", "eletrônicos", ("1 m", "2 m"), 60, 150),
    ("Fone de ouvido", "eletrônicos", ("com fio", "sem fio"), 190, 180),
    ("Vela aromática", "casa", ("lavanda", "baunilha", "capim-limão"), 240, 90),
    ("Creme para as mãos", "beleza", ("30 ml", "75 ml"), 110, 140),
    ("Sabonete artesanal", "beleza", ("aveia", "mel", "argila"), 100, 80),
    ("Livro de receitas", "livros", ("capa dura", "capa mole"), 640, 240),
    ("Quebra-cabeça", "brinquedos", ("500 peças", "1000 peças"), 700, 320),
    ("Garrafa térmica", "casa", ("500 ml", "750 ml", "1 litro"), 450, 280),
    ("Tapete de ioga", "esporte", ("verde", "roxo"), 1100, 620),
)
_NAMES = ("Ana Exemplo", "Bruno Modelo", "Clara Amostra", "Davi Teste", "Elisa Demonstração")
_PLACES = (
    ("01310100", "Avenida Demonstração", "Centro", "São Paulo", "SP"),
    ("20040002", "Rua do Exemplo", "Centro", "Rio de Janeiro", "RJ"),
    ("30130010", "Rua da Amostra", "Funcionários", "Belo Horizonte", "MG"),
    ("69005010", "Travessa Modelo", "Centro", "Manaus", "AM"),
    ("90010150", "Rua do Teste", "Centro Histórico", "Porto Alegre", "RS"),
)
_SERVICES = (
    ("correios", "03220", "SEDEX"),
    ("correios", "03298", "PAC"),
    ("jadlog", "3", "Package"),
    ("loggi", "1", "Expresso"),
)


def fill(store: Store, now: datetime) -> None:
    """Make the demo warehouse, once."""
    with store.read() as c:
        if stored.load(c).get("company.name"):
            return
    goods = products()
    with store.write() as c:
        for product in goods:
            catalogue.put_product(c, product, digest(product.sku))
        for place in bins(goods, now):
            catalogue.put_stock(c, place, digest(place.bin))
        for box in boxes():
            catalogue.put_box(c, box)
        for number, (carrier, prefix) in enumerate(
            (("correios", "QA"), ("jadlog", "QB"), ("loggi", "QC"))
        ):
            packages.add_range(
                c,
                carrier=carrier,
                service_code="",
                prefix=prefix,
                country="BR",
                first=10_000_000 * (number + 1),
                last=10_000_000 * (number + 1) + 9_999,
            )
        for carrier, cutoff in CUTOFFS.items():
            stored.put(c, f"cutoff.{carrier}", cutoff)
    known = Operators(store, Audit(store, "demo", lambda: now))
    known.add_first_supervisor(PEOPLE[0][0], PEOPLE[0][1], PIN)
    for name, badge, role in PEOPLE[1:]:
        known.add(name, badge, role, PIN)
    with store.read() as c:
        cutoffs = Settings(stored.load(c)).cutoffs()
    intake = Intake(
        store,
        OrderTaker(
            station_id="demo",
            clock=lambda: now,
            cutoff_of=lambda carrier: cutoffs.get(carrier, "99:99"),
            policy=Policy(),
        ),
        clock=lambda: now,
        policy=Policy(),
    )
    intake.take_orders(
        Good(order, n, digest(order.number), 0) for n, order in enumerate(orders(goods, now))
    )
    with store.write() as c:  # last, so that a broken-off start begins again
        stored.put(c, "company.name", "Armazém Demonstração")
        for key, value in (
            ("street", "Rua do Galpão"),
            ("number", "100"),
            ("city", "São Paulo"),
            ("state", "SP"),
            ("cep", "05000000"),
        ):
            stored.put(c, f"company.{key}", value)


def products() -> list[Product]:
    """About thirty products, with look-alikes that differ in one word."""
    goods = []
    for group, (name, category, kinds, weight_g, length_mm) in enumerate(_GOODS, 1):
        for at, kind in enumerate(kinds, 1):
            root = f"7890000{group:02d}{at:03d}"
            tracked = Tracking.LOT_EXPIRY if category == "alimentos" else Tracking.NONE
            goods.append(
                Product(
                    sku=f"DEMO-{group:02d}{at:02d}",
                    name=f"{name} {kind}",
                    gtins=(_gtin(root),),
                    packs=(PackBarcode(_gtin("1" + root), 12),) if at == 1 else (),
                    weight_g=weight_g,
                    length_mm=length_mm,
                    width_mm=length_mm // 2 + 20,
                    height_mm=60,
                    category=category,
                    tracking=tracked,
                    substitutes=(f"DEMO-{group:02d}{at % len(kinds) + 1:02d}",),
                )
            )
    return goods


def bins(goods: list[Product], now: datetime) -> Iterator[BinStock]:
    """Two bins a product along three aisles; food with lots and expiry."""
    for at, (product, second) in enumerate(itertools.product(goods, (0, 1))):
        aisle = "ABC"[at % 3]
        lot, expiry = "", None
        if product.tracking is Tracking.LOT_EXPIRY:
            lot = f"L{at:03d}"
            expiry = (now + timedelta(days=60 + 90 * second)).date()
        yield BinStock(
            bin=f"{aisle}-{at // 12 + 1:02d}-{at % 12 + 1:02d}",
            zone=aisle,
            pick_sequence=(at % 3) * 1000 + at,
            sku=product.sku,
            quantity=40 if second else 120,
            lot=lot,
            expiry=expiry,
        )


def boxes() -> list[BoxType]:
    return [
        BoxType("CX-P", 180, 130, 90, 3_000, 60),
        BoxType("CX-M", 270, 200, 140, 8_000, 120),
        BoxType("CX-G", 400, 300, 250, 20_000, 260),
        BoxType("CX-GG", 700, 450, 350, 30_000, 480),
    ]


def orders(goods: list[Product], now: datetime, count: int = 160) -> Iterator[Order]:
    """Orders of the last two days, some with a note, unpaid or cancelled."""
    chance = random.Random(2026)
    for at in range(count):
        placed = now - timedelta(hours=chance.uniform(1, 48))
        due = now + timedelta(hours=chance.uniform(-4, 60))
        carrier, service_code, service_name = chance.choice(_SERVICES)
        cep, street, district, city, state = chance.choice(_PLACES)
        chosen = chance.sample(goods, chance.choice((1, 1, 1, 2, 2, 3)))
        paid = at % 23 != 22
        yield Order(
            source="demo",
            external_id=f"demo-{at:05d}",
            number=str(10_000 + at),
            channel=chance.choice(("loja", "marketplace")),
            placed_at=placed,
            paid_at=placed + timedelta(minutes=10) if paid else None,
            ship_by=due,
            promised_at=due + timedelta(days=4),
            payment_status="paid" if paid else "pending",
            status="cancelled" if at % 41 == 40 else "open",
            carrier=carrier,
            service_code=service_code,
            service_name=service_name,
            recipient=Recipient(chance.choice(_NAMES), "00000000191", "cliente@example.com", ""),
            address=Address(cep, street, str(chance.randint(1, 900)), "", district, city, state),
            lines=tuple(
                OrderLine(str(n), product.sku, chance.choice((1, 1, 1, 2, 3)), Decimal("39.90"))
                for n, product in enumerate(chosen, 1)
            ),
            freight=Decimal("18.50"),
            total=Decimal("58.40"),
            note="Presente: não incluir a nota de preço" if at % 17 == 3 else "",
            allow_substitution=at % 5 == 0,
        )


def _gtin(root: str) -> str:
    return next(root + str(digit) for digit in range(10) if gtin_is_valid(root + str(digit)))
