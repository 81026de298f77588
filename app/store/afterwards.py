"""What follows transactions but belongs to none: done a moment later, in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

SOON_S = 0.05  # a scan's answer is on the screen by then


class Afterwards:
    """Does `work` soon after it is woken, once for a burst of wakings; whoever wakes never waits.

    What is still to be done is done at the closing, or when the program ends.
    """

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._guard = threading.Lock()
        self._is_due = False
        self._thread: ThreadPoolExecutor | None = None
        self._closing = threading.Event()

    def wake(self) -> None:
        with self._guard:
            if self._is_due:
                return
            if self._thread is None:
                self._closing.clear()
                self._thread = ThreadPoolExecutor(1, thread_name_prefix="afterwards")
            self._is_due = True
            self._thread.submit(self._soon)

    def close(self) -> None:
        """Do what is still to be done, and end; it can be woken again."""
        self._closing.set()
        with self._guard:
            thread, self._thread = self._thread, None
        if thread is not None:
            thread.shutdown()

    def _soon(self) -> None:
        self._closing.wait(SOON_S)
        with self._guard:
            self._is_due = False
        self._work()
