"""What the health room asks about the systems around: each connector, and what they are owed."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from functools import partial

from app.connectors import errors
from app.connectors.roles import Checked
from app.flow.setup import SetupRefused
from app.health.endpoint import Endpoint, of_url
from app.health.model import Cause, System
from app.health.probe import Probe, Reading
from app.health.probes import local, network
from app.store import connectors, outbox
from app.store.database import Store

CHECK_S = 300.0  # how often a system is asked that no work called in the meantime
_CAUSES = {
    errors.Unauthorised.code: "AUTH",
    errors.Unfit.code: "UNFIT",
    errors.Unreadable.code: "BAD_ANSWER",
    errors.UnknownOutcome.code: "TIMEOUT",
}
OUTBOX_NOISE_S = 120.0  # a call is retried within that time without anybody's notice


def system_of(name: str, roles: list[str]) -> System:
    """A connector as a system; its kind tells of all that it does."""
    return System(f"connector:{name}", "+".join(roles) or "orders", name, shared=True)


def cause_of(error: errors.ConnectorError) -> Cause | None:
    """What a bad end says about the system; None where it says that the system works: it refused
    one order, or asks to wait."""
    if isinstance(error, errors.Refused | errors.RateLimited):
        return None
    return _cause(error.code, error.detail)


def _cause(code: str, detail: str) -> Cause:
    return Cause(_CAUSES.get(code, "UNREACHABLE"), detail[:80])


class Around:
    """Makes the probes of one store's connectors and of its outbox.

    Args:
        check: reaches a connector's system by its name, changing nothing; see `flow.setup`.
    """

    def __init__(
        self, store: Store, check: Callable[[str], Checked], clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._check = check
        self._clock = clock
        self._checked: dict[str, tuple[float, Reading]] = {}

    def probes(self) -> list[Probe]:
        with self._store.read() as c:
            rows = [row for row in connectors.every(c) if row.enabled]
        found = []
        for row in rows:
            door = of_url(row.url)
            ask = partial(self._ask, row.name, door)
            system = system_of(row.name, list(row.roles))
            found.append(Probe(system, ask, limit_s=45.0, noise_s=0.5, endpoint=door))
        if rows:
            owed = System("outbox", "outbox", shared=True)
            found.append(Probe(owed, self._owed, every_s=60.0, noise_s=OUTBOX_NOISE_S))
        return found

    def _ask(self, name: str, door: Endpoint | None) -> Reading:
        """What the flow last met, or else a question now and then."""
        with self._store.read() as c:
            breaker = connectors.breakers(c).get(name)
        if breaker is not None and breaker.state == "open":
            self._checked.pop(name, None)  # its end is to be seen at once
            if breaker.code == errors.RateLimited.code:
                return Reading(warned=Cause("THROTTLED"), timed=False)
            return Reading(failed=_cause(breaker.code, breaker.detail), timed=False)
        known = self._checked.get(name)
        if known and time.monotonic() - known[0] < CHECK_S:
            return Reading(warned=known[1].warned, timed=False)
        reading = self._reached(name, door)
        if not reading.failed:
            self._checked[name] = (time.monotonic(), reading)
        return reading

    def _reached(self, name: str, door: Endpoint | None) -> Reading:
        began = time.perf_counter()
        try:
            checked = self._check(name)
        except errors.ConnectorError as error:
            return Reading(failed=cause_of(error) or Cause(), timed=False)
        except SetupRefused as refused:  # no package here brings its kind any more
            return Reading(
                failed=_cause(errors.Unfit.code, str(refused.params.get("detail", ""))), timed=False
            )
        seconds = time.perf_counter() - began
        warned = Cause()
        if door and door.tls:
            warned = network.door(door).warned  # a certificate that will end soon
        if checked.clock and not warned:
            off = abs((checked.clock - self._clock()).total_seconds())
            if off >= local.CLOCK_BAD_S:
                warned = Cause("CLOCK_DIFFERS", f"{off:.0f} s")
        return Reading(warned=warned, seconds=seconds)

    def _owed(self) -> Reading:
        """The age of the oldest call that waits: slow is when that is more than usual."""
        with self._store.read() as c:
            oldest, dead = outbox.oldest_open(c), outbox.count_dead(c)
        age_s = max((self._clock() - oldest).total_seconds(), 1.0) if oldest else 1.0
        warned = Cause("DEAD_CALLS", str(dead)) if dead else Cause()
        return Reading(warned=warned, seconds=age_s)
