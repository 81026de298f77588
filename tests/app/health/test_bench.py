"""The bench's own timings come from the journal of real work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.demo import PIN
from app.engine import Engine
from app.health.bench import LONGEST_S, BenchTimes
from app.health.systems import LABEL, PROOF
from app.rehearsal import pack_scan
from tests.support import homes
from tests.support.floor import check_units, pick


class HandClock:
    """A clock that a test moves; each look takes a second, so that no scan is a repeat."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = homes.demo(tmp_path / "home", HandClock())
    opened.station.sign_in("DEMO", PIN)
    yield opened
    opened.close()


def packed_to_the_label(engine: Engine, number: str) -> None:
    """Up to the label that waits for its proof."""
    engine.station.open_pack(number)
    view = check_units(engine.station)
    while view and view.step != "verify":
        engine.station.scan(pack_scan(view))
        view = engine.station.view().pack


def test_the_way_from_item_to_label_to_proof_is_timed(engine: Engine) -> None:
    numbers = pick(engine.station)
    times = BenchTimes(engine.store, engine.settings["station.name"])
    assert times.read() == []  # what was before the first look is no news
    packed_to_the_label(engine, numbers[0])
    by_system = {sample.system: sample for sample in times.read()}
    label = by_system[LABEL.id]
    assert label.real
    assert label.seconds
    assert 1 <= label.seconds < 120
    assert by_system["printer:PDF"].seconds is None  # it worked; how long it took is not known
    engine.clock.now += timedelta(seconds=40)
    engine.station.scan(pack_scan(engine.station.view().pack))
    (proof,) = times.read()
    assert proof.system == PROOF.id
    assert proof.seconds
    assert 40 <= proof.seconds < 60


def test_a_box_that_was_left_for_lunch_is_no_slowness(engine: Engine) -> None:
    numbers = pick(engine.station)
    times = BenchTimes(engine.store, engine.settings["station.name"])
    times.read()
    packed_to_the_label(engine, numbers[0])
    times.read()
    engine.clock.now += timedelta(seconds=LONGEST_S)
    engine.station.sign_in("DEMO", PIN)
    engine.station.scan(pack_scan(engine.station.view().pack))
    assert times.read() == []
