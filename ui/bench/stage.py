"""A console in a window, and the hands that scan in it."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QEventLoop,
    QObject,
    Qt,
    QTimer,
    Signal,
    SignalInstance,
)

from app.bench.report import RanOut
from app.bench.warehouse import expect
from app.demo import PIN
from app.domain.decision import Outcome
from app.engine import Engine
from app.rehearsal import Clock, pick_scan
from app.station.views import Feedback, PickView
from ui.bench.bare import application
from ui.bench.keys import press
from ui.console import Console
from ui.feedback import FeedbackOverlay
from ui.receiver import ScanReceiver
from ui.window import Window

SIZE = (1366, 768)
WAVE = 6  # orders of a small cart
# After a scan the page is painted, and the store notes its ends; no hand scans again before that.
REST_MS = 70
# As fast as a scanner can type over USB: a key's press in one millisecond, its release in the next.
KEY_MS = 2


class Stage:
    """The window of one console, and the console behind it."""

    def __init__(self, engine: Engine, console: Console, window: Window) -> None:
        self.engine = engine
        self.console = console
        self.window = window

    def sign_in(self) -> None:
        self.ask(self.engine.station.sign_in, "DEMO", PIN)
        self.window.open("pick")
        settle(700)

    def ask(self, work: Callable[..., object], *args: object) -> None:
        """Have the station do something, and wait until the window shows what came of it."""
        self.console.do(work, *args)
        until(self.console.answered)


@contextmanager
def stage(home: Path) -> Iterator[Stage]:
    """Open the demo warehouse of `home` in a window; without a display nobody sees it."""
    app = application()
    engine = Engine.open(home, demo=True, exclusive=True, clock=Clock())
    receiver = ScanReceiver()
    console = Console(engine)
    window = Window(console, receiver, None)
    receiver.install(app)
    try:
        window.resize(*SIZE)
        window.show()
        receiver.stand_before(window.windowHandle())  # also where another window has the focus
        settle(300)
        yield Stage(engine, console, window)
    finally:
        window.close()
        receiver.remove()
        engine.close()


class Hands(QObject):
    """A picker who scans what the window asks for, as fast as it answers.

    Raises:
        RanOut: nothing is left to be picked.
    """

    _flushed = Signal(int)

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self._stage = stage
        self._totes = itertools.count(1)
        self._cart: list[str] = []
        self._answer: Feedback | None = None
        self._ended = began = time.monotonic()  # nothing is waited for
        self._scans = stage.console.view.scans_read if stage.console.view else 0
        self._at_ms = int(began * 1000)
        self._wait = QEventLoop()
        self._next_key = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._next_key.timeout.connect(self._wait.quit)
        self._flushed.connect(self._painted, Qt.ConnectionType.QueuedConnection)
        stage.console.answered.connect(self._heard)
        stage.console.viewed.connect(self._wait.quit)
        overlay = stage.window.findChild(FeedbackOverlay)
        assert overlay is not None
        self.overlay = overlay
        overlay.installEventFilter(self)

    def scan(self) -> float:
        """One scan that the pick in hand asks for; seconds from its last key to the painted
        answer. Where nothing is in hand, a wave is claimed first."""
        raw = pick_scan(self._pick(), self._cart)
        self._at_ms = max(self._at_ms + 1000, int(time.monotonic() * 1000))
        began = time.perf_counter()
        for char in raw:
            self._key(char)
            began += KEY_MS / 1000
            self._wait_until(began)
        self._answer, self._ended = None, 0.0
        self._key("\r")
        while not self._ended:
            self._wait.exec()
        assert self._answer is not None
        expect(self._answer, Outcome.OK, Outcome.DONE)
        self._await_view()
        return self._ended - began

    def keep_answer(self) -> None:
        """Let the last answer be on the screen until the next scan."""
        while self.overlay.isVisible():
            settle(REST_MS)  # it goes by itself
        self.overlay.show()

    def _await_view(self) -> None:
        """Until the page, which follows the answer, asks for the next scan, and can be read."""
        self._scans += 1
        while (view := self._stage.console.view) is None or view.scans_read < self._scans:
            self._wait.exec()
        settle(REST_MS)

    def _pick(self) -> PickView:
        view = self._stage.console.view
        if view is None or view.pick is None:
            self._cart = [f"CX-{next(self._totes):06d}" for _ in range(WAVE)]
            self._stage.ask(self._stage.engine.station.claim_pick, "cluster", WAVE)
            settle(100)
            view = self._stage.console.view
        assert view is not None
        if view.pick is None:
            raise RanOut
        return view.pick

    def _wait_until(self, due: float) -> None:
        """Let the window work until about `due`, by `time.perf_counter`, and go on then."""
        if (ms := int((due - time.perf_counter()) * 1000)) > 0:
            self._next_key.start(ms)
            self._wait.exec()
        time.sleep(max(0.0, due - time.perf_counter()))

    def _key(self, char: str) -> None:
        self._at_ms += KEY_MS  # a scanner's own time: a busy machine makes no person of it
        press(self._stage.window.windowHandle(), char, self._at_ms - 1, self._at_ms)

    def _heard(self, feedback: Feedback) -> None:
        self._answer = feedback

    def eventFilter(self, target: QObject, event: QEvent) -> bool:
        """The answer is about to be painted: once that is done, what is queued here comes."""
        if event.type() == QEvent.Type.Paint and self._answer is not None and not self._ended:
            self._flushed.emit(self._scans)
        return False

    def _painted(self, scan: int) -> None:
        if scan == self._scans and not self._ended:
            self._ended = time.perf_counter()
            self._wait.quit()


def settle(ms: int) -> None:
    """Let the window work for a while."""
    wait = QEventLoop()
    QTimer.singleShot(ms, wait.quit)
    wait.exec()


def until(signal: SignalInstance) -> None:
    """Let the window work until `signal` comes."""
    wait = QEventLoop()
    signal.connect(wait.quit)
    wait.exec()
    signal.disconnect(wait.quit)
