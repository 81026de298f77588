"""Audit (Auditoria): who did what, where and when, and whether the journal still says so."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QHeaderView,
)

from app.domain.texts import word
from app.station.views import StationView
from ui.console import Console
from ui.pages.page import Page
from ui.widgets.choice import Choice
from ui.widgets.file_choice import save_file
from ui.widgets.parts import button, choices, columns, label, rows
from ui.widgets.second_factor import do_guarded
from ui.widgets.table import fill, table


class AuditPage(Page):
    """The newest entries first, filtered by what they are about."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._choice = Choice()
        self._group = choices()
        self._group.setAccessibleName(self.tr("Assunto"))
        for value, text in (
            ("", self.tr("Tudo")),
            ("sign_in", self.tr("Entradas e saídas")),
            ("access", self.tr("Recusas, consultas e exportações")),
            ("operators", self.tr("Operadores")),
            ("settings", self.tr("Ajustes")),
            ("overrides", self.tr("Reimpressões e decisões de supervisor")),
        ):
            self._group.addItem(text, value)
        self._group.currentIndexChanged.connect(self.entered)
        self._table = table(
            [
                self.tr("Quando"),
                self.tr("Quem"),
                self.tr("O que houve"),
                self.tr("Detalhe"),
                self.tr("Registro"),
            ],
            self.tr("Auditoria"),
        )
        self._table.setAlternatingRowColors(True)
        heads = self._table.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heads.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        layout = rows(
            columns(label(self.tr("Auditoria"), "prompt", wrap=False), 1, self._group), self._choice
        )
        layout.addWidget(self._table, 1)
        layout.addLayout(
            columns(
                button(self.tr("Conferir o diário"), self._check, key="F9", main=True),
                button(self.tr("Exportar planilha"), self._ask_file, key="F10"),
                1,
                button(self.tr("Voltar"), lambda: console.opened.emit("settings"), key="Alt+V"),
            )
        )
        self.setLayout(layout)
        console.changed.connect(self._reread)

    def entered(self) -> None:
        group = str(self._group.currentData() or "")
        self.console.bridge.background(self.console.engine.audit_rows, group, done=self._show)

    def show_view(self, view: StationView) -> None:
        if "audit.read" not in view.session.permissions:
            self._table.setRowCount(0)
            self._choice.hide()

    def _reread(self) -> None:
        if self.isVisible():
            self.entered()

    def _show(self, found: object) -> None:
        if not isinstance(found, tuple):
            return
        zone, lang = self.console.engine.settings.zone(), self.console.lang
        order = self.tr("pedido {number}")
        fill(
            self._table,
            [
                (
                    f"{row.at.astimezone(zone):%d/%m %H:%M:%S}",
                    row.who or "—",
                    word(row.kind, lang).capitalize(),
                    " · ".join(
                        part
                        for part in (
                            row.order_number and order.format(number=row.order_number),
                            row.detail,
                        )
                        if part
                    ),
                    f"{row.station} / {row.seq}",
                )
                for row in found
            ],
        )

    def _check(self) -> None:
        self.console.bridge.background(
            self.console.engine.check_journal, done=self.console.answered.emit
        )

    def _ask_file(self) -> None:
        save_file(self, self.tr("Exportar planilha"), "auditoria.csv", self._export)

    def _export(self, path: Path) -> None:
        do_guarded(self.console, self._choice, self.console.engine.export_audit, path)
