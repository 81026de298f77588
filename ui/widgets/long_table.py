"""A table of thousands of rows, of which only those in sight cost anything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.widgets.table import TableView, as_rows

_Index = QModelIndex | QPersistentModelIndex
T = TypeVar("T")
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class LongTable(TableView):
    """Rows of text, read only. One can be chosen, and stays so where the table changes."""

    def __init__(self, heads: Sequence[str], name: str) -> None:
        """`name` is read to who can't see it."""
        super().__init__()
        self._rows = _Rows(heads)
        self._rows.setParent(self)
        self.setModel(self._rows)
        as_rows(self, name)
        self.horizontalHeader().setStretchLastSection(True)

    @property
    def chosen(self) -> int:
        """The row that is chosen, -1 where none is."""
        return self.currentIndex().row()

    def fill(self, rows: Sequence[T], cells: Callable[[T], Sequence[str]]) -> None:
        """Show these rows; `cells` writes one that is in sight."""
        self._rows.change(rows, cells)


class _Rows(QAbstractTableModel):
    def __init__(self, heads: Sequence[str]) -> None:
        super().__init__()
        self._heads = heads
        self.rows: Sequence[Any] = ()
        self.cells: Callable[[Any], Sequence[str]] = tuple

    def change(self, rows: Sequence[Any], cells: Callable[[Any], Sequence[str]]) -> None:
        nowhere, before, after = QModelIndex(), len(self.rows), len(rows)
        self.cells = cells
        if after > before:
            self.beginInsertRows(nowhere, before, after - 1)
            self.rows = rows
            self.endInsertRows()
        elif after < before:
            self.beginRemoveRows(nowhere, after, before - 1)
            self.rows = rows
            self.endRemoveRows()
        self.rows = rows
        if kept := min(before, after):
            last = self.index(kept - 1, len(self._heads) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cells(self.rows[index.row()])[index.column()]
        return _LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return None
