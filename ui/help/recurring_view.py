"""For support: what recurs, where, with whom, and which guide is about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHeaderView, QWidget

from app.support.recurrence import DAYS, Recurring, recurring
from ui.console import Console
from ui.widgets.parts import button, columns, label, rows
from ui.widgets.table import fill, table

_MOST_NAMES = 3


class RecurringPanel(QWidget):
    """A row for each code or common trouble of the last weeks, the most frequent first."""

    def __init__(self, console: Console, back: Callable[[], object]) -> None:
        super().__init__()
        self._console = console
        self._title = label(
            self.tr("O que se repete nos últimos {days} dias").format(days=DAYS), "prompt"
        )
        self._table = table(
            [
                self.tr("Vezes"),
                self.tr("O que houve"),
                self.tr("Estações"),
                self.tr("Operadores"),
                self.tr("Guia"),
                self.tr("Resolvidos / enviados"),
            ],
            self.tr("O que se repete"),
        )
        self._table.setWordWrap(True)
        heads = self._table.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in (1, 4):
            heads.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self._table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        layout = rows(self._title)
        layout.addWidget(self._table, 1)
        layout.addLayout(columns(button(self.tr("Voltar"), back, key="F8"), 1))
        self.setLayout(layout)

    def read(self) -> None:
        engine = self._console.engine
        self._console.bridge.background(
            recurring, engine.store, engine.clock(), self._console.lang, done=self._show
        )

    def _show(self, found: object) -> None:
        if not isinstance(found, tuple):
            return
        fill(self._table, [self._cells(one) for one in found])

    def _cells(self, one: Recurring) -> tuple[str, ...]:
        return (
            str(one.count),
            f"{one.what} {one.code}" if one.code != one.code.lower() else one.what,
            _names(one.stations),
            _names(one.operators),
            one.guide or self.tr("nenhum: vale escrever um"),
            f"{one.solved} / {one.sent}",
        )


def _names(counted: tuple[tuple[str, int], ...]) -> str:
    shown = ", ".join(f"{name} ({count})" for name, count in counted[:_MOST_NAMES])
    return f"{shown} …" if len(counted) > _MOST_NAMES else shown
