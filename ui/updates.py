"""Watches the installed program: stands aside while it is replaced, and opens the new one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app import __version__
from app.site import stamp
from app.update.quiet import ProgramLock, installed_version

_LOOK_MS = 1000


class UpdateWatch(QObject):
    """Says to an updater whether the console is in use, and to the console what the updater does.

    While somebody is signed in or a task is in hand nobody can replace the program. While it is
    being replaced `replacing` has said True. When another version or other settings of the site lie
    there and nobody uses the console, `replaced` asks for a new start.
    """

    replacing = Signal(bool)
    replaced = Signal()

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._folder = folder
        self._lock = ProgramLock(folder)
        self._site = stamp()
        self._busy = False
        self._replacing = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def in_use(self, busy: bool) -> None:
        """Tell whether somebody uses the console."""
        if busy != self._busy:
            self._busy = busy
            self.look()

    def look(self) -> None:
        if not self._busy:
            self._lock.release()
        free = self._lock.use()
        if not self._busy:
            self._lock.release()
        if free == self._replacing:
            self._replacing = not free
            self.replacing.emit(self._replacing)
        if free and not self._busy and self._is_another():
            self._timer.stop()
            self.replaced.emit()

    def _is_another(self) -> bool:
        return installed_version(self._folder) != __version__ or stamp() != self._site

    def close(self) -> None:
        self._timer.stop()
        self._lock.release()
