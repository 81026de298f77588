from __future__ import annotations

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
