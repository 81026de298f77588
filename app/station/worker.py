"""The one thread that owns the station: it serves requests by urgency, a scan always first."""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")

_URGENT, _USUAL, _STOP = 0, 1, 2


class StationThread:
    """Runs calls one at a time; urgent ones before all others, each kind in its own order."""

    def __init__(self) -> None:
        self._calls: queue.PriorityQueue[tuple[int, int, Callable[[], None] | None]] = (
            queue.PriorityQueue()
        )
        self._tickets = itertools.count()
        self._thread = threading.Thread(target=self._run, name="station", daemon=True)
        self._thread.start()

    def submit(self, call: Callable[..., T], *args: Any, urgent: bool = False) -> Future[T]:
        """Run `call` on the station's thread; its result or exception comes with the future."""
        future: Future[T] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(call(*args))
            except BaseException as error:  # it belongs to whoever asked
                future.set_exception(error)

        self._calls.put((_URGENT if urgent else _USUAL, next(self._tickets), run))
        return future

    def stop(self) -> None:
        """Let everything that was asked for finish, then end."""
        self._calls.put((_STOP, next(self._tickets), None))
        self._thread.join(timeout=30)

    def _run(self) -> None:
        while True:
            call: Any = self._calls.get()[2]
            if call is None:
                return
            call()
