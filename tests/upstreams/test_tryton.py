"""Tryton 8.2 and 7.0, real ones, pass the contract and keep what only real ones showed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from msgspec import structs

from app.connectors import errors
from app.connectors.kinds import Config
from app.connectors.roles import Pulled, Step
from app.connectors.tryton.connector import KIND, Tryton
from tests.app.connectors.contract import KeptSecrets, OrdersContract
from tests.app.connectors.contracts.stock import StockContract
from tests.app.connectors.hands import NFE, all_of, check, done, order, race, refused, run, tell
from tests.support import faulty_proxy as faults
from tests.support.faulty_proxy import FaultyProxy
from tests.support.upstreams.tryton.desk import Desk
from tests.support.upstreams.tryton.server import DATABASE, PASSWORD, USER

REST, OLD = "8.2 REST", "7.0 JSON-RPC"
WAYS = (REST, "8.2 JSON-RPC", OLD)
NO_CEP = "Íris Sem Cep"


class TrytonBed:
    kind = KIND
    page = 5

    def __init__(self, desk: Desk, key: str) -> None:
        self.desk = desk
        self.url = desk.server.url
        self.key = key
        self.password = PASSWORD

    def config(self, url: str) -> Config:
        options = {"database": DATABASE, "user": USER, "page": str(self.page)}
        secrets = KeptSecrets(
            **({"api_key": self.key} if self.key else {"password": self.password})
        )
        return Config("erp", KIND.name, url, options, secrets)

    def add(self, count: int) -> list[str]:
        return [str(n) for n in self.desk.sell(*[[("CAM-P", 2), ("CAN-01", 1)]] * count)]

    def edit(self, external_id: str) -> None:
        self.desk.change_quantity(int(external_id), 1)

    def cancel(self, external_id: str) -> None:
        self.desk.press(int(external_id), "cancel")

    def spoil(self) -> str:
        return str(self.desk.sell([("CAM-P", 1)], customer=NO_CEP)[0])

    def counted(self, sku: str) -> dict[str, int]:
        bins = [
            row["code"]
            for row in self.desk.find("stock.location", [["code", "like", "_-__"]], "code")
        ]
        found = {code: int(self.desk.stock(sku, code)) for code in bins}
        return {code: units for code, units in found.items() if units}

    def told(self, external_id: str) -> int:
        shipment = self.desk.shipment(int(external_id))
        return len(shipment["packages."]) if shipment["state"] == "done" else 0


@pytest.fixture
def bed(tryton: Callable[[str], Desk], way: str) -> TrytonBed:
    version, _, wire = way.partition(" ")
    desk = tryton(version)
    return TrytonBed(desk, desk.rest_key() if wire == "REST" else "")


@pytest.mark.parametrize("way", [REST, OLD])
class TestContract(OrdersContract, StockContract):
    pass


@pytest.mark.parametrize("way", [REST, OLD])
def test_an_order_comes_with_all_that_is_needed_to_ship_it(bed: TrytonBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 2), ("LIV-07", 1)])
    order_ = order(bed, number).order
    assert order_ is not None
    assert [(line.sku, line.quantity) for line in order_.lines] == [("CAM-P", 2), ("LIV-07", 1)]
    assert (order_.recipient.name, order_.recipient.document) == ("Ana Souza", "52998224725")
    assert order_.recipient.email == "cliente1@example.com"
    address = order_.address
    assert (address.street, address.number, address.complement, address.city, address.state) == (
        "Rua Augusta",
        "1578",
        "Apto 41",
        "São Paulo",
        "SP",
    )
    assert address.cep == "01304001"
    assert order_.carrier == "Correios PAC"
    assert order_.channel == "loja virtual"
    assert str(order_.total) == "59.70"


@pytest.mark.parametrize("way", WAYS)
def test_it_is_picked_packed_in_two_boxes_and_shipped(bed: TrytonBed) -> None:
    (number,) = bed.desk.sell([("GAR-05", 3), ("FON-02", 1)])
    before = bed.desk.stock("GAR-05", "A-02")
    tell(bed, done(bed, number, Step.PICKED, split=True))
    shipment = bed.desk.shipment(number)
    assert shipment["state"] == "done"
    packages = {
        package["shipping_reference"]: sorted(move["quantity"] for move in package["moves."])
        for package in shipment["packages."]
    }
    assert packages == {"PB123456781BR": [1.0], "PB123456782BR": [1.0, 2.0]}
    assert shipment["shipping_reference"] == "PB123456781BR, PB123456782BR"
    assert bed.desk.stock("GAR-05", "A-02") == before - 3
    notes = bed.desk.find("ir.note", [["resource", "=", f"stock.shipment.out,{number}"]], "message")
    assert [note["message"] for note in notes] == [f"NF-e {NFE}"]


@pytest.mark.parametrize("way", [REST, OLD])
@pytest.mark.parametrize("short", [1, 2], ids=("one unit", "the whole line"))
def test_what_is_missing_becomes_a_new_order_there(bed: TrytonBed, short: int) -> None:
    (number,) = bed.desk.sell([("CAM-P", 2), ("CAN-01", 1)])
    tell(bed, done(bed, number, Step.PICKED, short=short))
    shipment = bed.desk.shipment(number)
    assert shipment["state"] == "done"
    shipped = {
        move["product."]["code"]: move["quantity"]
        for move in shipment["outgoing_moves."]
        if move["quantity"]
    }
    assert shipped == {k: v for k, v in {"CAM-P": 2 - short, "CAN-01": 1}.items() if v}
    rest = bed.desk.sibling(number)
    assert rest is not None
    assert (rest["state"], rest["outgoing_moves."][0]["quantity"]) == ("waiting", short)
    backorder = order(bed, rest["id"]).order
    assert backorder is not None
    assert [(line.sku, line.quantity) for line in backorder.lines] == [("CAM-P", short)]


@pytest.mark.parametrize("way", [REST, OLD])
def test_stock_reserved_there_before_is_reserved_anew_for_what_was_picked(bed: TrytonBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 2)])
    bed.desk.press(number, "assign_try")
    tell(bed, done(bed, number, Step.PICKED, short=1), Step.PICKED)
    moves = bed.desk.shipment(number)["outgoing_moves."]
    assert [move["quantity"] for move in moves] == [1.0]


@pytest.mark.parametrize("way", WAYS)
def test_an_order_cancelled_there_is_refused_at_every_step(bed: TrytonBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 1)])
    picked = done(bed, number, Step.PICKED)
    bed.desk.press(number, "cancel")
    for step in Step:
        assert refused(bed, picked, step) == "CANCELLED"
        assert bed.desk.shipment(number)["state"] == "cancelled"


@pytest.mark.parametrize("way", [REST, OLD])
def test_an_order_edited_there_after_the_pick_is_refused_as_edited(bed: TrytonBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 2)])
    picked = done(bed, number, Step.PICKED)
    bed.desk.change_quantity(number, 1)
    assert refused(bed, picked, Step.PICKED) == "QUANTITY"
    assert bed.desk.shipment(number)["state"] == "waiting"


@pytest.mark.parametrize("way", [REST, OLD])
def test_stock_that_tryton_does_not_have_is_refused_and_nothing_is_picked(bed: TrytonBed) -> None:
    (number,) = bed.desk.sell([("LIV-07", 900)])
    assert refused(bed, done(bed, number, Step.PICKED), Step.PICKED) == "STOCK"
    assert bed.desk.shipment(number)["state"] == "waiting"
    bed.desk.press(number, "cancel")  # it has reserved what there is


@pytest.mark.parametrize("way", WAYS)
def test_a_step_out_of_order_is_refused_though_the_server_says_nothing(bed: TrytonBed) -> None:
    """7.0 answers a button that does not fit the state with success, and does nothing."""
    (number,) = bed.desk.sell([("CAM-P", 1)])
    with pytest.raises(errors.Refused):
        tell(bed, done(bed, number, Step.PACKED), Step.SHIPPED)
    assert bed.desk.shipment(number)["state"] == "waiting"


@pytest.mark.parametrize("way", [REST, OLD])
def test_another_product_than_was_ordered_is_refused(bed: TrytonBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 1)])
    picked = done(bed, number, Step.PICKED)
    line = structs.replace(picked.lines[0], sku="CAM-M")
    assert refused(bed, structs.replace(picked, lines=(line,)), Step.PICKED) == "SUBSTITUTED"
    assert bed.desk.shipment(number)["state"] == "waiting"


@pytest.mark.parametrize("way", [REST, OLD])
def test_eight_at_once_pick_once(bed: TrytonBed) -> None:
    (number,) = bed.desk.sell([("CAM-P", 2)])
    bed.desk.press(number, "assign_try")
    before = bed.desk.stock("CAM-P", "A-01")
    picked = done(bed, number, Step.PICKED)

    ends = race(bed, picked)
    assert set(ends) <= {"Receipt", "Down"}, ends  # Down: it lost a write to another, try again
    assert ends["Receipt"] >= 1
    shipment = bed.desk.shipment(number)
    assert shipment["state"] == "picked"
    assert [move["quantity"] for move in shipment["outgoing_moves."]] == [2.0]
    assert bed.desk.stock("CAM-P", "A-01") == before - 2


@pytest.mark.parametrize("way", [REST])
def test_a_lost_answer_to_each_button_is_found_done(bed: TrytonBed) -> None:
    """By REST, whose paths name the button; the contract loses every answer of both wires."""
    (number,) = bed.desk.sell([("CAM-P", 2)])
    fulfilment = done(bed, number, Step.PICKED, split=True)
    with FaultyProxy(bed.url) as proxy:
        for step, button in zip(Step, ("pick", "pack", "do"), strict=True):
            told = structs.replace(fulfilment, step=step)
            proxy.next(faults.LOSE_ANSWER, where=lambda _, path, b=button: path.endswith(f"/{b}"))
            with pytest.raises(errors.UnknownOutcome):
                tell(bed, told, step, url=proxy.url)
            assert run(bed, lambda tryton, told=told: tryton.find_told(told, "key-1")), step
    assert bed.told(str(number)) == 2
    assert bed.desk.sibling(number) is None


@pytest.mark.parametrize("way", [REST, OLD])
def test_a_new_address_reaches_the_next_pull_though_the_shipment_has_an_old_stamp(
    bed: TrytonBed,
) -> None:
    (number,) = bed.desk.sell([("CAM-P", 1)], customer="João Conceição")
    bed.desk.change_cep("João Conceição", "50030-999")
    later = datetime.now(UTC).isoformat()
    bed.desk.change_cep("João Conceição", "50030-170")
    found = {r.external_id: r.order for r in run(bed, all_of, later)}
    order_ = found[str(number)]
    assert order_ is not None
    assert order_.address.cep == "50030170"


@pytest.mark.parametrize("way", [REST, OLD])
def test_the_mark_is_the_servers_time_and_never_goes_back(bed: TrytonBed) -> None:
    bed.desk.sell(*[[("CAM-P", 1)]] * (bed.page + 1))

    async def marks(tryton: Tryton) -> list[str]:
        first = [page.mark async for page in tryton.pull("")]
        return [*first, *[page.mark async for page in tryton.pull(first[-1])]]

    found = run(bed, marks)
    assert found[0] == "", "only the last page of a pull moves the mark"
    assert datetime.fromisoformat(found[-1]).tzinfo is not None
    assert found[-1] >= next(mark for mark in found if mark)


@pytest.mark.parametrize("way", WAYS)
def test_a_wrong_key_is_said_to_be_one(bed: TrytonBed) -> None:
    bed.key, bed.password = bed.key and "wrong", "wrong"
    with pytest.raises(errors.Unauthorised):
        run(bed, check)


@pytest.mark.parametrize("way", WAYS)
def test_check_says_version_and_clock(bed: TrytonBed, way: str) -> None:
    checked = run(bed, check)
    assert checked.system.startswith(f"Tryton {way[:3]}")
    assert checked.account == DATABASE
    assert checked.clock is not None


@pytest.mark.parametrize("way", WAYS[1:])
def test_a_session_that_ended_is_opened_again(bed: TrytonBed) -> None:
    with FaultyProxy(bed.url) as proxy:

        async def twice(tryton: Tryton) -> Pulled | None:
            await tryton.check()
            proxy.next(faults.DENIED)
            return await tryton.order("1")

        assert run(bed, twice, url=proxy.url) is not None
