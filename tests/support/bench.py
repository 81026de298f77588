"""A window over a demo warehouse, and the hands before it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from app.demo import PIN
from app.domain.codes import own_code
from app.rehearsal import Clock
from tests.support import homes
from ui.console import Console
from ui.receiver import ScanReceiver
from ui.window import Window

TOTES = [f"T-{n:02d}" for n in range(1, 31)]


class Bench:
    """A window and the hands before it."""

    def __init__(self, qtbot, home: Path) -> None:
        self.qtbot = qtbot
        self.engine = homes.demo(home, Clock())
        self.receiver = ScanReceiver()
        self.window = Window(Console(self.engine), self.receiver, None)
        self.receiver.install(QApplication.instance())
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitExposed(self.window)
        self.answers: list[str] = []
        self.console.answered.connect(lambda feedback: self.answers.append(feedback.code))
        qtbot.waitUntil(lambda: self.console.view is not None)

    @property
    def console(self) -> Console:
        return self.window._console

    def close(self) -> None:
        """Leave nothing that the next window's keys could run into."""
        self.receiver.remove()
        self.window.close()
        self.engine.close()

    def scan(self, code: str) -> str:
        """Type a code as a scanner does; the answer's code, once the page has followed it.

        Its keys wait in the window's queue while the window is busy, so nothing comes between.
        """
        count, read = len(self.answers), self._read()
        for char in f"{code}\r":
            key = Qt.Key.Key_Return if char == "\r" else ord(char.upper())
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, char)
                QCoreApplication.sendEvent(QApplication.focusWindow(), event)
        self._await(lambda: len(self.answers) > count and self._read() > read)
        return self.answers[-1]

    def read(self, code: str) -> str:
        """Take a code as a serial scanner gives it, whole at once; the answer's code."""
        count, read = len(self.answers), self._read()
        self.window._serial_read.emit(code)
        self._await(lambda: len(self.answers) > count and self._read() > read)
        return self.answers[-1]

    def _read(self) -> int:
        view = self.console.view
        return view.scans_read if view else 0

    def _await(self, is_so: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(is_so, timeout=20_000)

    def type(self, text: str) -> None:
        """Type as a person does."""
        for char in text:
            QTest.keyClick(QApplication.focusWindow(), char, delay=60)
        self._pause()

    def press(
        self,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        QTest.keyClick(QApplication.focusWindow(), key, modifier)
        self._pause()

    def _pause(self) -> None:
        """As a person makes, until the receiver has let go all that it held for it."""
        self.qtbot.wait(60)
        self._await(lambda: not self.receiver._assembler.is_holding)

    def sign_in(self) -> None:
        self.scan(own_code("U", "DEMO"))
        self.type(PIN)
        self.press(Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.console.view.session.state == "signed_in", timeout=20_000)
        self.window.dismiss_answer()

    def page(self) -> str:
        return type(self.window._stack.currentWidget()).__name__

    def buttons(self) -> str:
        """What the buttons say that can be pressed on the page now."""
        page = self.window._stack.currentWidget()
        return "\n".join(x.text() for x in page.findChildren(QPushButton) if x.isVisible())

    def texts(self) -> str:
        """All that can be read on the page."""
        page = self.window._stack.currentWidget()
        return "\n".join(x.text() for x in page.findChildren(QLabel) if x.isVisible())
