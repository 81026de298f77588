"""A Code 128 on the screen, for a scanner that reads from displays."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.labels import code128


class Barcode(QWidget):
    """Black on white whatever the theme, with its quiet zones."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: list[int] = []
        self._modules = 1
        self.setMinimumHeight(90)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_code(self, code: str) -> None:
        """Draw `code`; an empty one draws nothing."""
        self._bars = code128.bars(code) if code else []
        self._modules = code128.modules(code) + 2 * code128.QUIET_MODULES if code else 1
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars:
            return
        painter = QPainter(self)
        wide = max(1, self.width() // self._modules)
        left = (self.width() - wide * self._modules) // 2
        painter.fillRect(left, 0, wide * self._modules, self.height(), Qt.GlobalColor.white)
        at = left + wide * code128.QUIET_MODULES
        for n, bar in enumerate(self._bars):
            if n % 2 == 0:
                painter.fillRect(at, 6, bar * wide, self.height() - 12, Qt.GlobalColor.black)
            at += bar * wide
