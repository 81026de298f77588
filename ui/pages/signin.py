"""Sign-in: badge by scan or typed, then the PIN; and the first supervisor of a new warehouse."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtWidgets import QGridLayout, QLineEdit, QStackedLayout, QWidget

from app.station.views import StationView
from ui.console import Console
from ui.pages.page import Page
from ui.widgets.parts import Card, button, columns, label, rows


class SignInPage(Page):
    """Shown whenever nobody stands at the station, or it is locked."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._badge = Badge(console)
        self._first: FirstStart | None = None  # a warehouse needs it once
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._badge)

    def show_view(self, view: StationView) -> None:
        if view.session.state == "first_start":
            self._show_first_start(self.prompt_text(view))
        else:
            self._stack.setCurrentWidget(self._badge)
            self._badge.show_session(view, self.prompt_text(view))

    def _show_first_start(self, prompt: str) -> None:
        if self._first is None:
            self._first = FirstStart(self.console)
            self._stack.addWidget(self._first)
        if self._stack.currentWidget() is not self._first:
            self._first.setFocus()
        self._stack.setCurrentWidget(self._first)
        self._first.show_prompt(prompt)


class Badge(QWidget):
    """Scan the badge, type the PIN. The keypad serves gloves on a touch screen."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console
        self._state = ""
        self._prompt = label("", "prompt", centre=True)
        self._task = label("", "warning", centre=True)
        self._badge = _field(self.tr("Crachá"))
        self._pin = _field(self.tr("PIN"), secret=True)
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
        card.box.addWidget(self._task)
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

    def show_session(self, view: StationView, prompt: str) -> None:
        state = view.session.state
        self._prompt.setText(prompt)
        self._task.setText(self.tr("Uma tarefa em mãos fica guardada"))
        self._task.setVisible(state == "locked")
        self._badge.setVisible(state != "awaiting_pin")
        if state != self._state:
            self._badge.clear()
            self._pin.clear()
            (self._pin if state == "awaiting_pin" else self._badge).setFocus()
        self._state = state

    def _enter(self) -> None:
        if self._pin.text():
            self._console.do(self._console.station.sign_in, self._badge.text(), self._pin.text())
            self._pin.clear()


class FirstStart(QWidget):
    """A new warehouse makes its first supervisor."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console
        self._prompt = label("", "prompt", centre=True)
        self._name = _field(self.tr("Seu nome"))
        self._badge = _field(self.tr("Código do crachá (letras e números)"))
        self._pin = _field(self.tr("PIN de 4 a 8 números"), secret=True)
        self._again = _field(self.tr("O mesmo PIN de novo"), secret=True)
        self._problem = label("", "warning", centre=True)
        self._problem.hide()
        fields = (self._name, self._badge, self._pin, self._again)
        for field, following in pairwise(fields):
            field.returnPressed.connect(following.setFocus)
        self._again.returnPressed.connect(self._create)
        card = Card()
        card.box.addWidget(self._prompt)
        card.box.addWidget(
            label(
                self.tr(
                    "Quem se cadastra agora é o supervisor: cadastra os outros, e decide o que "
                    "espera por uma pessoa. Anote o crachá e o PIN."
                ),
                centre=True,
            )
        )
        for part in (*fields, self._problem):
            card.box.addWidget(part)
        card.box.addWidget(button(self.tr("Criar e entrar"), self._create, main=True))
        middle = columns(1)
        middle.addWidget(card, 3)
        middle.addStretch(1)
        self.setLayout(rows(1, middle, 1))
        self.setFocusProxy(self._name)

    def show_prompt(self, prompt: str) -> None:
        self._prompt.setText(prompt)

    def _create(self) -> None:
        if self._pin.text() != self._again.text():
            self._problem.setText(self.tr("Os dois PINs são diferentes. Digite de novo."))
            self._problem.show()
            self._again.clear()
            self._pin.clear()
            self._pin.setFocus()
            return
        self._problem.hide()
        self._console.do(
            self._console.station.create_first_supervisor,
            self._name.text(),
            self._badge.text(),
            self._pin.text(),
        )


def _field(name: str, *, secret: bool = False) -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(name)
    field.setAccessibleName(name)
    if secret:
        field.setEchoMode(QLineEdit.EchoMode.Password)
    return field
