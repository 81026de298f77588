"""What waits for a person is listed by reason, corrected, tried again or discarded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from app.connectors.roles import Role
from app.domain.model import Order
from app.flow.repair import Repair, RepairRefused
from app.flow.taking import Told
from app.store import connectors, imports, journal, orders
from app.store.database import Store
from tests.support import homes, warehouse
from tests.support.flow_floor import FlowFloor
from tests.support.simulated_system import NONE, REFUSE


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[FlowFloor]:
    made = FlowFloor(tmp_path)
    made.connect("loja", Role.ORDERS)
    yield made
    made.store.close()


@pytest.fixture
def repair(floor: FlowFloor) -> Repair:
    return Repair(floor.store, floor.taker, "E1", floor.clock)


def _dead(floor: FlowFloor) -> int:
    order_id = floor.take(floor.order())
    floor.owe(order_id, "packed")
    floor.system.fault = lambda call: REFUSE if call == "tell" else NONE
    floor.round()
    floor.system.fault = lambda call: NONE
    return order_id


def test_a_dead_call_is_listed_tried_again_and_done(floor: FlowFloor, repair: Repair) -> None:
    order_id = _dead(floor)
    (matter,) = repair.pending()
    assert (matter.code, matter.system, matter.kind) == ("CONNECTOR_REFUSED", "loja", "tell")
    assert matter.order == floor.row(order_id).number
    assert repair.replay([matter.id], 7) == 1
    assert repair.pending() == []
    floor.round()
    assert floor.calls()[0].state == "done"
    assert repair.replay(None) == 0


def test_all_are_tried_again_at_once(floor: FlowFloor, repair: Repair) -> None:
    for _ in range(3):
        _dead(floor)
    assert repair.replay(None, 7) == 3
    floor.round()
    assert {call.state for call in floor.calls()} == {"done"}


def test_a_discarded_call_keeps_its_reason_in_the_orders_story(
    floor: FlowFloor, repair: Repair
) -> None:
    order_id = _dead(floor)
    (matter,) = repair.pending()
    with pytest.raises(RepairRefused, match="DISCARD_NEEDS_REASON"):
        repair.discard(matter.id, "  ")
    repair.discard(matter.id, "lançado à mão", 7)
    with pytest.raises(RepairRefused, match="NOTHING_TO_REPLAY"):
        repair.discard(matter.id, "de novo", 7)
    with floor.store.read() as c:
        entry = journal.order_entries(c, order_id)[-1].entry
    assert entry.payload() == {
        "order_id": order_id, "system": "loja", "call": "tell packed", "reason": "lançado à mão",
    }  # fmt: skip


def _aside(floor: FlowFloor, tmp_path: Path, **facts: object) -> dict[str, object]:
    """A record of a hot folder that could not be taken."""
    pattern = json.loads(
        (warehouse.write(tmp_path / "made", 1) / "orders.jsonl").read_text(encoding="utf-8")
    )
    record = {**pattern, **facts}
    with floor.store.write() as c:
        connectors.add(
            c, name="pasta", kind="hot-folder", url="", options={"folder": str(tmp_path)},
            roles=["orders"], steps=[],
        )  # fmt: skip
        imports.reject_from(c, "pasta", "f:1", "ORDER_NO_LINES", "", json.dumps(record), floor.now)
    return pattern


def test_a_record_aside_is_corrected_and_taken(
    floor: FlowFloor, repair: Repair, tmp_path: Path
) -> None:
    good = _aside(floor, tmp_path, lines=[])
    (matter,) = repair.pending()
    assert json.loads(repair.record(matter.id))["lines"] == []
    with pytest.raises(RepairRefused, match="ORDER_BAD_CEP"):
        repair.correct(matter.id, json.dumps({**good, "address": {**good["address"], "cep": "1"}}))  # type: ignore[dict-item]
    with pytest.raises(RepairRefused, match="JSON_BAD"):
        repair.correct(matter.id, "{")
    assert repair.correct(matter.id, json.dumps(good)) == "5001"
    assert repair.pending() == []
    with floor.store.read() as c:
        row = orders.by_number(c, "5001")
    assert row is not None
    assert (row.source, row.external_id) == ("pasta", "x1")


def test_trying_a_record_again_as_it_is_leaves_it_aside(
    floor: FlowFloor, repair: Repair, tmp_path: Path
) -> None:
    _aside(floor, tmp_path, lines=[])
    assert repair.replay(None) == 0
    assert len(repair.pending()) == 1


def test_a_customers_data_is_corrected_here_and_names_no_value_in_the_journal(
    floor: FlowFloor, repair: Repair
) -> None:
    order_id = floor.take(floor.order())
    number = floor.row(order_id).number
    for bad in ({"cep": "123"}, {"shoe_size": "42"}, {"name": "a\nb"}):
        with pytest.raises(RepairRefused):
            repair.correct_recipient(number, bad)
    repair.correct_recipient(number, {"cep": "04538-133", "phone": "11987654321"}, 7)
    with floor.store.read() as c:
        person, address = orders.recipient(c, order_id)
        story = journal.order_entries(c, order_id)
    assert (address.cep, person.phone) == ("04538133", "11987654321")
    assert floor.row(order_id).address_version == 2, "labels of the old address are void"
    assert story[-1].entry.payload() == {"order_id": order_id, "fields": ("cep", "phone")}


def _corrected(floor: FlowFloor, repair: Repair) -> tuple[Order, int]:
    """An order as its source tells it, whose CEP a person corrected."""
    order = floor.order()
    order_id = floor.take(order)
    repair.correct_recipient(order.number, {"cep": "04538-133"}, 7)
    return order, order_id


def _cep(floor: FlowFloor, order_id: int) -> str:
    with floor.store.read() as c:
        return orders.recipient(c, order_id)[1].cep


def _tell(floor: FlowFloor, order: Order, digest: str) -> None:
    with floor.store.write() as c:
        floor.taker.take(c, [Told(order, digest)])


def test_a_correction_outlives_the_same_order_told_again(floor: FlowFloor, repair: Repair) -> None:
    order, order_id = _corrected(floor, repair)
    _tell(floor, order, order.number)
    _tell(floor, order, "the digest of another version of this program")
    assert _cep(floor, order_id) == "04538133"
    assert floor.row(order_id).address_version == 2


def test_a_correction_outlives_what_else_the_source_changes(
    floor: FlowFloor, repair: Repair
) -> None:
    order, order_id = _corrected(floor, repair)
    repair.correct_recipient(order.number, {"phone": "11987654321"}, 7)
    _tell(floor, structs.replace(order, note="cuidado: vidro"), "later")
    assert (_cep(floor, order_id), floor.row(order_id).note) == ("04538133", "cuidado: vidro")


def test_another_address_of_the_source_goes_over_a_correction(
    floor: FlowFloor, repair: Repair
) -> None:
    order, order_id = _corrected(floor, repair)
    moved = structs.replace(order, address=structs.replace(order.address, cep="01310100"))
    _tell(floor, moved, "moved")
    assert _cep(floor, order_id) == "01310100"
    _tell(floor, order, "moved back")
    assert _cep(floor, order_id) == order.address.cep


WORDS = st.tuples(st.booleans(), st.sampled_from(["04538133", "01310100", "20040002"]))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(WORDS, max_size=8))
def test_the_newest_word_counts_of_a_person_and_of_a_source_that_says_something_new(
    floor: FlowFloor, repair: Repair, words: list[tuple[bool, str]]
) -> None:
    order = floor.order()
    order_id = floor.take(order)
    expected = last_told = order.address.cep
    for at, (by_person, cep) in enumerate(words):
        if by_person:
            repair.correct_recipient(order.number, {"cep": cep}, 7)
            expected = cep
            continue
        told = structs.replace(order, address=structs.replace(order.address, cep=cep))
        _tell(floor, told, f"word {at}")
        if cep != last_told:
            expected = last_told = cep
        assert _cep(floor, order_id) == expected
    assert _cep(floor, order_id) == expected


def test_a_correction_of_an_older_store_outlives_the_next_telling(
    floor: FlowFloor, repair: Repair
) -> None:
    order, order_id = _corrected(floor, repair)
    with floor.store.write() as c:  # as it was before corrections were remembered
        c.exec_driver_sql("ALTER TABLE recipients DROP COLUMN corrected_over")
        for later in ("INDEX ix_tasks_fencing", "INDEX ix_orders_packed", "TABLE rank_counts"):
            c.exec_driver_sql(f"DROP {later}")
        c.exec_driver_sql("UPDATE alembic_version SET version_num = 'retention'")
    floor.store.close()
    floor.store = Store.open(floor.store.path, homes.KEY)
    _tell(floor, order, "the digest of another version of this program")
    assert _cep(floor, order_id) == "04538133"
    moved = structs.replace(order, address=structs.replace(order.address, cep="01310100"))
    _tell(floor, moved, "moved")
    assert _cep(floor, order_id) == "01310100"
