"""Help (Ajuda): the floor's common troubles, this station's tickets, and support's inbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHeaderView, QStackedWidget, QWidget

from app.station.views import StationView
from app.support.wording import TROUBLES, trouble_name
from ui.console import Console
from ui.help.guide_view import GuidePanel
from ui.help.recurring_view import RecurringPanel
from ui.help.ticket_view import TicketPanel
from ui.pages.page import Page
from ui.widgets.order_table import short_time
from ui.widgets.parts import Card, button, columns, label, rows
from ui.widgets.table import fill, table

if TYPE_CHECKING:  # the tickets' own work is read beside the window
    from app.support.tickets import TicketView


class HelpPage(Page):
    """Open to everyone, signed in or not: who can't sign in needs it most."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._rows: tuple[TicketView, ...] = ()
        self._all = False
        self._ticket = TicketPanel(console, self._home)
        self._stack = QStackedWidget()
        self._first = self._make_first()
        self._stack.addWidget(self._first)
        self._stack.addWidget(self._ticket)
        self._guide = GuidePanel(console, self._home)
        self._stack.addWidget(self._guide)
        self._recurring = RecurringPanel(console, self._home)
        self._stack.addWidget(self._recurring)
        self.setLayout(rows(self._stack))
        console.changed.connect(self._reread)

    def entered(self) -> None:
        if self.console.ticket_id:
            self._ticket.open(self.console.ticket_id)
            self._stack.setCurrentWidget(self._ticket)
            self.console.ticket_id = ""
        elif self.console.guide_name:
            self._guide.show_guide(self.console.guide_name)
            self._stack.setCurrentWidget(self._guide)
            self.console.guide_name = ""
        else:
            self._home()

    def show_view(self, view: StationView) -> None:
        signed_in = view.session.state == "signed_in"
        self._back.setVisible(not signed_in)
        self._list.setVisible(signed_in)
        for one in (self._inbox, self._recurs):
            one.setVisible("support.work" in view.session.permissions)

    def _make_first(self) -> QWidget:
        lang = self.console.lang
        troubles = Card()
        troubles.box.addWidget(label(self.tr("O que está acontecendo?"), "title"))
        for n, trouble in enumerate(TROUBLES, 1):
            troubles.box.addWidget(
                button(
                    trouble_name(trouble, lang), lambda t=trouble: self._choose(t), key=f"Alt+{n}"
                )
            )
        troubles.box.addWidget(
            button(self.tr("Outra coisa: pedir ajuda"), lambda: self._choose(""), key="Alt+6")
        )
        troubles.box.addStretch()
        self._back = button(self.tr("Voltar à entrada"), lambda: self.console.opened.emit("pick"),
                            key="F8")  # fmt: skip
        troubles.box.addWidget(self._back)
        self._title = label("", "title")
        self._inbox = button(self.tr("De todas as estações"), self._switch,
                             key="F10")  # fmt: skip
        self._table = table(
            [self.tr("Hora"), self.tr("Chamado"), self.tr("Assunto"), self.tr("Situação")],
            self.tr("Chamados"),
        )
        self._table.setWordWrap(True)
        heads = self._table.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heads.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self._table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._table.itemActivated.connect(self._open_chosen)
        open_it = button(self.tr("Abrir chamado"), self._open_chosen, key="F9", main=True)
        self._list = QWidget()
        listed = rows(self._title)
        listed.addWidget(self._table, 1)
        self._recurs = button(self.tr("O que se repete"), self._show_recurring, key="F11")
        listed.addLayout(columns(open_it, 1, self._inbox, self._recurs))
        self._list.setLayout(listed)
        first = QWidget()
        layout = columns(troubles)
        layout.addWidget(self._list, 1)
        first.setLayout(layout)
        return first

    def _choose(self, trouble: str) -> None:
        self.console.help_wanted.emit(trouble)

    def _home(self) -> None:
        self._stack.setCurrentWidget(self._first)
        self._read()

    def _show_recurring(self) -> None:
        self._recurring.read()
        self._stack.setCurrentWidget(self._recurring)

    def _switch(self) -> None:
        """Between this station's tickets and those of all."""
        self._all = not self._all
        self._read()

    def _reread(self) -> None:
        if self.isVisible() and self._stack.currentWidget() is self._first:
            self._read()

    def _read(self) -> None:
        station = "" if self._all else self.console.engine.settings["station.name"]
        listed = self.console.engine.support.tickets.listed
        self.console.bridge.background(listed, station, done=self._show)

    def _show(self, found: object) -> None:
        if not isinstance(found, tuple):
            return
        self._rows = found
        self._title.setText(
            self.tr("Chamados de todas as estações: {count}").format(count=len(found))
            if self._all
            else self.tr("Chamados desta estação: {count}").format(count=len(found))
        )
        zone = self.console.engine.settings.zone()
        fill(
            self._table,
            [
                (
                    short_time(ticket.made_at, zone),
                    ticket.number or ticket.id,
                    ticket.subject,
                    self._state(ticket),
                )
                for ticket in found
            ],
        )

    def _state(self, ticket: TicketView) -> str:
        if ticket.state == "sent" and ticket.is_closed:
            return self.tr("encerrado")
        if ticket.state == "sent":
            return self.tr("juntado a outro") if ticket.joined else self.tr("aberto")
        names = {
            "review": self.tr("espera por você"),
            "queued": self.tr("sem conexão: tenta de novo")
            if ticket.tries
            else self.tr("a enviar"),
            "solved": self.tr("resolvido pelo guia"),
            "dropped": self.tr("não enviado"),
        }
        return names.get(ticket.state, ticket.state)

    def _open_chosen(self) -> None:
        at = self._table.currentRow()
        if 0 <= at < len(self._rows):
            self._ticket.open(self._rows[at].id)
            self._stack.setCurrentWidget(self._ticket)
