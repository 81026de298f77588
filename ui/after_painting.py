"""Work that waits until what is to be seen has been painted."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject

_BEHIND_PAINTING = -2  # Qt posts a window's painting at -1; a timer of zero comes before it


class AfterPainting(QObject):
    """Does each piece of work, in its order, behind all that waits for the window now."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[Callable[[], object]] = deque()

    def do(self, work: Callable[[], object]) -> None:
        self._waiting.append(work)
        QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), _BEHIND_PAINTING)

    def customEvent(self, event: QEvent) -> None:
        self._waiting.popleft()()
