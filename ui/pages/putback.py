"""Put-back: the units of a cancelled order return to their bins."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.station.views import PutBackView
from ui.console import Console
from ui.widgets.parts import Card, button, columns, label, rows


class PutBack(QWidget):
    """Units of a cancelled order go back to their bins, until none is owed."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._prompt = label("", "prompt")
        self._bin = label("", "huge", centre=True)
        self._name = label("", "big", centre=True)
        self._left = label("", "count", centre=True)
        self._lines = label("", "title")
        card, listing = Card(), Card()
        for part in (self._bin, self._name, self._left):
            card.box.addWidget(part)
        listing.box.addWidget(self._lines, 0, Qt.AlignmentFlag.AlignTop)
        body = columns()
        body.addWidget(card, 3)
        body.addWidget(listing, 2)
        layout = rows(self._prompt)
        layout.addLayout(body, 1)
        layout.addLayout(
            columns(
                button(self.tr("Desfazer"), lambda: console.do(console.station.undo), key="F8"),
                1,
                button(
                    self.tr("Devolver tarefa"),
                    lambda: console.do(console.station.release_task),
                    key="Ctrl+D",
                ),
            )
        )
        self.setLayout(layout)

    def show_task(self, view: PutBackView, prompt: str) -> None:
        self._prompt.setText(prompt)
        self._bin.setText(view.bin or "—")
        self._name.setText(view.current_name)
        self._left.setText(
            self.tr("{count} a devolver · pedido {number}").format(
                count=view.outstanding, number=view.order_number
            )
        )
        self._lines.setText(
            "\n".join(f"{done}/{owed}  {name}  ({sku})" for sku, name, owed, done in view.lines)
        )
