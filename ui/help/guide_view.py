"""A guide on the page: three steps beside each other, each with its picture."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.support.guides import Guide, guide
from ui.console import Console
from ui.widgets.parts import Card, button, clear, columns, label, rows

_PICTURE = QSize(224, 174)


class GuidePanel(QWidget):
    """The guide of one ticket, which is ready and waits: solved, or send it all the same."""

    def __init__(self, console: Console, back: Callable[[], object]) -> None:
        super().__init__()
        self._console = console
        self._back = back
        self._title = label("", "prompt")
        self._steps = QHBoxLayout()
        self._solved = button(self.tr("Resolvido"), self._do_solved, key="F9", main=True)
        self._send = button(self.tr("Enviar mesmo assim"), self._do_send, key="F10")
        layout = rows(self._title)
        layout.addLayout(self._steps, 1)
        layout.addLayout(
            columns(button(self.tr("Voltar"), back, key="F8"), 1, self._send, self._solved)
        )
        self.setLayout(layout)

    def show_guide(self, name: str) -> None:
        found = guide(name, self._console.lang)
        if found is None:
            return
        self._title.setText(found.title)
        clear(self._steps)
        for at, _ in enumerate(found.steps):
            self._steps.addWidget(self._card(found, at), 1)

    def _card(self, found: Guide, at: int) -> QWidget:
        step = found.steps[at]
        card = Card()
        picture = QLabel()
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        picture.setPixmap(drawn(str(step.picture), _PICTURE))
        card.box.addWidget(picture)
        card.box.addWidget(label(f"{at + 1}", "count", centre=True))
        text = label(re.sub(r"\*\*(.+?)\*\*", r"\1", step.text), "title", centre=True)
        card.box.addWidget(text)
        card.box.addStretch()
        return card

    def _do_solved(self) -> None:
        self._console.guide_ended.emit(True)
        self._back()

    def _do_send(self) -> None:
        self._console.guide_ended.emit(False)
        self._back()


def drawn(path: str, size: QSize) -> QPixmap:
    """A picture file, drawn as large as `size` at most; empty where it can't be read."""
    from PySide6.QtSvg import QSvgRenderer  # only where a guide is opened

    if not path.endswith(".svg"):
        return QPixmap(path).scaled(
            size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    renderer = QSvgRenderer(path)
    scaled = renderer.defaultSize().scaled(size, Qt.AspectRatioMode.KeepAspectRatio)
    image = QPixmap(scaled)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image
