"""Vendure 3.7, a real one, passes the contract and keeps what only a real one showed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec import structs

from app.connectors import errors
from app.connectors.kinds import Config
from app.connectors.roles import Pulled, Step
from app.connectors.vendure import orders
from app.connectors.vendure.connector import KIND
from tests.app.connectors.contract import KeptSecrets, OrdersContract
from tests.app.connectors.contracts.stock import StockContract, counts
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
from tests.support.upstreams.vendure.desk import Desk
from tests.support.upstreams.vendure.server import PASSWORD, USER


class VendureBed:
    kind = KIND
    page = 2

    def __init__(self, desk: Desk, **options: str) -> None:
        self.desk = desk
        self.url = desk.server.url
        self.secrets = {"password": PASSWORD}
        self._options = {"user": USER, "page": str(self.page), **options}

    def config(self, url: str) -> Config:
        secrets = KeptSecrets(**self.secrets)
        return Config("shop", KIND.name, f"{url}/admin-api", self._options, secrets)

    def add(self, count: int) -> list[str]:
        return self.desk.sell(*[[("CAM-P", 2), ("CAN-01", 1)]] * count)

    def edit(self, external_id: str) -> None:
        line = self.desk.order(external_id)["lines"][0]
        self.desk.cancel(external_id, {line["id"]: 1})

    def cancel(self, external_id: str) -> None:
        self.desk.cancel(external_id)

    def spoil(self) -> str:
        return self.desk.sell([("CAM-P", 1)], cep="")[0]

    def counted(self, sku: str) -> dict[str, int]:
        return {"Default Stock Location": self.desk.stock(sku)}

    def told(self, external_id: str) -> int:
        made = self.desk.order(external_id)["fulfillments"]
        assert all(fulfilment["state"] == "Shipped" for fulfilment in made)
        return len(made)


@pytest.fixture
def bed(vendure: Desk) -> VendureBed:
    return VendureBed(vendure)


class TestContract(OrdersContract, StockContract):
    pass


def test_an_order_comes_with_all_that_is_needed_to_ship_it(bed: VendureBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 2), ("GAR-05", 1)])
    found = order(bed, number).order
    assert found is not None
    assert [(line.sku, line.quantity) for line in found.lines] == [("CAM-P", 2), ("GAR-05", 1)]
    assert [line.unit_price for line in found.lines] == [Decimal("19.90"), Decimal("59.90")]
    assert (found.recipient.name, found.recipient.email) == ("Ana Souza", "cliente@example.com")
    address = found.address
    assert (address.street, address.number, address.complement, address.city, address.state) == (
        "Rua Augusta",
        "1578",
        "Apto 41",
        "São Paulo",
        "SP",
    )
    assert address.cep == "01304001"
    assert found.carrier == "Correios PAC"
    assert (found.freight, found.total) == (Decimal("19.90"), Decimal("119.60"))
    assert found.payment_status == "paid"
    assert found.paid_at is not None


def test_a_payment_is_seen_though_the_orders_stamp_does_not_move(bed: VendureBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 1)], paid=False)
    records, mark = run(bed, with_mark)
    waiting = next(r for r in records if r.external_id == number)
    assert waiting.order is not None
    assert waiting.order.payment_status == "pending"
    bed.desk.settle(number)
    paid = next(r for r in run(bed, all_of, mark) if r.external_id == number)
    assert paid.changed_at == waiting.changed_at, "Vendure moves the stamp now: pull less"
    assert paid.order is not None
    assert paid.order.payment_status == "paid"
    assert paid.digest != waiting.digest


def test_what_is_only_authorised_is_never_shipped(bed: VendureBed) -> None:
    """Vendure itself would take the fulfilment."""
    (number,) = bed.desk.sell([("CAM-P", 1)], paid=False)
    assert refused(bed, done(bed, number)) == "PAYMENT"
    assert bed.desk.order(number)["fulfillments"] == []


def test_each_package_is_a_fulfilment_with_its_tracking_code(bed: VendureBed) -> None:
    (number,) = bed.desk.sell([("GAR-05", 3), ("CAN-01", 1)])
    before = bed.desk.stock("GAR-05")
    told = done(bed, number, split=True)
    tell(bed, told)
    there = bed.desk.order(number)
    assert there["state"] == "Shipped"
    first, second = told.lines
    assert {
        f["trackingCode"]: {n["orderLineId"]: n["quantity"] for n in f["lines"]}
        for f in there["fulfillments"]
    } == {
        "PB123456781BR": {first.line_id: 1},
        "PB123456782BR": {first.line_id: 2, second.line_id: 1},
    }
    assert bed.desk.notes(number) == [f"NF-e {NFE}"]
    assert bed.desk.stock("GAR-05") == before - 3
    assert order(bed, number).code == "ORDER_DONE_THERE"


def test_what_is_missing_stays_open_there_and_is_noted(bed: VendureBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 2), ("CAN-01", 1)])
    before = order(bed, number)
    tell(bed, done(bed, number, short=1))
    assert bed.desk.order(number)["state"] == "PartiallyShipped"
    assert f"NF-e {NFE}" in bed.desk.notes(number)
    assert "Expedita: falta 1 × CAM-P" in bed.desk.notes(number)
    after = order(bed, number)
    assert before.order is not None
    assert after.order is not None
    assert after.order.lines == before.order.lines, "what we sent ourselves is no change"


def test_what_is_missing_is_cancelled_there_where_that_is_asked(vendure: Desk) -> None:
    bed = VendureBed(vendure, shorts="cancel", invoice_field="nfeKey", document_field="cpf")
    (number,) = bed.desk.sell([("CAM-P", 3), ("CAN-01", 1)])
    told = done(bed, number, short=2)
    tell(bed, told)
    tell(bed, told)
    there = bed.desk.order(number)
    assert there["state"] == "Shipped"
    assert [line["quantity"] for line in there["lines"]] == [1, 1]
    assert there["customFields"]["nfeKey"] == NFE


def test_units_that_the_shop_sent_itself_are_not_asked_for_here(bed: VendureBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 3), ("CAN-01", 1)])
    told = done(bed, number)
    bed.desk.fulfil(number, told.lines[0].line_id, 2)
    found = order(bed, number).order
    assert found is not None
    assert [(line.sku, line.quantity) for line in found.lines] == [("CAM-P", 1), ("CAN-01", 1)]
    assert refused(bed, told) == "QUANTITY"
    assert len(bed.desk.order(number)["fulfillments"]) == 1


def test_an_order_cancelled_there_is_refused(bed: VendureBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 1)])
    told = done(bed, number)
    bed.desk.cancel(number)
    assert refused(bed, told) == "CANCELLED"


def test_an_order_edited_there_after_the_pick_is_refused_as_edited(bed: VendureBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 2)])
    told = done(bed, number)
    bed.edit(number)
    assert refused(bed, told) == "QUANTITY"
    assert bed.desk.order(number)["fulfillments"] == []


def test_another_product_than_was_ordered_is_refused(bed: VendureBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 1)])
    told = done(bed, number)
    line = structs.replace(told.lines[0], sku="CAM-M")
    assert refused(bed, structs.replace(told, lines=(line,))) == "SUBSTITUTED"
    assert bed.desk.order(number)["fulfillments"] == []


def test_a_lost_answer_to_a_fulfilment_is_found_and_not_sent_again(bed: VendureBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 2)])
    told = structs.replace(done(bed, number, split=True), step=Step.SHIPPED)
    with FaultyProxy(bed.url) as proxy:
        # Login, order and notes are asked, the note is written; then comes the first package.
        proxy.next(*[None] * 4, faults.LOSE_ANSWER)
        with pytest.raises(errors.UnknownOutcome):
            tell(bed, told, url=proxy.url)
    assert len(bed.desk.order(number)["fulfillments"]) == 1
    assert run(bed, lambda shop: shop.find_told(told, "key-1")) is None, "half is not done"
    tell(bed, told)
    assert bed.told(number) == 2
    assert run(bed, lambda shop: shop.find_told(told, "key-1")) is not None


def test_a_fulfilment_made_twice_in_a_race_is_sent_once(bed: VendureBed) -> None:
    """Vendure takes some of eight; whatever stands there, the next call puts it right."""
    (number,) = bed.desk.sell([("CAM-P", 2)])
    told = done(bed, number)
    (package,) = told.packages
    method = f"Correios PAC{orders.OURS}"
    taken = bed.desk.fulfil_in_a_race(number, dict(package.lines), method, package.tracking)
    assert taken >= 1
    tell(bed, told)
    states = [f["state"] for f in bed.desk.order(number)["fulfillments"]]
    assert states.count("Shipped") == 1
    assert states.count("Cancelled") == len(states) - 1
    assert bed.desk.order(number)["state"] == "Shipped"


def test_an_api_key_does_the_whole_work(bed: VendureBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 1)])
    bed.secrets = {"api_key": bed.desk.key}
    assert run(bed, check).system == "Vendure"
    assert counts(bed, "CAM-P") == bed.counted("CAM-P")
    tell(bed, done(bed, number))
    assert bed.told(number) == 1


@pytest.mark.parametrize("secret", ["api_key", "password"])
def test_a_wrong_key_is_said_to_be_one(bed: VendureBed, secret: str) -> None:
    """Vendure answers 200."""
    bed.secrets = {secret: "wrong"}
    with pytest.raises(errors.Unauthorised):
        run(bed, check)


def test_a_session_that_ended_is_opened_again(bed: VendureBed) -> None:
    with FaultyProxy(bed.url) as proxy:

        async def twice(shop: object) -> Pulled | None:
            await check(shop)  # type: ignore[arg-type]
            proxy.next(faults.DENIED)
            return await shop.order("999999999")  # type: ignore[attr-defined]

        assert run(bed, twice, url=proxy.url) is None
        assert [fault for _, _, fault in proxy.log].count("denied") == 1


def test_check_says_the_servers_clock(bed: VendureBed) -> None:
    assert run(bed, check).clock is not None


def test_a_custom_field_that_the_shop_does_not_have_is_said(vendure: Desk) -> None:
    with pytest.raises(errors.Refused) as caught:
        run(VendureBed(vendure, document_field="taxId"), check)
    assert "taxId" in str(caught.value)
