"""A store with orders and a flow over it, for tests of the flow: a clock that a test moves."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec import structs

from app.config import Settings
from app.connectors.roles import Role
from app.demo import orders as demo_orders
from app.demo import products as demo_products
from app.domain.model import Order
from app.flow import build
from app.flow.invoices import Policy
from app.flow.runner import Flow, Round
from app.flow.taking import OrderTaker, Told
from app.store import catalogue, connectors, journal, orders, outbox
from app.store.journal import Stamp
from tests.support import homes
from tests.support.simulated_system import SimulatedSystem

START = datetime(2026, 11, 25, 12, tzinfo=UTC)


class FlowFloor:
    """`system` is every connector's other side, under the name that a test gives it."""

    def __init__(self, path: Path, seed: int = 1) -> None:
        self.store = homes.store(path / "expedita.db")
        self.system = SimulatedSystem()
        self.now = START
        self.settings = Settings()
        self.goods = demo_products()
        self._made = iter(demo_orders(self.goods, START, count=2000))
        self._random = random.Random(seed)
        with self.store.write() as c:
            for product in self.goods:
                catalogue.put_product(c, product, product.sku)

    def clock(self) -> datetime:
        return self.now

    def later(self, **amount: float) -> None:
        self.now += timedelta(**amount)

    def connect(self, name: str, *roles: Role, **options: str) -> None:
        steps = ["picked", "packed", "shipped"] if Role.ORDERS in roles else []
        with self.store.write() as c:
            connectors.add(
                c, name=name, kind="simulated", url="", options=options,
                roles=[role.value for role in roles], steps=steps,
            )  # fmt: skip

    @property
    def taker(self) -> OrderTaker:
        return OrderTaker(
            station_id="E1", clock=self.clock, cutoff_of=lambda carrier: "16:30", policy=Policy()
        )

    def order(self, source: str = "loja", **facts: Any) -> Order:
        """A new order of the source, not yet in the store."""
        made = next(self._made)
        given = {"source": source, "payment_status": "paid", "status": "open", **facts}
        return structs.replace(made, **given)

    def take(self, order: Order) -> int:
        with self.store.write() as c:
            self.taker.take(c, [Told(order, order.number)])
            row = orders.by_number(c, order.number)
        assert row is not None
        return int(row.id)

    def write(self, *entries: Any, task: str = "") -> None:
        with self.store.write() as c:
            journal.append(c, Stamp("E1", 0, self.now, task), entries)

    def flow(self, holder: str = "") -> Flow:
        """A flow as a new process would have it."""
        made = build.flow_of(self.store, lambda: self.settings, self.taker, Policy(), self.clock)
        made._make = lambda row: self.system  # type: ignore[assignment,return-value]
        made._delivery._chance = self._random.random
        made._systems._chance = self._random.random
        if holder:
            made._holder = holder
        return made

    def round(self, flow: Flow | None = None, only: str = "") -> Round:
        return asyncio.run((flow or self.flow()).once(only))

    def calls(self, **wanted: Any) -> list[Any]:
        """The outbox's rows that have these values."""
        from sqlalchemy import select

        from app.store.schema import OUTBOX

        with self.store.read() as c:
            rows = c.execute(select(OUTBOX).order_by(OUTBOX.c.id)).all()
        return [r for r in rows if all(getattr(r, k) == v for k, v in wanted.items())]

    def row(self, order_id: int) -> Any:
        with self.store.read() as c:
            return orders.by_id(c, order_id)

    def owe(self, order_id: int, topic: str) -> None:
        with self.store.write() as c:
            outbox.add(
                c, connector="loja", kind="tell", order_id=order_id, topic=topic, at=self.now
            )
