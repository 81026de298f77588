"""Sign-in: badge by scan or typed, then the PIN; and the first supervisor of a new warehouse."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from PySide6.QtWidgets import QStackedLayout, QWidget

from app.station.views import StationView
from ui.console import Console
from ui.pages.badge import Badge
from ui.pages.page import Page
from ui.widgets.parts import Card, button, columns, field, label, rows


class SignInPage(Page):
    """Shown whenever nobody stands at the station, or it is locked."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self.badge = Badge()
        self.badge.entered.connect(partial(console.do, console.station.sign_in))
        self._first: FirstStart | None = None  # a warehouse needs it once
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.badge)

    def show_view(self, view: StationView) -> None:
        if view.session.state == "first_start":
            self._show_first_start(self.prompt_text(view))
        else:
            self._stack.setCurrentWidget(self.badge)
            self.badge.show_state(view.session.state, self.prompt_text(view))

    def go_on_from(self, badge: Badge) -> None:
        """Stand where another sign-in stood until now, with what is half typed there."""
        if self._first and self._stack.currentWidget() is self._first:
            self._first.setFocus()
        else:
            self.badge.go_on_from(badge)

    def _show_first_start(self, prompt: str) -> None:
        if self._first is None:
            self._first = FirstStart(self.console)
            self._stack.addWidget(self._first)
        if self._stack.currentWidget() is not self._first:
            self._first.setFocus()
        self._stack.setCurrentWidget(self._first)
        self._first.show_prompt(prompt)


class FirstStart(QWidget):
    """A new warehouse makes its first supervisor."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console
        self._prompt = label("", "prompt", centre=True)
        self._name = field(self.tr("Seu nome"))
        self._badge = field(self.tr("Código do crachá (letras e números)"))
        self._pin = field(self.tr("PIN de 4 a 8 números"), secret=True)
        self._again = field(self.tr("O mesmo PIN de novo"), secret=True)
        self._problem = label("", "warning", centre=True)
        self._problem.hide()
        fields = (self._name, self._badge, self._pin, self._again)
        for one, following in pairwise(fields):
            one.returnPressed.connect(following.setFocus)
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
