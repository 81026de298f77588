"""One console at a time on a data folder, by a lock that the system lets go when a process dies."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

from app.store.trouble import StoreError, trouble


class HomeLock:
    """Holds `console.lock` in a data folder from its making until `release`."""

    def __init__(self, home: Path) -> None:
        """
        Raises:
            StoreError: HOME_IN_USE, another console works on the folder; or what the disk says.
        """
        try:
            self._file: IO[bytes] = (home / "console.lock").open("ab")
        except OSError as error:
            raise trouble(error, home) or error from error
        try:
            _lock(self._file)
        except OSError:
            self._file.close()
            raise StoreError("HOME_IN_USE") from None

    def release(self) -> None:
        self._file.close()


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
