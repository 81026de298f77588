"""Colours can be told apart, by measure."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.decision import Outcome
from app.health.model import State
from ui.theme import (
    OUTCOME_ICONS,
    STATE_SIGNS,
    THEMES,
    colours_of,
    contrast_ratio,
    hint_colour,
    state_colour,
    stylesheet,
    unit_px,
)


@pytest.mark.parametrize("name", THEMES)
def test_every_text_stands_out_from_its_ground(name: str) -> None:
    theme = THEMES[name]
    least = 7 if name == "contrast" else 4.5
    pairs = [
        (theme.text, theme.ground), (theme.text, theme.card), (theme.muted, theme.card),
        (theme.muted, theme.ground), (theme.accent, theme.ground), (theme.late, theme.card),
        (hint_colour(theme), theme.card), (theme.on_accent, theme.accent),
        (theme.text, theme.bar), (theme.on_warn, theme.warn),
    ]  # fmt: skip
    pairs += [colours_of(theme, outcome) for outcome in Outcome]
    pairs += [(state_colour(theme, state), theme.card) for state in State]
    assert hint_colour(theme) != theme.text
    for first, second in pairs:
        assert contrast_ratio(first, second) >= least, (first, second)


def test_outcomes_differ_by_more_than_colour() -> None:
    assert len(set(OUTCOME_ICONS.values())) == len(Outcome)
    assert len({STATE_SIGNS[state] for state in State}) == len(State)


@pytest.mark.parametrize(
    ("size", "unit"), [((1366, 768), 15), ((1920, 1080), 21), ((3840, 2160), 42)]
)
def test_letters_grow_with_the_window(size: tuple[int, int], unit: int) -> None:
    assert unit_px(*size) == unit


@pytest.mark.parametrize("name", THEMES)
def test_whatever_has_the_focus_shows_it_by_a_ring_that_takes_no_room(qtbot, name: str) -> None:
    window = QWidget()
    window.setStyleSheet(stylesheet(THEMES[name], 15))
    window.setObjectName("page")
    window.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    kinds = [QPushButton(kind, objectName=kind) for kind in ("", "main", "ask", "rail")]
    current = QPushButton("rail", objectName="rail", checkable=True, checked=True)
    others = (QLineEdit(), QComboBox(), QTableWidget(1, 1), QListWidget(), QPlainTextEdit("x"))
    area = QScrollArea()
    for widget in (*kinds, current, *others, area):
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout.addWidget(widget)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)

    def look(widget: QWidget) -> list[QColor]:
        """The colours from its left edge inwards, at a place without text."""
        picture = window.grab().toImage()
        left, top = widget.x(), widget.y() + widget.height() - 12
        return [picture.pixelColor(left + x, top) for x in range(6)]

    for widget in (*kinds, current, *others, area):
        window.setFocus()
        before, room = look(widget), _room(widget)
        widget.setFocus()
        changed = [
            contrast_ratio(one.name(), other.name())
            for one, other in zip(before, look(widget), strict=True)
        ]
        assert max(changed) >= 3, (name, widget.objectName(), type(widget).__name__)
        assert _room(widget) >= room - 4, (name, widget.objectName())


def _room(widget: QWidget) -> int:
    """How wide the text of a button can be."""
    if not isinstance(widget, QPushButton):
        return 0
    option = QStyleOptionButton()
    widget.initStyleOption(option)
    inside = QStyle.SubElement.SE_PushButtonContents
    return widget.style().subElementRect(inside, option, widget).width()
