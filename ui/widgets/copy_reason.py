"""Why a further copy of a document is printed: the one list of reasons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.domain.texts import word
from ui.widgets.choice import Choice

REASONS = ("damaged", "not_out", "unreadable", "jam")  # words of `app.domain.texts.printing`


def ask_copy_reason(choice: Choice, lang: str, chosen: Callable[[str], object]) -> None:
    """Ask for the reason, in the page."""
    choice.ask(
        QCoreApplication.translate("CopyReason", "Por que outra via?"),
        [(reason, word(reason, lang)) for reason in REASONS],
        chosen,
        QCoreApplication.translate("CopyReason", "Voltar"),
    )
