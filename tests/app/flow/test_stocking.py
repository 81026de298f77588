"""Stock levels of another system reach the bins, less what left them and isn't known there yet."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.connectors.roles import Level, Role, Step
from app.domain import entries as e
from app.domain.model import BinStock
from app.flow.setup import Setup
from app.flow.stocking import LONGEST_SKU
from app.store import catalogue, connectors, orders
from tests.support.flow_floor import FlowFloor
from tests.support.simulated_system import BEFORE, NONE

BIN = "A-01"


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[FlowFloor]:
    made = FlowFloor(tmp_path)
    made.connect("loja", Role.ORDERS, Role.STOCK, stock_min="30")
    yield made
    made.store.close()


def stands(floor: FlowFloor, sku: str) -> dict[str, int]:
    with floor.store.read() as c:
        return {place.bin: place.quantity for place in catalogue.stock_of(c, [sku])}


def an_order(floor: FlowFloor) -> tuple[int, str, str, int]:
    """A released order of the shop, with its first line: (id, line id, SKU, units)."""
    made = floor.order()
    floor.system.put(made)
    order_id = floor.take(made)
    with floor.store.read() as c:
        line = orders.lines(c, order_id)[0]
    return order_id, line.line_id, line.sku, line.quantity


def pick(floor: FlowFloor, order_id: int, line_id: str, sku: str, units: int) -> None:
    entry = e.UnitsPlaced(order_id, line_id, sku, BIN, "T1", units)
    floor.write(entry, task=f"pick-{order_id}")


def test_what_another_system_counts_stands_in_the_bins(floor: FlowFloor) -> None:
    floor.system.stock = [Level(BIN, "SKU-1", 5), Level("B-02", "SKU-1", 7), Level("", "SKU-2", 3)]
    assert floor.round().levels == 3
    assert stands(floor, "SKU-1") == {BIN: 5, "B-02": 7}
    assert stands(floor, "SKU-2") == {"loja": 3}, "a system without bins is one place"


def test_the_same_levels_again_leave_what_a_person_counted(floor: FlowFloor) -> None:
    floor.system.stock = [Level(BIN, "SKU-1", 5)]
    floor.round()
    with floor.store.write() as c:
        catalogue.put_stock(c, BinStock(BIN, "", 0, "SKU-1", 4), "loja:5")
    assert floor.round().levels == 0
    assert stands(floor, "SKU-1") == {BIN: 4}
    floor.system.stock = [Level(BIN, "SKU-1", 9)]
    assert floor.round().levels == 1
    assert stands(floor, "SKU-1") == {BIN: 9}


def test_what_a_system_names_no_more_stands_nowhere(floor: FlowFloor) -> None:
    floor.system.stock = [Level(BIN, "SKU-1", 5), Level(BIN, "SKU-2", 5)]
    floor.round()
    floor.system.stock = [Level(BIN, "SKU-2", 5)]
    floor.round()
    assert stands(floor, "SKU-1") == {}
    assert stands(floor, "SKU-2") == {BIN: 5}


def test_units_picked_here_and_not_known_there_are_taken_off(floor: FlowFloor) -> None:
    order_id, line_id, sku, units = an_order(floor)
    floor.system.stock = [Level(BIN, sku, 50)]
    floor.round()
    pick(floor, order_id, line_id, sku, units)
    assert stands(floor, sku) == {BIN: 50 - units}
    floor.system.stock = [Level(BIN, sku, 60)]  # goods came in there
    floor.round()
    assert stands(floor, sku) == {BIN: 60 - units}


def test_units_that_are_known_there_are_taken_off_once(floor: FlowFloor) -> None:
    order_id, line_id, sku, units = an_order(floor)
    floor.system.stock = [Level(BIN, sku, 50)]
    floor.round()
    pick(floor, order_id, line_id, sku, units)
    floor.owe(order_id, Step.PICKED.value)
    floor.system.stock = [Level(BIN, sku, 50 - units)]
    floor.round()  # the telling is done in it, before the levels are read
    assert [call.state for call in floor.calls(kind="tell")] == ["done"]
    assert stands(floor, sku) == {BIN: 50 - units}


def test_a_shop_that_counts_no_ordered_unit_has_them_in_its_bin_all_the_same(
    floor: FlowFloor,
) -> None:
    order_id, line_id, sku, units = an_order(floor)
    floor.system.taken_at = None
    floor.system.stock = [Level(BIN, sku, 50)]
    floor.round()
    assert stands(floor, sku) == {BIN: 50 + units}
    pick(floor, order_id, line_id, sku, units)
    assert stands(floor, sku) == {BIN: 50}
    floor.system.stock = [Level(BIN, sku, 51)]
    floor.round()
    assert stands(floor, sku) == {BIN: 51}


def test_a_bin_keeps_its_zone_and_its_place_in_the_walk(floor: FlowFloor) -> None:
    with floor.store.write() as c:
        catalogue.put_stock(c, BinStock(BIN, "Z1", 7, "SKU-1", 1), "a file's")
    floor.system.stock = [Level(BIN, "SKU-1", 5)]
    floor.round()
    with floor.store.read() as c:
        (place,) = catalogue.stock_of(c, ["SKU-1"])
    assert (place.zone, place.pick_sequence, place.quantity) == ("Z1", 7, 5)


def test_what_cant_be_kept_is_left_out_and_stops_nothing(floor: FlowFloor) -> None:
    floor.system.stock = [
        Level(BIN, "", 5),
        Level(BIN, "X" * (LONGEST_SKU + 1), 5),
        Level("A\x00", "SKU-1", 5),
        Level(BIN, "SKU-1", 5),
    ]
    assert floor.round().levels == 1


def test_levels_are_read_as_often_as_is_said(floor: FlowFloor) -> None:
    flow = floor.flow()
    with floor.store.read() as c:
        row = connectors.named(c, "loja")
    floor.round(flow)
    assert floor.system.calls["levels"] == 1

    async def at_due_time() -> int:
        return await flow._levels(row, floor.system, due=True)

    for minutes, calls in ((29, 1), (2, 2)):
        floor.later(minutes=minutes)
        asyncio.run(at_due_time())
        assert floor.system.calls["levels"] == calls


def test_a_system_that_does_not_answer_leaves_the_bins_alone(floor: FlowFloor) -> None:
    floor.system.stock = [Level(BIN, "SKU-1", 5)]
    floor.round()
    floor.system.fault = lambda call: BEFORE if call == "levels" else NONE
    floor.system.stock = []
    assert floor.round().failed == {"loja": "CONNECTOR_DOWN"}
    assert stands(floor, "SKU-1") == {BIN: 5}


def test_levels_are_read_only_where_that_is_switched_on(floor: FlowFloor) -> None:
    setup = Setup(floor.store, floor.clock)
    secrets = {"consumer_key": "ck", "consumer_secret": "cs"}
    for name, options in (("a", {}), ("b", {"stock_min": "60"})):
        setup.add(name, "woocommerce", "https://loja.example.com", options, secrets)
    with floor.store.read() as c:
        roles = {row.name: row.roles for row in connectors.every(c)}
    assert (roles["a"], roles["b"]) == (["orders"], ["orders", "stock"])
