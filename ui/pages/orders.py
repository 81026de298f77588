"""Orders (Pedidos): the queues with their counts, the search, and one order's whole story."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHeaderView,
    QLineEdit,
    QSplitter,
)

from app.station.views import QueueCounts, StationView
from ui.console import Console
from ui.pages.page import Page
from ui.pages.story import Story
from ui.widgets.order_table import OrderTable
from ui.widgets.parts import choices, columns, label, rows
from ui.widgets.table import TableView, as_rows

COUNT_LETTERS = 4  # as wide as " (100000)" beside these names: they are counted as wide letters


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
        self._queue = choices()
        self._queue.setAccessibleName(self.tr("Fila"))
        for name, text in self._names.items():
            self._queue.addItem(text, name)
        # Room for the counts that come later: the page stands still then.
        self._queue.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._queue.setMinimumContentsLength(max(map(len, self._names.values())) + COUNT_LETTERS)
        self._model = OrderTable(console)
        self._table = TableView()
        self._table.setModel(self._model)
        as_rows(self._table, self.tr("Pedidos"))
        self._table.setAlternatingRowColors(True)
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
        self._entering = QTimer(self, singleShot=True, interval=0)
        self._counts_are_due = False
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
        self._entering.start()
        self._read()
        if self.console.story_number:
            self._story.open(self.console.story_number)
        self._words.setFocus()
        self._words.selectAll()  # what is typed now replaces the last search

    def resizeEvent(self, event: object) -> None:
        unit = self.console.unit
        for column, width in enumerate((6.2, 6.2, 8.6, 4.4, 9.4, 6.9, 7, 3)):
            self._table.setColumnWidth(column, int(width * unit))

    def _search(self) -> None:
        self._model.search(self._words.text(), str(self._queue.currentData() or ""))

    def _show_found(self, count: int, more: bool) -> None:
        if self._counts_are_due:
            self._counts_are_due = False
            self.console.once_painted.do(self._read_counts)
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
        # What opened the page has changed nothing since: the lists are on their way.
        if self.isVisible() and not self._entering.isActive():
            self._read()
            self._story.reread()

    def _read(self) -> None:
        """Read the list, and when it is painted the counts: they must not make it wait."""
        self._counts_are_due = True
        self._model.reload()

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
                text = f"{self._names[name]} ({count})"
                if text != self._queue.itemText(at):
                    self._queue.setItemText(at, text)
