"""What the outbox owes is done exactly once, whatever happens in between."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete

from app.connectors.roles import Role
from app.domain import entries as e
from app.domain import retry
from app.flow.runner import Busy
from app.store import leases, outbox
from app.store.schema import BREAKERS
from tests.support.flow_floor import FlowFloor
from tests.support.simulated_system import (
    AFTER,
    BEFORE,
    DENY,
    GARBLE,
    KILL_AFTER,
    KILL_BEFORE,
    LIMIT,
    NONE,
    REFUSE,
    Killed,
)


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[FlowFloor]:
    made = FlowFloor(tmp_path)
    made.connect("loja", Role.ORDERS, Role.NOTICE)
    yield made
    made.store.close()


def _owed(floor: FlowFloor, *topics: str) -> int:
    order_id = floor.take(floor.order())
    for topic in topics or ("packed",):
        floor.owe(order_id, topic)
    return order_id


def test_a_packed_order_owes_its_source_a_call_in_the_same_transaction(floor: FlowFloor) -> None:
    order_id = floor.take(floor.order())
    with contextlib.suppress(RuntimeError), floor.store.write() as c:
        from app.store import journal
        from app.store.journal import Stamp

        journal.append(c, Stamp("E1", 0, floor.now), [e.OrderPacked(order_id)])
        raise RuntimeError("power cut")
    assert floor.calls() == []
    assert floor.row(order_id).state == "RELEASED"
    floor.write(e.OrderPacked(order_id))
    (call,) = floor.calls()
    assert (call.kind, call.topic, call.state, call.connector) == (
        "tell",
        "packed",
        "waiting",
        "loja",
    )
    assert len(call.key) == 36


def test_an_order_of_no_connector_owes_nothing(floor: FlowFloor) -> None:
    order_id = floor.take(floor.order(source="arquivo"))
    floor.write(e.OrderPacked(order_id))
    assert floor.calls() == []


def test_a_call_is_made_once_and_done(floor: FlowFloor) -> None:
    _owed(floor)
    report = floor.round()
    assert report.deliveries["loja"].done == 1
    assert floor.system.calls["find_told"] == 0, "nothing was sent yet: nothing to look up"
    floor.round()
    assert floor.system.calls["tell"] == 1
    (call,) = floor.calls()
    assert (call.state, call.maybe_done) == ("done", False)


@pytest.mark.parametrize("fault", [AFTER, GARBLE])
def test_a_lost_answer_is_looked_up_and_not_sent_again(floor: FlowFloor, fault: str) -> None:
    _owed(floor)
    faults = iter([fault])
    floor.system.fault = lambda call: next(faults, NONE) if call == "tell" else NONE
    floor.round()
    (call,) = floor.calls()
    assert (call.state, call.maybe_done, call.tries) == ("waiting", True, 1)
    assert call.next_try_at > floor.now
    floor.later(hours=1)
    floor.round()
    assert floor.calls()[0].state == "done"
    assert floor.system.calls["tell"] == 1
    assert floor.system.calls["find_told"] == 1


@pytest.mark.parametrize(("kill", "sent"), [(KILL_BEFORE, 2), (KILL_AFTER, 1)])
def test_a_process_that_dies_in_the_middle_of_a_call_leaves_it_to_be_looked_up(
    floor: FlowFloor, kill: str, sent: int
) -> None:
    order_id = _owed(floor)
    faults = iter([kill])
    floor.system.fault = lambda call: next(faults, NONE) if call == "tell" else NONE
    with pytest.raises(Killed):
        floor.round()
    assert floor.calls()[0].state == "sending"
    floor.later(minutes=2)  # the dead process's lease runs out
    floor.round(floor.flow("E1 #other"))
    assert floor.calls()[0].state == "done"
    external_id = floor.row(order_id).external_id
    assert floor.system.effects[external_id, "packed"] == 1
    assert floor.system.calls["tell"] == sent


def test_a_refusal_waits_for_a_person_at_once_and_goes_again_when_told(floor: FlowFloor) -> None:
    _owed(floor)
    floor.system.fault = lambda call: REFUSE if call == "tell" else NONE
    floor.round()
    (call,) = floor.calls()
    assert (call.state, call.code, call.detail) == (
        "dead",
        "CONNECTOR_REFUSED",
        "saldo insuficiente",
    )
    floor.later(days=1)
    floor.round()
    assert floor.system.calls["tell"] == 1, "no further try is of use"
    floor.system.fault = lambda call: NONE
    with floor.store.write() as c:
        assert outbox.replay(c, floor.now, ids=[call.id], operator_id=7) == 1
    floor.round()
    assert floor.calls()[0].state == "done"


def test_a_call_that_never_gets_an_answer_becomes_a_dead_letter_after_its_last_try(
    floor: FlowFloor,
) -> None:
    _owed(floor)
    floor.system.fault = lambda call: AFTER if call in ("tell", "find_told") else NONE
    for _ in range(60):
        floor.round()
        floor.later(hours=2)
    (call,) = floor.calls()
    assert (call.state, call.code, call.maybe_done) == ("dead", "CONNECTOR_UNKNOWN", True)
    assert call.tries == retry.TRIES
    assert floor.system.calls["tell"] == 1
    floor.system.fault = lambda call: NONE
    with floor.store.write() as c:
        outbox.replay(c, floor.now, ids=None, operator_id=0)
    floor.round()
    assert floor.calls()[0].state == "done"
    assert floor.system.calls["tell"] == 1, "it was looked up, and was there"


def test_a_system_that_is_gone_for_days_makes_no_dead_letter(floor: FlowFloor) -> None:
    for _ in range(5):
        _owed(floor)
    floor.system.fault = lambda call: BEFORE
    for _ in range(30):
        floor.round()
        floor.later(hours=3)
    assert {call.state for call in floor.calls()} == {"waiting"}
    assert floor.system.calls["tell"] <= 5, "an open breaker lets no call through"
    floor.system.fault = lambda call: NONE
    floor.later(hours=3)
    floor.round()
    assert {call.state for call in floor.calls()} == {"done"}
    assert set(floor.system.effects.values()) == {1}


def test_an_open_breaker_survives_a_restart_and_closes_when_a_question_is_answered(
    floor: FlowFloor,
) -> None:
    _owed(floor)
    floor.system.fault = lambda call: BEFORE
    for _ in range(3):
        floor.round()
        floor.later(minutes=2)
    flow = floor.flow()
    assert flow._systems.breaker("loja").is_open
    floor.system.fault = lambda call: NONE
    floor.later(minutes=20)
    floor.round(flow)
    assert not flow._systems.breaker("loja").is_open
    assert floor.calls()[0].state == "done"


def test_too_many_calls_wait_as_long_as_the_system_said_and_cost_no_try(floor: FlowFloor) -> None:
    _owed(floor)
    faults = iter([LIMIT])
    floor.system.fault = lambda call: next(faults, NONE) if call == "tell" else NONE
    floor.round()
    (call,) = floor.calls()
    assert call.tries == 0
    assert not call.maybe_done
    assert (call.next_try_at - floor.now).total_seconds() == 20
    floor.later(seconds=10)
    floor.round()
    assert floor.system.calls["tell"] == 1
    floor.later(seconds=11)
    floor.round()
    assert floor.calls()[0].state == "done"


def test_a_refused_key_holds_the_system_and_not_the_calls(floor: FlowFloor) -> None:
    for _ in range(3):
        _owed(floor)
    floor.system.fault = lambda call: DENY
    report = floor.round()
    assert report.failed == {"loja": "CONNECTOR_UNAUTHORISED"}
    assert {(call.state, call.tries) for call in floor.calls()} == {("waiting", 0)}
    floor.system.fault = lambda call: NONE
    floor.later(hours=1)
    floor.round()
    assert {call.state for call in floor.calls()} == {"done"}


def test_the_steps_of_an_order_arrive_in_their_order_and_one_that_waits_holds_the_next(
    floor: FlowFloor,
) -> None:
    order_id = _owed(floor, "picked", "packed", "shipped")
    other = _owed(floor, "packed")
    external_id = floor.row(order_id).external_id
    refused = iter([NONE, REFUSE])
    floor.system.fault = lambda call: NONE
    real = floor.system.tell

    async def tell(done, key):  # type: ignore[no-untyped-def]
        if done.external_id == external_id:
            floor.system.fault = lambda call: next(refused, NONE)
        else:
            floor.system.fault = lambda call: NONE
        return await real(done, key)

    floor.system.tell = tell  # type: ignore[method-assign]
    floor.round()
    states = [call.state for call in floor.calls(order_id=order_id)]
    assert states == ["done", "dead", "waiting"]
    assert floor.calls(order_id=other)[0].state == "done", "another order does not wait for it"
    with floor.store.write() as c:
        outbox.replay(c, floor.now, ids=None, operator_id=0)
    floor.round()
    assert floor.system.heard[external_id] == ["picked", "packed", "shipped"]


def test_a_discarded_call_is_never_made_and_lets_the_next_one_go(floor: FlowFloor) -> None:
    order_id = _owed(floor, "packed", "shipped")
    refused = iter([REFUSE])
    floor.system.fault = lambda call: next(refused, NONE) if call == "tell" else NONE
    floor.round()
    dead = floor.calls(order_id=order_id)[0]
    with floor.store.write() as c:
        assert outbox.discard(c, dead.id, floor.now, operator_id=3, why="feito à mão")
        assert not outbox.discard(c, dead.id, floor.now, operator_id=3, why="de novo")
    floor.round()
    states = [(call.state, call.settled_why) for call in floor.calls(order_id=order_id)]
    assert states == [("discarded", "feito à mão"), ("done", "")]


def test_only_one_process_runs_the_flow_and_a_stale_one_writes_nothing(floor: FlowFloor) -> None:
    _owed(floor)
    first, second = floor.flow("E1 #1"), floor.flow("E1 #2")
    with floor.store.write() as c:
        assert leases.take(c, "flow", "E1 #9", floor.now, _lasts()) is not None
    with pytest.raises(Busy, match="E1 #9"):
        floor.round(first)
    floor.later(minutes=5)
    real = floor.system.tell

    async def taken_over(done, key):  # type: ignore[no-untyped-def]
        answer = await real(done, key)
        floor.later(minutes=5)  # so long away that another took the lease
        with floor.store.write() as c:
            assert leases.take(c, "flow", "E1 #2", floor.now, _lasts()) is not None
        return answer

    floor.system.tell = taken_over  # type: ignore[method-assign]
    with pytest.raises(Busy, match="E1 #2"):
        floor.round(first)
    assert floor.calls()[0].state == "sending", "the stale one kept nothing"
    floor.system.tell = real  # type: ignore[method-assign]
    floor.round(second)
    assert floor.calls()[0].state == "done"
    assert floor.system.calls["tell"] == 1


def test_a_cancelled_order_is_told_no_more_unless_it_may_have_been(floor: FlowFloor) -> None:
    fresh, sent = _owed(floor), _owed(floor)
    with floor.store.write() as c:
        outbox.set_state(c, floor.calls(order_id=sent)[0].id, maybe_done=True)
    for order_id in (fresh, sent):
        floor.write(e.OrderCancelled(order_id, "cliente", 0))
    assert floor.calls(order_id=fresh)[0].state == "discarded"
    assert floor.calls(order_id=sent)[0].state == "waiting"


def test_a_strange_exception_of_a_connector_counts_as_unreadable(floor: FlowFloor) -> None:
    _owed(floor)

    async def tell(done, key):  # type: ignore[no-untyped-def]
        raise KeyError("Maria Inventada")

    floor.system.tell = tell  # type: ignore[method-assign]
    floor.round()
    (call,) = floor.calls()
    assert (call.code, call.detail, call.maybe_done) == ("CONNECTOR_UNREADABLE", "KeyError", True)


def test_a_try_of_a_broken_system_is_spread_by_chance() -> None:
    assert retry.wait_s(1, 0.0) == 7.5
    assert retry.wait_s(1, 1.0) == 15
    assert retry.wait_s(4, 1.0) == 120
    assert retry.wait_s(99, 1.0) == 3600


def _lasts():  # type: ignore[no-untyped-def]
    from datetime import timedelta

    return timedelta(seconds=60)


def _forget_breakers(floor: FlowFloor) -> None:
    with floor.store.write() as c:
        c.execute(delete(BREAKERS))
