"""The answer to a scan, over the whole window: colour, icon, and its three sentences."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from shiboken6 import isValid

from app.domain.decision import Outcome
from app.domain.texts import message
from app.station.views import Feedback
from ui.theme import OUTCOME_ICONS, Theme, colours_of
from ui.widgets.comparison import Comparison
from ui.widgets.sentences import Sentence, Sentences, Typesetter

# What a BLOCK lets through: to acknowledge it, to ask for help and to go on with that, to leave.
_LET_THROUGH = frozenset(("F12", "Ctrl+F12", "Shift+F12", "Shift+F11", "F7", "Ctrl+L"))
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
        self._feedback: Feedback | None = None
        self._parts = ("", "", "")  # what happened, what it means, what to do next
        self._hint = ""  # how a BLOCK is acknowledged
        self._told = ""  # what became of a call for help
        self._ground, self._ink = QColor(), QColor()
        self._unit = 0
        self._typesetter = Typesetter()
        self._drawn: list[tuple[Sentences, int]] = []  # with their tops
        self._comparison = Comparison()
        self._comparison.setParent(self)
        self._help = QPushButton(self)
        self._help.clicked.connect(self.help_asked)
        self._help.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.is_block = False
        self._had_focus: QWidget | None = None
        self.hide()

    @property
    def shown(self) -> Feedback | None:
        """The answer on the screen now, if there is one."""
        return None if self.isHidden() else self._feedback

    @property
    def texts(self) -> tuple[str, ...]:
        """What it says, from top to bottom."""
        return tuple(text for text in (*self._parts, self._hint, self._told) if text)

    def answer(self, feedback: Feedback, lang: str, theme: Theme, unit: int) -> None:
        """Show one answer, in place of the one before."""
        self._feedback = feedback
        self.is_block = feedback.outcome is Outcome.BLOCK
        ground, ink = colours_of(theme, feedback.outcome)
        self._ground, self._ink, self._unit = QColor(ground), QColor(ink), unit
        happened, means, following = map(_with_units, message(feedback.code, lang, feedback.params))
        self._parts = (happened, means, following)
        self._hint = self.tr("F12 ou bipe OK para continuar") if self.is_block else ""
        self._help.setVisible(self.is_block)
        if self.is_block:
            self._help.setText(self.tr("Ctrl+F12 ou bipe PROBLEMA: pedir ajuda"))
            self._help.setStyleSheet(
                f"color: {ink}; background: transparent; border: 2px solid {ink};"
            )
        self._comparison.compare(feedback.pictures, unit)
        if self._comparison.isVisibleTo(self):
            self._comparison.setStyleSheet(f"QLabel {{ color: {ink}; }}")
        self.setGeometry(self.parentWidget().rect())
        self._lay_out()
        self.raise_()
        self.show()
        self._timer.stop()
        if self.is_block:
            self.take_keys()
        else:
            self._give_keys_back()
            self._timer.start(FADE_MS[feedback.outcome])

    def take_keys(self) -> None:
        """Let no key come to what lies under a BLOCK: nobody sees what it would do there.

        A menu or a list that hangs open over it is closed.
        """
        while (popup := QApplication.activePopupWidget()) and popup.close():
            pass
        if self.hasFocus():
            return
        self._had_focus = self.window().focusWidget() or self.window()
        with QSignalBlocker(self._had_focus):  # a field would tell what is half typed as whole
            self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _give_keys_back(self) -> None:
        if not self.hasFocus():
            return
        had = self._had_focus
        there = had if had and isValid(had) and had.isVisible() else self.window()
        there.setFocus(Qt.FocusReason.PopupFocusReason)

    def _lay_out(self) -> None:
        """Put the answer into the middle, a call for help and what became of it to the bottom."""
        if self._feedback is None:
            return
        self.setAccessibleName("\n".join(self.texts))
        unit, width = self._unit, self.width() - 2 * self._unit
        gap = unit // 2
        happened, means, following = self._parts
        icon = Sentence(
            OUTCOME_ICONS[self._feedback.outcome], unit * (3 if self._feedback.pictures else 7)
        )
        usual = int(unit * 1.7)

        def laid(*sentences: Sentence) -> Sentences:
            return self._typesetter.lay_out(sentences, self.font(), width, gap)

        above = laid(icon, Sentence(happened, int(unit * 2.8), bold=True))
        below = laid(*(Sentence(text, usual) for text in (means, following, self._hint)))
        told = laid(Sentence(self._told, usual)) if self._told else None
        bottom = self.height() - unit
        if self.is_block:
            size = self._help.sizeHint()
            bottom -= size.height()
            left = (self.width() - size.width()) // 2
            self._help.setGeometry(left, bottom, size.width(), size.height())
        if told:
            bottom -= told.height + gap
        room = bottom - above.height - below.height - 2 * gap
        pictures = 0
        if self._comparison.isVisibleTo(self):
            pictures = self._comparison.fit(room - gap, unit) + gap
        top = max(0, (room - pictures + gap) // 2)
        middle = top + above.height + gap
        self._comparison.setGeometry(unit, middle, width, max(0, pictures - gap))
        self._drawn = [(above, top), (below, middle + pictures)]
        if told:
            self._drawn.append((told, bottom))
        self.update()

    def tell(self, text: str) -> None:
        """Say what became of a call for help, which the strip under this can't."""
        self._told = text
        self._lay_out()

    def insist(self) -> None:
        """A scan came before the BLOCK was acknowledged: what it says must stay to be read."""
        self._hint = self.tr("Esta leitura não foi contada. F12 ou bipe OK para continuar")
        self._lay_out()

    def dismiss(self) -> None:
        self.is_block = False
        self._timer.stop()
        self._give_keys_back()
        self.hide()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence(event.keyCombination()).toString()
            event.setAccepted(keys not in _LET_THROUGH)  # then no shortcut takes it
            return event.isAccepted()
        return super().event(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        return True  # Tab leads nowhere

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._ground)
        painter.setPen(self._ink)
        for sentences, top in self._drawn:
            sentences.draw(painter, self._unit, top)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.is_block:
            self.acknowledged.emit()
        else:
            self.hide()


def _with_units(text: str) -> str:
    """The text with each number and its unit on one line, as in "500 g"."""
    return re.sub(r"(?<=\d) (?=(?:g|kg|ml|l|mm|cm|m|min|s)\b)", "\N{NO-BREAK SPACE}", text)
