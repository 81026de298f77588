"""The screen's language: Portuguese is in the source, English in a Qt Linguist file.

With Qt's own words, as in the menu of a field and the choice of a file, it is the other way round.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from app.resources import resource

_OF_QT = "qtbase_pt_BR"
_QT_FOLDER = QLibraryInfo.LibraryPath.TranslationsPath
_installed: list[QTranslator] = []


def use_language(lang: str) -> None:
    """Translate everything that is made from now on."""
    app = QCoreApplication.instance()
    assert app is not None
    while _installed:
        app.removeTranslator(_installed.pop())
    translator = QTranslator(app)
    if lang == "pt":
        loaded = translator.load(_OF_QT, QLibraryInfo.path(_QT_FOLDER))
    else:
        loaded = translator.load(f"expedita_{lang}", str(resource("i18n")))
    if loaded:
        app.installTranslator(translator)
        _installed.append(translator)
