"""What is watched and what is said of it: systems, samples, causes, and the state at a glance."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class State(StrEnum):
    """How a system stands. WARN: it works, and something will stop it soon (a certificate about
    to expire, a disk that fills)."""

    UP = "up"
    WARN = "warn"
    SLOW = "slow"
    DOWN = "down"
    UNKNOWN = "unknown"

    @property
    def rank(self) -> int:
        """How bad it is; the worst has the highest."""
        return ("unknown", "up", "warn", "slow", "down").index(self)

    @property
    def is_trouble(self) -> bool:
        return self in (State.WARN, State.SLOW, State.DOWN)


class Cause(Struct, frozen=True):
    """Why a system is not well: a code of `app.domain.texts.health`, and a detail that is no
    personal data and no secret (a host, a number of days, a path)."""

    code: str = ""
    detail: str = ""

    def __bool__(self) -> bool:
        return bool(self.code)


WELL = Cause()
STORE = "store"  # the id of the store as a system


class System(Struct, frozen=True):
    """One thing that an order depends on.

    `kind` names its texts: what it is called, and what can still be done without it. `name` tells
    it from others of its kind. A `shared` system is the same for every station: its incident is
    one, however many see it.
    """

    id: str
    kind: str
    name: str = ""
    shared: bool = False


class Sample(Struct, frozen=True):
    """One call or probe of a system.

    `seconds` is what it took, None where that says nothing. Each `operation` has a usual of its
    own. `real` is work itself and not a probe: its failure counts at once. `noise_s` is what no
    person feels: no sample is slow for being that much above its usual.
    """

    system: str
    at: datetime
    seconds: float | None = None
    operation: str = "probe"
    failed: Cause = WELL
    warned: Cause = WELL
    real: bool = False
    noise_s: float = 0.02


class SystemState(Struct, frozen=True):
    """A system's light, as screens, tickets and metrics read it.

    `seconds` and `usual_s` are the last time taken and the usual one, where both are known.
    `seen_at` is when it was last heard of; `watcher` who heard ("Bancada 1/console").
    """

    system: System
    state: State
    since: datetime | None = None
    cause: Cause = WELL
    seconds: float | None = None
    usual_s: float | None = None
    seen_at: datetime | None = None
    watcher: str = ""
