"""Plain tables: rows of text, read only, tall enough for a gloved finger."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QTableWidget, QTableWidgetItem

from ui.theme import target_px


class Table(QTableWidget):
    """Rows whose height follows the size of the letters; the chosen one stays in sight."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        fit_rows(self, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())  # what opens beside a table takes no row out of sight


class TableView(QTableView):
    """Rows of a model of its own, as tall."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        fit_rows(self, event)


def table(heads: Sequence[str], name: str) -> QTableWidget:
    """An empty table with the columns `heads`; `name` is read to who can't see it."""
    made = Table(0, len(heads))
    made.setHorizontalHeaderLabels(heads)
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    as_rows(made, name)
    return made


def as_rows(view: QTableView, name: str) -> None:
    """Let a row be chosen as a whole. The arrows lead through the rows, Tab on to what follows."""
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setTabKeyNavigation(False)
    view.setAccessibleName(name)
    view.verticalHeader().hide()


def fit_rows(view: QTableView, event: QEvent) -> None:
    """Make each row a target for a finger, once the letters have their size or another one."""
    if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
        height = target_px(view.fontInfo().pixelSize())
        view.verticalHeader().setMinimumSectionSize(height)  # where rows are as tall as their text
        view.verticalHeader().setDefaultSectionSize(height)


def fill(table: QTableWidget, cells: Sequence[Sequence[str]]) -> None:
    """Show `cells` as they are; nothing is selected by it.

    The view hears of them once: of each cell by itself it would measure all rows anew.
    """
    table.setRowCount(len(cells))
    model = table.model()
    with QSignalBlocker(model):
        changed = [_put(table, at, column, text)
                   for at, row in enumerate(cells) for column, text in enumerate(row)]  # fmt: skip
    if any(changed):
        last = model.index(table.rowCount() - 1, table.columnCount() - 1)
        model.dataChanged.emit(model.index(0, 0), last)


def _put(table: QTableWidget, row: int, column: int, text: str) -> bool:
    """Whether the cell said something else."""
    known = table.item(row, column)
    if known is not None and known.text() == text:
        return False
    item = QTableWidgetItem(text)
    item.setTextAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
    table.setItem(row, column, item)
    return True
