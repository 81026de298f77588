"""What is slow is learnt from a system's own times."""

from __future__ import annotations

import math
import random

from hypothesis import given
from hypothesis import strategies as st

from app.health.baseline import LEARNT, Baseline, learn


def taught(times: list[float]) -> Baseline:
    known = Baseline()
    for seconds in times:
        known = learn(known, seconds)
    return known


def calls(usual_s: float, count: int, spread: float = 0.3) -> list[float]:
    chance = random.Random(7)
    return [usual_s * math.exp(chance.gauss(0, spread)) for _ in range(count)]


def test_nothing_is_slow_before_enough_was_seen() -> None:
    known = taught([0.1] * (LEARNT - 1))
    assert known.usual_s is None
    assert known.slow_above_s(0) == math.inf


def test_each_system_has_its_own_slow() -> None:
    quick, lazy = taught(calls(0.02, 200)), taught(calls(2.0, 200))
    assert quick.slow_above_s(0.02) < 0.1 < 2 < lazy.calm_below_s(0.02)
    assert 6 <= lazy.slow_above_s(0.02) <= 20


def test_what_no_person_feels_is_not_slow() -> None:
    known = taught([0.0002] * 100)
    assert known.slow_above_s(0.02) > 0.02


def test_an_hour_of_trouble_does_not_become_the_usual() -> None:
    known = taught(calls(0.1, 3000))
    after = known
    for seconds in [30.0] * 120:
        after = learn(after, seconds)
    assert after.usual_s
    assert known.usual_s
    assert after.usual_s < 1.1 * known.usual_s
    assert after.slow_above_s(0.02) < 30.0


def test_a_lasting_change_becomes_the_usual_within_days() -> None:
    known = taught(calls(0.1, 3000))
    for seconds in calls(0.5, 6 * 2880):  # six days of a probe every 30 s
        known = learn(known, seconds)
    assert known.usual_s
    assert 0.4 < known.usual_s < 0.6


times = st.lists(st.floats(0.0001, 100), min_size=LEARNT, max_size=60)


@given(times)
def test_the_usual_lies_between_the_shortest_and_the_longest(seen: list[float]) -> None:
    usual = taught(seen).usual_s
    assert usual
    assert min(seen) * 0.999 <= usual <= max(seen) * 1.001


@given(times, st.floats(0, 1))
def test_calm_lies_between_the_usual_and_slow(seen: list[float], noise_s: float) -> None:
    known = taught(seen)
    assert known.usual_s
    assert known.usual_s <= known.calm_below_s(noise_s) <= known.slow_above_s(noise_s)


@given(times, st.floats(1.5, 1000))
def test_slower_hardware_is_only_slower_by_its_factor(seen: list[float], factor: float) -> None:
    known = taught(seen).slow_above_s(0)
    scaled = taught([seconds * factor for seconds in seen]).slow_above_s(0)
    assert math.isclose(scaled, known * factor, rel_tol=1e-6)
