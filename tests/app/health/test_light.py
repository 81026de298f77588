"""A light changes at once when it must, and never flickers."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.health.light import HOLD_S, Light, Pace, aged, evolve
from app.health.model import WELL, Cause, State

BEGIN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
BROKEN = Cause("REFUSED")
SOON = Cause("CERT_EXPIRES", "9")


def at(seconds: float) -> datetime:
    return BEGIN + timedelta(seconds=seconds)


def seen(
    light: Light,
    seconds: float,
    *,
    failed: Cause = WELL,
    warned: Cause = WELL,
    pace: Pace = Pace.CALM,
    real: bool = False,
) -> Light:
    return evolve(light, at(seconds), failed=failed, warned=warned, pace=pace, real=real)


def up() -> Light:
    return seen(Light(), 0)


def test_the_first_sample_says_how_it_stands() -> None:
    assert up().state is State.UP
    assert seen(Light(), 0, failed=BROKEN).state is State.DOWN
    assert seen(Light(), 0, warned=SOON).state is State.WARN


def test_a_failed_real_call_counts_at_once() -> None:
    light = seen(up(), 5, failed=BROKEN, real=True)
    assert (light.state, light.cause, light.since) == (State.DOWN, BROKEN, at(5))


def test_one_failed_probe_is_no_outage_and_two_are() -> None:
    once = seen(up(), 5, failed=BROKEN)
    assert once.state is State.UP
    assert seen(once, 9).state is State.UP
    assert seen(once, 9, failed=BROKEN).state is State.DOWN


def test_down_ends_with_two_good_samples_after_the_hold() -> None:
    light = seen(up(), 5, failed=BROKEN, real=True)
    light = seen(light, 5 + HOLD_S)
    assert light.state is State.DOWN
    light = seen(light, 6 + HOLD_S)
    assert (light.state, light.since, light.cause) == (State.UP, at(6 + HOLD_S), WELL)


def test_slowness_needs_more_than_one_slow_call_and_ends_when_it_is_outweighed() -> None:
    light = up()
    states = []
    for n, pace in enumerate("SSSCBCC"):
        light = seen(light, n, pace={"S": Pace.SLOW, "C": Pace.CALM, "B": Pace.BETWEEN}[pace])
        states.append(str(light.state))
    assert states == ["up", "up", "slow", "slow", "slow", "slow", "up"]


def test_a_warning_comes_and_goes_with_two_probes_that_say_so() -> None:
    light = seen(up(), 1, warned=SOON)
    assert light.state is State.UP
    light = seen(light, 2, warned=SOON)
    assert (light.state, light.cause) == (State.WARN, SOON)
    light = seen(light, 3, real=True)  # work says nothing of what comes later
    light = seen(light, 4)
    assert light.state is State.WARN
    assert seen(light, 5).state is State.UP


def test_a_clock_set_back_does_not_hold_a_light_down() -> None:
    light = seen(up(), 7200, failed=BROKEN, real=True)
    assert seen(seen(light, 1), 2).state is State.UP


def test_silence_makes_a_light_unknown() -> None:
    assert aged(up(), at(59), 60).state is State.UP
    light = aged(up(), at(60), 60)
    assert (light.state, light.since) == (State.UNKNOWN, at(60))
    assert seen(light, 61).state is State.UP


samples = st.lists(
    st.tuples(
        st.floats(0.1, 40),
        st.sampled_from([WELL, BROKEN]),
        st.sampled_from([WELL, SOON]),
        st.sampled_from(Pace),
        st.booleans(),
    ),
    max_size=80,
)


def history(given_samples: list[tuple[float, Cause, Cause, Pace, bool]]) -> list[Light]:
    now, lights = 0.0, [up()]
    for wait, failed, warned, pace, real in given_samples:
        now += wait
        warning = WELL if failed else warned
        lights.append(seen(lights[-1], now, failed=failed, warned=warning, pace=pace, real=real))
    return lights


@given(samples)
def test_a_light_never_leaves_down_sooner_than_the_hold_after_a_failure(given_samples) -> None:
    for before, after in zip(lights := history(given_samples), lights[1:], strict=False):
        if before.state is State.DOWN and after.state is not State.DOWN:
            assert after.failed_at
            assert after.seen_at
            assert (after.seen_at - after.failed_at).total_seconds() >= HOLD_S
            assert after.good >= 2


@given(samples)
def test_however_a_system_behaves_its_light_turns_at_most_once_a_call_and_twice_a_hold(
    given_samples,
) -> None:
    lights = history(given_samples)
    falls = [b for a, b in itertools.pairwise(lights)
             if b.state is State.DOWN and a.state is not State.DOWN]  # fmt: skip
    for first, second in itertools.pairwise(falls):
        assert first.since
        assert second.since
        assert (second.since - first.since).total_seconds() >= HOLD_S


@given(samples)
def test_a_failed_real_call_always_shows_down(given_samples) -> None:
    light = history(given_samples)[-1]
    after = evolve(light, at(9999), failed=BROKEN, warned=WELL, pace=Pace.CALM, real=True)
    assert after.state is State.DOWN


@given(samples)
def test_calm_work_always_brings_a_light_back(given_samples) -> None:
    light = history(given_samples)[-1]
    for n in range(8):
        light = seen(light, 10_000 + 10 * n)
    assert light.state is State.UP


@given(samples)
def test_the_state_begins_when_it_changes_and_not_again(given_samples) -> None:
    for before, after in zip(lights := history(given_samples), lights[1:], strict=False):
        if before.state is after.state:
            assert after.since == before.since
        else:
            assert after.since == after.seen_at


@given(st.lists(st.sampled_from(Pace), min_size=1, max_size=200))
def test_between_two_turns_of_slowness_there_are_three_calls(paces: list[Pace]) -> None:
    light, turns = up(), []
    for n, pace in enumerate(paces):
        after = seen(light, n, pace=pace)
        if after.state is not light.state:
            turns.append(n)
        light = after
    assert all(b - a >= 3 for a, b in itertools.pairwise(turns))
