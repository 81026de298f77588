"""Exceptions (Pendências): every matter that waits for a person, with what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from app.domain.texts import message
from app.station.views import ExceptionRow
from ui.console import Console
from ui.pages.page import Page
from ui.widgets.choice import Choice
from ui.widgets.order_table import short_time
from ui.widgets.parts import button, columns, label, rows


class ExceptionsPage(Page):
    """A row tells what happened, since when, and what to do; Enter opens the order."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._rows: tuple[ExceptionRow, ...] = ()
        self._title = label("", "prompt")
        self._table = QTableWidget(0, 4)
        self._table.setHorizontalHeaderLabels(
            [self.tr("Pedido"), self.tr("Desde"), self.tr("O que houve"), self.tr("O que fazer")]
        )
        self._table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self._table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self._table.setWordWrap(True)
        self._table.verticalHeader().hide()
        heads = self._table.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in (2, 3):
            heads.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self._table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._table.itemActivated.connect(self._open)
        self._choice = Choice()
        layout = rows(self._title, self._choice)
        layout.addWidget(self._table, 1)
        layout.addLayout(
            columns(
                button(self.tr("Abrir pedido"), self._open, key="F9", main=True),
                button(self.tr("Devolver ao estoque"), self._put_back, key="F10"),
                button(self.tr("Informar contagem"), self._ask_count, key="F11"),
                1,
            )
        )
        self.setLayout(layout)
        console.changed.connect(self._reread)

    def entered(self) -> None:
        self.console.bridge.background(self.console.station.exceptions, done=self._show)

    def _reread(self) -> None:
        if self.isVisible():
            self.entered()

    def _show(self, found: object) -> None:
        if not isinstance(found, tuple):
            return
        self._rows = found
        self._title.setText(
            self.tr("Pendências que esperam por uma pessoa: {count}").format(count=len(found))
            if found
            else self.tr("✔ Nada espera por uma pessoa")
        )
        zone, lang = self.console.engine.settings.zone(), self.console.lang
        self._table.setRowCount(len(found))
        for at, row in enumerate(found):
            params = {"order": row.order_number, "number": row.order_number, **row.params}
            happened, means, then = message(row.code, lang, params)
            where = row.order_number or str(row.params.get("file") or row.params.get("bin", ""))
            if not row.order_number and row.params.get("line"):
                where += f":{row.params['line']}"
            cells = (where, short_time(row.since, zone), f"{happened} {means}", then)
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
                self._table.setItem(at, column, item)

    def _chosen(self) -> ExceptionRow | None:
        at = self._table.currentRow()
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def _open(self) -> None:
        row = self._chosen()
        if row and row.order_number:
            self.console.show_story(row.order_number)

    def _put_back(self) -> None:
        row = self._chosen()
        if row and row.kind == "putback":
            self.console.do(self.console.station.start_putback, row.order_number)

    def _ask_count(self) -> None:
        row = self._chosen()
        if row is None or row.kind != "count":
            return
        place = [str(row.params[name]) for name in ("bin", "sku", "lot")]
        question = self.tr("Quantas unidades de {name} há em {bin}?")
        self._choice.ask_text(
            question.format(name=row.params["name"], bin=place[0]), self.tr("Gravar"),
            lambda counted: self.console.do(self.console.station.count_stock, *place, counted),
            self.tr("Voltar"),
        )  # fmt: skip
