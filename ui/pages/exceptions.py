"""Exceptions (Pendências): every matter that waits for a person, with what to do about it."""

from __future__ import annotations

from PySide6.QtWidgets import QHeaderView, QPlainTextEdit

from app.domain.texts import message, word
from app.station.views import ExceptionRow, Feedback, StationView
from ui.console import Console
from ui.pages.page import Page
from ui.widgets.choice import Choice
from ui.widgets.order_table import short_time
from ui.widgets.parts import button, columns, label, rows
from ui.widgets.table import fill, table


class ExceptionsPage(Page):
    """A row tells what happened, since when, and what to do; Enter opens the order."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._rows: tuple[ExceptionRow, ...] = ()
        self._title = label("", "prompt")
        self._table = table(
            [self.tr("Pedido"), self.tr("Desde"), self.tr("O que houve"), self.tr("O que fazer")],
            self.tr("Pendências"),
        )
        self._table.setWordWrap(True)
        heads = self._table.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in (2, 3):
            heads.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self._table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._table.itemActivated.connect(self._open)
        self._table.itemSelectionChanged.connect(self._chose)
        self._choice = Choice()
        self._exchange = QPlainTextEdit()
        self._exchange.setReadOnly(True)
        self._exchange.setTabChangesFocus(True)
        self._exchange.setAccessibleName(self.tr("Pedido e resposta do sistema"))
        self._exchange.hide()
        self._open_order = button(self.tr("Abrir pedido"), self._open, key="F9", main=True)
        self._putback = button(self.tr("Devolver ao estoque"), self._put_back, key="F10")
        self._count = button(self.tr("Informar contagem"), self._ask_count, key="F11")
        self._again = button(self.tr("Tentar de novo"), self._replay, key="Alt+T", main=True)
        self._all = button(self.tr("Tentar todas"), self._replay_all, key="Alt+A")
        self._correct = button(self.tr("Corrigir"), self._ask_correct, key="Alt+C")
        self._discard = button(self.tr("Descartar"), self._ask_discard, key="Alt+D")
        layout = rows(self._title, self._choice)
        layout.addWidget(self._table, 3)
        layout.addWidget(self._exchange, 1)
        layout.addLayout(columns(self._open_order, self._putback, self._count, 1))
        layout.addLayout(columns(self._again, self._all, self._correct, self._discard, 1))
        self.setLayout(layout)
        self._chose()
        console.changed.connect(self._reread)

    def show_view(self, view: StationView) -> None:
        self._chose()

    def entered(self) -> None:
        self._table.setFocus()  # the arrows choose at once
        self._read()

    def _read(self) -> None:
        self.console.bridge.background(self.console.station.exceptions, done=self._show)

    def _reread(self) -> None:
        if self.isVisible():
            self._read()

    # --- showing ----------------------------------------------------------------------------

    def _show(self, found: object) -> None:
        if not isinstance(found, tuple):
            return
        before = self._chosen()
        self._rows = found
        self._title.setText(
            self.tr("Pendências que esperam por uma pessoa: {count}").format(count=len(found))
            if found
            else self.tr("✔ Nada espera por uma pessoa")
        )
        fill(self._table, [self._cells(row) for row in found])
        same = next((n for n, row in enumerate(found) if before and _is_same(row, before)), -1)
        if same >= 0:
            self._table.selectRow(same)
        self._chose()

    def _cells(self, row: ExceptionRow) -> tuple[str, str, str, str]:
        lang = self.console.lang
        params = {"order": row.order_number, "number": row.order_number, **row.params}
        happened, means, then = message(row.code, lang, params)
        where = row.order_number or str(row.params.get("file") or row.params.get("bin", ""))
        if not row.order_number and row.params.get("line"):
            where += f":{row.params['line']}"
        since = short_time(row.since, self.console.engine.settings.zone())
        return where, since, f"{happened} {means}", then

    def choose(self, code: str) -> None:
        """Stand on the first matter of a reason."""
        at = next((n for n, row in enumerate(self._rows) if row.code == code), -1)
        self._table.selectRow(at)

    def _chosen(self) -> ExceptionRow | None:
        at = self._table.currentRow()
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def _chose(self) -> None:
        """Only what may be done to the chosen matter is offered."""
        row = self._chosen()
        may = self.console.allows("flow.repair")
        is_matter = row is not None and bool(row.matter) and may
        self._open_order.setEnabled(row is not None and bool(row.order_number))
        self._putback.setVisible(row is not None and row.kind == "putback")
        self._count.setVisible(row is not None and row.kind == "count")
        self._all.setVisible(may and any(r.kind in ("call", "rejected") for r in self._rows))
        for one in (self._again, self._discard):
            one.setVisible(is_matter)
        self._correct.setVisible(is_matter and self._can_correct(row))
        self._exchange.setVisible(is_matter and row is not None and bool(row.exchange))
        if row is not None and self._exchange.toPlainText() != row.exchange:
            self._exchange.setPlainText(row.exchange)

    def _can_correct(self, row: ExceptionRow | None) -> bool:
        return row is not None and (row.kind == "rejected" or bool(row.order_number))

    # --- doing ------------------------------------------------------------------------------

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

    def _replay(self) -> None:
        row = self._chosen()
        if row and row.matter:
            self.console.do_beside(self.console.engine.matters.replay, row.matter)

    def _replay_all(self) -> None:
        self.console.do_beside(self.console.engine.matters.replay, "")

    def _ask_discard(self) -> None:
        row = self._chosen()
        if row is None or not row.matter:
            return
        matter = row.matter
        self._choice.ask_text(
            self.tr("Por que não será feito?"), self.tr("Descartar"),
            lambda why: self.console.do_beside(self.console.engine.matters.discard, matter, why),
            self.tr("Voltar"),
        )  # fmt: skip

    def _ask_correct(self) -> None:
        row = self._chosen()
        if row is None:
            return
        if row.kind == "rejected":
            self.console.bridge.background(
                self.console.engine.matters.record, row.matter, done=self._ask_record
            )
        elif row.order_number:
            self._ask_field(row.order_number)

    def _ask_record(self, raw: object) -> None:
        row = self._chosen()
        if isinstance(raw, Feedback):
            self.console.answered.emit(raw)
        if row is None or not row.matter or not isinstance(raw, str):
            return
        matter = row.matter
        self._choice.ask_text(
            self.tr("Corrija o registro"), self.tr("Receber"),
            lambda text: self.console.do_beside(
                self.console.engine.matters.correct_record, matter, text
            ),
            self.tr("Voltar"), start=raw,
        )  # fmt: skip

    def _ask_field(self, number: str) -> None:
        names = ("name", "phone", "cep", "street", "number", "complement", "district", "city",
                 "state")  # fmt: skip
        answers = [(name, word(f"field.{name}", self.console.lang)) for name in names]
        self._choice.ask(
            self.tr("O que corrigir no pedido {number}?").format(number=number), answers,
            lambda name: self._ask_value(number, name), self.tr("Voltar"),
        )  # fmt: skip

    def _ask_value(self, number: str, name: str) -> None:
        self._choice.ask_text(
            word(f"field.{name}", self.console.lang), self.tr("Gravar"),
            lambda value: self.console.do_beside(
                self.console.engine.matters.correct_recipient, number, {name: value}
            ),
            self.tr("Voltar"),
        )  # fmt: skip


def _is_same(one: ExceptionRow, other: ExceptionRow) -> bool:
    return (one.kind, one.order_number, one.matter) == (
        other.kind,
        other.order_number,
        other.matter,
    )
