"""What all pages have in common."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.texts import prompt
from app.station.views import StationView
from ui.console import Console


class Page(QWidget):
    """One page of the console. `show_view` comes after every call, `entered` when it is opened."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.console = console

    def show_view(self, view: StationView) -> None:
        """Draw what the station looks like now."""

    def entered(self) -> None:
        """The page was opened: read its lists again."""

    def prompt_text(self, view: StationView) -> str:
        return prompt(view.prompt.code, self.console.lang, view.prompt.params)
