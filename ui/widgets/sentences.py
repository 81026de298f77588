"""Sentences one under another, drawn: as labels in a layout they take Qt many times as long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QPainter, QStaticText, QTextOption


class Sentence(Struct, frozen=True):
    """A text in letters of `px` pixels."""

    text: str
    px: int
    bold: bool = False


class Typesetter:
    """Lays out what is often said once, and keeps it."""

    def __init__(self) -> None:
        self._line = lru_cache(_KEPT)(_laid_out)

    def lay_out(
        self, sentences: Iterable[Sentence], font: QFont, width: int, gap: int
    ) -> Sentences:
        """Each wrapped to `width`, in the letters of `font` but for size and weight; `gap` is what
        stands between two of them. All in pixels."""
        said = [x for x in sentences if x.text]
        return Sentences([self._line(one, font.key(), width) for one in said], gap)


class Sentences:
    """Laid out once however often they are drawn, each in the middle of its width."""

    def __init__(self, laid: Sequence[tuple[QFont, QStaticText]], gap: int) -> None:
        self._laid = laid
        self._gap = gap
        self.height = sum(gap + round(text.size().height()) for _, text in laid) - gap

    def draw(self, painter: QPainter, x: int, y: int) -> None:
        """Draw them with the painter's pen, the first one's top left at `x`, `y`."""
        top = float(y)
        for letters, laid in self._laid:
            painter.setFont(letters)
            painter.drawStaticText(QPointF(x, top), laid)
            top += laid.size().height() + self._gap


def _laid_out(sentence: Sentence, font: str, width: int) -> tuple[QFont, QStaticText]:
    letters = QFont()
    letters.fromString(font)
    letters.setPixelSize(sentence.px)
    letters.setBold(sentence.bold)
    laid = QStaticText(sentence.text)
    laid.setTextFormat(Qt.TextFormat.PlainText)
    laid.setTextOption(_CENTRED)
    laid.setTextWidth(width)
    laid.prepare(font=letters)
    return letters, laid


_KEPT = 64  # sentences, of some 2 kB each
_CENTRED = QTextOption(Qt.AlignmentFlag.AlignHCenter)
_CENTRED.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
