"""What the pages of work have in common while their own task is not in hand."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.station.views import StationView
from ui.console import Console
from ui.widgets.take_over import TakeOver


def page_of_task(view: StationView) -> str:
    """The page of the task in hand: pick, pack or dispatch; empty when the hands are."""
    if view.pick or view.putback:
        return "pick"
    if view.pack:
        return "pack"
    return "dispatch" if view.dispatch and view.dispatch.manifest_id else ""


class Idle(QWidget):
    """An empty page says what begins work here, or what stands in its way, and offers to take over
    what another station has in hand."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console
        self._take_over = TakeOver(console)

    def sentence(
        self, view: StationView, permission: str, begin: str, may_not: str
    ) -> tuple[str, bool]:
        """The large sentence, and whether work can begin here now."""
        if permission not in view.session.permissions:
            return may_not, False
        in_hand = {
            "pick": self.tr("Há uma separação em mãos: F1 volta a ela"),
            "pack": self.tr("Há um pedido na bancada: F2 volta a ele"),
            "dispatch": self.tr("Há um romaneio em mãos: F3 volta a ele"),
        }.get(page_of_task(view))
        return (in_hand, False) if in_hand else (begin, True)
