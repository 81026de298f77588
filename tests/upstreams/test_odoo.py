"""Odoo 19, a real one, passes the contract and keeps what only a real one showed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec import structs

from app.connectors import errors
from app.connectors.kinds import Config
from app.connectors.odoo.connector import KIND
from app.connectors.roles import Step
from tests.app.connectors.contract import KeptSecrets, OrdersContract
from tests.app.connectors.contracts.stock import StockContract
from tests.app.connectors.hands import NFE, all_of, check, done, order, race, refused, run, tell
from tests.support import faulty_proxy as faults
from tests.support.faulty_proxy import FaultyProxy
from tests.support.upstreams.odoo.desk import USER, Desk
from tests.support.upstreams.odoo.server import DATABASE

WAYS = ("JSON-2", "JSON-RPC")


class OdooBed:
    kind = KIND
    page = 8

    def __init__(self, desk: Desk, way: str) -> None:
        self.desk = desk
        self.url = desk.server.url
        self.key = desk.key
        self._user = {"user": USER} if way == "JSON-RPC" else {}

    def config(self, url: str) -> Config:
        options = {"database": DATABASE, "page": str(self.page), **self._user}
        return Config("erp", KIND.name, url, options, KeptSecrets(api_key=self.key))

    def add(self, count: int) -> list[str]:
        return [str(n) for n in self.desk.sell(*[[("CAM-P", 2), ("CAN-01", 1)]] * count)]

    def edit(self, external_id: str) -> None:
        self.desk.change_quantity(int(external_id), 1)

    def cancel(self, external_id: str) -> None:
        self.desk.cancel(int(external_id))

    def spoil(self) -> str:
        return str(self.desk.sell([("CAM-P", 1)], customer="Sem Cep")[0])

    def counted(self, sku: str) -> dict[str, int]:
        return {f"A-{sku}": int(self.desk.on_hand(sku))}

    def told(self, external_id: str) -> int:
        picking = self.desk.picking(int(external_id))
        packages = {line["result_package_id"][1] for line in picking["lines"]}
        return len(packages) if picking["state"] == "done" else 0


@pytest.fixture
def bed(odoo: Desk, way: str) -> OdooBed:
    return OdooBed(odoo, way)


@pytest.mark.parametrize("way", WAYS)
class TestContract(OrdersContract, StockContract):
    pass


@pytest.mark.parametrize("way", WAYS)
def test_an_order_comes_with_all_that_is_needed_to_ship_it(bed: OdooBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 2), ("GAR-05", 1)])
    found = order(bed, number).order
    assert found is not None
    assert [(line.sku, line.quantity) for line in found.lines] == [("CAM-P", 2), ("GAR-05", 1)]
    assert (found.recipient.name, found.recipient.document) == ("Ana Souza", "52998224725")
    address = found.address
    assert (address.street, address.number, address.complement) == (
        "Rua Augusta",
        "1578",
        "Apto 41",
    )
    assert (address.cep, address.city, address.state) == ("01304001", "São Paulo", "SP")
    assert found.carrier == "Correios PAC"
    assert found.total == Decimal("59.70")


@pytest.mark.parametrize("way", WAYS)
def test_it_is_picked_packed_in_two_boxes_and_shipped(bed: OdooBed) -> None:
    (number,) = bed.desk.sell([("GAR-05", 3), ("CAN-01", 1)])
    before = bed.desk.on_hand("GAR-05")
    tell(bed, done(bed, number, split=True))
    picking = bed.desk.picking(number)
    assert picking["state"] == "done"
    assert picking["carrier_tracking_ref"] == "PB123456781BR, PB123456782BR"
    boxes: dict[str, list[float]] = {}
    for line in picking["lines"]:
        boxes.setdefault(line["result_package_id"][1], []).append(line["quantity"])
    assert {name: sorted(box) for name, box in boxes.items()} == {
        f"{picking['name']}/1": [1.0],
        f"{picking['name']}/2": [1.0, 2.0],
    }
    assert bed.desk.on_hand("GAR-05") == before - 3
    notes = bed.desk.find("mail.message", [["res_id", "=", number], ["body", "ilike", NFE]], "body")
    assert len(notes) == 1


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("short", [1, 2], ids=("one unit", "the whole line"))
def test_what_is_missing_becomes_a_new_order_there(bed: OdooBed, short: int) -> None:
    (number,) = bed.desk.sell([("CAM-P", 2), ("CAN-01", 1)])
    tell(bed, done(bed, number, short=short))
    picking = bed.desk.picking(number)
    assert picking["state"] == "done"
    assert sum(line["quantity"] for line in picking["lines"]) == 3 - short
    (backorder,) = picking["backorder_ids"]
    rest = order(bed, backorder).order
    assert rest is not None
    assert [(line.sku, line.quantity) for line in rest.lines] == [("CAM-P", short)]


@pytest.mark.parametrize("way", WAYS)
def test_nothing_marked_as_picked_ships_nothing(bed: OdooBed) -> None:
    """Odoo itself would ship all that was ordered."""
    (number,) = bed.desk.sell([("CAM-P", 2)])
    assert refused(bed, done(bed, number), Step.SHIPPED) == "LINES"
    assert bed.desk.picking(number)["state"] == "assigned"


@pytest.mark.parametrize("way", WAYS)
def test_an_order_cancelled_there_is_refused_at_every_step(bed: OdooBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 1)])
    picked = done(bed, number)
    bed.desk.cancel(number)
    for step in Step:
        assert refused(bed, picked, step) == "CANCELLED"
    assert bed.desk.picking(number)["state"] == "cancel"


@pytest.mark.parametrize("way", WAYS)
def test_an_order_edited_there_after_the_pick_is_refused_as_edited(bed: OdooBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 2)])
    picked = done(bed, number)
    bed.desk.change_quantity(number, 1)
    assert refused(bed, picked, Step.PICKED) == "QUANTITY"


@pytest.mark.parametrize("way", WAYS)
def test_another_product_than_was_ordered_is_refused(bed: OdooBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 1)])
    picked = done(bed, number)
    line = structs.replace(picked.lines[0], sku="CAM-M")
    assert refused(bed, structs.replace(picked, lines=(line,)), Step.PICKED) == "SUBSTITUTED"
    assert sum(line["picked"] for line in bed.desk.picking(number)["lines"]) == 0


@pytest.mark.parametrize("way", WAYS)
def test_eight_at_once_ship_once(bed: OdooBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 2)])
    fulfilment = done(bed, number)
    before = bed.desk.on_hand("CAM-P")
    tell(bed, fulfilment, Step.PICKED, Step.PACKED)
    shipped = structs.replace(fulfilment, step=Step.SHIPPED)

    ends = race(bed, shipped)
    assert set(ends) <= {"Receipt", "Down", "UnknownOutcome"}, ends  # lost a write to another
    assert ends["Receipt"] >= 1
    assert bed.desk.picking(number)["state"] == "done"
    assert bed.desk.on_hand("CAM-P") == before - 2


def test_a_lost_answer_to_validate_is_found_done(odoo: Desk) -> None:
    bed = OdooBed(odoo, "JSON-2")
    (number,) = bed.desk.sell([("CAM-P", 2)])
    fulfilment = done(bed, number)
    tell(bed, fulfilment, Step.PICKED, Step.PACKED)
    shipped = structs.replace(fulfilment, step=Step.SHIPPED)
    with FaultyProxy(bed.url) as proxy:
        proxy.next(faults.LOSE_ANSWER, where=lambda _, path: path.endswith("button_validate"))
        with pytest.raises(errors.UnknownOutcome):
            tell(bed, shipped, Step.SHIPPED, url=proxy.url)
    assert run(bed, lambda odoo: odoo.find_told(shipped, "key-1")) is not None
    assert bed.desk.picking(number)["backorder_ids"] == []


@pytest.mark.parametrize("way", WAYS)
def test_a_new_address_reaches_the_next_pull_though_the_delivery_has_an_old_stamp(
    bed: OdooBed,
) -> None:
    (number,) = bed.desk.sell([("CAM-P", 1)], customer="João Lima")
    old = "2020-01-01 00:00:00"
    bed.desk.change_cep("João Lima", "01310-999")
    stamp = bed.desk.find("stock.picking", [["id", "=", number]], "write_date")[0]["write_date"]
    assert stamp > old

    mark = (datetime.now(UTC) + timedelta(minutes=10, seconds=-1)).isoformat()
    found = {r.external_id: r.order for r in run(bed, all_of, mark)}
    moved = found[str(number)]
    assert moved is not None
    assert moved.address.cep == "01310999"


@pytest.mark.parametrize("way", WAYS)
def test_a_wrong_key_is_said_to_be_one(bed: OdooBed) -> None:
    bed.key = "wrong"
    with pytest.raises(errors.Unauthorised):
        run(bed, check)


@pytest.mark.parametrize("way", WAYS)
def test_check_says_version_and_clock(bed: OdooBed) -> None:
    checked = run(bed, check)
    assert checked.system.startswith("Odoo 19")
    assert checked.clock is not None
