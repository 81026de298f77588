"""Tells the store's writers in other processes that somebody waits to write.

SQLite knows who writes, and not who waits: a waiting writer asks again at growing intervals, and
an import of another process, which begins again at once, would always be there first. A scan
waited a second so. Whoever waits holds a lock on a file beside the store, which ends with its
process; long work looks whether anybody holds it.
"""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_TELLS_WITHIN_S = 0.1  # whoever looks holds the lock for a moment, longer on a busy machine
_LOOKS_AGAIN_S = 0.0005


class Waiting:
    """The lock beside the store at `path`. Where the disk lets none be made nobody is told: whoever
    waits then waits as SQLite does."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(path.name + ".waiting")
        self._counting = threading.Lock()
        self._told = 0  # of this process's threads, those who wait
        self._mine: IO[bytes] | None = None
        self._look: IO[bytes] | None = None

    @contextmanager
    def told(self) -> Iterator[None]:
        """Somebody waits, for as long as the block takes."""
        with self._counting:
            self._told += 1
            if self._told == 1:
                self._tell()
        try:
            yield
        finally:
            with self._counting:
                self._told -= 1
                if not self._told and self._mine:
                    _unlock(self._mine)

    def anybody(self) -> bool:
        """Whether somebody waits, in any process."""
        if self._look is None:
            with contextlib.suppress(OSError):
                self._look = self._path.open("ab")
        if self._look is None:
            return False
        if not _lock(self._look, shared=False):
            return True
        _unlock(self._look)
        return False

    def close(self) -> None:
        for file in (self._mine, self._look):
            if file:
                file.close()
        self._mine = self._look = None

    def _tell(self) -> None:
        if self._mine is None:
            with contextlib.suppress(OSError):
                self._mine = self._path.open("ab")
        end = time.monotonic() + _TELLS_WITHIN_S
        while self._mine and not _lock(self._mine, shared=True) and time.monotonic() < end:
            time.sleep(_LOOKS_AGAIN_S)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes], *, shared: bool) -> bool:
        """Without waiting for it. Windows has no shared one here: of several that wait at once,
        one tells."""
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: IO[bytes]) -> None:
        with contextlib.suppress(OSError):  # another process told
            msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes], *, shared: bool) -> bool:
        """Without waiting for it."""
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _unlock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
