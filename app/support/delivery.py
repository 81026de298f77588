"""Sends what waits, each ticket once, whatever breaks on the way; and fetches answers."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row

from app.config import Settings
from app.connectors.errors import ConnectorError
from app.store import settings as stored
from app.store import tickets as rows
from app.store.database import Store
from app.support import bundle
from app.support.helpdesks.choose import INBOX, helpdesk
from app.support.helpdesks.helpdesk import Found, Helpdesk, Outgoing

_log = logging.getLogger(__name__)

BUSY = timedelta(minutes=5)  # longer than any try takes
SAME_PROBLEM = timedelta(hours=12)  # a problem that comes back later is a ticket of its own
ASK_EVERY = timedelta(minutes=2)
MAIL_FOR = timedelta(days=14)  # so long an answer by e-mail is looked for
_FIRST_WAIT_S, _LONGEST_WAIT_S = 15.0, 1800.0


class Delivery:
    """Several may run at once, in consoles and commands: each ticket is one's at a time."""

    def __init__(
        self, store: Store, settings: Callable[[], Settings], clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._settings = settings
        self._clock = clock

    def send(self) -> int:
        """Try every ticket that is due; how many went."""
        return asyncio.run(self._send())

    def ask(self) -> int:
        """Ask the helpdesk how its open tickets stand; how many new answers there are."""
        return asyncio.run(self._ask())

    async def _send(self) -> int:
        desk = self._desk()
        went = 0
        try:
            while True:
                now = self._clock()
                with self._store.write() as c:
                    row = rows.take_due(c, now, now + BUSY)
                if row is None:
                    return went
                went += await self._try(desk, row)
        finally:
            if desk:
                await _farewell(desk)

    async def _try(self, desk: Helpdesk | None, row: Row[Any]) -> bool:
        """One try of one ticket. What it comes to is written before the next one begins."""
        try:
            found, joined = await self._deliver(desk, row)
        except ConnectorError as error:
            self._later(row, error.code)
        except Exception as error:  # an answer that no module expected
            self._later(row, type(error).__name__)
        else:
            with self._store.write() as c:
                rows.change(
                    c,
                    row.id,
                    state="sent",
                    helpdesk=desk.name if desk else INBOX,
                    number=found.number,
                    url=found.url,
                    joined=joined,
                    error="",
                    next_try_at=None,
                    busy_until=None,
                )
            _log.info("ticket %s sent as %s", row.id, found.number)
            return True
        return False

    async def _deliver(self, desk: Helpdesk | None, row: Row[Any]) -> tuple[Found, str]:
        """Bring a ticket to its helpdesk; the ticket there, and ours that it was added to."""
        with self._store.read() as c:
            first = self._first(c, desk.name if desk else INBOX, row)
            data = rows.bundle(c, row.id)
        if desk is None:
            return Found(first.number if first else row.id), first.id if first else ""
        outgoing = Outgoing(
            row.id, row.problem, row.subject, row.body, bundle.shrink(data, desk.limit)
        )
        again = row.tries > 0  # `row` is as it was before this try: an earlier one may have gone
        if first or (elsewhere := await self._elsewhere(desk, row)):
            there = Found(first.number, first.url) if first else elsewhere
            assert there
            if not (again and await desk.has(there.number, row.id)):
                await desk.add(there.number, outgoing)
            return there, first.id if first else ""
        found = await desk.find(row.id) if again else None
        if found is None:
            found = await desk.create(outgoing)
            await desk.attach(found.number, outgoing)
        elif not await desk.has(found.number, row.id):
            await desk.attach(found.number, outgoing)
        return found, ""

    def _first(self, c: Connection, name: str, row: Row[Any]) -> Row[Any] | None:
        """Our own open ticket of the same problem, sent before this one."""
        if not row.problem:
            return None
        return rows.same_problem(c, row.problem, name, row.made_at - SAME_PROBLEM, row.id)

    async def _elsewhere(self, desk: Helpdesk, row: Row[Any]) -> Found | None:
        """An open ticket of the same problem that a station with a store of its own has sent."""
        if not row.problem:
            return None
        found = await desk.find(row.problem)
        if found is None or found.is_closed:
            return None
        mine = await desk.find(row.id) if row.tries else None
        return None if mine and mine.number == found.number else found

    def _later(self, row: Row[Any], error: str) -> None:
        """Wait longer after every try, and not all stations at the same second."""
        wait = min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2 ** min(row.tries, 10))
        wait *= 0.75 + random.random() / 2
        with self._store.write() as c:
            rows.change(
                c,
                row.id,
                error=error,
                next_try_at=self._clock() + timedelta(seconds=wait),
                busy_until=None,
            )
        _log.warning("ticket %s waits: %s", row.id, error)

    async def _ask(self) -> int:
        desk = self._desk()
        if desk is None or not desk.hears:
            return 0
        now, new = self._clock(), 0
        with self._store.read() as c:
            open_ones = rows.to_ask_about(c, now - ASK_EVERY, 20, now - MAIL_FOR)
        try:
            for row in open_ones:
                if row.helpdesk == desk.name:
                    new += await self._ask_about(desk, row, now)
        finally:
            await _farewell(desk)
        return new

    async def _ask_about(self, desk: Helpdesk, row: Row[Any], now: datetime) -> int:
        try:
            progress = await desk.progress(row.number)
        except Exception as error:  # asked again the next time
            _log.warning("ticket %s can't be asked about: %s", row.id, error)
            return 0
        with self._store.write() as c:
            rows.change(c, row.id, looked_at=now, is_closed=progress.is_closed)
            for piece in rows.pieces(c, row.id):
                rows.change(c, piece.id, is_closed=progress.is_closed)
            return sum(
                rows.add_answer(c, row.id, answer.id, answer.at, answer.author, answer.text)
                for answer in progress.answers
            )

    def _desk(self) -> Helpdesk | None:
        def secret(name: str) -> str:
            with self._store.read() as c:
                return stored.secret(c, name)

        return helpdesk(self._settings(), secret)


async def _farewell(desk: Helpdesk) -> None:
    try:
        await desk.close()
    except Exception as error:
        _log.warning("the helpdesk's connection: %s", error)
