"""A simulated scale: a pseudo-terminal that answers as scales do. No real one stands here."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ENQ = b"\x05"


class SimulatedScale:
    """`says` are the answers to one question after the other; the last is given again and again.

    Empty: the scale is off, and its port is there.
    """

    def __init__(self, path: Path) -> None:
        import tty

        self.path = path
        self.says: Sequence[bytes] = []
        self._asked = 0
        self._stop = threading.Event()
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        path.symlink_to(os.ttyname(self._slave))
        self._threads = [self._began(self._answer)]

    def talk(self, said: Sequence[bytes]) -> None:
        """Say all of it, and the last again and again, whether anybody asks or not."""
        self._threads.append(self._began(lambda: self._talk(said)))

    def unplug(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(5)
        self.path.unlink(missing_ok=True)
        os.close(self._master)
        os.close(self._slave)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Another program has the port."""
        import fcntl

        fd = os.open(self.path, os.O_RDWR | os.O_NOCTTY)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX)
            yield
        finally:
            os.close(fd)

    def _began(self, work: object) -> threading.Thread:
        thread = threading.Thread(target=work, daemon=True)  # type: ignore[arg-type]
        thread.start()
        return thread

    def _answer(self) -> None:
        while not self._stop.wait(0.005):
            try:
                asked = os.read(self._master, 64).count(ENQ)
            except OSError:
                continue
            for _ in range(asked if self.says else 0):
                os.write(self._master, self.says[min(self._asked, len(self.says) - 1)])
                self._asked += 1

    def _talk(self, said: Sequence[bytes]) -> None:
        at = 0
        while not self._stop.is_set():
            try:
                os.write(self._master, said[min(at, len(said) - 1)])
            except BlockingIOError:  # nobody reads: a real scale's words are lost too
                pass
            at += 1
            time.sleep(0.05)
