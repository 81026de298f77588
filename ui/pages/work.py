"""What the pages of a task in hand have in common: the question in the page, the product asked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.station.views import Feedback
from ui.console import Console
from ui.widgets.choice import Choice


class Work(QWidget):
    """A task in hand. Some answers ask back (which product, what reason); they do so in the page.

    `questions` has the page's own: the code of an answer, and what asks.
    """

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console
        self._choice = Choice()
        self.questions: dict[str, Callable[[], object]] = {}
        console.answered.connect(self._heard)

    def _heard(self, feedback: Feedback) -> None:
        if self.isVisible() and feedback.code in self.questions:
            self.questions[feedback.code]()
        if feedback.code == "AMBIGUOUS" and self.isVisible():
            skus = str(feedback.params["skus"]).split(", ")
            self._choice.ask(
                self.tr("Qual é o produto?"),
                [(sku, sku) for sku in skus[:9]],
                self._console.scan,
                self.tr("Voltar"),
            )
