"""VTEX, against a simulator made from its documents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.connectors import errors
from app.connectors.kinds import Config
from app.connectors.roles import Fulfilment, LineDone, OrderRef, PackageDone, Step
from app.connectors.vtex.connector import KIND, Vtex
from tests.app.connectors.contract import KeptSecrets, OrdersContract
from tests.app.connectors.contracts.network import NetworkContract
from tests.app.connectors.contracts.payments import PaymentsContract
from tests.app.connectors.hands import run
from tests.support.brazil.vtex import KEY, TOKEN, SimulatedVtex
from tests.support.nfe import key


class VtexBed:
    kind = KIND
    page = 10

    def __init__(self) -> None:
        self.system = SimulatedVtex()
        self.url = self.system.url
        self.facts = {
            "invoice_key": key(), "invoice_number": "1", "invoice_series": "1",
            "invoice_total": Decimal("49.80"),
            "invoice_issued_at": datetime(2026, 11, 25, 12, tzinfo=UTC),
        }  # fmt: skip

    def config(self, url: str) -> Config:
        options = {"app_key": KEY, "per_second": "0", "page": "3"}
        return Config("vtex", KIND.name, url, options, KeptSecrets(app_token=TOKEN))

    async def read(self, connector: Vtex) -> None:
        await connector.order(next(iter(self.system.orders), "") or self.system.add())

    def clock_off(self, by: timedelta) -> None:
        self.system.clock_off = by

    # --- orders -----------------------------------------------------------------------------

    def add(self, count: int) -> list[str]:
        return [self.system.add() for _ in range(count)]

    def edit(self, external_id: str) -> None:
        address = self.system.orders[external_id]["shippingData"]["address"]
        address["number"] = "2000"
        self.system.touch(external_id)

    def cancel(self, external_id: str) -> None:
        self.system.set(external_id, status="canceled")

    def spoil(self) -> str:
        made = self.system.add()
        self.system.orders[made]["items"][0]["refId"] = None
        return made

    def told(self, external_id: str) -> int:
        return self.system.invoices.get(external_id, 0)

    # --- payments ---------------------------------------------------------------------------

    def ordered(self, status: str) -> OrderRef:
        states = {"pending": "payment-pending", "paid": "ready-for-handling"}
        return OrderRef("vtex", self.system.add(states[status]), "500", "1")

    def refund(self, ref: OrderRef) -> None:
        self.cancel(ref.external_id)


@pytest.fixture
def bed() -> Iterator[VtexBed]:
    made = VtexBed()
    yield made
    made.system.stop()


class TestOrders(OrdersContract):
    pass


class TestPayments(PaymentsContract):
    pass


class TestNetwork(NetworkContract):
    pass


def _done(number: str, **facts: Any) -> Fulfilment:
    lines = tuple(LineDone(f"{number}-{n}", f"SKU-{n}", n, 0) for n in (1, 2))
    package = PackageDone(1, 500, "PB123456785BR")
    at = datetime(2026, 11, 25, 18, tzinfo=UTC)
    return Fulfilment(number, "500", Step.SHIPPED, at, lines, (package,), "Correios", **facts)


def test_cents_and_the_masked_e_mail_come_as_they_are_meant(bed: VtexBed) -> None:
    made = bed.system.add()
    order = run(bed, lambda c: c.order(made)).order
    assert (order.total, order.freight) == (Decimal("49.8"), Decimal("10"))
    assert order.lines[0].unit_price == Decimal("19.9")
    assert (order.carrier, order.service_code) == ("Correios", "SEDEX")
    assert order.note == "Deixar na portaria"


def test_what_was_not_confirmed_comes_again_and_what_was_does_not(bed: VtexBed) -> None:
    wanted = set(bed.add(3))

    async def pull(connector: Vtex, confirm: bool) -> set[str]:
        found: set[str] = set()
        async for page in connector.pull(""):
            found |= {record.external_id for record in page.records}
            if confirm:
                await connector.confirm(page)
        return found

    assert run(bed, lambda c: pull(c, False)) == wanted
    bed.system.give_back()
    assert run(bed, lambda c: pull(c, True)) == wanted
    bed.system.give_back()
    assert run(bed, lambda c: pull(c, True)) == set()


def test_many_events_of_one_order_are_one_record(bed: VtexBed) -> None:
    made = bed.system.add()
    for _ in range(4):
        bed.system.touch(made)

    async def pull(connector: Vtex) -> list[str]:
        pages = connector.pull("")
        return [record.external_id async for page in pages for record in page.records]

    assert run(bed, pull) == [made]


def test_a_feed_that_is_there_is_left_as_it_is(bed: VtexBed) -> None:
    bed.system.configured = {"filter": {"type": "FromOrders"}}
    bed.add(1)

    async def pull(connector: Vtex) -> None:
        async for page in connector.pull(""):
            await connector.confirm(page)

    run(bed, pull)
    assert bed.system.configured == {"filter": {"type": "FromOrders"}}


def test_an_invoice_that_an_erp_told_gets_its_tracking_code_and_no_second_one(
    bed: VtexBed,
) -> None:
    made = bed.system.add()
    done = _done(made, **bed.facts)
    bed.system.set(made, status="invoiced")
    bed.system.orders[made]["packageAttachment"]["packages"] = [{"invoiceNumber": "1"}]
    run(bed, lambda c: c.tell(done, "k"))
    (package,) = bed.system.orders[made]["packageAttachment"]["packages"]
    assert package["trackingNumber"] == "PB123456785BR"
    assert bed.told(made) == 0
    assert run(bed, lambda c: c.find_told(done, "k")) is not None


def test_an_order_without_an_invoice_is_not_told_as_shipped(bed: VtexBed) -> None:
    made = bed.system.add()
    with pytest.raises(errors.Refused) as caught:
        run(bed, lambda c: c.tell(_done(made), "k"))
    assert caught.value.reason == "NO_INVOICE"


def test_an_order_that_waits_for_its_payment_comes_unpaid(bed: VtexBed) -> None:
    made = bed.system.add("payment-pending")
    assert run(bed, lambda c: c.order(made)).order.payment_status == "pending"
