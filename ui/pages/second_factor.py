"""One's own second factor: the QR code shown once, the first code, the recovery codes."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QStackedLayout, QWidget

from app.security.second_factor import Enrolment
from app.station.people import RecoveryCodes
from app.station.views import Feedback, StationView
from ui.console import Console
from ui.pages.page import Page
from ui.widgets.choice import Choice
from ui.widgets.parts import Card, button, columns, field, label, personal, rows
from ui.widgets.qr import QrCode
from ui.widgets.second_factor import do_guarded


class SecondFactorPage(Page):
    """Three steps: begin with the PIN, prove the app with a code, note the recovery codes."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._people = console.engine.people
        self._choice = Choice()
        steps = QWidget()
        self._stack = QStackedLayout(steps)  # without a widget, its first page is a window
        for step in (self._begin_step(), self._prove_step(), self._codes_step()):
            self._stack.addWidget(step)
        layout = rows(label(self.tr("Segundo fator"), "prompt"), self._choice)
        layout.addWidget(steps, 1)
        back = button(self.tr("Voltar"), lambda: console.opened.emit("settings"), key="Alt+V")
        layout.addLayout(columns(1, back))
        self.setLayout(layout)

    def _begin_step(self) -> QWidget:
        self._status = label("", "title")
        self._pin = field(self.tr("Seu PIN"), secret=True)
        self._pin.returnPressed.connect(self._begin)
        card = Card()
        for part in (
            self._status,
            label(
                self.tr(
                    "Tenha em mãos um celular com um aplicativo autenticador. Digite seu PIN: o "
                    "QR code aparece uma vez só."
                )
            ),
            self._pin,
            button(self.tr("Mostrar o QR code"), self._begin, key="F9", main=True),
        ):
            card.box.addWidget(part)
        return _page(rows(columns(card), 1))

    def _prove_step(self) -> QWidget:
        self._qr = QrCode()
        self._secret = label("", "big", centre=True)
        personal(self._qr)
        personal(self._secret)
        self._code = field(self.tr("Código de 6 números"))
        self._code.returnPressed.connect(self._finish)
        right = rows(
            label(
                self.tr("1. Leia o QR code com o aplicativo, ou digite nele esta chave:"), "title"
            ),
            self._secret,
            label(self.tr("2. Digite o código que o aplicativo mostra agora:"), "title"),
            self._code,
            button(self.tr("Confirmar"), self._finish, key="F10", main=True),
            1,
        )
        both = columns()
        both.addWidget(self._qr, 1)
        both.addLayout(right, 1)
        return _page(both)

    def _codes_step(self) -> QWidget:
        self._recovery = label("", "big", centre=True)
        personal(self._recovery)
        self._recovery.setAccessibleName(self.tr("Códigos de recuperação"))
        return _page(
            rows(
                label(
                    self.tr(
                        "Anote estes códigos em papel e guarde-os longe do celular. Cada um vale "
                        "uma vez no lugar do aplicativo. Eles não aparecem de novo."
                    ),
                    "title",
                ),
                self._recovery,
                button(self.tr("Já anotei"), self.entered, key="F11", main=True),
                1,
            )
        )

    def entered(self) -> None:
        self._forget()
        self.console.bridge.call(self._people.has_second_factor, done=self._show_status)
        self._pin.setFocus()

    def show_view(self, view: StationView) -> None:
        if view.session.state != "signed_in":
            self._forget()

    def _forget(self) -> None:
        """Nothing secret stays in the window, nor a half-made second factor in the engine."""
        if self._stack.currentIndex() == 1:
            self.console.bridge.call(self._people.abandon_second_factor)
        self._stack.setCurrentIndex(0)
        self._choice.hide()
        self._qr.show_text("")
        for text in (self._secret, self._recovery):
            text.setText("")
        for line in (self._pin, self._code):
            line.clear()

    def _show_status(self, enrolled: object) -> None:
        self._status.setText(
            self.tr("✔ Cadastrado. Um novo cadastro troca o aplicativo e os códigos.")
            if enrolled is True
            else self.tr("▲ Ainda não cadastrado.")
        )

    def _begin(self) -> None:
        pin = self._pin.text()
        if pin:
            self._pin.clear()
            self.console.bridge.call(self._people.begin_second_factor, pin, done=self.show_step)

    def show_step(self, made: object) -> None:
        """Show the step that an answer leads to; a refusal is said."""
        if isinstance(made, Enrolment):
            self._qr.show_text(made.link)
            blocks = (made.secret[at : at + 4] for at in range(0, len(made.secret), 4))
            self._secret.setText(" ".join(blocks))
            self._stack.setCurrentIndex(1)
            self._code.setFocus()
        elif isinstance(made, RecoveryCodes):
            self._qr.show_text("")
            self._secret.setText("")
            pairs = zip(made.codes[::2], made.codes[1::2], strict=True)
            self._recovery.setText("\n".join("     ".join(pair) for pair in pairs))
            self._stack.setCurrentIndex(2)
        elif isinstance(made, Feedback) and made.code == "SECOND_FACTOR_NEEDED":
            do_guarded(self.console, self._choice, self._people.may_replace)
        elif isinstance(made, Feedback):
            self.console.answered.emit(made)

    def _finish(self) -> None:
        code = self._code.text()
        self._code.clear()
        if code:
            self.console.bridge.call(self._people.finish_second_factor, code, done=self.show_step)


def _page(layout: QLayout) -> QWidget:
    made = QWidget()
    made.setObjectName("page")
    made.setLayout(layout)
    return made
