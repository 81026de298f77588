"""The support room at work: tickets made beside the station, sent and asked about on their own."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from app.config import Settings
from app.health.model import SystemState
from app.store import settings as stored
from app.store import tickets as rows
from app.store.database import Store
from app.support.case import Case, Picture

if TYPE_CHECKING:  # the window stands before help needs them
    from app.support.delivery import Delivery
    from app.support.tickets import Tickets

_log = logging.getLogger(__name__)

LOOK_S = 5.0  # how often it is looked whether something is to be sent
ASK_S = 60.0


class Glance(Struct, frozen=True):
    """What a window shows of tickets on every page."""

    waiting: int = 0  # to be sent
    review: tuple[str, ...] = ()  # of this station, waiting for a person's yes
    answered: tuple[str, ...] = ()  # of this station, with an answer that nobody has opened


class Support:
    """Everything about help that a screen or a command asks for."""

    def __init__(
        self,
        store: Store,
        settings: Callable[[], Settings],
        home: Path,
        clock: Callable[[], datetime],
        systems: Callable[[], Sequence[SystemState]] | None = None,
    ) -> None:
        self._store = store
        self._settings = settings
        self._home = home
        self._clock = clock
        self._systems = systems
        self._maker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="support")
        self._wake = threading.Event()
        self._stopped = False
        self._thread: threading.Thread | None = None

    @cached_property
    def tickets(self) -> Tickets:
        from app.support.tickets import Tickets

        return Tickets(self._store, self._settings, self._home, self._clock, self._systems)

    @cached_property
    def delivery(self) -> Delivery:
        from app.support.delivery import Delivery

        return Delivery(self._store, self._settings, self._clock)

    def start(self) -> None:
        """Send and ask on a thread of its own, until `stop`."""
        self._thread = threading.Thread(target=self._run, name="support-post", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the ticket in work. What is still to be sent goes after the next start."""
        self._stopped = True
        self._wake.set()
        self._maker.shutdown(wait=True, cancel_futures=False)
        if self._thread:
            self._thread.join(timeout=2)  # a call to a dead helpdesk is not waited for

    def make(
        self, case: Case, picture: Picture | None = None, *, hold: bool = False
    ) -> Future[str]:
        """Make a ticket beside all other work; its tag comes with the future."""
        return self._maker.submit(self.tickets.make, case, picture, hold=hold)

    def crashed(self, station: str, language: str) -> Future[str]:
        return self._maker.submit(self.tickets.crashed, station, language)

    def send_now(self, ticket_id: str) -> None:
        self.tickets.send(ticket_id)
        self._wake.set()

    def glance(self, station: str) -> Glance:
        with self._store.read() as c:
            return Glance(
                rows.waiting(c),
                tuple(rows.in_review(c, station)),
                tuple(rows.unseen(c, station)),
            )

    def put_secret(self, name: str, value: str) -> bool:
        """Keep a password or token in the encrypted store; False for a name that nothing uses."""
        from app.support.tickets import SECRETS

        if name not in SECRETS:
            return False
        with self._store.write() as c:
            stored.put_secret(c, name, value)
        return True

    def _run(self) -> None:
        self._safely(self.tickets.tidy)
        asked = 0.0
        while not self._stopped:
            self._safely(self.delivery.send)
            if time.monotonic() - asked > ASK_S:
                asked = time.monotonic()
                self._safely(self.delivery.ask)
            self._wake.wait(LOOK_S)
            self._wake.clear()

    def _safely(self, work: Callable[[], object]) -> None:
        """Help must not end because the store or the network is what is broken."""
        try:
            work()
        except Exception as error:
            _log.error("support: %s", error, exc_info=error)
