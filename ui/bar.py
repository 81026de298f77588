"""The bar over every page: which station, who works there, how other systems stand, help."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QFrame, QWidget

from ui.widgets.parts import button, columns, label, personal


class Bar(QFrame):
    """`lights` stands in its middle, and has the room that the others leave."""

    def __init__(
        self, lights: QWidget, *, guides: Callable[[], object], ask: Callable[[], object]
    ) -> None:
        super().__init__()
        self.setObjectName("bar")
        self._who, self._clock, self.scans = label(), label("", "title"), label("", "muted")
        for one in (self._who, self._clock, self.scans):
            one.setWordWrap(False)
        personal(self._who)
        help_me = button(self.tr("F12  Pedir ajuda"), ask)
        help_me.setObjectName("ask")
        layout = columns(self._who)
        layout.addWidget(lights, 1)
        for part in (
            self.scans, self._clock, button(self.tr("Ajuda"), guides, key="Ctrl+H"), help_me,
        ):  # fmt: skip
            layout.addWidget(part)
        self.setLayout(layout)

    def show_who(self, station: str, operator: str = "") -> None:
        """`operator` is empty while nobody is signed in."""
        self._who.setText(f"{station}  ·  {operator}" if operator else station)

    def show_scans(self, read: int, saved: int) -> None:
        text = self.tr("Leituras: {read} · gravadas: {saved}")
        self.scans.setText(text.format(read=read, saved=saved))

    def show_time(self, now: datetime) -> None:
        """`now` in the warehouse's zone."""
        self._clock.setText(now.strftime("%d/%m  %H:%M:%S"))
