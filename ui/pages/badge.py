"""Badge and PIN: scanned and typed, or touched with gloves on. Knows nothing of who may come in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.widgets.parts import Card, button, columns, field, label, rows


class Badge(QWidget):
    """Scan the badge, type the PIN. The keypad serves gloves on a touch screen."""

    entered = Signal(str, str)  # badge, empty where it was scanned; PIN

    def __init__(self) -> None:
        super().__init__()
        self._state = ""
        self._prompt = label("", "prompt", centre=True)
        self._notice = label("", "warning", centre=True)
        self._badge = field(self.tr("Crachá"))
        self._pin = field(self.tr("PIN"), secret=True)
        self._badge.returnPressed.connect(self._pin.setFocus)
        self._pin.returnPressed.connect(self._enter)
        keypad = QGridLayout()
        for at, digit in enumerate("123456789"):
            keypad.addWidget(button(digit, lambda d=digit: self._pin.insert(d)), at // 3, at % 3)
        keypad.addWidget(button("⌫", self._pin.backspace), 3, 0)
        keypad.addWidget(button("0", lambda: self._pin.insert("0")), 3, 1)
        keypad.addWidget(button(self.tr("Entrar"), self._enter, main=True), 3, 2)
        card = Card()
        card.box.addWidget(label("EXPEDITA", "title", centre=True))
        card.box.addWidget(self._prompt)
        card.box.addWidget(self._notice)
        card.box.addWidget(self._badge)
        card.box.addWidget(self._pin)
        card.box.addLayout(keypad)
        middle = columns()
        middle.addStretch(1)
        middle.addWidget(card, 2)
        middle.addStretch(1)
        layout = rows(1)
        layout.addLayout(middle, 6)
        layout.addStretch(1)
        self.setLayout(layout)

    def show_state(self, state: str, prompt: str) -> None:
        """`state` is a session's: signed_out, locked or awaiting_pin."""
        self._prompt.setText(prompt)
        self.tell(self.tr("Uma tarefa em mãos fica guardada") if state == "locked" else "")
        self._badge.setVisible(state != "awaiting_pin")
        if state != self._state:
            self._badge.clear()
            self._pin.clear()
            self._state = state
            self.take_keys()

    def take_keys(self) -> None:
        """Let what is typed go where it belongs now."""
        has_badge = self._state == "awaiting_pin" or bool(self._badge.text())
        (self._pin if has_badge else self._badge).setFocus()

    def tell(self, notice: str) -> None:
        """Say something under the prompt; nothing, if it is empty."""
        self._notice.setText(notice)
        self._notice.setVisible(bool(notice))

    def go_on_from(self, other: Badge) -> None:
        """Stand in the place of another that looked the same: with what was typed into it."""
        is_same = self._state == other._state
        if is_same:
            for own, typed in ((self._badge, other._badge), (self._pin, other._pin)):
                own.setText(typed.text())
                own.setCursorPosition(typed.cursorPosition())
        if is_same and other._badge.hasFocus():
            self._badge.setFocus()
        else:
            self.take_keys()

    def _enter(self) -> None:
        if self._pin.text():
            self.entered.emit(self._badge.text(), self._pin.text())
            self._pin.clear()
