"""Keeps a station's backups in the background: one a day, and a look at the store each day."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from app.backups import archive, making
from app.backups.archive import Backup
from app.config import Settings
from app.domain.decision import Outcome
from app.security.recovery import RecoveryNote, grouped, recovery_key
from app.station.views import Feedback
from app.store.database import StoreError
from app.store.integrity import faults_of

_log = logging.getLogger(__name__)
FIRST_LOOK_S = 5.0  # after the window stands
LOOK_S = 300.0
LATE = timedelta(days=2)


class BackupStatus(Struct, frozen=True):
    """What the Settings page shows. `trouble` is the code of the last try that failed, if that
    was the last; `beside` says that the backups lie on the disk that they shall save."""

    folder: Path
    newest: Backup | None
    count: int
    trouble: str
    beside: bool


class Keeper:
    """Everything about the backups of one open store."""

    def __init__(
        self,
        home: Path,
        store_key: bytes,
        settings: Callable[[], Settings],
        clock: Callable[[], datetime],
        *,
        is_demo: bool = False,
        daily: Callable[[], object] = lambda: None,
    ) -> None:
        self._home = home
        self._key = store_key
        self._settings = settings
        self._clock = clock
        self._daily = daily
        self._note = RecoveryNote(home)
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._looked: date | None = None
        self._damaged = False
        self._trouble = ""
        self._newest: Backup | None = None  # until the first look: the folder may be far away
        self._opened_at = clock()
        # Nobody needs to recover a demonstration.
        self._key_is_due = not is_demo and not self._note.was_shown

    @property
    def folder(self) -> Path:
        return archive.folder_of(self._settings()["backup.folder"], self._home, self._key)

    def start(self) -> None:
        """Begin the daily work, on a thread of its own."""
        self._thread = threading.Thread(target=self._run, name="backups", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let a backup that is being made come to its end."""
        self._stopping.set()
        if self._thread:
            self._thread.join(timeout=60)

    def tick(self) -> None:
        """Do what is due today: look through the store, back it up if it is whole, and then what
        else is done once a day."""
        today = self._day(self._clock())
        if self._looked != today:
            self._damaged = bool(faults_of(self._home / "expedita.db", self._key))
            self._looked = today
            if self._damaged:
                self._log_failed(self._failed("STORE_DAMAGED"))
        self._newest = self._find_newest()
        if self._damaged:
            return  # a copy of the damage would push good backups out
        if self._is_due():
            self._make_daily()
        self._daily()

    def make(self) -> Feedback:
        """Make a backup now, or as soon as another process has made its own."""
        try:
            with making.turn(self._home):
                return self._make("manual")
        except StoreError as error:
            return self._failed(error.code)

    def status(self) -> BackupStatus:
        found = archive.listed(self.folder)
        newest = found[0] if found else None
        return BackupStatus(
            self.folder, newest, len(found), self._trouble, _same_disk(self.folder, self._home)
        )

    def warnings(self) -> tuple[Feedback, ...]:
        """What the bar of the window says for as long as it is so."""
        warned = []
        if self._key_is_due and self._newest:
            warned.append(Feedback(Outcome.WARN, "RECOVERY_KEY_DUE"))
        if self._damaged:
            warned.append(Feedback(Outcome.WARN, "STORE_DAMAGED"))
        since = self._newest.made_at if self._newest else self._opened_at
        if self._clock() - since > LATE or (self._trouble and self._newest is None):
            params = {"reason": self._trouble or "BACKUP_LATE", "folder": str(self.folder)}
            warned.append(Feedback(Outcome.WARN, "BACKUP_FAILED", params))
        return tuple(warned)

    # --- the recovery key -------------------------------------------------------------------

    @property
    def key_is_due(self) -> bool:
        """Whether nobody has seen the recovery key yet."""
        return self._key_is_due

    def recovery_key(self) -> str:
        """The key as people read it, in groups of four."""
        return grouped(recovery_key(self._key, self._note.number))

    def key_was_kept(self) -> None:
        """Somebody has it on paper: it is not shown again."""
        self._note.shown(self._clock())
        self._key_is_due = False

    def renew_key(self) -> None:
        """Make another recovery key; backups from here on open with that one alone."""
        self._note.renew()
        self._key_is_due = True

    # --- inside -----------------------------------------------------------------------------

    def _run(self) -> None:
        pause_s = FIRST_LOOK_S
        while not self._stopping.wait(pause_s):
            pause_s = LOOK_S
            try:
                self.tick()
            except Exception as error:
                _log.error("the daily look failed: %s", type(error).__name__)

    def _is_due(self) -> bool:
        today = self._day(self._clock())
        return self._newest is None or self._day(self._newest.made_at) < today

    def _make_daily(self) -> None:
        """Make today's backup, if no other process has done so or is just doing so."""
        try:
            with making.turn(self._home, patience_s=0):
                self._newest = self._find_newest()
                if self._is_due():
                    self._log_failed(self._make("daily"))
        except StoreError as error:
            if error.code != "BACKUP_BUSY":
                self._log_failed(self._failed(error.code))

    def _log_failed(self, made: Feedback) -> None:
        """Nobody waits for this answer."""
        if made.outcome is Outcome.WARN:
            _log.error("backup failed: %s", made.params["reason"])

    def _make(self, kind: str) -> Feedback:
        try:
            self._note.lies_in(self._settings()["backup.folder"])
            made = making.make(self._home, self._key, self.folder, kind, self._clock())
        except StoreError as error:
            return self._failed(error.code)
        except Exception as error:  # its text may name what it was reading
            _log.info("no backup: %s", type(error).__name__)
            return self._failed("STORE_UNUSABLE")
        _log.info("backup made: %s", made.path.name)
        self._trouble, self._newest = "", made
        return Feedback(Outcome.DONE, "BACKUP_MADE", {"file": str(made.path)})

    def _failed(self, code: str) -> Feedback:
        self._trouble = code
        params = {"reason": code, "folder": str(self.folder)}
        return Feedback(Outcome.WARN, "BACKUP_FAILED", params)

    def _find_newest(self) -> Backup | None:
        found = archive.listed(self.folder)
        return found[0] if found else None

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._settings().zone()).date()


def _same_disk(folder: Path, home: Path) -> bool:
    try:
        existing = next(place for place in (folder, *folder.parents) if place.exists())
        return existing.stat().st_dev == home.stat().st_dev
    except OSError:
        return True
