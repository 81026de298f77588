"""A QR code, drawn black on white in every theme so that any phone reads it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

QUIET = 4  # modules of white around the code (ISO/IEC 18004)


class QrCode(QWidget):
    """Shows `text` as a code; an empty text shows nothing, and nothing of the old one is kept."""

    def __init__(self) -> None:
        super().__init__()
        self._modules: list[bytearray] = []
        self.setMinimumSize(220, 220)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_text(self, text: str) -> None:
        self._modules = []
        if text:
            import segno

            self._modules = list(segno.make_qr(text, error="m").matrix)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._modules:
            return
        count = len(self._modules) + 2 * QUIET
        size = min(self.width(), self.height()) // count  # whole pixels: edges stay sharp
        left, top = (self.width() - size * count) // 2, (self.height() - size * count) // 2
        painter = QPainter(self)
        painter.fillRect(QRectF(left, top, size * count, size * count), QColor("white"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("black"))
        for y, line in enumerate(self._modules, QUIET):
            for x, dark in enumerate(line, QUIET):
                if dark:
                    painter.drawRect(left + x * size, top + y * size, size, size)
