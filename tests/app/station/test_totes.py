"""A tote is in use from its loading until its last unit is packed or back in its bin."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.domain.codes import own_code
from app.domain.decision import Outcome
from app.engine import Engine
from app.rehearsal import pick_scan
from app.store.schema import TOTES
from tests.support import floor


def totes_in_use(engine: Engine) -> set[str]:
    with engine.store.read() as c:
        return set(c.scalars(select(TOTES.c.code)))


@pytest.mark.parametrize("mode", ["single", "batch", "cluster"])
def test_every_tote_is_free_again_when_its_orders_are_packed(engine: Engine, mode: str) -> None:
    station = engine.station
    numbers = floor.pick(station, mode, 3)
    assert totes_in_use(engine)
    for number in numbers:
        floor.pack(station, number)
    assert totes_in_use(engine) == set()


def test_a_pick_given_back_frees_the_tote_that_its_batch_shared(engine: Engine) -> None:
    station = engine.station
    station.claim_pick("batch", 3)
    station.scan(own_code("T", "T-01"))
    assert totes_in_use(engine) == {"T-01"}
    station.release_task()
    assert totes_in_use(engine) == set()


@pytest.mark.parametrize("mode", ["single", "batch", "cluster"])
def test_a_loaded_tote_is_refused_elsewhere_and_names_its_order(engine: Engine, mode: str) -> None:
    station, other = engine.station, floor.second_station(engine, "Estação 2")
    station.claim_pick(mode, 3)
    numbers = [number for number, _ in station.view().pick.totes]
    station.scan(own_code("T", "T-01"))
    other.claim_pick("single", 1)
    feedback = other.scan(own_code("T", "T-01"))
    assert (feedback.outcome, feedback.code) == (Outcome.BLOCK, "TOTE_IN_USE")
    assert feedback.params["order"] in (numbers if mode == "batch" else numbers[:1])


def test_a_batch_tote_at_the_bench_names_the_order_that_is_still_in_it(engine: Engine) -> None:
    station = engine.station
    first, *others = floor.pick(station, "batch", 3)
    *packed, last = [first, *others]
    for number in packed:
        floor.pack(station, number)
    station.claim_pick("single", 1)
    feedback = station.scan(own_code("T", "T-01"))
    assert (feedback.code, feedback.params["order"]) == ("TOTE_IN_USE", last)


def test_the_tote_of_an_order_cancelled_in_the_wave_is_free_after_the_put_back(
    engine: Engine,
) -> None:
    station = engine.station
    station.claim_pick("cluster", 2)
    floor.walk(station, "tote")
    here = station.view().pick
    number, tote = here.current.order_number, here.tote
    station.scan(pick_scan(here, floor.TOTES))
    station.supervise(number, "cancel", "cliente desistiu")
    if floor.state_of(engine, number) == "CANCELLED":
        pytest.fail("the unit in the tote was forgotten")
    assert station.view().pick.step == "set_aside"
    assert station.scan(own_code("T", tote)).code == "SET_ASIDE_TOTE"
    assert tote in totes_in_use(engine), "its units are still in it"
    floor.walk(station, "drop")
    station.scan(pick_scan(station.view().pick, floor.TOTES))
    station.start_putback(number)
    while view := station.view().putback:
        for _ in range(owed_here(view)):
            station.scan(view.current_sku)
        assert station.scan(own_code("B", view.bin)).outcome is not Outcome.BLOCK
    assert tote not in totes_in_use(engine)


def owed_here(view: object) -> int:
    return next(
        n - done for sku, _, _, n, done in view.lines if sku == view.current_sku and n > done
    )


def test_a_tote_of_an_order_cancelled_before_its_first_unit_is_free_at_once(
    engine: Engine,
) -> None:
    station = engine.station
    station.claim_pick("cluster", 2)
    station.scan(own_code("T", "T-01"))
    number = station.view().pick.totes[0][0]
    station.supervise(number, "cancel", "cliente desistiu")
    assert totes_in_use(engine) == set()
