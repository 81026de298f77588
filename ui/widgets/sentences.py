"""Sentences one under another, drawn: as labels in a layout they take Qt many times as long."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QPainter, QStaticText, QTextOption


class Sentence(Struct, frozen=True):
    """A text in letters of `px` pixels."""

    text: str
    px: int
    bold: bool = False


class Sentences:
    """Each wrapped to a width and centred in it, and laid out once however often it is drawn."""

    def __init__(self, sentences: Iterable[Sentence], font: QFont, width: int, gap: int) -> None:
        """`font` says the family; `gap` is what stands between two of them. All in pixels."""
        self._laid: list[tuple[QFont, QStaticText]] = []
        self._gap = gap
        self.height = -gap
        for sentence in sentences:
            if not sentence.text:
                continue
            letters = QFont(font)
            letters.setPixelSize(sentence.px)
            letters.setBold(sentence.bold)
            laid = QStaticText(sentence.text)
            laid.setTextFormat(Qt.TextFormat.PlainText)
            laid.setTextOption(_CENTRED)
            laid.setTextWidth(width)
            laid.prepare(font=letters)
            self.height += gap + round(laid.size().height())
            self._laid.append((letters, laid))

    def draw(self, painter: QPainter, x: int, y: int) -> None:
        """Draw them with the painter's pen, the first one's top left at `x`, `y`."""
        top = float(y)
        for letters, laid in self._laid:
            painter.setFont(letters)
            painter.drawStaticText(QPointF(x, top), laid)
            top += laid.size().height() + self._gap


_CENTRED = QTextOption(Qt.AlignmentFlag.AlignHCenter)
_CENTRED.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
