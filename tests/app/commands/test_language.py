"""The command line speaks Portuguese or English, and says its refusals in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli import main
from app.commands import language

pytestmark = pytest.mark.usefixtures("no_language")


def test_who_asks_is_heard_before_folder_site_and_system(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert language.spoken() == "pt"
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert language.spoken() == "en"
    (tmp_path / "site.toml").write_text('[settings]\nlanguage = "pt"\n')
    assert language.spoken() == "pt"
    language.speak("en")
    assert language.spoken() == "en"
    monkeypatch.setenv("EXPEDITA_LANG", "pt_BR")
    assert language.spoken() == "pt"
    monkeypatch.setenv("EXPEDITA_LANG", "tlh")
    assert language.spoken() == "en"


def test_a_refusal_is_said_in_the_folders_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ["--home", str(tmp_path / "home"), "--key-file"]
    assert main([*home, "order", "9999"]) == 1
    assert "O pedido 9999 não existe aqui." in capsys.readouterr().err
    assert main([*home, "setting", "language", "en"]) == 0
    capsys.readouterr()
    assert main([*home, "order", "9999"]) == 1
    assert "There is no order 9999 here." in capsys.readouterr().err
    assert main([*home, "operator", "disable", "NOBODY"]) == 1
    assert capsys.readouterr().err.startswith("OPERATOR_UNKNOWN · No operator")


def test_help_is_in_the_language_that_is_spoken(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["operator", "--help"])
    assert "a pessoa não entra mais" in capsys.readouterr().out
    monkeypatch.setenv("EXPEDITA_LANG", "en")
    with pytest.raises(SystemExit):
        main(["operator", "--help"])
    assert "they can't sign in any more" in capsys.readouterr().out
