"""The console's own start, for the bench: the sign-in painted, then the queue that takes scans."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from app.domain.codes import own_code
from ui.bench.bare import Painted, application
from ui.bench.keys import press
from ui.main import Front, look_for

if TYPE_CHECKING:  # not before the sign-in is painted
    from app.engine import Engine
    from ui.window import Window

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)  # when the orders of app.bench.warehouse came in
BADGE = "DEMO"
# A quick person's: the scanner is in the hand, the PIN in the fingers.
TO_SCAN_MS = 400
TO_PIN_MS = 200
KEY_MS = 120
GIVES_UP_MS = 60_000


def run(home: Path, pin: str, by_hand: bool) -> int:
    """Open the warehouse of `home`, sign in, open the queue, say how long it took, and end.

    `by_hand` the badge is scanned and the PIN typed, by real keys; else it is as if both had been
    there when the sign-in was painted. Says "standing" when that is so, and in the end "painted"
    with three times in seconds: the check of the PIN, the hands' work, and from the end of that
    until the queue was painted, the check included.
    """
    app = application()
    front = Front(app, look_for(home))
    hands = Hands(front, pin, by_hand)
    front.frame.painted.connect(hands.begin)
    engine = front.open(lambda ask: open_engine(home, hands), None)
    try:
        follow(front.furnish(engine), hands)
        QTimer.singleShot(GIVES_UP_MS, lambda: app.exit(1))
        return app.exec()
    finally:
        engine.close()


def open_engine(home: Path, hands: Hands) -> Engine:
    from app.engine import Engine

    engine = Engine.open(home, exclusive=True, clock=lambda: NOW)
    check = engine.station.sign_in

    def timed(badge: str, pin: str) -> Any:
        began = time.perf_counter()
        feedback = check(badge, pin)
        hands.checked_s = time.perf_counter() - began
        return feedback

    engine.station.sign_in = timed  # type: ignore[method-assign]
    return engine


def follow(window: Window, hands: Hands) -> None:
    """Open the queue as soon as somebody is signed in, and see it painted."""
    from PySide6.QtWidgets import QTableView

    def seen() -> None:
        view = window.console.view
        if view is None or view.session.state != "signed_in":
            return
        window.seen.disconnect(seen)
        window.open("orders")
        table = window.page("orders").findChild(QTableView)
        table.model().found.connect(lambda *_: table.viewport().installEventFilter(hands))

    window.seen.connect(seen)


class Hands(Painted):
    """Whoever stands before the window. Their keys have the time at which they are pressed, also
    where the window is too busy to hear of them then: that it is late is the console's."""

    def __init__(self, front: Front, pin: str, by_hand: bool) -> None:
        super().__init__()
        self._front = front
        self._pin = pin
        self._by_hand = by_hand
        self._began_s = self._ended_s = 0.0
        self.checked_s = 0.0

    def begin(self) -> None:
        """The sign-in is there."""
        print("standing", flush=True)
        self._began_s = self._ended_s = time.perf_counter()
        if not self._by_hand:
            self._front.kept.sign_in(BADGE, self._pin)
            return
        began_ms = int(time.monotonic() * 1000)
        after_ms = TO_SCAN_MS
        QTimer.singleShot(after_ms, lambda: self._scan(began_ms + TO_SCAN_MS))
        after_ms += TO_PIN_MS - KEY_MS
        for char in f"{self._pin}\r":
            after_ms += KEY_MS
            QTimer.singleShot(after_ms, partial(self._key, char, began_ms + after_ms))
        self._ended_s = self._began_s + after_ms / 1000

    def _scan(self, at_ms: int) -> None:
        for n, char in enumerate(f"{own_code('U', BADGE)}\r"):
            self._key(char, at_ms + n)

    def _key(self, char: str, at_ms: int) -> None:
        press(self._front.frame.windowHandle(), char, at_ms, at_ms)

    def say(self) -> str:
        hands_s, after_s = self._ended_s - self._began_s, time.perf_counter() - self._ended_s
        return f"painted {self.checked_s} {hands_s} {after_s}"
