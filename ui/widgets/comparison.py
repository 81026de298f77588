"""Two products side by side: the asked one and the one in the hand, with what tells them apart."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.pick_items import words_apart
from app.station.views import PictureView
from ui.widgets.parts import columns, label, rows
from ui.widgets.picture import ProductPicture


class Comparison(QWidget):
    """Hidden while there is nothing to compare."""

    def __init__(self) -> None:
        super().__init__()
        self._sides = (_Side("✔"), _Side("✘"))
        layout = columns(1)
        for side in self._sides:
            layout.addWidget(side, 4)
        layout.addStretch(1)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(24)
        self.setLayout(layout)
        self.hide()

    def compare(self, products: tuple[PictureView, ...], unit: int) -> None:
        """Show the asked and the scanned product; anything but two hides the whole."""
        self.setVisible(len(products) == 2)
        if len(products) != 2:
            return
        marks = words_apart(products[0].name, products[1].name)
        for side, product, mark in zip(self._sides, products, marks, strict=True):
            side.show_product(product, mark or product.sku, unit)

    def fit(self, room: int, unit: int) -> int:
        """Make the pictures as large as `room` pixels of height let them be; how many are used."""
        words = max(side.words_height for side in self._sides)
        picture = max(unit, min(unit * 11, room - words))
        for side in self._sides:
            side.set_picture_height(picture)
        return words + picture


class _Side(QWidget):
    def __init__(self, sign: str) -> None:
        super().__init__()
        self._sign = sign
        self._picture = ProductPicture()
        self._name = label("", centre=True)
        self._mark = label("", centre=True)
        layout = rows(self._picture, self._name, self._mark)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)

    @property
    def words_height(self) -> int:
        """Pixels of what stands under the picture."""
        words = (self._name, self._mark)
        return sum(x.sizeHint().height() + self.layout().spacing() for x in words)

    def set_picture_height(self, pixels: int) -> None:
        self._picture.setFixedHeight(pixels)

    def show_product(self, product: PictureView, mark: str, unit: int) -> None:
        self._picture.show_product(product.sku, product.category, product.path)
        self._name.setText(f"{self._sign} {product.name}")
        self._name.setStyleSheet(f"font-size: {int(unit * 1.6)}px;")
        self._mark.setText(mark.upper())
        self._mark.setStyleSheet(
            f"font-size: {int(unit * 2.2)}px; font-weight: bold;"
            "background: white; color: black; padding: 2px 12px;"
        )
