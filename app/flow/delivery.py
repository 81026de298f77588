"""Makes the calls that the outbox owes: each is looked up, sent, and its end kept.

Before a call goes out, the store says durably that it may have been done; after it, what came of
it. Whatever ends this process in between, the next one looks the call up before it sends again.
Only the holder of the flow's lease writes here, and each write checks that it still is.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Row

from app.connectors import errors
from app.domain import retry
from app.flow.calls.call import Call, Done, Gone, NotYet, Pending, Rejected, Settled
from app.flow.systems import Systems
from app.flow.threads import off_loop
from app.store import leases, outbox
from app.store.database import Store

LEASE = "flow"
_log = logging.getLogger(__name__)


class Held(Struct, frozen=True):
    """The lease under which calls are made."""

    holder: str
    fencing: int


@dataclass(slots=True)
class Tally:
    """What a round came to."""

    done: int = 0
    again: int = 0
    dead: int = 0
    dropped: int = 0
    orders: set[int] = field(default_factory=set)


class Delivery:
    """Delivers the calls of one store. `calls` has the rules of each kind."""

    def __init__(
        self,
        store: Store,
        systems: Systems,
        calls: Mapping[str, Call],
        clock: Callable[[], datetime],
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._store = store
        self._systems = systems
        self._calls = calls
        self._clock = clock
        self._chance = chance

    async def deliver(self, message: Row[Any], connector: Any, held: Held, tally: Tally) -> None:
        """Take one call as far as it goes now."""
        call = self._calls[message.kind]
        request = await off_loop(self._begin, call, message, held)
        if isinstance(request, _Skipped):
            tally.dropped += request.dropped
            return
        looked_up = not message.maybe_done and message.state == "waiting"
        try:
            answer = None
            if not looked_up:
                answer = await call.find(connector, request, message)
                looked_up = True
            began = time.perf_counter()
            if answer is None:
                answer = await call.send(connector, request, message)
            seconds = time.perf_counter() - began
            settled = await off_loop(self._settle, call, message, answer, held)
        except errors.ConnectorError as error:
            settled = await self._failed(message, error, looked_up, held)
        except leases.LeaseLost:
            raise
        except Exception as error:  # a connector fails in ways of its own; no order may stop for it
            _log.error("%s: %s failed: %s", message.connector, message.kind, type(error).__name__)
            strange = errors.Unreadable(type(error).__name__)
            settled = await self._failed(message, strange, looked_up, held)
        else:
            await self._systems.answered(message.connector, seconds, message.kind)
        tally.done += isinstance(settled, Done)
        tally.dead += isinstance(settled, Rejected)
        tally.again += isinstance(settled, Pending)
        tally.orders.add(message.order_id)

    # --- in the store -----------------------------------------------------------------------

    def _begin(self, call: Call, message: Row[Any], held: Held) -> Any:
        """Say durably that the call may be done from now on, and put it together."""
        now = self._clock()
        with self._store.write() as c:
            self._check(c, held)
            current = outbox.by_id(c, message.id)
            if current is None or current.state not in outbox.OPEN:
                return _Skipped(0)  # a person settled it meanwhile
            try:
                request = call.compose(c, message)
            except Gone:
                if current.maybe_done or current.state == "sending":
                    # Its cause is gone, but it may have been done: that is for a person.
                    self._end(c, message, "dead", now, code="CALL_WITHOUT_CAUSE")
                    return _Skipped(0)
                self._end(c, message, "discarded", now, settled_why="no longer needed")
                return _Skipped(1)
            except NotYet as missing:
                later = now + timedelta(seconds=missing.wait_s)
                outbox.set_state(c, message.id, code=missing.code, next_try_at=later)
                return _Skipped(0)
            outbox.set_state(c, message.id, state="sending", maybe_done=True, fencing=held.fencing)
        return request

    def _settle(self, call: Call, message: Row[Any], answer: Any, held: Held) -> Settled:
        now = self._clock()
        with self._store.write() as c:
            self._check(c, held)
            settled = call.settle(c, message, answer, now)
            match settled:
                case Done(reference):
                    self._end(c, message, "done", now, reference=reference)
                case Pending(reference, wait, code, sent):
                    outbox.set_state(
                        c,
                        message.id,
                        state="waiting",
                        maybe_done=sent,
                        reference=reference,
                        next_try_at=now + timedelta(seconds=wait),
                        code=code,
                    )
                case Rejected(code, detail):
                    self._end(c, message, "dead", now, code=code, detail=detail, maybe_done=False)
        return settled

    async def _failed(
        self, message: Row[Any], error: errors.ConnectorError, looked_up: bool, held: Held
    ) -> Settled:
        breaker = await self._systems.failed(message.connector, error)
        return await off_loop(self._keep_failure, message, error, looked_up, breaker, held)

    def _keep_failure(
        self,
        message: Row[Any],
        error: errors.ConnectorError,
        looked_up: bool,
        breaker: retry.Breaker,
        held: Held,
    ) -> Settled:
        now = self._clock()
        counts = not isinstance(error, errors.RateLimited | errors.Unauthorised)
        tries = message.tries + int(counts)
        since = message.failing_since or now
        # A system that is gone makes no dead letters, however long it lasts; a call that fails
        # while the system answers others does.
        spent = tries >= retry.TRIES and (
            error.maybe_done or (breaker.last_ok_at is not None and breaker.last_ok_at > since)
        )
        dead = spent or isinstance(error, errors.Refused)
        facts: dict[str, Any] = {
            "tries": tries,
            "failing_since": since,
            # Known not to be done only when it was looked up, and the try surely came to nothing.
            "maybe_done": error.maybe_done or not looked_up,
            "code": error.code,
            "detail": error.detail,
            "exchange": error.exchange,
        }
        with self._store.write() as c:
            self._check(c, held)
            if dead:
                self._end(c, message, "dead", now, **facts)
                return Rejected(error.code, error.detail)
            pause = retry.wait_s(tries, self._chance())
            if isinstance(error, errors.RateLimited):
                pause = error.retry_after_s
            elif isinstance(error, errors.Unauthorised):
                pause = 0.0  # the breaker holds it until the key is mended
            outbox.set_state(
                c, message.id, state="waiting", next_try_at=now + timedelta(seconds=pause), **facts
            )
        return Pending(message.reference, pause)

    def _end(
        self, c: Connection, message: Row[Any], state: str, now: datetime, **facts: Any
    ) -> None:
        if state == "done":
            facts = {"maybe_done": False, "code": "", "detail": "", "exchange": "", **facts}
        outbox.set_state(c, message.id, state=state, done_at=now, **facts)

    def _check(self, c: Connection, held: Held) -> None:
        leases.hold(c, LEASE, held.holder, held.fencing)


class _Skipped(Struct, frozen=True):
    """Nothing was sent; `dropped` is 1 when nothing ever will be."""

    dropped: int
