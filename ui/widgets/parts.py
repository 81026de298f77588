"""Labels, cards and buttons, named for the stylesheet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)


def label(text: str = "", name: str = "", *, centre: bool = False, wrap: bool = True) -> QLabel:
    """Plain text only: nothing that comes from an order is ever read as markup."""
    made = QLabel(text)
    made.setObjectName(name)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if centre:
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made


def button(
    text: str, pressed: Callable[[], object], *, key: str = "", main: bool = False
) -> QPushButton:
    """A button with its key in its text; `key` is an F key or Alt with a character."""
    made = QPushButton(f"{key}  {text}" if key else text)
    if main:
        made.setObjectName("main")
    made.setAccessibleName(text)
    if key:
        # The button's own shortcut would show it pressed for 100 ms before it does anything.
        QShortcut(key, made, made.click)
    made.clicked.connect(lambda: pressed())
    return made


def field(name: str, *, secret: bool = False) -> QLineEdit:
    """A line to type into, which says its name while it is empty."""
    made = QLineEdit()
    made.setPlaceholderText(name)
    made.setAccessibleName(name)
    if secret:
        made.setEchoMode(QLineEdit.EchoMode.Password)
    return made


def choices() -> QComboBox:
    """A list to choose from; it hangs open as long as it can, and can be scrolled beyond that."""
    made = QComboBox()
    made.setMaxVisibleItems(20)
    made.view().setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    return made


class Card(QFrame):
    """A framed area; `box` is its layout."""

    def __init__(self, *, row: bool = False) -> None:
        super().__init__()
        self.setObjectName("card")
        self.box: QBoxLayout = QHBoxLayout(self) if row else QVBoxLayout(self)


def rows(*parts: QWidget | QLayout | int) -> QVBoxLayout:
    """Parts under each other; a number is a stretch."""
    return _fill(QVBoxLayout(), parts)


def columns(*parts: QWidget | QLayout | int) -> QHBoxLayout:
    """Parts beside each other; a number is a stretch."""
    return _fill(QHBoxLayout(), parts)


def room(above: tuple[QWidget, ...], page: QWidget, rail: QWidget | None = None) -> QWidget:
    """How a window is laid out: what stands over the page, the rail at its left, the page."""
    made = QWidget()
    made.setObjectName("page")
    body = columns(rail) if rail else columns()
    body.addWidget(page, 1)
    layout = rows(*above)
    layout.addLayout(body, 1)
    made.setLayout(layout)
    return made


def _fill(layout: QBoxLayout, parts: tuple[QWidget | QLayout | int, ...]) -> QBoxLayout:
    for part in parts:
        if isinstance(part, int):
            layout.addStretch(part)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
    return layout


def clear(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            clear(inner)


def shrinkable(widget: QWidget) -> QWidget:
    """Let a widget be narrower than its text asks for."""
    widget.setSizePolicy(QSizePolicy.Policy.Ignored, widget.sizePolicy().verticalPolicy())
    return widget


def personal(widget: QWidget) -> None:
    """Mark a widget that shows a person's data: a ticket's picture never shows what is in it."""
    widget.setProperty("personal", True)


def is_personal(widget: QWidget) -> bool:
    return bool(widget.property("personal"))
