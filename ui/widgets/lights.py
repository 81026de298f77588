"""A row of lights with names: how every system stands, small and calm, on every page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.health.model import State, SystemState
from app.health.wording import short_title, state_word, title, why
from ui.theme import STATE_SIGNS, Theme, state_colour


class Lights(QWidget):
    """What is not well comes first, with its word; what is well has its name only. Where there is
    no room for all, the rest is counted. A touch opens their page."""

    def __init__(self, touched: Callable[[], None]) -> None:
        super().__init__()
        self._touched = touched
        self._states: tuple[SystemState, ...] = ()
        self._lang, self._unit = "pt", 15
        self._theme: Theme | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def show_states(
        self, states: tuple[SystemState, ...], lang: str, theme: Theme, unit: int
    ) -> None:
        # Nothing was heard yet of some, as of a printer label's time before the first label.
        known = [s for s in states if s.state is not State.UNKNOWN or s.since]
        self._states = tuple(sorted(known, key=lambda s: -s.state.rank))
        self._lang, self._theme, self._unit = lang, theme, unit
        trouble = [s for s in self._states if s.state.is_trouble]
        self.setAccessibleName(
            "; ".join(f"{title(s.system, lang)}: {state_word(s.state, lang)}" for s in trouble)
        )
        self.setToolTip(
            "\n".join(f"{title(s.system, lang)}: {why(s.cause, lang)}" for s in trouble)
        )
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._touched()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        font = self.font()
        font.setPixelSize(int(self._unit * 0.87))
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        gap, x = self._unit * 1.1, self._unit * 0.8
        for n, state in enumerate(self._states):
            text = self._text(state)
            sign = STATE_SIGNS[state.state]
            sign_width = metrics.horizontalAdvance(sign + " ")
            width = sign_width + metrics.horizontalAdvance(text)
            rest = len(self._states) - n
            more = f"+{rest}"
            reserve = metrics.horizontalAdvance(more) + gap if rest > 1 else 0
            if x + width + reserve > self.width() - self._unit * 0.8:
                self._draw(painter, x, more, self._theme.muted)
                return
            self._draw(painter, x, sign, state_colour(self._theme, state.state))
            calm = not state.state.is_trouble
            self._draw(
                painter, x + sign_width, text, self._theme.muted if calm else self._theme.text
            )
            x += width + gap

    def _text(self, state: SystemState) -> str:
        name = short_title(state.system, self._lang)
        if state.state is State.UP:
            return name
        return f"{name}: {state_word(state.state, self._lang)}"

    def _draw(self, painter: QPainter, x: float, text: str, colour: str) -> None:
        painter.setPen(QColor(colour))
        area = QRectF(x, 0, self.width() - x, self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
