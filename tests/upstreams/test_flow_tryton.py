"""An order's whole way: out of a real Tryton, over the floor, and back into it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.config import Settings
from app.domain import entries as e
from app.domain.model import Product
from app.flow import build
from app.flow.invoices import Policy
from app.flow.runner import Round
from app.flow.setup import Setup
from app.flow.taking import OrderTaker
from app.store import catalogue, journal, orders
from app.store.database import Store
from app.store.journal import Stamp
from tests.support.faulty_proxy import LOSE_ANSWER, FaultyProxy
from tests.support.upstreams.tryton.desk import Desk
from tests.support.upstreams.tryton.server import DATABASE


class Bench:
    """A station's store with a flow over it that calls the connector as it is configured."""

    def __init__(self, path: Path, desk: Desk, url: str) -> None:
        self.ahead = timedelta()
        self.store = Store.open(path / "expedita.db", b"k" * 32)
        with self.store.write() as c:
            for sku in ("CAM-P", "CAN-01"):
                catalogue.put_product(c, Product(sku, sku), sku)
        options, secrets = {"database": DATABASE}, {"api_key": desk.rest_key()}
        Setup(self.store, self.clock).add("erp", "tryton", url, options, secrets)

    def clock(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def round(self) -> Round:
        policy = Policy()
        taker = OrderTaker(
            station_id="E1", clock=self.clock, cutoff_of=lambda carrier: "16:30", policy=policy
        )
        flow = build.flow_of(self.store, Settings, taker, policy, self.clock)
        return asyncio.run(flow.once(""))

    def write(self, *entries: e.Entry, task: str) -> None:
        with self.store.write() as c:
            journal.append(c, Stamp("E1", 0, self.clock(), task), entries)


@pytest.fixture
def desk(tryton: Callable[[str], Desk]) -> Desk:
    return tryton("8.2")


@pytest.fixture
def proxy(desk: Desk) -> Iterator[FaultyProxy]:
    with FaultyProxy(desk.server.url) as made:
        yield made


def test_an_order_comes_in_is_shipped_short_of_one_and_tryton_knows_it_once(
    tmp_path: Path, desk: Desk, proxy: FaultyProxy
) -> None:
    (number,) = desk.sell([("CAM-P", 2), ("CAN-01", 1)])
    bench = Bench(tmp_path, desk, proxy.url)
    report = bench.round()
    assert report.failed == {}
    with bench.store.read() as c:
        order_id = orders.open_of_source(c, "erp")[str(number)]
        shirt, mug = orders.lines(c, order_id)
    # Picked, with one shirt missing.
    bench.write(
        e.UnitsPlaced(order_id, shirt.line_id, "CAM-P", "A-01", "T1", 1),
        e.LineShorted(order_id, shirt.line_id, "CAM-P", "A-01", 1, "not_found"),
        e.UnitsPlaced(order_id, mug.line_id, "CAN-01", "B-01", "T1", 1),
        e.PickDropped("M1", (order_id,)),
        task="pick-1",
    )
    proxy.next(LOSE_ANSWER, where=lambda _, path: path.endswith("/pick"))
    bench.round()
    assert ("POST", "lose_answer") in {(method, fault) for method, _, fault in proxy.log}
    bench.ahead += timedelta(hours=1)  # past the wait before the next try
    bench.round()
    assert desk.shipment(number)["state"] == "picked"
    # Packed in one box, and gone.
    bench.write(
        e.PackOpened(order_id, "M1"),
        e.UnitsVerified(order_id, shirt.line_id, "CAM-P", 1, 1),
        e.UnitsVerified(order_id, mug.line_id, "CAN-01", 1, 1),
        e.PackageClosed(order_id, 1),
        e.OrderPacked(order_id),
        task="pack-1",
    )
    bench.round()
    shipment = desk.shipment(number)
    assert shipment["state"] == "packed"
    assert [len(package["moves."]) for package in shipment["packages."]] == [2]
    bench.write(
        e.ManifestOpened("R1", "Correios PAC", "", "D1"),
        e.PackageLoaded("R1", order_id, 1, ""),
        e.ManifestClosed("R1", (order_id,)),
        e.ManifestHandedOver("R1", "ABC1D23"),
        task="manifest-1",
    )
    bench.round()
    assert desk.shipment(number)["state"] == "done"
    assert sum(path.endswith("/pick") for _, path, _ in proxy.log) == 1
    rest = desk.sibling(number)
    assert rest is not None
    assert [move["quantity"] for move in rest["outgoing_moves."]] == [1.0]
    bench.ahead += timedelta(hours=1)
    bench.round()
    with bench.store.read() as c:
        assert str(rest["id"]) in orders.open_of_source(c, "erp"), "the rest is an order here"
    bench.store.close()
