"""The Windows installer's script; it is compiled here, and runs on Windows only."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from installer import windows
from installer.frozen import BuildFailed

from app import __version__
from app.config import data_home

SCRIPT = windows.SCRIPT.read_text(encoding="utf-8")

pytestmark = pytest.mark.skipif(not shutil.which("makensis"), reason="makensis (NSIS) is not here")


@pytest.fixture
def staged(tmp_path: Path) -> Path:
    """What PyInstaller leaves on Windows, in small."""
    folder = tmp_path / "staged"
    (folder / "_internal" / "resources" / "fonts").mkdir(parents=True)
    for name in ("expedita.exe", "expeditaw.exe", "_internal/base_library.zip"):
        (folder / name).write_bytes(b"MZ" + name.encode() * 100)
    return folder


@pytest.fixture
def licences(tmp_path: Path) -> Path:
    folder = tmp_path / "licences"
    folder.mkdir()
    (folder / "LICENSE").write_text("Apache License")
    return folder


def test_the_installer_compiles_without_a_warning(
    staged: Path, licences: Path, tmp_path: Path
) -> None:
    made = windows.build(staged, licences, __version__, tmp_path / "dist")
    assert made.name == f"Expedita-{__version__}-setup.exe"
    assert made.read_bytes().startswith(b"MZ")


def test_a_program_that_is_not_there_fails_the_build(licences: Path, tmp_path: Path) -> None:
    with pytest.raises(BuildFailed):
        windows.build(tmp_path / "nothing", licences, __version__, tmp_path / "dist")


def test_what_is_installed_is_removed_again() -> None:
    """Each shortcut and registry key that the installer writes is one that uninstalling deletes."""
    written = set(re.findall(r'WriteReg(?:Str|DWORD) SHCTX "([^"]+)"', SCRIPT))
    deleted = set(re.findall(r'DeleteReg(?:Key|Value) SHCTX "([^"]+)"', SCRIPT))
    assert written
    assert written == deleted
    assert set(re.findall(r'CreateShortCut "([^"]+)"', SCRIPT)) <= set(
        re.findall(r'Delete "([^"]+)"', SCRIPT)
    )


def test_the_data_that_can_be_removed_is_where_the_console_keeps_it() -> None:
    removed = set(re.findall(r'RMDir /r "\$LOCALAPPDATA\\([\w-]+)"', SCRIPT))
    assert removed == {data_home(environ={}).name, data_home(environ={}, demo=True).name}
