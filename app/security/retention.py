"""Erases personal data on schedule: so many days after it has served its purpose (LGPD, art. 15
and 16)."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from app.config import Settings
from app.domain.security_entries import PersonalDataErased
from app.security.audit import Audit
from app.store import erasing
from app.store.database import Store

KEEP_DAYS = "security.keep_days"
PRINTED = "printed"  # the folder printer's own folder, in the data folder
BATCH = 200  # orders in one transaction: a scan waits for no more
PAUSE_S = 0.05  # between two of them
NOTHING = PersonalDataErased(orders=0, manifests=0, records=0, files=0)

_log = logging.getLogger(__name__)


class Retention:
    """What one store erases, and when."""

    def __init__(
        self,
        store: Store,
        home: Path,
        settings: Callable[[], Settings],
        audit: Audit,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._home = home
        self._settings = settings
        self._audit = audit
        self._clock = clock
        self._done: date | None = None
        self._erasing = threading.Lock()

    def due(self) -> None:
        """Erase what is due, once a day."""
        today = self._clock().astimezone(self._settings().zone()).date()
        if self._done != today:
            self.erase()
            self._done = today

    def erase(self) -> PersonalDataErased:
        """Erase what is due now; the audit tells how much that was. 0 days: nothing ever is."""
        days = self._settings().number(KEEP_DAYS)
        if not days:
            return NOTHING
        with self._erasing:
            before = self._clock() - timedelta(days=days)
            orders = self._erase_orders(before)
            files = self._erase_files(before)  # no scan waits for the disk
            with self._store.write() as c:
                found = PersonalDataErased(
                    orders,
                    erasing.erase_drivers(c, before),
                    erasing.erase_rejected(c, before),
                    files,
                )
                if found != NOTHING:
                    self._audit.write(c, found, operator_id=0)  # nobody did it
        return found

    def _erase_orders(self, before: datetime) -> int:
        count = last = 0
        while True:
            with self._store.write() as c:
                ids = erasing.due_orders(c, before, last, BATCH)
                if ids:
                    erasing.erase_orders(c, ids, self._clock())
            count += len(ids)
            if len(ids) < BATCH:
                return count
            last = ids[-1]
            time.sleep(PAUSE_S)

    def _erase_files(self, before: datetime) -> int:
        """Labels and slips that the folder printer left."""
        count = 0
        for path in (self._home / PRINTED).glob("*.pdf"):
            try:
                if path.stat().st_mtime < before.timestamp():
                    path.unlink()
                    count += 1
            except OSError as error:  # open in a viewer, on Windows: tomorrow is another day
                _log.warning("a printed file could not be erased: %s", error.strerror)
        return count
