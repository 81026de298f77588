from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem

from ui.widgets.table import fill, table


def test_the_chosen_row_stays_in_sight_when_something_opens_below(qtbot) -> None:
    made = table(["Pedido"], "Pendências")
    qtbot.addWidget(made)
    made.resize(400, 900)
    made.show()
    fill(made, [(str(row),) for row in range(15)])
    made.selectRow(12)
    made.resize(400, 300)
    assert made.viewport().rect().contains(made.visualItemRect(made.item(12, 0)).center())


class Counting(QStyledItemDelegate):
    """Counts how often a cell is measured."""

    measured = 0

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        self.measured += 1
        return super().sizeHint(option, index)


def test_many_rows_as_tall_as_their_text_are_each_measured_a_few_times_only(qtbot) -> None:
    made = table(["Pedido", "O que houve"], "Pendências")
    qtbot.addWidget(made)
    counting = Counting(made)
    made.setItemDelegate(counting)
    for header in (made.verticalHeader(), made.horizontalHeader()):
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    made.resize(400, 300)
    made.show()
    cells = [(str(row), f"Falta {row}") for row in range(200)]
    fill(made, cells)
    qtbot.wait(50)
    assert made.item(199, 1).text() == "Falta 199"
    assert 0 < counting.measured < 20 * 400
    counting.measured = 0
    fill(made, cells)
    assert counting.measured == 0, "nothing has changed"
    fill(made, [("x", "y"), *cells[1:]])
    qtbot.wait(50)
    assert made.item(0, 1).text() == "y"
    assert 0 < counting.measured < 20 * 400
