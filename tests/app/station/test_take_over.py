"""Work that another station has in hand: who has it, and how it goes on here."""

from __future__ import annotations

from app.demo import PIN
from app.domain.codes import own_code
from app.domain.decision import Outcome
from app.engine import Engine
from app.station import auditor
from app.station.station import Station
from app.store import orders, tasks
from tests.support import floor
from tests.support.shift import pack_scan


def at_another_bench(engine: Engine) -> tuple[str, Station]:
    """An order of several units on the bench of another station, one of them verified."""
    for _ in range(20):
        number, *_ = floor.pick(engine.station, "single")
        other = floor.second_station(engine, "Estação 2")
        other.open_pack(number)
        if other.view().pack.step == "note":
            other.scan(own_code("C", "OK"))
        if other.view().pack.units_total > 1:
            assert other.scan(pack_scan(other.view().pack)).outcome is Outcome.OK
            return number, other
        other.release_task()
    raise AssertionError("no order of several units")


def test_a_supervisor_takes_over_and_the_other_station_is_told_at_its_next_scan(
    engine: Engine,
) -> None:
    number, other = at_another_bench(engine)
    station = engine.station
    claimed = station.open_pack(number)
    assert (claimed.code, claimed.params["bench"]) == ("CLAIMED", "Estação 2")
    task = str(claimed.params["task"])
    assert station.take_over(task, " ").code == "REASON_NEEDED"
    assert station.take_over(task, "a estação parou").code == "TAKEN_OVER"
    assert station.view().pack.units_done == 1
    late = other.scan(pack_scan(other.view().pack))
    assert (late.code, late.params["order"]) == ("STALE", number)
    assert other.view().pack is None
    assert station.view().pack.units_done == 1
    floor.check_units(station, "verify")
    assert station.scan(floor.tracking_of(engine, number)).code == "ORDER_PACKED"
    with engine.store.read() as c:
        told = auditor.rows(c, "pt", "overrides", 3)
    assert ("TaskTakenOver", "Estação 2 · a estação parou") in [(r.kind, r.detail) for r in told]


def test_only_who_may_takes_over(engine: Engine) -> None:
    number, _ = at_another_bench(engine)
    task = str(engine.station.open_pack(number).params["task"])
    engine.station.sign_in("CONF", PIN)
    assert engine.station.take_over(task, "quero").code == "NOT_PERMITTED"


def test_a_manifest_and_a_put_back_are_in_one_pair_of_hands(engine: Engine) -> None:
    station = engine.station
    number, *_ = floor.pick(station, "single")
    floor.pack(station, number)
    service = floor.service_of(engine, number)
    station.open_manifest(*service)
    other = floor.second_station(engine, "Estação 2")
    assert other.open_manifest(*service).code == "CLAIMED"
    station.release_task()
    assert other.open_manifest(*service).code == "MANIFEST_OPENED"
    station.supervise(number, "cancel", "desistiu")
    station.start_putback(number)
    other.release_task()
    assert other.start_putback(number).code == "CLAIMED"


def test_a_renamed_station_keeps_the_task_in_its_hands(engine: Engine) -> None:
    station = engine.station
    station.claim_pick("single", 1)
    floor.walk(station, "item")
    before = station.view().pick
    number = before.totes[0][0]
    renamed = floor.second_station(engine, "Mesa nova")
    assert renamed.view().pick is None
    renamed.begin()
    assert renamed.view().pick == before
    with engine.store.read() as c:
        row = orders.by_number(c, number)
        assert row.claimed_by == "Mesa nova"
        assert tasks.open_task(c, station.id) is None
