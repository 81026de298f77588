"""Orders (Pedidos): the queues with their counts, the search, and one order's whole story."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QTableView,
    QWidget,
)

from app.domain.texts import word
from app.station.views import GateView, OrderStory, QueueCounts, StationView
from ui.console import Console
from ui.pages.page import Page
from ui.widgets.choice import Choice
from ui.widgets.order_table import OrderTable, short_time
from ui.widgets.parts import button, columns, label, rows
from ui.widgets.second_factor import do_guarded


class OrdersPage(Page):
    """Type to filter, choose a row to read its story at the right."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._names = self._queue_names()
        self._counts = label("", "title")
        self._words = QLineEdit()
        self._words.setPlaceholderText(
            self.tr("Buscar por pedido, canal, transportadora ou SKU (Ctrl+B)")
        )
        self._words.setAccessibleName(self.tr("Buscar"))
        self._found = label("", "muted", wrap=False)
        self._queue = QComboBox()
        self._queue.setAccessibleName(self.tr("Fila"))
        for name, text in self._names.items():
            self._queue.addItem(text, name)
        self._model = OrderTable(console)
        self._table = QTableView()
        self._table.setModel(self._model)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setAlternatingRowColors(True)
        self._table.verticalHeader().hide()
        heads = self._table.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        heads.setStretchLastSection(True)
        self._story = Story(console)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self._table)
        split.addWidget(self._story)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([830, 340])
        split.setChildrenCollapsible(False)
        layout = rows(self._counts, columns(self._words, self._found, self._queue))
        layout.addWidget(split, 1)
        self.setLayout(layout)
        self._words.textChanged.connect(self._search)
        self._model.found.connect(self._show_found)
        self._queue.currentIndexChanged.connect(self._search)
        self._table.selectionModel().currentRowChanged.connect(self._chosen)
        console.changed.connect(self._reread)
        QShortcut("Ctrl+B", self, self._words.setFocus)

    def _queue_names(self) -> dict[str, str]:
        """The queues in the order of the flow, by name."""
        return {
            "": self.tr("Todos os pedidos"),
            "received": self.tr("Recebidos"),
            "to_pick": self.tr("Aguardando separação"),
            "picking": self.tr("Em separação"),
            "picked": self.tr("Separados"),
            "packed": self.tr("Embalados"),
            "awaiting_invoice": self.tr("Aguardando nota"),
            "awaiting_label": self.tr("Aguardando etiqueta"),
            "to_ship": self.tr("Prontos para expedição"),
            "shipped": self.tr("Expedidos"),
            "exceptions": self.tr("Pendências"),
            "putback": self.tr("Devolver ao estoque"),
            "closed": self.tr("Encerrados"),
        }

    def show_view(self, view: StationView) -> None:
        self._story.show_permissions(view)

    def entered(self) -> None:
        self._read_counts()
        self._model.reload()
        if self.console.story_number:
            self._story.open(self.console.story_number)
        self._words.setFocus()
        self._words.selectAll()  # what is typed now replaces the last search

    def resizeEvent(self, event: object) -> None:
        unit = self.console.unit
        for column, width in enumerate((6.2, 4.6, 10, 4.6, 9, 6.9, 7, 3)):
            self._table.setColumnWidth(column, int(width * unit))
        self._table.verticalHeader().setDefaultSectionSize(max(int(unit * 2.2), 30))

    def _search(self) -> None:
        self._model.search(self._words.text(), str(self._queue.currentData() or ""))

    def _show_found(self, count: int, more: bool) -> None:
        if not self._words.text().strip():
            self._found.setText("")
        elif more:
            self._found.setText(
                self.tr("Os {count} primeiros de muitos: digite mais").format(count=count)
            )
        else:
            self._found.setText(self.tr("{count} encontrados").format(count=count))

    def _chosen(self, now: QModelIndex) -> None:
        row = self._model.order_at(now.row())
        if row:
            self._story.open(row.number)

    def _reread(self) -> None:
        if self.isVisible():
            self._read_counts()
            self._model.reload()
            self._story.reread()

    def _read_counts(self) -> None:
        self.console.bridge.background(self.console.station.counts, done=self._counted)

    def _counted(self, counts: object) -> None:
        if not isinstance(counts, QueueCounts):
            return
        self._counts.setText(
            self.tr("{total} pedidos · ✖ {late} atrasados · ▲ {risk} em risco").format(
                total=counts.total, late=counts.late, risk=counts.at_risk
            )
        )
        for at in range(self._queue.count()):
            name = str(self._queue.itemData(at) or "")
            if name:
                count = counts.by_queue.get(name, 0)
                self._queue.setItemText(at, f"{self._names[name]} ({count})")


class Story(QWidget):
    """Everything known of one order, and what a supervisor may do to it."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console
        self._number = ""
        self._title = label(self.tr("Escolha um pedido"), "big")
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(self.tr("História do pedido"))
        self._choice = Choice()
        self._pin = button(self.tr("Fixar"), lambda: self._do("pin"), key="Alt+P")
        self._unpin = button(self.tr("Desafixar"), lambda: self._do("unpin"), key="Alt+U")
        self._hold = button(self.tr("Bloquear"), self._ask_hold, key="Alt+B")
        self._lift = button(self.tr("Desbloquear"), lambda: self._do("lift"), key="Alt+D")
        self._release = button(self.tr("Liberar"), lambda: self._do("release"), key="Alt+L")
        self._settle = button(self.tr("Resolver"), self._ask_settle, key="Alt+R")
        self._cancel = button(self.tr("Cancelar"), self._ask_cancel, key="Alt+C")
        self._putback = button(
            self.tr("Devolver ao estoque"),
            lambda: console.do(console.station.start_putback, self._number),
            key="Alt+V",
            main=True,
        )
        self._supervise = (
            self._pin, self._unpin, self._hold, self._lift, self._release, self._settle,
            self._cancel,
        )  # fmt: skip
        self._reveal = button(self.tr("Ver cliente"), self._ask_reveal, key="Alt+M")
        self._revealed = False
        layout = rows(self._title, self._choice, self._reveal)
        layout.addWidget(self._text, 1)
        layout.addLayout(columns(self._pin, self._unpin, self._hold, self._lift))
        layout.addLayout(columns(self._release, self._settle, self._cancel, self._putback))
        self.setLayout(layout)
        for one in (*self._supervise, self._putback, self._reveal):
            one.hide()

    def show_permissions(self, view: StationView) -> None:
        if "orders.supervise" not in view.session.permissions:
            for one in self._supervise:
                one.hide()
        if "personal.reveal" not in view.session.permissions:
            self._reveal.hide()
        if self._revealed and view.session.revealed != self._number:
            self._revealed = False
            self._text.clear()  # at once: nothing of a customer stays while it is read again
            self.reread()

    def open(self, number: str) -> None:
        self._number = number
        self._console.story_number = number
        self._console.bridge.background(self._console.station.story, number, done=self._show)

    def reread(self) -> None:
        if self._number:
            self.open(self._number)

    def _show(self, story: object) -> None:
        if not isinstance(story, OrderStory) or story.row.number != self._number:
            return
        row = story.row
        self._title.setText(
            self.tr("Pedido {number}").format(number=row.number)
            + f" · {word(row.state, self._console.lang)}"
        )
        self._text.setPlainText("\n".join(self._lines(story)))
        view = self._console.view
        self._revealed = view is not None and view.session.revealed == row.number
        self._reveal.setVisible(self._console.allows("personal.reveal") and not self._revealed)
        may = self._console.allows("orders.supervise")
        over = row.state in ("CANCELLED", "PUTBACK_PENDING", "PUTBACK_DONE")
        gone = row.state in ("MANIFESTED", "SHIPPED", "DELIVERED")
        self._pin.setVisible(may and not row.pinned and not over and not gone)
        self._unpin.setVisible(may and row.pinned)
        self._hold.setVisible(may and not row.hold and not over)
        self._lift.setVisible(may and bool(row.hold))
        self._release.setVisible(may and row.state in ("RECEIVED", "SHORT"))
        self._settle.setVisible(may and bool(row.problem))
        self._cancel.setVisible(may and not over and not gone)
        self._putback.setVisible(
            row.state == "PUTBACK_PENDING" and self._console.allows("pick.work")
        )

    def _lines(self, story: OrderStory) -> list[str]:
        row, zone = story.row, self._console.engine.settings.zone()
        lang = self._console.lang
        lines = [
            f"{row.channel} · {row.carrier} {row.service}",
            self.tr("Despachar até {time}").format(time=short_time(row.ship_by, zone) or "—"),
            " · ".join(part for part in (story.recipient, story.address) if part)
            or self.tr("Cliente: dados ocultos"),
        ]
        if row.hold:
            lines.append(self.tr("⛔ Bloqueado: {reason}").format(reason=row.hold))
        if row.problem:
            lines.append(self.tr("▲ Pendência: {what}").format(what=word(row.problem, lang)))
        if story.note:
            lines.append(f"✎ {story.note}")
        lines += ["", self.tr("ITENS")]
        lines += [
            f"  {line.done}/{line.quantity}  {line.sku}  {line.name}  {line.bin}".rstrip()
            for line in story.lines
        ]
        if story.gates:
            lines += ["", self.tr("CONDIÇÕES")]
            lines += [self._gate(gate) for gate in story.gates]
        if story.packages:
            lines += ["", self.tr("VOLUMES")]
            lines += [
                f"  {p.package_no}  {p.box}  {p.tracking}  {word(p.state, lang)}  x{p.copies}"
                for p in story.packages
            ]
        lines += ["", self.tr("DIÁRIO")]
        lines += [
            f"  {e.at.astimezone(zone):%d/%m %H:%M:%S}  {word(e.kind, lang)}"
            f"  {e.operator}  {e.text}".rstrip()
            for e in story.journal
        ]
        return lines

    def _gate(self, gate: GateView) -> str:
        """One gate in a line: how it stands, why, who has it, since when, what comes next."""
        lang, zone = self._console.lang, self._console.engine.settings.zone()
        sign = {"done": "✔", "failed": "✖"}.get(gate.status, "…")
        parts = [f"{word(f'gate.{gate.gate}', lang)}: {word(gate.status, lang)}"]
        parts += [word(gate.reason, lang)] if gate.reason else []
        parts += [gate.system] if gate.system else []
        if gate.since:
            parts.append(self.tr("desde {time}").format(time=short_time(gate.since, zone)))
        if gate.next_try_at:
            at = gate.next_try_at.astimezone(zone)
            parts.append(self.tr("próxima tentativa {time}").format(time=f"{at:%H:%M:%S}"))
        if gate.due_by != "never" and gate.status != "done":
            parts.append(self.tr("até {step}").format(step=word(f"by.{gate.due_by}", lang)))
        return f"  {sign} {' · '.join(parts)}"

    def _do(self, action: str, reason: str = "") -> None:
        self._console.do(self._console.station.supervise, self._number, action, reason)

    def _ask_reveal(self) -> None:
        """The reasons that a warehouse meets; any other is typed."""
        reasons = [
            self.tr("O cliente ligou"),
            self.tr("Endereço a corrigir"),
            self.tr("Entrega devolvida"),
            self.tr("Reclamação da transportadora"),
        ]
        answers = [(text, text) for text in reasons]
        self._choice.ask(
            self.tr("Por que ver os dados do cliente? Fica registrado."),
            [*answers, ("", self.tr("Outro motivo…"))], self._answer_reveal, self.tr("Voltar"),
        )  # fmt: skip

    def _answer_reveal(self, reason: str) -> None:
        if reason:
            self._do_reveal(reason)
        else:
            self._choice.ask_text(
                self.tr("Por que ver os dados do cliente? Fica registrado."),
                self.tr("Confirmar"), self._do_reveal, self.tr("Voltar"),
            )  # fmt: skip

    def _do_reveal(self, reason: str) -> None:
        station = self._console.station
        do_guarded(self._console, self._choice, station.reveal, self._number, reason)

    def _ask_hold(self) -> None:
        self._ask(self.tr("Por que bloquear o pedido?"), "hold")

    def _ask_cancel(self) -> None:
        self._ask(self.tr("Por que cancelar o pedido?"), "cancel")

    def _ask_settle(self) -> None:
        self._ask(self.tr("Como a pendência foi resolvida?"), "settle")

    def _ask(self, question: str, action: str) -> None:
        self._choice.ask_text(
            question, self.tr("Confirmar"), lambda text: self._do(action, text.strip()),
            self.tr("Voltar"),
        )  # fmt: skip
