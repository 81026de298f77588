"""Asks every probe once, here and now: for a command that stands beside no watch."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import datetime

from app.health.light import Light, Pace, evolve
from app.health.model import Cause, Sample, SystemState
from app.health.probe import Probe
from app.health.watch import asked


def ask_all(probes: Sequence[Probe], clock: Callable[[], datetime]) -> list[SystemState]:
    """All at once, each for as long as it may take. What only work can tell of is left out."""
    heard: dict[str, Sample] = {}
    can_be_asked = [probe for probe in probes if probe.ask]

    def ask(probe: Probe) -> None:
        heard[probe.system.id] = asked(probe, clock)

    threads = [threading.Thread(target=ask, args=(p,), daemon=True) for p in can_be_asked]
    for thread in threads:
        thread.start()
    for thread, probe in zip(threads, can_be_asked, strict=True):
        thread.join(2 * probe.limit_s)
    return [_state(p, heard.get(p.system.id), clock()) for p in can_be_asked]


def _state(probe: Probe, sample: Sample | None, now: datetime) -> SystemState:
    if sample is None:  # it is still waiting
        sample = Sample(probe.system.id, now, failed=Cause("TIMEOUT"))
    light = evolve(
        Light(),
        sample.at,
        failed=sample.failed,
        warned=sample.warned,
        pace=Pace.CALM,
        real=False,
    )
    return SystemState(
        probe.system, light.state, light.since, light.cause, sample.seconds, seen_at=sample.at
    )
