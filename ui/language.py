"""The screen's language: Portuguese is in the source, English in a Qt Linguist file."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTranslator

from app.resources import resource

_installed: list[QTranslator] = []


def use_language(lang: str) -> None:
    """Translate everything that is made from now on."""
    app = QCoreApplication.instance()
    assert app is not None
    while _installed:
        app.removeTranslator(_installed.pop())
    if lang == "pt":
        return
    translator = QTranslator(app)
    if translator.load(f"expedita_{lang}", str(resource("i18n"))):
        app.installTranslator(translator)
        _installed.append(translator)
