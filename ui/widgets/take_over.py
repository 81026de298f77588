"""Taking over what another station has in hand: asked where an answer says who has it."""

from __future__ import annotations

from app.station.views import Feedback
from ui.console import Console
from ui.widgets.choice import Choice


class TakeOver(Choice):
    """Hidden until CLAIMED is answered to somebody who may take over, on the page that shows."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console
        console.answered.connect(self._heard)

    def _heard(self, feedback: Feedback) -> None:
        page = self.parentWidget()
        if page is None or not page.isVisible():
            return
        task = str(feedback.params.get("task", ""))
        if feedback.code == "CLAIMED" and task and self._console.allows("work.take_over"):
            self.offer(task, str(feedback.params["bench"]))
            page.setFocus()  # nobody asked for the question: a stray key must not answer it
        else:
            self.hide()

    def offer(self, task_id: str, station: str) -> None:
        """Ask why the work of `station` goes on here; the reason is kept in the audit."""
        reasons = [
            self.tr("A estação parou"),
            self.tr("A pessoa saiu"),
            self.tr("Combinado com a pessoa"),
        ]
        self.ask(
            self.tr("Assumir o trabalho de {station}? Por quê?").format(station=station),
            [(reason, reason) for reason in reasons],
            lambda reason: self._console.do(self._console.station.take_over, task_id, reason),
            self.tr("Não assumir"),
        )
