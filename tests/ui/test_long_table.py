from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.widgets.long_table import LongTable


def _rows(count: int, state: str = "na doca") -> list[tuple[str, str]]:
    return [(f"P{n}", state) for n in range(count)]


def _shown(table: LongTable) -> list[list[str]]:
    model = table.model()
    return [
        [model.data(model.index(row, column)) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_it_shows_what_it_was_last_given_be_it_more_or_less(qtbot: QtBot) -> None:
    table = LongTable(("Pedido", "Situação"), "Pedidos")
    qtbot.addWidget(table)
    table.show()
    for rows in (_rows(3), _rows(5), _rows(5, "completo"), _rows(2), _rows(0), _rows(4)):
        table.fill(rows, list)
        assert _shown(table) == [list(row) for row in rows]
    head = table.model().headerData(1, Qt.Orientation.Horizontal)
    assert head == "Situação"


def test_the_chosen_row_stays_chosen_while_the_table_grows(qtbot: QtBot) -> None:
    table = LongTable(("Pedido", "Situação"), "Pedidos")
    qtbot.addWidget(table)
    assert table.chosen == -1
    table.fill(_rows(3), list)
    table.selectRow(1)
    table.fill(_rows(9, "completo"), list)
    assert table.chosen == 1
    table.fill([], list)
    assert table.chosen == -1


def test_only_the_rows_in_sight_are_asked_for(qtbot: QtBot) -> None:
    asked: list[str] = []

    def cells(row: tuple[str, str]) -> tuple[str, str]:
        asked.append(row[0])
        return row

    table = LongTable(("Pedido", "Situação"), "Pedidos")
    qtbot.addWidget(table)
    table.resize(400, 300)
    table.show()
    qtbot.waitExposed(table)
    table.fill(_rows(5000), cells)
    qtbot.wait(50)
    table.viewport().repaint()
    assert 0 < len(asked) < 500
