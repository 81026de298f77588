"""Put-back: the units of a cancelled order return to their bins."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.station.views import PutBackView
from ui.console import Console
from ui.widgets.parts import Card, button, columns, label, rows
from ui.widgets.picture import ProductPicture


class PutBack(QWidget):
    """Units of a cancelled order go back to their bins, until none is owed."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._prompt = label("", "prompt")
        self._bin = label("", "huge", centre=True)
        self._left = label("", "count", centre=True)
        self._order = label("", "title", centre=True)
        self._picture = ProductPicture()
        self._name = label("", "big")
        self._detail = label("", "title")
        self._lines = label("", "title")
        place, product, listing = Card(), Card(), Card()
        for part in (self._bin, self._left, self._order):
            place.box.addWidget(part)
        place.box.addStretch()
        product.box.addWidget(self._picture, 1)
        product.box.addWidget(self._name)
        product.box.addWidget(self._detail)
        listing.box.addWidget(self._lines, 0, Qt.AlignmentFlag.AlignTop)
        body = columns()
        for card, share in ((place, 4), (product, 4), (listing, 3)):
            body.addWidget(card, share)
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
        self._left.setText(
            self.tr("{units} na mão").format(units=view.in_hand)
            if view.in_hand
            else self.tr("{count} a devolver").format(count=view.outstanding)
        )
        self._order.setText(self.tr("Pedido {number}").format(number=view.order_number))
        self._picture.show_product(view.current_sku, view.category, view.picture)
        self._name.setText(view.current_name)
        parts = [f"SKU {view.current_sku}"] if view.current_sku else []
        parts += [self.tr("lote {lot}").format(lot=view.lot)] if view.lot else []
        self._detail.setText(" · ".join(parts))
        self._lines.setText("\n".join(_line(*line) for line in view.lines))


def _line(sku: str, name: str, lot: str, owed: int, done: int) -> str:
    what = " · ".join(part for part in (sku, lot) if part)
    return f"{'✔' if done >= owed else '○'} {done}/{owed}  {name}  ({what})"
