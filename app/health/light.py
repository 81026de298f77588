"""One system's light, by rules that let it change at once when it must and never flicker.

A failed real call turns it down at once; a failed probe only when the next fails too, since one
lost packet is no outage. Down ends with two good samples, and not before `HOLD_S` without a
failure. Slow begins when slow samples outweigh the calm ones by three and ends when nothing is
left of them; what lies between the two limits moves nothing. Work tells of failure and pace, and
only probes of what will soon go wrong: their warning comes and goes when two say so.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from app.health.model import WELL, Cause, State

HOLD_S = 15.0
_FAILURES = 2  # failed probes in a row that make a system down
_GOOD = 2  # good samples in a row that end it
_HOT, _HOTTEST = 3, 5  # the weight at which slowness begins, and its most


class Pace(StrEnum):
    """How a sample's time lies to the usual."""

    CALM = "calm"
    BETWEEN = "between"
    SLOW = "slow"


class Light(Struct, frozen=True):
    """A light and what it remembers. `since` is when the state began."""

    state: State = State.UNKNOWN
    since: datetime | None = None
    cause: Cause = WELL
    seen_at: datetime | None = None
    failures: int = 0
    good: int = 0
    heat: int = 0
    turned: int = 0  # probes in a row that speak for another warning than the one shown
    is_down: bool = False
    is_slow: bool = False
    warned: Cause = WELL
    failed_at: datetime | None = None
    failure: Cause = WELL


def evolve(
    light: Light, at: datetime, *, failed: Cause, warned: Cause, pace: Pace, real: bool
) -> Light:
    """The light after one more sample.

    Args:
        at: when the sample ended, aware UTC.
        failed, warned: what was wrong; at most one of them has a code.
        real: the sample was work itself, not a probe.
    """
    if failed:
        failures = light.failures + 1
        at_once = real or light.state is State.UNKNOWN
        after = replace(
            light,
            failures=failures,
            good=0,
            failed_at=at,
            failure=failed,
            is_down=light.is_down or at_once or failures >= _FAILURES,
        )
    else:
        good = light.good + 1
        over = good >= _GOOD and _elapsed_s(light.failed_at, at) >= HOLD_S
        heat, is_slow = _heat(light, pace)
        warning, turned = (light.warned, light.turned) if real else _warning(light, warned)
        after = replace(
            light,
            failures=0,
            good=good,
            is_down=light.is_down and not over,
            heat=heat,
            is_slow=is_slow,
            warned=warning,
            turned=turned,
        )
    return _shown(after, at)


def aged(light: Light, at: datetime, stale_s: float) -> Light:
    """The light when nothing was heard for `stale_s`: nobody knows."""
    if light.seen_at is None or _elapsed_s(light.seen_at, at) < stale_s:
        return light
    if light.state is State.UNKNOWN:
        return light
    return Light(State.UNKNOWN, at, Cause("NOT_HEARD"), light.seen_at)


def _heat(light: Light, pace: Pace) -> tuple[int, bool]:
    step = {Pace.SLOW: 1, Pace.BETWEEN: 0, Pace.CALM: -1}[pace]
    heat = min(max(light.heat + step, 0), _HOTTEST)
    return heat, heat >= _HOT or (light.is_slow and heat > 0)


def _warning(light: Light, warned: Cause) -> tuple[Cause, int]:
    """A warning comes and goes with two probes in a row that say so."""
    if bool(warned) == bool(light.warned) or light.state is State.UNKNOWN or light.turned:
        return warned, 0
    return light.warned, 1


def _shown(light: Light, at: datetime) -> Light:
    if light.is_down:
        state, cause = State.DOWN, light.failure
    elif light.is_slow:
        state, cause = State.SLOW, Cause("SLOWER")
    elif light.warned:
        state, cause = State.WARN, light.warned
    else:
        state, cause = State.UP, WELL
    since = light.since if state is light.state else at
    return replace(light, state=state, cause=cause, since=since, seen_at=at)


def _elapsed_s(since: datetime | None, at: datetime) -> float:
    """Seconds since; endless where there was none, or where the clock was set back."""
    if since is None or at < since:
        return float("inf")
    return (at - since).total_seconds()
