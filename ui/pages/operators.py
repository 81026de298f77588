"""Operators (Operadores): who may work here; a supervisor adds, disables, changes PINs."""

from __future__ import annotations

from PySide6.QtWidgets import QHeaderView

from app.domain.decision import Outcome
from app.domain.texts import word
from app.security.roles import Role
from app.station.views import Feedback, OperatorView, StationView
from ui.console import Console
from ui.pages.page import Page
from ui.widgets.choice import Choice
from ui.widgets.parts import Card, button, choices, columns, field, label, rows
from ui.widgets.second_factor import do_guarded
from ui.widgets.table import fill, table


class OperatorsPage(Page):
    """The list at the left, a new operator at the right, and what may be done to the chosen one."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._people = console.engine.people
        self._rows: tuple[OperatorView, ...] = ()
        self._choice = Choice()
        self._table = table(
            [
                self.tr("Nome"),
                self.tr("Crachá"),
                self.tr("Função"),
                self.tr("Acesso"),
                self.tr("Segundo fator"),
            ],
            self.tr("Operadores"),
        )
        heads = self._table.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heads.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        body = columns()
        body.addWidget(self._table, 3)
        body.addWidget(self._form(), 2)
        layout = rows(label(self.tr("Operadores"), "prompt"), self._choice)
        layout.addLayout(body, 1)
        self._disable = button(self.tr("Desativar"), self._ask_disable, key="Alt+D")
        self._enable = button(self.tr("Reativar"), lambda: self._do("enable"), key="Alt+R")
        self._set_pin = button(self.tr("Trocar PIN"), self._ask_pin, key="Alt+P")
        self._drop = button(self.tr("Retirar segundo fator"), self._ask_drop, key="Alt+F")
        back = button(self.tr("Voltar"), lambda: console.opened.emit("settings"), key="Alt+V")
        layout.addLayout(columns(self._disable, self._enable, self._set_pin, self._drop, 1, back))
        self.setLayout(layout)
        self._table.itemSelectionChanged.connect(self._show_actions)
        console.changed.connect(self._reread)
        self._show_actions()

    def _form(self) -> Card:
        self._name = field(self.tr("Nome"))
        self._badge = field(self.tr("Código do crachá (letras e números)"))
        self._role = choices()
        self._role.setAccessibleName(self.tr("Função"))
        for role in Role:
            self._role.addItem(word(role.value, self.console.lang).capitalize(), role.value)
        self._pin = field(self.tr("PIN de 4 a 8 números"), secret=True)
        self._again = field(self.tr("O mesmo PIN de novo"), secret=True)
        self._again.returnPressed.connect(self._add)
        card = Card()
        card.box.addWidget(label(self.tr("Novo operador"), "big"))
        for part in (self._name, self._badge, self._role, self._pin, self._again):
            card.box.addWidget(part)
        card.box.addWidget(button(self.tr("Cadastrar"), self._add, key="F9", main=True))
        card.box.addStretch(1)
        return card

    def entered(self) -> None:
        self.console.bridge.call(self._people.list, done=self._show)

    def show_view(self, view: StationView) -> None:
        if view.session.state != "signed_in":
            self._rows = ()
            self._table.setRowCount(0)
            self._choice.hide()
            for line in (self._name, self._badge, self._pin, self._again):
                line.clear()

    def _reread(self) -> None:
        if self.isVisible():
            self.entered()

    def _show(self, found: object) -> None:
        if not isinstance(found, tuple):
            return
        chosen = self._chosen()
        self._rows = found
        fill(
            self._table,
            [
                (
                    person.name,
                    person.badge,
                    word(person.role, self.console.lang).capitalize(),
                    self.tr("✖ desativado") if person.disabled else self.tr("✔ ativo"),
                    self.tr("✔ sim") if person.second_factor else "—",
                )
                for person in found
            ],
        )
        for at, person in enumerate(found):
            if chosen and person.badge == chosen.badge:
                self._table.selectRow(at)
        self._show_actions()

    def _chosen(self) -> OperatorView | None:
        at = self._table.currentRow()
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def _show_actions(self) -> None:
        person = self._chosen()
        self._disable.setVisible(person is not None and not person.disabled)
        self._enable.setVisible(person is not None and person.disabled)
        self._set_pin.setVisible(person is not None)
        self._drop.setVisible(person is not None and person.second_factor)

    def _add(self) -> None:
        pin = self._same_pin(self._pin.text(), self._again.text())
        for line in (self._pin, self._again):
            line.clear()
        if pin is not None:
            role = str(self._role.currentData())
            new = (self._name.text(), self._badge.text(), role, pin)
            do_guarded(self.console, self._choice, self._people.add, *new)

    def _do(self, action: str, *more: str) -> None:
        person = self._chosen()
        if person:
            work = getattr(self._people, action)
            do_guarded(self.console, self._choice, work, person.badge, *more)

    def _ask_disable(self) -> None:
        self._ask(self.tr("Tirar o acesso de {name}?"), self.tr("Desativar"), "disable")

    def _ask_drop(self) -> None:
        self._ask(
            self.tr("Retirar o segundo fator de {name}? Só se o celular e os códigos se perderam."),
            self.tr("Retirar"),
            "remove_second_factor",
        )

    def _ask(self, question: str, yes: str, action: str) -> None:
        person = self._chosen()
        if person:
            self._choice.ask(
                question.format(name=person.name), [(action, yes)], self._do, self.tr("Voltar")
            )

    def _ask_pin(self) -> None:
        person = self._chosen()
        if person is None:
            return
        self._choice.ask_text(
            self.tr("PIN novo de {name}").format(name=person.name), self.tr("Continuar"),
            self._ask_pin_again, self.tr("Voltar"), secret=True,
        )  # fmt: skip

    def _ask_pin_again(self, first: str) -> None:
        def changed(again: str) -> None:
            pin = self._same_pin(first, again)
            if pin is not None:
                self._do("set_pin", pin)

        self._choice.ask_text(
            self.tr("O mesmo PIN de novo"), self.tr("Trocar PIN"), changed, self.tr("Voltar"),
            secret=True,
        )  # fmt: skip

    def _same_pin(self, first: str, again: str) -> str | None:
        """The PIN, where it was typed twice alike; else None, and said."""
        if first != again:
            self.console.answered.emit(Feedback(Outcome.WARN, "PIN_DIFFERENT"))
            return None
        return first
