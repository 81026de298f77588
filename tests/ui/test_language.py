"""Every word of the screen has its English."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree
from PySide6.QtCore import QCoreApplication

from app.resources import resource
from ui.language import use_language

ROOT = Path(__file__).resolve().parents[2]
TS = resource("i18n", "expedita_en.ts")
TOOLS = Path(sys.executable).parent


def messages(path: Path) -> dict[tuple[str, str], tuple[str, bool]]:
    """(context, source) -> its translation, and whether that is finished."""
    found = {}
    for context in etree.parse(path).findall("context"):
        for message in context.findall("message"):
            kind = message.find("translation").get("type", "")
            if kind not in ("vanished", "obsolete"):
                key = (context.findtext("name"), message.findtext("source"))
                found[key] = (message.findtext("translation") or "", not kind)
    return found


def test_no_text_of_the_screen_is_without_its_translation(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    shutil.copy(TS, fresh)
    sources = sorted((ROOT / "ui").rglob("*.py"))
    subprocess.run(
        [TOOLS / "pyside6-lupdate", "-locations", "none", "-extensions", "py", *sources,
         "-ts", fresh],
        check=True, capture_output=True,
    )  # fmt: skip
    found = messages(fresh)
    assert len(found) > 150
    assert not [key for key, (text, finished) in found.items() if not finished or not text]


def test_placeholders_are_kept() -> None:
    for (_, source), (text, _) in messages(TS).items():
        assert sorted(re.findall(r"{\w+}", source)) == sorted(re.findall(r"{\w+}", text)), source


@pytest.mark.usefixtures("qapp")
def test_the_language_changes_live_and_back() -> None:
    use_language("en")
    assert QCoreApplication.translate("Window", "Bloquear") == "Lock"
    assert QCoreApplication.translate("Story", "Bloquear") == "Hold"
    use_language("pt")
    assert QCoreApplication.translate("Window", "Bloquear") == "Bloquear"


@pytest.mark.usefixtures("qapp")
def test_the_menus_and_dialogs_that_qt_makes_speak_the_language_too() -> None:
    use_language("pt")
    assert QCoreApplication.translate("QLineEdit", "&Copy") == "&Copiar"
    assert QCoreApplication.translate("QFileDialog", "&Open") == "&Abrir"
    use_language("en")
    assert QCoreApplication.translate("QLineEdit", "&Copy") == "&Copy"
    use_language("pt")
