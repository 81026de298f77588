"""The only place where the engine's threads meet Qt: futures in, queued signals out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from app.domain.decision import Outcome
from app.engine import Engine
from app.station.views import Feedback
from app.store.database import StoreError

_log = logging.getLogger(__name__)


class Bridge(QObject):
    """Runs calls on the engine's threads and gives their results back on the Qt thread.

    A call that failed gives a BLOCK Feedback in place of its result: the store's own code, or
    INTERNAL.
    """

    states_changed = Signal()  # a system's light turned
    outside = Signal()  # other systems changed something
    told = Signal(object)  # Feedback that nobody asked for, such as a printer out of paper
    _finished = Signal(object, object)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.engine = engine
        self._closed = False
        engine.health.on_change(self._turned)
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        engine.listen(self._tell)

    def call(
        self,
        work: Callable[..., Any],
        *args: Any,
        done: Callable[[Any], None] | None = None,
        urgent: bool = False,
    ) -> None:
        """Run `work` on the station's thread; `done` gets its result on the Qt thread."""
        if not self._closed:
            self._follow(self.engine.submit(work, *args, urgent=urgent), done)

    def background(
        self, work: Callable[..., Any], *args: Any, done: Callable[[Any], None] | None = None
    ) -> None:
        """The same for long work, beside the station."""
        if not self._closed:
            self._follow(self.engine.submit_background(work, *args), done)

    def start_flow(self) -> None:
        """Let the flow to other systems run beside the station, and say when it changes things."""
        self.engine.start_flow(self._outside)

    def _outside(self) -> None:
        """On the flow's thread: Qt takes the signal over to its own."""
        if not self._closed:
            self.outside.emit()

    def close(self) -> None:
        """Ask for nothing more: the window closes, and the engine after it."""
        self._closed = True

    def _turned(self, states: object) -> None:
        """On the watch's thread."""
        if not self._closed:
            self.states_changed.emit()

    def _tell(self, feedback: Feedback) -> None:
        if not self._closed:
            self.told.emit(feedback)

    def _follow(self, future: Future[Any], done: Callable[[Any], None] | None) -> None:
        future.add_done_callback(lambda finished: self._finished.emit(finished, done))

    def _deliver(self, future: Future[Any], done: Callable[[Any], None] | None) -> None:
        error = future.exception()
        if error is None:
            result = future.result()
        elif isinstance(error, StoreError):
            result = Feedback(Outcome.BLOCK, error.code, {"detail": error.detail})
        else:
            # The kind of the error only: its text may hold what somebody typed or scanned.
            _log.error("engine call failed: %s", type(error).__name__)
            result = Feedback(Outcome.BLOCK, "INTERNAL", {"detail": type(error).__name__})
        if done and _can_take(done):
            done(result)


def _can_take(done: Callable[[Any], None]) -> bool:
    """Whether the page that asked is still there: a change of language makes all pages anew."""
    asker = getattr(done, "__self__", None)
    return not isinstance(asker, QObject) or isValid(asker)
