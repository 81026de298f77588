"""The Windows installer's script; it is compiled here, and runs on Windows only."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from installer import windows
from installer.frozen import BuildFailed

from app import __version__
from app.config import data_home
from tests.support.desktop import until

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


# What Wine runs without a second architecture of Debian's packages.
STUB = "amd64-unicode"
# A program that says when it is open, and ends when it is told to.
OPEN_PROGRAM = """
!include LogicLib.nsh
Target amd64-unicode
OutFile "{program}"
RequestExecutionLevel user
SilentInstall silent
Section
    FileOpen $0 "$EXEDIR\\open" w
    FileClose $0
    ${{Do}}
        Sleep 100
    ${{LoopUntil}} ${{FileExists}} "$EXEDIR\\close"
SectionEnd
"""
KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Expedita"


@pytest.fixture
def prefix(tmp_path: Path) -> Path:
    return tmp_path / "wine"


@pytest.fixture
def wine(prefix: Path) -> Callable[..., int]:
    """Runs a program in a Windows 10 of its own, and waits for what it started; its exit code."""
    if not shutil.which("wine"):
        pytest.skip("Wine is not here: it runs the installer where Windows isn't")
    environment = {**os.environ, "WINEPREFIX": str(prefix), "WINEDEBUG": "-all",
                   "WINEDLLOVERRIDES": "mscoree=;mshtml="}  # fmt: skip

    def run(*words: str | Path) -> int:
        done = subprocess.run(["wine", *words], env=environment, timeout=200, check=False)
        return done.returncode

    run("reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f")
    return run


def test_it_installs_upgrades_in_place_and_removes_but_never_an_open_console(
    wine: Callable[..., int], prefix: Path, staged: Path, licences: Path, tmp_path: Path
) -> None:
    script = tmp_path / "open.nsi"
    script.write_text(OPEN_PROGRAM.format(program=staged / "expeditaw.exe"))
    subprocess.run(["makensis", "-V2", script], check=True)
    setups = []
    for version in ("1.0.0", "2.0.0"):
        (staged / "_internal" / f"only-{version}.dll").touch()
        setups.append(windows.build(staged, licences, version, tmp_path / "dist", STUB))
        (staged / "_internal" / f"only-{version}.dll").unlink()
    place = prefix / "drive_c" / "Armazem" / "Expedita"

    def libraries() -> list[str]:
        return [path.name for path in place.glob("_internal/only-*")]

    assert wine(setups[0], "/S", "/CurrentUser", r"/D=C:\Armazem\Expedita") == 0
    assert libraries() == ["only-1.0.0.dll"]
    [local] = prefix.glob("drive_c/users/*/AppData/Local")
    (local / "expedita").mkdir()

    with subprocess.Popen(["wine", place / "expeditaw.exe"],
                          env={**os.environ, "WINEPREFIX": str(prefix)}):  # fmt: skip
        try:
            until((place / "open").exists, "the open console", 60)
            assert wine(setups[1], "/S") == 2
            assert wine(place / "uninstall.exe", "/S", r"_?=C:\Armazem\Expedita") == 2
            assert libraries() == ["only-1.0.0.dll"]
        finally:
            (place / "close").touch()

    assert wine(setups[1], "/S") == 0
    assert libraries() == ["only-2.0.0.dll"]  # where the first was, and nothing of it is left
    for mark in ("open", "close"):
        (place / mark).unlink()
    assert wine(place / "uninstall.exe", "/S") == 0
    until(lambda: not place.exists(), "the removal", 60)
    assert wine("reg", "query", KEY) != 0
    assert (local / "expedita").exists()

    assert wine(setups[1], "/S", "/AllUsers") == 0
    everybodys = prefix / "drive_c" / "Program Files" / "Expedita"
    assert wine(everybodys / "uninstall.exe", "/S", "/RemoveData") == 0
    until(lambda: not everybodys.exists() and not (local / "expedita").exists(), "the removal", 60)
