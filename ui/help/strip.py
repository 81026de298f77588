"""One line under the bar: what became of a call for help, and what can be done about it now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.widgets.parts import button, label

Action = tuple[str, str, Callable[[], object]]  # text, key, what it does


class HelpStrip(QFrame):
    """Hidden while there is nothing to say. It never takes the focus, and nothing waits for it."""

    told = Signal(str)  # each line, for what covers the strip

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("help")
        self._text = label()
        self._box = QHBoxLayout(self)
        self._box.addWidget(self._text, 1)
        self._buttons: list[QWidget] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        self.shown = ""  # the kind of line that stands here
        self.hide()

    def say(self, kind: str, text: str, actions: tuple[Action, ...] = (), for_ms: int = 0) -> None:
        """Show a line; `for_ms` 0 leaves it until another comes or `clear`."""
        self.shown = kind
        self.retitle(text)
        for old in self._buttons:
            self._box.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = [button(words, act, key=key) for words, key, act in actions]
        for made in self._buttons:
            self._box.addWidget(made)
        self._timer.stop()
        if for_ms:
            self._timer.start(for_ms)
        self.show()

    def retitle(self, text: str) -> None:
        """Change the words and leave the buttons."""
        self._text.setText(text)
        self.told.emit(text)

    def clear(self) -> None:
        self.shown = ""
        self._timer.stop()
        self.hide()
        self.told.emit("")
