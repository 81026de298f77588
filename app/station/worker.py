"""The one thread that owns the station: it serves requests by urgency, a scan always first."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")


class StationThread:
    """Runs calls one at a time; urgent ones before all others, each kind in its own order."""

    def __init__(self) -> None:
        self._urgent: deque[Callable[[], None]] = deque()
        self._usual: deque[Callable[[], None]] = deque()
        self._asked: SimpleQueue[bool] = SimpleQueue()  # True for each call, and False for the end
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

        (self._urgent if urgent else self._usual).append(run)
        self._asked.put(True)
        return future

    def stop(self) -> None:
        """Let everything that was asked for finish, then end."""
        self._asked.put(False)
        self._thread.join(timeout=30)

    def _run(self) -> None:
        while self._asked.get():
            self._do_next()
        while self._urgent or self._usual:  # asked for by what was done last
            self._do_next()

    def _do_next(self) -> None:
        (self._urgent or self._usual).popleft()()
