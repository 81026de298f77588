"""Stands in the console's place when the store can't be used: what is wrong, and the way back."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QPushButton, QWidget

from app.backups.helping import Rescue
from app.domain.texts import message
from app.store.database import StoreError
from ui.language import use_language
from ui.theme import THEMES, stylesheet, unit_px
from ui.widgets.parts import Card, button, columns, label, rows


class RecoveryWindow(QWidget):
    """Offers the last good backup, brings the store back from it, and says what is in doubt.

    `run` returns whether the store can be opened now. The settings lie in the store, so that the
    language is a guess here, and a key changes it.
    """

    _looked = Signal()
    _ended = Signal()

    def __init__(self, error: StoreError, rescue: Rescue, lang: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setWindowTitle("Expedita")
        self._error = error
        self._rescue = rescue
        self._lang = lang
        self._step = "looking"  # offered, restoring, ended
        self._loop = QEventLoop()
        self._title = label("", "prompt", centre=True)
        self._means = label("", "title", centre=True)
        self._state = label("", centre=True)
        self._code = label(error.code, "muted", centre=True)
        self._restore = button("", self._start, key="F10", main=True)
        self._leave = button("", self.close, key="F12")
        self._other = button("", self._change_language, key="F2")
        card = Card()
        for part in (self._title, self._means, self._state, self._code):
            card.box.addWidget(part)
        card.box.addLayout(columns(1, self._restore, self._leave, 1))
        layout = rows(columns(1, self._other), 1)
        middle = columns(1)
        middle.addWidget(card, 4)
        middle.addStretch(1)
        layout.addLayout(middle)
        layout.addStretch(1)
        self.setLayout(layout)
        self.setStyleSheet(stylesheet(THEMES["light"], unit_px(1366, 768)))
        self._looked.connect(lambda: self._come_to("offered"))
        self._ended.connect(lambda: self._come_to("ended"))
        self._retell()

    def run(self) -> bool:
        """Show the window until it is closed, or the store is back and a person has read how."""
        self.resize(1366, 768)
        self.showMaximized()
        self._beside(self._rescue.look, self._looked.emit)
        self._loop.exec()
        return self._rescue.is_done

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._rescue.is_busy:  # the store is being written: closing waits for its end
            event.ignore()
            return
        self._loop.quit()
        super().closeEvent(event)

    def _start(self) -> None:
        if self._rescue.is_done:
            self.close()
            return
        self._come_to("restoring")
        self._beside(self._rescue.restore, self._ended.emit)

    def _beside(self, work: Callable[[], None], done: Callable[[], None]) -> None:
        def both() -> None:
            work()
            done()

        threading.Thread(target=both, name="recovery", daemon=True).start()

    def _come_to(self, step: str) -> None:
        self._step = step
        self._retell()
        if self._restore.isEnabled():
            self._restore.setFocus()

    def _change_language(self) -> None:
        self._lang = "en" if self._lang == "pt" else "pt"
        self._retell()

    def _retell(self) -> None:
        """Say all of it in the language of now."""
        use_language(self._lang)
        params = {"detail": self._error.detail}
        happened, means, _ = message(self._error.code, self._lang, params)
        state = ""
        match self._step:
            case "looking":
                state = self.tr("Procurando a última cópia boa…")
            case "offered":
                state = self._rescue.offered(self._lang)
            case "restoring":
                state = self.tr("Recuperando. Não desligue a estação…")
            case "ended":
                happened, means, *rest = self._rescue.told(self._lang)
                state = "\n".join(rest)
        is_over, is_busy = self._rescue.is_done, self._step == "restoring"
        self._title.setText(happened)
        self._means.setText(means)
        self._state.setText(state)
        _name(self._restore, self.tr("Abrir o Expedita") if is_over
              else self.tr("Recuperar agora"), "F10")  # fmt: skip
        _name(self._leave, self.tr("Fechar"), "F12")
        _name(self._other, "English" if self._lang == "pt" else "Português", "F2")
        self._restore.setEnabled(is_over or (self._step == "offered" and self._rescue.can_restore))
        self._leave.setEnabled(not is_busy)
        self._leave.setVisible(not is_over)


def _name(one: QPushButton, text: str, key: str) -> None:
    one.setText(f"{key}  {text}")
    one.setAccessibleName(text)
