"""Holds a data folder for one process at a time, by locks that end with the process."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

from app.store.errors import StoreError


class HomeLock:
    """Holds a lock file of a data folder from its making until `release`; the console's if no
    other is named."""

    def __init__(self, home: Path, name: str = "console.lock", taken: str = "HOME_IN_USE") -> None:
        """
        Raises:
            StoreError: `taken`, another process has it; or what the disk says.
        """
        try:
            self._file: IO[bytes] = (home / name).open("ab")
        except OSError as error:
            # And with it SQLAlchemy: the usual case needs none.
            from app.store.trouble import trouble

            raise trouble(error, home) or error from error
        try:
            _lock(self._file)
        except OSError:
            self._file.close()
            raise StoreError(taken) from None

    def release(self) -> None:
        self._file.close()


def is_held(home: Path) -> bool:
    """Whether a console has the data folder now, or nobody can say."""
    try:
        HomeLock(home).release()
    except (StoreError, OSError):
        return True
    return False


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
