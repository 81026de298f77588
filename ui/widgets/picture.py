"""A product's picture: its image file, or a sign for its kind of goods."""

from __future__ import annotations

import zlib

from PySide6.QtCore import QFileInfo, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImageReader, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

_HUES = (205, 25, 145, 275, 345, 55, 175, 310)
_SIGNS = {
    "casa": "⌂",
    "moda": "♦",
    "alimentos": "♨",
    "eletrônicos": "⚡",
    "beleza": "✿",
    "livros": "✎",
    "brinquedos": "♞",
    "esporte": "⚽",
}


FORMATS = (b"png", b"jpeg", b"webp")  # by their content, whatever their name says
MOST_BYTES = 20_000_000
MOST_PIXELS = 50_000_000
SHOWN_PX = 1600


class ProductPicture(QWidget):
    """Without an image it draws the category's sign; the colour tells look-alikes apart by SKU."""

    def __init__(self) -> None:
        super().__init__()
        self._pixmap = QPixmap()
        self._sku = self._category = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 110)

    def show_product(self, sku: str, category: str, picture: str) -> None:
        if (sku, category) == (self._sku, self._category):
            return
        self._sku, self._category = sku, category
        self._pixmap = _load(picture) if picture else QPixmap()
        self.setAccessibleName(f"{category} {sku}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._sku:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height())
        frame = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        if not self._pixmap.isNull():
            size = self._pixmap.size().scaled(
                frame.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio
            )
            frame = QRectF(
                (self.width() - size.width()) / 2,
                (self.height() - size.height()) / 2,
                size.width(),
                size.height(),
            )
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(frame, self._pixmap, QRectF(self._pixmap.rect()))
            return
        hue = _HUES[zlib.crc32(self._sku.encode()) % len(_HUES)]
        painter.setBrush(QColor.fromHsl(hue, 110, 70))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(frame, side / 12, side / 12)
        painter.setPen(QColor("white"))
        sign = _SIGNS.get(self._category.casefold(), (self._category or self._sku)[:1].upper())
        painter.setFont(_font(side * 0.5))
        painter.drawText(frame.adjusted(0, 0, 0, -side * 0.18), Qt.AlignmentFlag.AlignCenter, sign)
        painter.setFont(_font(min(side * 0.11, 1.5 * side / max(len(self._category), 1))))
        painter.drawText(
            frame.adjusted(0, side * 0.72, 0, 0), Qt.AlignmentFlag.AlignCenter, self._category
        )


def _load(path: str) -> QPixmap:
    """A picture at most as large as a screen shows it; an empty one where the file is none, or
    would cost more memory than a photograph does."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    size = reader.size()
    pixels = size.width() * size.height()
    if bytes(reader.format().data()) not in FORMATS or not 0 < pixels <= MOST_PIXELS:
        return QPixmap()
    if QFileInfo(path).size() > MOST_BYTES:
        return QPixmap()
    if max(size.width(), size.height()) > SHOWN_PX:
        reader.setScaledSize(size.scaled(SHOWN_PX, SHOWN_PX, Qt.AspectRatioMode.KeepAspectRatio))
    return QPixmap.fromImage(reader.read())


def _font(pixels: float) -> QFont:
    font = QFont("DejaVu Sans")
    font.setPixelSize(max(int(pixels), 8))
    font.setBold(True)
    return font
