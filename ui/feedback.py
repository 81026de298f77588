"""The answer to a scan, over the whole window: colour, icon, and its three sentences."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.domain.decision import Outcome
from app.domain.texts import message
from app.station.views import Feedback
from ui.theme import OUTCOME_ICONS, Theme, colours_of
from ui.widgets.comparison import Comparison

FADE_MS = {Outcome.OK: 450, Outcome.DONE: 1200, Outcome.WARN: 2600}


class FeedbackOverlay(QWidget):
    """OK, DONE and WARN go by themselves and never stand in a scan's way; a BLOCK stays until
    it is acknowledged (`acknowledged`), by key, by touch, or by the printed OK command."""

    acknowledged = Signal()
    help_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        # It fills itself, so that Qt paints nothing of what lies under it.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._ground = QColor()
        self._icon, self._happened, self._means, self._next = (QLabel() for _ in range(4))
        self._icon.setObjectName("icon")
        self._happened.setObjectName("happened")
        self._hint = QLabel()
        self._comparison = Comparison()
        layout = QVBoxLayout(self)
        layout.addStretch()
        for label in (self._icon, self._happened, self._means, self._next, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(label)
        layout.insertWidget(layout.indexOf(self._means), self._comparison)
        layout.addStretch()
        self._help = QPushButton()
        self._help.clicked.connect(self.help_asked)
        self._told = QLabel()
        self._told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        layout.addWidget(self._told)
        self._help.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout.addWidget(self._help, 0, Qt.AlignmentFlag.AlignCenter)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._feedback: Feedback | None = None
        self.is_block = False
        self.hide()

    @property
    def shown(self) -> Feedback | None:
        """The answer on the screen now, if there is one."""
        return None if self.isHidden() else self._feedback

    def answer(self, feedback: Feedback, lang: str, theme: Theme, unit: int) -> None:
        """Show one answer, in place of the one before."""
        self._feedback = feedback
        ground, text = colours_of(theme, feedback.outcome)
        parts = message(feedback.code, lang, feedback.params)
        self._icon.setText(OUTCOME_ICONS[feedback.outcome])
        for label, part in zip((self._happened, self._means, self._next), parts, strict=True):
            label.setText(_with_units(part))
        self.is_block = feedback.outcome is Outcome.BLOCK
        self._hint.setText(self.tr("F12 ou bipe OK para continuar") if self.is_block else "")
        self._help.setText(self.tr("Ctrl+F12 ou bipe PROBLEMA: pedir ajuda"))
        self._help.setVisible(self.is_block)
        self._comparison.compare(feedback.pictures, unit)
        self._dress(ground, text, unit, unit * (3 if feedback.pictures else 7))
        self.setGeometry(self.parentWidget().rect())
        self.raise_()
        self.show()
        self._timer.stop()
        if not self.is_block:
            self._timer.start(FADE_MS[feedback.outcome])

    def _dress(self, ground: str, text: str, unit: int, icon: int) -> None:
        """Colours and sizes; one answer after the other mostly has the same, and Qt takes longer
        over a style than over everything else here."""
        self._ground = QColor(ground)
        style = (
            f"QLabel {{ color: {text}; background: transparent; font-size: {int(unit * 1.7)}px; }}"
            f"QPushButton {{ color: {text}; background: transparent; border: 2px solid {text};"
            f" font-size: {unit}px; margin-bottom: {unit}px; }}"
            f"QLabel#icon {{ font-size: {icon}px; }}"
            f"QLabel#happened {{ font-size: {int(unit * 2.8)}px; font-weight: bold; }}"
        )
        if style != self.styleSheet():
            self.setStyleSheet(style)

    def tell(self, text: str) -> None:
        """Say what became of a call for help, which the strip under this can't."""
        self._told.setText(text)

    def insist(self) -> None:
        """A scan came before the BLOCK was acknowledged: what it says must stay to be read."""
        self._hint.setText(self.tr("Esta leitura não foi contada. F12 ou bipe OK para continuar"))

    def dismiss(self) -> None:
        self.is_block = False
        self._timer.stop()
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), self._ground)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.is_block:
            self.acknowledged.emit()
        else:
            self.hide()


def _with_units(text: str) -> str:
    """The text with each number and its unit on one line, as in "500 g"."""
    return re.sub(r"(?<=\d) (?=(?:g|kg|ml|l|mm|cm|m|min|s)\b)", "\N{NO-BREAK SPACE}", text)
