"""The screen at a click, with its personal places known, so that they are painted over later.

What is marked as personal, and whatever a person
types into, is always painted over; any other text where it turns out to hold a known or likely
personal value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct
from PySide6.QtCore import (
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
)
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
from shiboken6 import isValid

from ui.help.png import png
from ui.widgets.parts import is_personal

WIDEST = 1600  # pixels; a picture of a 4K screen tells no more
_TYPED = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)
_BLOT = QColor("#6b7785")
_ROWS = 100
STRIP_PIXELS = 140_000
_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


class Place(Struct, frozen=True):
    """Where a text stands in the picture; `always` is painted over whatever it says."""

    area: QRect
    text: str = ""
    always: bool = False


class Shot:
    """`app.support.case.Picture` of a window, taken on the Qt thread and asked on any.

    It is taken a strip at a time, a strip each time that Qt has nothing else to do: painting a
    whole window takes longer than a frame. The places of a strip are noted with its picture, so
    that what is painted over is what was there.
    """

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._size = window.size()
        self._strips: list[tuple[QImage, tuple[Place, ...]]] = []
        self._top = 0

    def take(self, done: Callable[[Shot], object]) -> None:
        """Take the first strip now and the others in their turn, then call `done`."""
        self.take_strip()
        if self._top < self._size.height() and isValid(self._window):
            QTimer.singleShot(0, self._window, lambda: self.take(done))
        else:
            done(self)

    def take_strip(self) -> None:
        height = max(60, STRIP_PIXELS // max(1, self._size.width()))
        area = QRect(0, self._top, self._size.width(), height)
        area = area.intersected(QRect(QPoint(0, 0), self._size))
        places = tuple(p for p in _places(self._window, area) if p.area.intersects(area))
        self._strips.append((self._window.grab(area).toImage(), places))
        self._top += height

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(p.text for _, places in self._strips for p in places if not p.always)

    def png(self, is_personal: Callable[[str], bool]) -> bytes:
        """The picture with every personal place painted over, as a PNG file."""
        known: dict[str, bool] = {}
        by = self._strips[0][0].width() / max(1, self._size.width())  # a screen's pixel ratio
        image = QImage(
            self._strips[0][0].width(),
            sum(strip.height() for strip, _ in self._strips),
            QImage.Format.Format_RGB32,
        )
        painter = QPainter(image)
        top = 0
        for strip, places in self._strips:
            strip.setDevicePixelRatio(1)
            painter.setClipRect(QRect(0, top, image.width(), strip.height()))
            painter.drawImage(QPoint(0, top), strip)
            for place in places:
                text = place.text
                if not place.always and text not in known:
                    known[text] = bool(text) and is_personal(text)
                if place.always or known[text]:
                    painter.fillRect(_scaled(place.area, by), _BLOT)
            top += strip.height()
        painter.end()
        if image.width() > WIDEST:
            image = image.scaledToWidth(WIDEST, Qt.TransformationMode.SmoothTransformation)
        return png(image)


def taken(window: QWidget) -> Shot:
    """A picture taken at one go, where nobody waits for a frame."""
    shot = Shot(window)
    while shot._top < window.height():
        shot.take_strip()
    return shot


def _scaled(area: QRect, by: float) -> QRect:
    return QRect(
        int(area.x() * by), int(area.y() * by), int(area.width() * by), int(area.height() * by)
    )


def _places(window: QWidget, strip: QRect) -> Iterator[Place]:
    for widget, area in _seen(window, QPoint(0, 0), strip):
        if is_personal(widget) or isinstance(widget, _TYPED):
            yield Place(area, always=True)
        elif isinstance(widget, QLabel | QAbstractButton):
            yield Place(area, widget.text())
        elif isinstance(widget, QComboBox):
            yield Place(area, widget.currentText())
        elif isinstance(widget, QAbstractItemView):
            yield from _cells(window, widget, strip)


def _seen(parent: QWidget, at: QPoint, strip: QRect) -> Iterator[tuple[QWidget, QRect]]:
    """What is seen in the strip, with its place in the window. A child lies within its parent, so
    that whole pages are passed over at once: this is done between two frames."""
    for child in parent.findChildren(QWidget, options=_DIRECT):
        if not child.isVisible() or child.isWindow():
            continue
        area = QRect(at + child.pos(), child.size())
        if area.intersects(strip):
            yield child, area
            yield from _seen(child, area.topLeft(), strip)


def _cells(window: QWidget, view: QAbstractItemView, strip: QRect) -> Iterator[Place]:
    """What can be seen of a table in the strip; the headers are ours."""
    model, port = view.model(), view.viewport()
    if model is None:
        return
    origin = port.mapTo(window, QPoint(0, 0))
    shown = strip.translated(-origin).intersected(port.rect())
    first = max(0, view.indexAt(QPoint(1, shown.top() + 1)).row())
    last = view.indexAt(QPoint(1, shown.bottom())).row()
    if last < 0:
        last = min(model.rowCount(), first + _ROWS) - 1
    for row in range(first, last + 1):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            area = view.visualRect(index).intersected(port.rect())
            if not area.isEmpty() and (text := _text(index)):
                yield Place(area.translated(origin), text)


def _text(index: QModelIndex) -> str:
    return str(index.data(Qt.ItemDataRole.DisplayRole) or "")


def thumbnail(data: bytes, size: QSize) -> QImage:
    """A picture of a bundle, no larger than `size`."""
    image = QImage.fromData(data)
    return image.scaled(
        size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
