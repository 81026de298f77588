"""The screen at a click, with its personal places known, so that they are painted over later.

Taking it is all that is done on the Qt thread. What is marked as personal, and whatever a person
types into, is always painted over; any other text where it turns out to hold a known or likely
personal value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from ui.widgets.parts import is_personal

WIDEST = 1600  # pixels; a picture of a 4K screen tells no more
_TYPED = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)
_BLOT = QColor("#6b7785")
_CELLS = 2000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands in the picture; `always` is painted over whatever it says."""

    area: QRect
    text: str = ""
    always: bool = False


class Shot:
    """`app.support.case.Picture` of a window. Make it on the Qt thread, ask it on any."""

    def __init__(self, window: QWidget) -> None:
        self._image = window.grab().toImage()
        self._scale = self._image.width() / max(1, window.width())
        self._places = tuple(_places(window))

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(place.text for place in self._places if not place.always)

    def png(self, is_personal: Callable[[str], bool]) -> bytes:
        """The picture with every personal place painted over, as a PNG file."""
        known: dict[str, bool] = {}
        image = self._image.copy()
        painter = QPainter(image)
        for place in self._places:
            text = place.text
            if not place.always and text not in known:
                known[text] = bool(text) and is_personal(text)
            if place.always or known[text]:
                painter.fillRect(self._scaled(place.area), _BLOT)
        painter.end()
        if image.width() > WIDEST:
            image = image.scaledToWidth(WIDEST, Qt.TransformationMode.SmoothTransformation)
        return _png(image)

    def _scaled(self, area: QRect) -> QRect:
        by = self._scale
        return QRect(
            int(area.x() * by), int(area.y() * by), int(area.width() * by), int(area.height() * by)
        )


def _places(window: QWidget) -> Iterator[Place]:
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        area = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
        if is_personal(widget) or isinstance(widget, _TYPED):
            yield Place(area, always=True)
        elif isinstance(widget, QLabel | QAbstractButton):
            yield Place(area, widget.text())
        elif isinstance(widget, QComboBox):
            yield Place(area, widget.currentText())
        elif isinstance(widget, QAbstractItemView):
            yield from _cells(window, widget)


def _cells(window: QWidget, view: QAbstractItemView) -> Iterator[Place]:
    """What can be seen of a table; the headers are ours."""
    model, port = view.model(), view.viewport()
    if model is None:
        return
    origin = port.mapTo(window, QPoint(0, 0))
    top = view.indexAt(QPoint(1, 1))
    row, seen = max(0, top.row()), 0
    while row < model.rowCount() and seen < _CELLS:
        areas = [view.visualRect(model.index(row, c)) for c in range(model.columnCount())]
        if areas and all(area.top() > port.height() for area in areas):
            return
        for column, area in enumerate(areas):
            seen += 1
            text = _text(model.index(row, column))
            if text and area.intersects(port.rect()):
                yield Place(area.intersected(port.rect()).translated(origin), text)
        row += 1


def _text(index: QModelIndex) -> str:
    return str(index.data(Qt.ItemDataRole.DisplayRole) or "")


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(data.data())


def thumbnail(data: bytes, size: QSize) -> QImage:
    """A picture of a bundle, no larger than `size`."""
    image = QImage.fromData(data)
    return image.scaled(
        size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
