"""The language that the command line speaks.

What EXPEDITA_LANG asks for, else the setting of the data folder that was opened, else the site's,
else the system's where that is English, else Portuguese.
"""

from __future__ import annotations

import os

_LANGUAGES = ("pt", "en")  # as `app.domain.texts`, which a start need not read
_folder = ""  # the language of the data folder that was opened


def speak(language: str) -> None:
    """A data folder was opened: its language is spoken from here on."""
    global _folder
    _folder = language


def spoken() -> str:
    """pt or en."""
    asked = os.environ.get("EXPEDITA_LANG", "")[:2].lower()
    if asked in _LANGUAGES:
        return asked
    return _folder or _of_site() or _of_system()


def _of_site() -> str:
    from app.site import read_site

    site = read_site()
    named = site.locked.get("language") or site.defaults.get("language") or ""
    return named if named in _LANGUAGES else ""


def _of_system() -> str:
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    first = next((name for name in names if name), "")
    return "en" if first.lower().startswith("en") else "pt"
