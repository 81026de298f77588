"""One ticket: how it stands, what support wrote, and every item of its evidence to look at."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QStackedWidget,
    QWidget,
)

from app.domain.texts import message
from app.support.wording import trouble_name
from ui.console import Console
from ui.help.shot import thumbnail
from ui.widgets.order_table import short_time
from ui.widgets.parts import button, columns, label, personal, rows

if TYPE_CHECKING:  # the tickets' own work is read beside the window
    from app.support.tickets import TicketView

_PICTURE = QSize(720, 400)


class TicketPanel(QWidget):
    """Everything is shown as it goes out, so that a person can see what is said of the house."""

    def __init__(self, console: Console, back: Callable[[], object]) -> None:
        super().__init__()
        self._console = console
        self._id = ""
        self._items: dict[str, bytes] = {}
        self._title = label("", "big")
        self._state = label("", "muted")
        self._answers = QPlainTextEdit()
        self._answers.setReadOnly(True)
        self._answers.setTabChangesFocus(True)
        self._answers.setAccessibleName(self.tr("Respostas do suporte"))
        self._names = QListWidget()
        self._names.setAccessibleName(self.tr("O que vai no chamado"))
        self._names.currentItemChanged.connect(self._show_item)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(self.tr("Conteúdo"))
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._content = QStackedWidget()
        self._content.addWidget(self._text)
        self._content.addWidget(self._picture)
        self._send = button(self.tr("Enviar"), self._do_send, key="F9", main=True)
        self._drop = button(self.tr("Não enviar"), self._do_drop, key="F11")
        self._reply = QLineEdit()
        self._reply.setPlaceholderText(self.tr("Resposta a quem pediu ajuda"))
        self._reply.returnPressed.connect(self._do_answer)
        self._answer = button(self.tr("Responder"), self._do_answer, key="F9")
        self._settle = button(self.tr("Encerrar"), self._do_settle, key="F10")
        personal(self._answers)
        evidence = columns(self._names)
        evidence.addWidget(self._content, 1)
        self._names.setMaximumWidth(260)
        layout = rows(self._title, self._state, self._answers)
        layout.addLayout(evidence, 1)
        layout.addWidget(self._reply)
        layout.addLayout(
            columns(
                button(self.tr("Voltar"), back, key="F8"), 1,
                self._drop, self._send, self._answer, self._settle,
            )
        )  # fmt: skip
        self.setLayout(layout)

    def open(self, ticket_id: str) -> None:
        self._id = ticket_id
        self._console.bridge.background(self._read, ticket_id, done=self._show)

    def _read(self, ticket_id: str) -> tuple[TicketView | None, dict[str, bytes]]:
        tickets = self._console.engine.support.tickets
        found = tickets.ticket(ticket_id)
        tickets.seen(ticket_id)
        return found, tickets.items(ticket_id)

    def _show(self, read: object) -> None:
        if not isinstance(read, tuple) or read[0] is None or read[0].id != self._id:
            return
        ticket: TicketView = read[0]
        self._items = read[1]
        self._title.setText(ticket.subject)
        self._state.setText(self._facts(ticket))
        zone = self._console.engine.settings.zone()
        said = [f"{short_time(a.at, zone)}  {a.author}\n{a.text}" for a in reversed(ticket.answers)]
        self._answers.setPlainText("\n\n".join(said))
        self._answers.setVisible(bool(said))
        self._answers.setMaximumHeight(self._console.unit * 9)
        self._names.clear()
        titles = self._titles()
        for name in self._items:
            item = QListWidgetItem(titles.get(name, name))
            item.setData(Qt.ItemDataRole.UserRole, name)
            self._names.addItem(item)
        self._names.setCurrentRow(0)
        may_go = ticket.state in ("review", "queued") and not ticket.tries
        self._send.setVisible(may_go)
        self._drop.setVisible(may_go)
        ours = ticket.helpdesk == "inbox" and self._console.allows("support.work")
        for widget in (self._reply, self._answer, self._settle):
            widget.setVisible(ours and not ticket.is_closed)

    def _facts(self, ticket: TicketView) -> str:
        zone = self._console.engine.settings.zone()
        parts = [
            ticket.id,
            short_time(ticket.made_at, zone),
            ticket.station,
            self.tr("nº {number}").format(number=ticket.number)
            if ticket.number not in ("", ticket.id)
            else "",
            trouble_name(ticket.trouble, self._console.lang),
            self.tr("encerrado") if ticket.is_closed else "",
            ticket.url,
        ]
        if ticket.joined:
            parts.append(self.tr("o mesmo problema que {tag}").format(tag=ticket.joined))
        if ticket.pieces:
            parts.append(self.tr("provas de mais {count}").format(count=len(ticket.pieces)))
        settings = self._console.engine.settings
        if ticket.helpdesk == "email" and not settings["mail.imap_host"]:
            text = self.tr("a resposta vem por e-mail a {address}, e não aparece aqui")
            parts.append(text.format(address=settings["mail.sender"] or settings["mail.account"]))
        if ticket.error:
            parts.append(" ".join(message(ticket.error, self._console.lang, {})[:1]))
        return "  ·  ".join(part for part in parts if part)

    def _titles(self) -> dict[str, str]:
        return {
            "summary.json": self.tr("Resumo"),
            "order.json": self.tr("Pedido em mãos"),
            "systems.json": self.tr("Sistemas"),
            "crash.json": self.tr("Fechamento sem aviso"),
            "journal.json": self.tr("Diário da estação"),
            "log.txt": self.tr("Registro do programa"),
            "devices.json": self.tr("Impressora e leitor"),
            "screen.png": self.tr("Imagem da tela"),
            "settings.json": self.tr("Ajustes, sem segredos"),
            "versions.json": self.tr("Versões"),
            "database.json": self.tr("Banco de dados"),
            "machine.json": self.tr("Computador e rede"),
            "contents.json": self.tr("O que foi e o que faltou"),
        }

    def _show_item(self, item: QListWidgetItem | None) -> None:
        name = str(item.data(Qt.ItemDataRole.UserRole)) if item else ""
        data = self._items.get(name, b"")
        if name.endswith(".png"):
            self._picture.setPixmap(QPixmap.fromImage(thumbnail(data, _PICTURE)))
            self._content.setCurrentWidget(self._picture)
        else:
            self._text.setPlainText(data.decode("utf-8", "replace"))
            self._content.setCurrentWidget(self._text)

    def _do_send(self) -> None:
        self._then(self._console.engine.support.send_now)

    def _do_drop(self) -> None:
        self._then(self._console.engine.support.tickets.drop)

    def _do_settle(self) -> None:
        self._then(self._console.engine.support.tickets.settle)

    def _do_answer(self) -> None:
        view, text = self._console.view, self._reply.text()
        author = view.session.operator if view else ""
        tickets = self._console.engine.support.tickets
        self._then(lambda ticket_id: tickets.answer(ticket_id, author, text))
        self._reply.clear()

    def _then(self, work: Callable[[str], object]) -> None:
        """Do it beside the station, and show what became of the ticket."""
        ticket_id = self._id

        def done(_: object) -> None:
            self.open(ticket_id)
            self._console.changed.emit()

        self._console.bridge.background(work, ticket_id, done=done)
