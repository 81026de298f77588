"""An order's gates tell how it stands outside the warehouse, and hold it back where they must."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config import SettingError, Settings, check
from app.connectors.roles import Role
from app.domain.gates import DueBy
from app.domain.model import BinStock, Gate, GateStatus
from app.flow import gates
from app.flow.invoices import Policy
from app.flow.taking import OrderTaker
from app.store import catalogue, invoices, orders
from tests.support.flow_floor import FlowFloor
from tests.support.simulated_system import NONE, REFUSE


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[FlowFloor]:
    made = FlowFloor(tmp_path)
    yield made
    made.store.close()


def _gates(floor: FlowFloor, order_id: int) -> dict[Gate, gates.GateState]:
    with floor.store.read() as c:
        row = orders.by_id(c, order_id)
        assert row is not None
        return {state.gate: state for state in gates.of_order(c, row)}


def _held(floor: FlowFloor, order_id: int, step: DueBy, **policy: str) -> Gate | None:
    with floor.store.read() as c:
        row = orders.by_id(c, order_id)
        assert row is not None
        asked = {Gate(name): DueBy(due) for name, due in policy.items()}
        state = gates.held_back(c, row, asked, step)
        invoice = invoices.of_order(c, order_id)
        status = invoice.status if invoice else ""
    # What is known of every order at once may only ever spare a look that finds nothing.
    assert state is None or gates.may_hold(asked, step, row.payment_status, status)
    return state.gate if state else None


def test_what_the_shop_was_told_is_a_gate_with_its_next_try(floor: FlowFloor) -> None:
    floor.connect("loja", Role.ORDERS)
    order_id = floor.take(floor.order())
    assert _gates(floor, order_id)[Gate.FULFILMENT].status is GateStatus.WAITING
    floor.owe(order_id, "packed")
    floor.system.fault = lambda call: "after" if call == "tell" else NONE
    floor.round()
    told = _gates(floor, order_id)[Gate.FULFILMENT]
    assert (told.status, told.reason, told.system) == ("waiting", "CONNECTOR_UNKNOWN", "loja")
    assert told.since == floor.now
    assert told.next_try_at is not None
    assert told.next_try_at > floor.now


def test_a_refusal_fails_the_gate_and_moves_no_box(floor: FlowFloor) -> None:
    floor.connect("loja", Role.ORDERS)
    order_id = floor.take(floor.order())
    floor.owe(order_id, "packed")
    floor.system.fault = lambda call: REFUSE if call == "tell" else NONE
    floor.round()
    told = _gates(floor, order_id)[Gate.FULFILMENT]
    assert (told.status, told.reason) == (GateStatus.FAILED, "CONNECTOR_REFUSED")
    assert floor.row(order_id).state == "RELEASED"


def test_a_gate_that_concerns_nobody_is_not_shown(floor: FlowFloor) -> None:
    order_id = floor.take(floor.order(source="arquivo"))
    assert set(_gates(floor, order_id)) == {Gate.PAYMENT, Gate.STOCK, Gate.INVOICE, Gate.LABEL}


def test_a_gate_holds_its_own_step_and_all_after_it(floor: FlowFloor) -> None:
    order_id = floor.take(floor.order(payment_status="pending", paid_at=None))
    for due, held in (
        ("release", (True, True, True)),
        ("pack", (False, True, True)),
        ("dispatch", (False, False, True)),
        ("never", (False, False, False)),
    ):
        steps = (DueBy.RELEASE, DueBy.PACK, DueBy.DISPATCH)
        found = tuple(_held(floor, order_id, step, payment=due) is not None for step in steps)
        assert found == held, due


def _taker(floor: FlowFloor, **values: str) -> OrderTaker:
    settings = Settings({key.replace("_", ".", 1): value for key, value in values.items()})
    return OrderTaker(
        station_id="E1", clock=floor.clock, cutoff_of=lambda carrier: "16:30", policy=Policy(),
        gates_of=settings.gates,
    )  # fmt: skip


def test_an_order_waits_for_its_stock_where_the_channel_says_so(floor: FlowFloor) -> None:
    from app.flow.taking import Told

    taker = _taker(floor, gates_loja="stock:release")
    order = floor.order(channel="loja")
    with floor.store.write() as c:
        taker.take(c, [Told(order, "d")])
        row = orders.by_number(c, order.number)
        assert row is not None
        assert row.state == "RECEIVED"
        for line in order.lines:
            stock = BinStock("A-01", "A", 1, line.sku, line.quantity)
            catalogue.put_stock(c, stock, "d")
        assert taker.release_ready(c, [row.id]) == 1
    assert floor.row(row.id).state == "RELEASED"


def test_a_channel_may_release_before_it_is_paid(floor: FlowFloor) -> None:
    from app.flow.taking import Told

    taker = _taker(floor, gates_loja="payment:dispatch")
    order = floor.order(channel="loja", payment_status="pending", paid_at=None)
    with floor.store.write() as c:
        taker.take(c, [Told(order, "d")])
        row = orders.by_number(c, order.number)
    assert row is not None
    assert row.state == "RELEASED"


def test_the_policy_of_a_channel_goes_before_that_of_all() -> None:
    settings = Settings({"gates.*": "invoice:pack", "gates.loja": "invoice:dispatch"})
    assert settings.gates("loja")[Gate.INVOICE] is DueBy.DISPATCH
    assert settings.gates("balcao")[Gate.INVOICE] is DueBy.PACK
    assert settings.gates("balcao")[Gate.PAYMENT] is DueBy.RELEASE
    assert Settings({"invoice.channels": "loja"}).gates("loja")[Gate.INVOICE] is DueBy.PACK


@pytest.mark.parametrize(
    "bad", ["payment", "payment:soon", "box:pack", "label:release", "notice:pack"]
)
def test_a_policy_that_cant_be_is_refused(bad: str) -> None:
    with pytest.raises(SettingError):
        check("gates.loja", bad)
