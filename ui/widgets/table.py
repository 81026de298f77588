"""Plain tables: rows of text, read only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableWidget, QTableWidgetItem


def fill(table: QTableWidget, cells: Sequence[Sequence[str]]) -> None:
    """Show `cells` as they are; nothing is selected by it."""
    table.setRowCount(len(cells))
    for at, row in enumerate(cells):
        for column, text in enumerate(row):
            item = QTableWidgetItem(text)
            item.setTextAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
            table.setItem(at, column, item)
