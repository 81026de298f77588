"""Takes a person through bringing a store back: what can be had, doing it, and what it came to."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from app.backups import archive, making, report, restoring
from app.backups.replaying import Restored
from app.backups.restoring import Base, Offer
from app.domain.texts import message
from app.security.recovery import RecoveryNote, backup_key
from app.store.database import StoreError
from app.store.home_lock import HomeLock

_log = logging.getLogger(__name__)
LINES = 10  # of the report, in a window
RESCUED = ("STORE_DAMAGED", "STORE_BEHIND", "STORE_GONE")  # troubles that a rescue is for


def restore_into(home: Path, key: bytes, file: Path | None, ask: Callable[[], str]) -> Restored:
    """Restore from `file`, or from the best there is; `ask` asks for a recovery key.

    Nobody else may work on the folder meanwhile.

    Raises:
        StoreError: HOME_IN_USE, RESTORE_NOT_NEEDED, BACKUP_NONE, RECOVERY_KEY_WRONG, or as
            `restoring.restore`.
    """
    lock = HomeLock(home)
    try:
        if file:
            return restoring.restore(home, key, file, keys_for(home, key, file, ask), _now())
        if not restoring.is_needed(home, key):
            raise StoreError("RESTORE_NOT_NEEDED")
        return _from_best(home, key, restoring.offer(home, key))
    finally:
        lock.release()


def keys_for(home: Path, key: bytes, file: Path, ask: Callable[[], str]) -> list[bytes]:
    """The keys to try on a backup: this station's own, else the one on paper."""
    own = making.keys_of(home, key)
    if not file.is_file():
        return own
    file.open("rb").close()  # no key is asked for what can't be read at all
    if making.key_that_opens(file, own):
        return own
    typed = backup_key(ask())
    if typed is None:
        raise StoreError("RECOVERY_KEY_WRONG")
    return [typed]


def said(done: Restored, lang: str) -> tuple[str, str, str]:
    """What a restoring came to, for people."""
    params = {
        "made_at": f"{done.made_at:%d/%m/%Y %H:%M} UTC" if done.made_at else "",
        "salvaged": done.salvaged,
        "doubts": done.doubts,
        "report": done.report,
    }
    if done.from_scratch:
        return message("RESTORED_SCRATCH", lang, params)
    return message("RESTORED" if done.made_at else "RESTORED_OWN", lang, params)


class Rescue:
    """The same for a window: `look`, then `restore`; both may take long. What they came to is
    told in any language, as often as one likes."""

    def __init__(self, home: Path, key: bytes) -> None:
        self._home = home
        self._key = key
        self._offer: Offer | None = None
        self._done: Restored | None = None
        self._failed = StoreError("")
        self.is_busy = False

    @property
    def is_done(self) -> bool:
        return self._done is not None

    @property
    def can_restore(self) -> bool:
        return self._offer is not None and not self.is_done

    def look(self) -> None:
        """Find what the store can be brought back from."""
        self._offer = restoring.offer(self._home, self._key)

    def offered(self, lang: str) -> str:
        """What was found."""
        if self._offer is None:
            params = {"detail": str(_folder(self._home, self._key))}
            return " ".join(message("BACKUP_NONE", lang, params))
        base = self._offer.base
        if isinstance(base, Base):
            return " ".join(message(f"RESTORE_{base.name}_OFFER", lang, {}))
        made_at = f"{base.made_at.astimezone():%d/%m/%Y %H:%M}"
        return " ".join(message("RESTORE_OFFER", lang, {"made_at": made_at}))

    def restore(self) -> None:
        """Do it; see `is_done` and `told`."""
        self.is_busy = True
        try:
            lock = HomeLock(self._home)
            try:
                self._done = _from_best(self._home, self._key, self._offer)
            finally:
                lock.release()
        except StoreError as error:
            self._failed = error
        except Exception as error:  # its text may name what it was reading
            _log.error("restore failed: %s", type(error).__name__)
            self._failed = StoreError("STORE_UNUSABLE")
        finally:
            self.is_busy = False

    def told(self, lang: str) -> tuple[str, ...]:
        """What the restoring came to: three parts, and the beginning of the report."""
        if self._done is None:
            return message(self._failed.code, lang, {"detail": self._failed.detail})
        return (*said(self._done, lang), *report.lines(self._done, lang)[2:LINES])


def _from_best(home: Path, key: bytes, best: Offer | None) -> Restored:
    if best is None:
        raise StoreError("BACKUP_NONE", str(_folder(home, key)))
    return restoring.restore(home, key, best.source, making.keys_of(home, key), _now())


def _folder(home: Path, key: bytes) -> Path:
    return archive.folder_of(RecoveryNote(home).folder, home, key)


def _now() -> datetime:
    return datetime.now(UTC)
