"""Opens the engine on a thread of its own, while the window already takes keys and scans."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, Qt, Signal

from app.commands.loading import loading

if TYPE_CHECKING:
    from app.commands.console import Ask
    from app.engine import Engine

# Read beside the window, which would stand still meanwhile: what it is made of, and what is looked
# at after a sign-in.
_MODULES = ("app.engine", "ui.window", "ui.spooler_printer", "ui.pages.pick", "ui.pages.orders")
_PAUSE_S = 0.01
_SWITCH_S = 0.001  # so soon the thread that reads makes way for a key


class Opening(QObject):
    """`run` gives the engine, once it is open; the window's events are served until then."""

    _finished = Signal()
    _asked = Signal(str, object)

    def __init__(self, open_engine: Callable[[Ask], Engine], ask: Ask) -> None:
        """`ask` puts a question for a secret in a window; None where the terminal does."""
        super().__init__()
        self._open = open_engine
        self._ask = ask
        self._opened: Future[Engine] = Future()
        self._loop = QEventLoop()
        self._finished.connect(self._loop.quit, Qt.ConnectionType.QueuedConnection)
        self._asked.connect(self._put, Qt.ConnectionType.QueuedConnection)

    def run(self) -> Engine:
        """
        Raises:
            What `open_engine` does.
        """
        sys.setswitchinterval(_SWITCH_S)
        threading.Thread(target=self._work, name="opening", daemon=True).start()
        while not self._opened.done():
            if self._loop.exec():  # told to quit by somebody else
                time.sleep(_PAUSE_S)
        return self._opened.result()

    def _work(self) -> None:
        try:
            with loading():
                for name in _MODULES:
                    import_module(name)
            self._opened.set_result(self._open(self._question if self._ask else None))
        except BaseException as error:  # it belongs to whoever waits
            self._opened.set_exception(error)
        self._finished.emit()

    def _question(self, question: str) -> str:
        """On the thread: the window is Qt's own thread's."""
        answer: Future[str] = Future()
        self._asked.emit(question, answer)
        return answer.result()

    def _put(self, question: str, answer: Future[str]) -> None:
        try:
            answer.set_result(self._ask(question) if self._ask else "")
        except BaseException as error:
            answer.set_exception(error)
