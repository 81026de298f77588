"""Asks for a code of the second factor in the page where it is needed, then goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication
from shiboken6 import isValid

from app.station.views import Feedback
from ui.console import Console
from ui.widgets.choice import Choice

_TAKEN = ("SECOND_FACTOR_OK", "SECOND_FACTOR_RECOVERED")
_AGAIN = ("SECOND_FACTOR_WRONG", "SECOND_FACTOR_USED", "SECOND_FACTOR_WAIT")


def do_guarded(console: Console, choice: Choice, work: Callable[..., Feedback], *args: Any) -> None:
    """Ask for `work`; where it wants the second factor, ask for a code in `choice` and do it then.

    A wrong code is answered and asked for again.
    """

    def ask() -> None:
        if not isValid(choice):  # the pages were made anew meanwhile
            return
        choice.ask_text(
            QCoreApplication.translate("SecondFactor", "Código do seu aplicativo autenticador"),
            QCoreApplication.translate("SecondFactor", "Confirmar"),
            lambda code: console.do(console.engine.people.confirm, code, instead=confirmed),
            QCoreApplication.translate("SecondFactor", "Voltar"),
        )

    def confirmed(feedback: Feedback) -> bool:
        if feedback.code in _TAKEN:
            console.do(work, *args)
            return feedback.code == "SECOND_FACTOR_OK"  # of a spent recovery code one is told
        if feedback.code in _AGAIN:
            ask()
        return False

    def needs(feedback: Feedback) -> bool:
        if feedback.code == "SECOND_FACTOR_NEEDED":
            ask()
            return True
        return False

    console.do(work, *args, instead=needs)
