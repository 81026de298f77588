"""WooCommerce passes the contract, against a simulator made from its documents: no real one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from msgspec import structs

from app.connectors import errors
from app.connectors.kinds import Config
from app.connectors.roles import Step
from app.connectors.woocommerce.connector import KIND
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
from tests.support.simulated_woocommerce import KEY, SECRET, SimulatedWooCommerce

TRACKING = "_correios_tracking_code"


class WooCommerceBed:
    kind = KIND
    page = 4

    def __init__(self, shop: SimulatedWooCommerce, **options: str) -> None:
        self.shop = shop
        self.url = shop.url
        self.secret = SECRET
        self._options = {"page": str(self.page), **options}

    def config(self, url: str) -> Config:
        secrets = KeptSecrets(consumer_key=KEY, consumer_secret=self.secret)
        return Config("loja", KIND.name, url, self._options, secrets)

    def add(self, count: int) -> list[str]:
        return [str(self.shop.sell(("CAM-P", 2), ("CAN-01", 1))) for _ in range(count)]

    def edit(self, external_id: str) -> None:
        items = self.shop.orders[int(external_id)]["line_items"]
        changed = [{**items[0], "quantity": 1}, *items[1:]]
        self.shop.change(int(external_id), line_items=changed)

    def cancel(self, external_id: str) -> None:
        self.shop.change(int(external_id), status="cancelled")

    def spoil(self) -> str:
        return str(self.shop.sell(("CAM-P", 1), postcode=""))

    def counted(self, sku: str) -> dict[str, int]:
        return {"": self.shop.stock[sku]}

    def told(self, external_id: str) -> int:
        if self._options.get("fulfilments") == "yes":
            return len(self.shop.fulfilments.get(int(external_id), ()))
        return int(self.shop.orders[int(external_id)]["status"] == "completed")


@pytest.fixture
def shop() -> Iterator[SimulatedWooCommerce]:
    made = SimulatedWooCommerce()
    yield made
    made.stop()


@pytest.fixture
def bed(shop: SimulatedWooCommerce) -> WooCommerceBed:
    return WooCommerceBed(shop)


class TestContract(OrdersContract, StockContract):
    pass


class TestContractWithFulfilments(OrdersContract):
    @pytest.fixture
    def bed(self, shop: SimulatedWooCommerce) -> WooCommerceBed:
        return WooCommerceBed(shop, fulfilments="yes")


def test_an_order_comes_with_all_that_is_needed_to_ship_it(bed: WooCommerceBed) -> None:
    number = bed.shop.sell(("CAM-P", 2), ("GAR-05", 1))
    found = order(bed, number).order
    assert found is not None
    assert [(n.sku, n.quantity, n.unit_price) for n in found.lines] == [
        ("CAM-P", 2, Decimal("19.90")),
        ("GAR-05", 1, Decimal("59.90")),
    ]
    who = found.recipient
    assert (who.name, who.document, who.email) == (
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
    assert (found.carrier, found.service_code) == ("Correios PAC", "pac")
    assert (found.freight, found.total) == (Decimal("19.90"), Decimal("119.60"))
    assert found.payment_status == "paid"


def test_number_and_district_are_found_in_the_metadata_too(bed: WooCommerceBed) -> None:
    number = bed.shop.sell(("CAM-P", 1))
    there = bed.shop.orders[number]
    for name in ("number", "neighborhood"):
        del there["shipping"][name]
    there["meta_data"] = [
        {"id": 1, "key": "_shipping_number", "value": "12"},
        {"id": 2, "key": "_shipping_neighborhood", "value": "Centro"},
    ]
    found = order(bed, number).order
    assert found is not None
    assert (found.address.number, found.address.district) == ("12", "Centro")


def test_without_a_shipping_address_it_goes_to_the_billing_address(bed: WooCommerceBed) -> None:
    number = bed.shop.sell(("CAM-P", 1))
    bed.shop.orders[number]["shipping"] = {"address_1": ""}
    bed.shop.orders[number]["billing"]["address_1"] = "Rua Augusta, 99"
    found = order(bed, number).order
    assert found is not None
    assert (found.recipient.name, found.address.number) == ("Ana Souza", "99")


def test_what_waits_for_its_payment_comes_and_is_seen_paid(bed: WooCommerceBed) -> None:
    number = bed.shop.sell(("CAM-P", 1), status="on-hold")
    records, mark = run(bed, with_mark)
    assert records[0].order is not None
    assert records[0].order.payment_status == "pending"
    bed.shop.change(number, status="processing")
    (paid,) = run(bed, all_of, mark)
    assert paid.order is not None
    assert paid.order.payment_status == "paid"


def test_a_cart_that_was_left_is_no_order(bed: WooCommerceBed) -> None:
    left = bed.shop.sell(("CAM-P", 1), status="pending")
    _, mark = run(bed, with_mark)
    bed.shop.change(left, status="cancelled")
    bed.shop.sell(("CAN-01", 1))
    assert str(left) not in {r.external_id for r in run(bed, all_of, mark)}


@pytest.mark.parametrize("status", ["pending", "on-hold"])
def test_what_is_not_paid_is_never_completed(bed: WooCommerceBed, status: str) -> None:
    """WooCommerce itself takes any status after any other, a completed order made pending too."""
    number = bed.shop.sell(("CAM-P", 1))
    told = done(bed, number)
    bed.shop.change(number, status=status)
    assert refused(bed, told) == "PAYMENT"
    assert bed.shop.orders[number]["status"] == status


@pytest.mark.parametrize("status", ["cancelled", "refunded", "failed", "trash"])
def test_an_order_called_off_there_is_refused(bed: WooCommerceBed, status: str) -> None:
    number = bed.shop.sell(("CAM-P", 1))
    told = done(bed, number)
    bed.shop.change(number, status=status)
    assert refused(bed, told) == "CANCELLED"
    found = order(bed, number).order
    assert found is not None
    assert found.status == "cancelled"


def test_tracking_and_nfe_go_into_the_orders_fields(bed: WooCommerceBed) -> None:
    number = bed.shop.sell(("CAM-P", 2))
    tell(bed, done(bed, number, split=True))
    assert bed.shop.orders[number]["status"] == "completed"
    assert bed.shop.field(number, TRACKING) == "PB123456781BR,PB123456782BR"
    assert bed.shop.field(number, "_nfe_chave") == NFE
    assert order(bed, number).code == "ORDER_DONE_THERE"


def test_an_order_that_a_clerk_completed_still_gets_its_tracking(bed: WooCommerceBed) -> None:
    number = bed.shop.sell(("CAM-P", 1))
    told = structs.replace(done(bed, number), step=Step.SHIPPED)
    bed.shop.change(number, status="completed")
    assert run(bed, lambda shop: shop.find_told(told, "key-1")) is None
    tell(bed, told)
    assert bed.shop.field(number, TRACKING) == "PB123456781BR"


def test_a_shops_own_statuses_are_kept_to(shop: SimulatedWooCommerce) -> None:
    bed = WooCommerceBed(shop, paid="processing, separacao", done="enviado")
    number = shop.sell(("CAM-P", 1))
    shop.change(number, status="separacao")
    told = done(bed, number)
    assert told.number == str(number)
    tell(bed, told)
    assert shop.orders[number]["status"] == "enviado"


@pytest.mark.parametrize("lost", range(4))
def test_fulfilments_and_notes_are_never_doubled(shop: SimulatedWooCommerce, lost: int) -> None:
    """Of two packages and a short, the answer to each change is lost once."""
    bed = WooCommerceBed(shop, fulfilments="yes")
    number = shop.sell(("CAM-P", 3), ("CAN-01", 1))
    told = structs.replace(done(bed, number, short=1, split=True), step=Step.SHIPPED)
    with FaultyProxy(bed.url) as proxy:
        changes = [*[None] * lost, faults.LOSE_ANSWER]
        proxy.next(*changes, where=lambda method, _: method in ("POST", "PUT"))
        with pytest.raises(errors.UnknownOutcome):
            tell(bed, told, url=proxy.url)
    tell(bed, told)
    assert len(shop.fulfilments[number]) == 2
    (note,) = shop.notes[number]
    assert "1 × CAM-P" in note["note"]
    assert not note["customer_note"]
    assert run(bed, lambda shop: shop.find_told(told, "key-1")) is not None


def test_refunded_units_are_not_asked_for(bed: WooCommerceBed) -> None:
    number = bed.shop.sell(("CAM-P", 3), ("CAN-01", 1))
    told = done(bed, number)
    bed.shop.refund(number, int(told.lines[0].line_id), 2)
    (found,) = (r.order for r in run(bed, all_of))
    assert found is not None
    assert [(line.sku, line.quantity) for line in found.lines] == [("CAM-P", 1), ("CAN-01", 1)]
    assert refused(bed, told) == "QUANTITY"


def test_another_product_than_was_ordered_is_refused(bed: WooCommerceBed) -> None:
    number = bed.shop.sell(("CAM-P", 1))
    told = done(bed, number)
    line = structs.replace(told.lines[0], sku="CAM-M")
    assert refused(bed, structs.replace(told, lines=(line,))) == "SUBSTITUTED"


def test_a_variation_has_its_own_stock_or_its_products(bed: WooCommerceBed) -> None:
    bed.shop.variations = {"CAM-M": 7, "CAM-G": None}
    assert counts(bed, "CAM-M") == {"": 7}
    assert counts(bed, "CAM-G") == {}, "kept with the product's own"


def test_pages_are_read_to_the_end_where_a_cache_drops_their_count(bed: WooCommerceBed) -> None:
    bed.shop.counts_pages = False
    wanted = set(bed.add(bed.page * 2))
    assert {r.external_id for r in run(bed, all_of)} == wanted


def test_a_wrong_key_is_said_to_be_one(bed: WooCommerceBed) -> None:
    bed.secret = "cs_wrong"
    with pytest.raises(errors.Unauthorised):
        run(bed, check)


def test_check_says_the_servers_clock(bed: WooCommerceBed) -> None:
    assert run(bed, check).clock is not None
