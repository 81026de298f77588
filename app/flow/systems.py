"""The outside systems as they answer: one breaker each, kept over restarts."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from app.connectors import errors
from app.domain.retry import KEY_PAUSE_S, Breaker
from app.flow.threads import off_loop
from app.store import connectors
from app.store.database import Store

# Told of every call: the system, the kind of call, what it took, and its bad end.
Heard = Callable[[str, str, float | None, errors.ConnectorError | None], None]


class Systems:
    """Keeps the breakers. Writes only when something changes that a person or a restart needs."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        chance: Callable[[], float] = random.random,
        heard: Heard = lambda name, operation, seconds, error: None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._chance = chance
        self._heard = heard
        with store.read() as c:
            self._breakers = {name: _of(row) for name, row in connectors.breakers(c).items()}

    def breaker(self, name: str) -> Breaker:
        return self._breakers.get(name, Breaker())

    async def answered(
        self, name: str, seconds: float | None = None, operation: str = "call"
    ) -> None:
        """It answered, after so many seconds. What was wrong with it is over."""
        self._heard(name, operation, seconds, None)
        before = self.breaker(name)
        after = before.answered(self._clock())
        self._breakers[name] = after
        if before.is_open or before.failures or before.last_ok_at is None:
            await off_loop(self._keep, name, after)

    async def failed(self, name: str, error: errors.ConnectorError) -> Breaker:
        """Note a bad end; the breaker as it stands then."""
        self._heard(name, "call", None, error)
        now, before = self._clock(), self.breaker(name)
        if isinstance(error, errors.RateLimited):
            after = before.told_to_wait(error.code, error.detail, now, error.retry_after_s)
        elif isinstance(error, errors.Unauthorised | errors.Unfit):
            after = before.told_to_wait(error.code, error.detail, now, KEY_PAUSE_S)
        elif isinstance(error, errors.Refused):
            await self.answered(name)
            return self.breaker(name)
        else:
            after = before.failed(error.code, error.detail, now, self._chance())
        self._breakers[name] = after
        await off_loop(self._keep, name, after)
        return after

    def _keep(self, name: str, breaker: Breaker) -> None:
        with self._store.write() as c:
            connectors.put_breaker(
                c,
                name,
                state="open" if breaker.is_open else "closed",
                failures=breaker.failures,
                opened_at=breaker.opened_at,
                next_try_at=breaker.next_try_at,
                last_ok_at=breaker.last_ok_at,
                code=breaker.code,
                detail=breaker.detail,
            )


def _of(row: Row[Any]) -> Breaker:
    return Breaker(
        row.state == "open",
        row.failures,
        row.opened_at,
        row.next_try_at,
        row.last_ok_at,
        row.code,
        row.detail,
    )
