"""The hands of a tour: they scan, act and look, and wait until the window has drawn it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QTimer

from app.rehearsal import Clock
from app.station.views import LineView, StationView
from ui.console import Console
from ui.pages.page import Page
from ui.window import Window

P = TypeVar("P", bound=Page)


class Hands:
    """Work a window; `then` opens a question in the page of each new look."""

    def __init__(self, console: Console, window: Window, clock: Clock) -> None:
        self.console = console
        self._clock = clock
        self.window = window
        self.engine = console.engine
        self.station = console.station
        self._then: Callable[[], object] = lambda: None

    def look(self, lang: str, theme: str) -> None:
        """Change language and theme, and keep whatever answer is on the screen. It takes no time:
        what may be seen for some minutes is still there."""
        with self._clock.stopped():
            for key, value in (("language", lang), ("theme", theme)):
                if self.engine.settings[key] != value:
                    self.engine.set_setting(key, value)
            self.window.rebuild()
            self.console.refresh()
            self.wait()
        self._then()

    def then(self, ask: Callable[[], object] | None = None) -> None:
        """Open a question in the page, now and after every look; None: no more."""
        self._then = ask or (lambda: None)
        self._then()

    def page(self, name: str, kind: type[P]) -> P:
        """The page as it is now: every look makes it anew."""
        page = self.window.page(name)
        assert isinstance(page, kind)
        return page

    def open(self, page: str, ms: int = 300) -> None:
        self.window.open(page)
        settle(ms)

    def scan(self, code: str) -> None:
        """Scan, and take what passes off the screen."""
        self.do(self.station.scan, code)
        self.calm()

    def calm(self) -> None:
        """Take the passing answer away, to show what is under it."""
        self.window.dismiss_answer()
        settle()

    def acknowledge(self) -> None:
        self.do(self.station.acknowledge)
        self.calm()

    def do(self, work: Callable[..., object], *args: object) -> None:
        self.console.do(work, *args)
        self.wait()

    def wait(self) -> None:
        """Wait until the station has answered everything and Qt has drawn it."""
        for _ in range(2):
            settle(20)
            self.engine.submit(lambda: None).result()
            settle(20)

    def view(self) -> StationView:
        return self.engine.submit(self.station.view).result()

    def line(self) -> LineView:
        """The line of the pick in hand."""
        pick = self.view().pick
        assert pick
        assert pick.current
        return pick.current


def settle(ms: int = 30) -> None:
    """Let Qt draw what waits."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()
