"""What a probe is: a question to one system that changes nothing there."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from app.health.endpoint import Endpoint
from app.health.model import WELL, Cause, System


class Reading(Struct, frozen=True):
    """What a probe found. `seconds` overrides the time that the probe itself took, where that
    says nothing (None) or where another number is the matter, as a queue's age."""

    failed: Cause = WELL
    warned: Cause = WELL
    seconds: float | None = None
    timed: bool = True  # False: no time of it says anything


FINE = Reading()


class Probe(Struct, frozen=True):
    """Asks one system every `every_s`, and soon again after it failed.

    `ask` runs on a thread of its own and must come to an end by itself within `limit_s`; it may
    raise OSError for a system that can't be reached. None: only real traffic tells. `noise_s` as
    in `Sample`. Silence of `silent_s` makes the light unknown. `endpoint` is the door that
    it needs: where that is outside this machine the network is watched too.
    """

    system: System
    ask: Callable[[], Reading] | None = None
    every_s: float = 30.0
    limit_s: float = 10.0
    noise_s: float = 0.05
    silent_s: float = 0.0
    endpoint: Endpoint | None = None

    @property
    def stale_s(self) -> float:
        return self.silent_s or 3 * self.every_s + 2 * self.limit_s
