"""A grid of labelled cells that is drawn anew only where it changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ui.widgets.parts import clear, label


class Cells(QWidget):
    """Texts beside and under each other, each with the style's name for it."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._across = 0
        self._cells: list[QLabel] = []

    def show_cells(self, cells: Sequence[tuple[str, str]], across: int) -> None:
        """Show (text, style name) pairs, `across` in a row."""
        if (len(cells), across) != (len(self._cells), self._across):
            self._lay_out(len(cells), across)
        for cell, (text, name) in zip(self._cells, cells, strict=True):
            cell.setText(text)
            if cell.objectName() != name:
                cell.setObjectName(name)
                cell.style().polish(cell)  # what is styled by name needs to be told of another

    def _lay_out(self, count: int, across: int) -> None:
        clear(self._grid)
        self._across = across
        self._cells = [label(wrap=False) for _ in range(count)]
        for at, cell in enumerate(self._cells):
            self._grid.addWidget(cell, at // across, at % across)
