"""While a system is away the bar says what goes on, until when, and who would miss the carrier."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config import Settings
from app.connectors.roles import Role
from app.domain.texts import message
from app.station.outlook import Outlook
from app.station.views import Feedback
from tests.support.flow_floor import FlowFloor
from tests.support.simulated_system import BEFORE, NONE


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[FlowFloor]:
    made = FlowFloor(tmp_path)
    yield made
    made.store.close()


def _away(floor: FlowFloor) -> None:
    floor.system.fault = lambda call: BEFORE
    for _ in range(3):
        floor.round()
        floor.later(minutes=1)


def _outlook(floor: FlowFloor) -> Outlook:
    return Outlook(Settings, floor.clock)


def _said(floor: FlowFloor, outlook: Outlook) -> tuple[Feedback, ...]:
    with floor.store.read() as c:
        return outlook.warnings(c)


def test_nothing_is_said_while_every_system_answers(floor: FlowFloor) -> None:
    floor.connect("fiscal", Role.INVOICES)
    floor.take(floor.order())
    floor.round()
    assert _said(floor, _outlook(floor)) == ()


def test_orders_that_wait_for_their_invoice_are_named_with_the_pickup_they_would_miss(
    floor: FlowFloor,
) -> None:
    free = floor.take(floor.order())
    floor.connect("fiscal", Role.INVOICES)
    numbers = [floor.row(floor.take(floor.order())).number for _ in range(7)]
    _away(floor)
    (said,) = _said(floor, _outlook(floor))
    assert said.code == "OUTAGE_HOLDS"
    assert (said.params["ready"], said.params["held"]) == (1, 7)
    assert said.params["until"] == "16:30"
    assert str(said.params["missing"]).endswith("+2")
    assert sum(number in str(said.params["missing"]) for number in numbers) == 5
    assert floor.row(free).number not in str(said.params["missing"])
    for lang in ("pt", "en"):
        assert "…" not in " ".join(message(said.code, lang, said.params))


def test_a_shop_that_is_away_stops_no_box(floor: FlowFloor) -> None:
    floor.connect("loja", Role.ORDERS)
    order_id = floor.take(floor.order())
    floor.owe(order_id, "packed")
    _away(floor)
    (said,) = _said(floor, _outlook(floor))
    assert said.code == "OUTAGE"
    assert (said.params["ready"], said.params["calls"]) == (1, 1)


def test_when_it_is_back_the_bar_counts_what_is_still_to_be_told(floor: FlowFloor) -> None:
    floor.connect("loja", Role.ORDERS)
    for _ in range(30):
        floor.owe(floor.take(floor.order()), "packed")
    _away(floor)
    outlook = _outlook(floor)
    assert _said(floor, outlook)[0].code == "OUTAGE"
    assert _said(floor, outlook)[0].code == "OUTAGE"
    floor.system.fault = lambda call: NONE
    floor.later(minutes=30)
    told = []
    real = floor.system.tell

    async def tell(done, key):  # type: ignore[no-untyped-def]
        floor.later(seconds=6)
        told.append(_said(floor, outlook))
        return await real(done, key)

    floor.system.tell = tell  # type: ignore[method-assign]
    floor.round()
    counted = [said[0].params["left"] for said in told if said and said[0].code == "CARRYING_OVER"]
    assert counted == sorted(counted, reverse=True)
    assert len(set(counted)) > 3
    floor.later(seconds=6)
    assert _said(floor, outlook) == ()
    assert set(floor.system.effects.values()) == {1}
