"""Medusa 2, a real one, passes the contract and keeps what only a real one showed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec import structs

from app.connectors import errors
from app.connectors.kinds import Config
from app.connectors.medusa.connector import KIND
from app.connectors.medusa.orders import OURS
from app.connectors.roles import Step
from tests.app.connectors.contract import KeptSecrets, OrdersContract
from tests.app.connectors.contracts.stock import StockContract
from tests.app.connectors.hands import (
    NFE,
    all_of,
    check,
    done,
    order,
    refused,
    run,
    tell,
    with_mark,
)
from tests.support import faulty_proxy as faults
from tests.support.faulty_proxy import FaultyProxy
from tests.support.upstreams.medusa.desk import Desk


class MedusaBed:
    kind = KIND
    page = 2

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.url = desk.server.url
        self.key = desk.key

    def config(self, url: str) -> Config:
        options = {"page": str(self.page)}
        return Config("shop", KIND.name, url, options, KeptSecrets(api_key=self.key))

    def add(self, count: int) -> list[str]:
        return self.desk.sell(*[[("CAM-P", 2), ("CAN-01", 1)]] * count)

    def edit(self, external_id: str) -> None:
        self.desk.change_quantity(external_id, 1)

    def cancel(self, external_id: str) -> None:
        self.desk.cancel(external_id)

    def spoil(self) -> str:
        return self.desk.sell([("CAM-P", 1)], cep="")[0]

    def counted(self, sku: str) -> dict[str, int]:
        return {"CD Barueri": self.desk.stock(sku)}

    def told(self, external_id: str) -> int:
        made = self.desk.fulfilments(external_id)
        assert all(fulfilment["shipped_at"] for fulfilment in made)
        return len(made)


@pytest.fixture
def bed(medusa: Desk) -> MedusaBed:
    return MedusaBed(medusa)


class TestContract(OrdersContract, StockContract):
    pass


def test_an_order_comes_with_all_that_is_needed_to_ship_it(bed: MedusaBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 2), ("GAR-05", 1)])
    found = order(bed, number).order
    assert found is not None
    assert sorted((line.sku, line.quantity) for line in found.lines) == [
        ("CAM-P", 2),
        ("GAR-05", 1),
    ]
    assert (found.recipient.name, found.recipient.document, found.recipient.email) == (
        "Ana Souza",
        "52998224725",
        "cliente@example.com",
    )
    address = found.address
    assert (address.street, address.number, address.complement, address.district) == (
        "Rua Augusta",
        "1578",
        "Apto 41",
        "Consolação",
    )
    assert (address.cep, address.city, address.state) == ("01304001", "São Paulo", "SP")
    assert found.carrier == "Correios PAC"
    assert (found.freight, found.total) == (Decimal("19.9"), Decimal("119.6"))
    assert found.payment_status == "paid"
    assert found.paid_at is not None


def test_a_payment_is_seen_though_the_orders_stamp_does_not_move(bed: MedusaBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 1)], paid=False)
    records, mark = run(bed, with_mark)
    waiting = next(r for r in records if r.external_id == number)
    assert waiting.order is not None
    assert waiting.order.payment_status == "pending"
    stamp = bed.desk.order(number)["updated_at"]
    bed.desk.capture(number)
    assert bed.desk.order(number)["updated_at"] == stamp, "Medusa moves the stamp now: pull less"
    paid = [r for r in run(bed, all_of, mark) if r.external_id == number][-1]
    assert paid.order is not None
    assert paid.order.payment_status == "paid"


def test_what_is_only_authorised_is_never_packed_or_shipped(bed: MedusaBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 1)], paid=False)
    for step in (Step.PACKED, Step.SHIPPED):
        assert refused(bed, done(bed, number), step) == "PAYMENT"
    assert bed.desk.fulfilments(number) == []


def test_each_package_is_a_fulfilment_and_its_label_a_shipment(bed: MedusaBed) -> None:
    (number,) = bed.desk.sell([("GAR-05", 3), ("CAN-01", 1)])
    before = bed.desk.stock("GAR-05")
    told = done(bed, number, split=True)
    tell(bed, told, Step.PACKED)
    assert bed.desk.order(number)["fulfillment_status"] == "fulfilled"
    assert order(bed, number).order is not None, "packed here, not sent: still an order"
    tell(bed, told, Step.SHIPPED)
    there = bed.desk.order(number)
    assert there["fulfillment_status"] == "shipped"
    assert {
        f["labels"][0]["tracking_number"]: sorted(item["quantity"] for item in f["items"])
        for f in there["fulfillments"]
    } == {
        package.tracking: sorted(count for _, count in package.lines) for package in told.packages
    }
    assert there["metadata"]["nfe_key"] == NFE
    assert there["metadata"]["cpf"], "what stood there before still does"
    assert bed.desk.stock("GAR-05") == before - 3


def test_what_is_missing_stays_open_there_and_is_noted(bed: MedusaBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 2), ("CAN-01", 1)])
    before = order(bed, number).order
    told = done(bed, number, short=1)
    tell(bed, told)
    there = bed.desk.order(number)
    assert there["fulfillment_status"] == "partially_shipped"
    assert there["metadata"]["expedita_missing"] == f"1 × {told.lines[0].sku}"
    after = order(bed, number).order
    assert before is not None
    assert after is not None
    assert after.lines == before.lines, "what we sent ourselves is no change"


def test_an_order_packed_anew_leaves_no_fulfilment_of_the_first_pack(bed: MedusaBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 2), ("CAN-01", 1)])
    tell(bed, done(bed, number, split=True), Step.PACKED)
    told = done(bed, number)
    tell(bed, told)
    assert bed.told(number) == 1
    (made,) = bed.desk.fulfilments(number)
    assert len(made["items"]) == 2


def test_units_that_the_shop_sent_itself_are_not_asked_for_here(bed: MedusaBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 3), ("CAN-01", 1)])
    told = done(bed, number)
    first = told.lines[0]
    bed.desk.fulfil(number, first.line_id, 1)
    found = order(bed, number).order
    assert found is not None
    left = {line.line_id: line.quantity for line in found.lines}
    assert left.get(first.line_id, 0) == first.quantity - 1
    assert refused(bed, told) in ("QUANTITY", "LINES")
    assert len(bed.desk.fulfilments(number)) == 1


def test_an_order_cancelled_there_is_refused_at_every_step(bed: MedusaBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 1)])
    told = done(bed, number)
    bed.desk.cancel(number)
    for step in (Step.PACKED, Step.SHIPPED):
        assert refused(bed, told, step) == "CANCELLED"


def test_an_order_edited_there_after_the_pick_is_refused_as_edited(bed: MedusaBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 2)])
    told = done(bed, number)
    bed.edit(number)
    assert refused(bed, told) == "QUANTITY"
    assert bed.desk.fulfilments(number) == []


def test_another_product_than_was_ordered_is_refused(bed: MedusaBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 1)])
    told = done(bed, number)
    line = structs.replace(told.lines[0], sku="CAM-M")
    assert refused(bed, structs.replace(told, lines=(line,))) == "SUBSTITUTED"
    assert bed.desk.fulfilments(number) == []


def test_a_lost_answer_to_each_change_is_found_and_not_sent_again(bed: MedusaBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 2)])
    told = done(bed, number)
    with FaultyProxy(bed.url) as proxy:
        for step, end in ((Step.PACKED, "/fulfillments"), (Step.SHIPPED, "/shipments")):
            proxy.next(faults.LOSE_ANSWER, where=lambda _, path, end=end: path.endswith(end))
            with pytest.raises(errors.UnknownOutcome):
                tell(bed, told, step, url=proxy.url)
            at = structs.replace(told, step=step)
            assert run(bed, lambda shop, at=at: shop.find_told(at, "key-1")) is not None
    assert bed.told(number) == 1


def test_a_fulfilment_made_twice_in_a_race_is_sent_once(bed: MedusaBed) -> None:
    """Medusa takes some of eight, and says *partially shipped* where more than one is there."""
    (number,) = bed.desk.sell([("CAM-P", 2)])
    told = done(bed, number)
    (package,) = told.packages
    metadata = {OURS: package.package_no}
    assert bed.desk.fulfil_in_a_race(number, dict(package.lines), metadata) >= 1
    tell(bed, told)
    assert sum(bool(f["shipped_at"]) for f in bed.desk.fulfilments(number)) == 1


def test_a_wrong_key_is_said_to_be_one(bed: MedusaBed) -> None:
    bed.key = "sk_wrong"
    with pytest.raises(errors.Unauthorised):
        run(bed, check)


def test_check_says_the_servers_clock(bed: MedusaBed) -> None:
    checked = run(bed, check)
    assert checked.system == "Medusa"
    assert checked.clock is not None
