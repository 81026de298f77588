"""What tests of the command line have in common."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.commands import language


@pytest.fixture
def no_language(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither the system, a site nor an earlier command has asked for a language."""
    for name in ("EXPEDITA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("EXPEDITA_SITE", str(tmp_path / "site.toml"))
    language.speak("")
