"""The program's one window, from its first moment to its last, whatever stands in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

SIZE = (1366, 768)
LEAST = (900, 500)  # 1366 × 768 at 150 %
HEARS_EVERY_MS = 1000


class Frame(QWidget):
    """First the sign-in stands in it, then the console: keys and scans go to the same window."""

    painted = Signal()  # once: what stands in it first can be seen
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Expedita")
        self.setMinimumSize(*LEAST)
        self.resize(*SIZE)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.inside: QWidget | None = None
        self._is_painted = False
        self.is_closed = False
        # Python hears of a signal, as of the desktop's end, only while it does something.
        self._hears = QTimer(self)
        self._hears.timeout.connect(lambda: None)
        self._hears.start(HEARS_EVERY_MS)

    def put(self, what: QWidget, before_it_goes: Callable[[], object] = lambda: None) -> None:
        """Let `what` stand in the window, in place of what did.

        While `before_it_goes` is called that is still there, and has its focus.
        """
        self.setUpdatesEnabled(False)  # nothing between the two is ever seen
        former, self.inside = self.inside, what
        if former:
            self._layout.removeWidget(former)
        self._layout.addWidget(what)
        what.installEventFilter(self)
        what.show()
        before_it_goes()
        if former:
            former.hide()
            former.deleteLater()
        self.setUpdatesEnabled(True)

    def open(self, *, full_screen: bool) -> None:
        if full_screen:
            self.showFullScreen()
        else:
            self.showMaximized()

    def eventFilter(self, target: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.painted.emit)  # once it is done
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        self.is_closed = True
        super().closeEvent(event)
        self.closed.emit()
