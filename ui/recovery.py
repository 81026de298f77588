"""Stands in the console's place when the store can't be used: what is wrong, and the way back."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from app.backups.helping import Rescue
from app.domain.texts import message
from app.store.database import StoreError
from ui.theme import THEMES, stylesheet, unit_px
from ui.widgets.parts import Card, button, columns, label, rows


class RecoveryWindow(QWidget):
    """Offers the last good backup, brings the store back from it, and says what is in doubt.

    `run` returns whether the store can be opened now.
    """

    _looked = Signal(object)
    _ended = Signal(object)

    def __init__(self, error: StoreError, rescue: Rescue) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setWindowTitle("Expedita")
        self._rescue = rescue
        self._restored = False
        self._loop = QEventLoop()
        happened, means, _ = message(error.code, "pt", {"detail": error.detail})
        self._title = label(happened, "prompt", centre=True)
        self._means = label(means, "title", centre=True)
        self._state = label(self.tr("Procurando a última cópia boa…"), centre=True)
        self._restore = button(self.tr("Recuperar agora"), self._start, key="F10", main=True)
        self._restore.setEnabled(False)
        self._leave = button(self.tr("Fechar"), self.close, key="F12")
        card = Card()
        for part in (
            self._title,
            self._means,
            self._state,
            label(error.code, "muted", centre=True),
        ):
            card.box.addWidget(part)
        card.box.addLayout(columns(1, self._restore, self._leave, 1))
        self.setLayout(rows(1, columns(1, card, 1), 1))
        self.setStyleSheet(stylesheet(THEMES["light"], unit_px(1366, 768)))
        self._looked.connect(self._show_offer)
        self._ended.connect(self._show_end)

    def run(self) -> bool:
        """Show the window until it is closed, or the store is back and a person has read how."""
        self.resize(1366, 768)
        self.showMaximized()
        self._beside(self._rescue.look, self._looked.emit)
        self._loop.exec()
        return self._restored

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._rescue.is_busy:  # the store is being written: closing waits for its end
            event.ignore()
            return
        self._loop.quit()
        super().closeEvent(event)

    def _start(self) -> None:
        if self._restored:
            self.close()
            return
        self._restore.setEnabled(False)
        self._leave.setEnabled(False)
        self._state.setText(self.tr("Recuperando. Não desligue a estação…"))
        self._beside(self._rescue.restore, self._ended.emit)

    def _beside(self, work: Callable[[], object], done: Callable[[object], None]) -> None:
        threading.Thread(target=lambda: done(work()), name="recovery", daemon=True).start()

    def _show_offer(self, found: object) -> None:
        self._state.setText(str(found))
        self._restore.setEnabled(self._rescue.can_restore)
        self._restore.setFocus()

    def _show_end(self, parts: object) -> None:
        assert isinstance(parts, tuple)
        self._restored = self._rescue.is_done
        self._title.setText(parts[0])
        self._means.setText(parts[1])
        self._state.setText("\n".join(parts[2:]))
        self._leave.setEnabled(True)
        self._restore.setEnabled(self._restored)
        if self._restored:
            self._restore.setText(self.tr("F10  Abrir o Expedita"))
            self._leave.hide()
