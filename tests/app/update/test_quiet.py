from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app import __version__
from app.update.quiet import ProgramLock, installed_version

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows replaces no open program")


def test_consoles_share_the_program_and_nobody_replaces_it_meanwhile(tmp_path: Path) -> None:
    first, second, updater = (ProgramLock(tmp_path) for _ in range(3))
    assert first.use()
    assert second.use()
    assert not updater.replace()
    first.release()
    assert not updater.replace()
    second.release()
    assert updater.replace()


def test_while_the_program_is_replaced_no_console_comes_into_use(tmp_path: Path) -> None:
    updater, console = ProgramLock(tmp_path), ProgramLock(tmp_path)
    assert updater.replace()
    assert not console.use()
    updater.release()
    assert console.use()


def test_a_process_that_dies_holds_nothing(tmp_path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from app.update.quiet import ProgramLock; "
        "assert ProgramLock(Path(sys.argv[1])).use(); os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", program, tmp_path]).returncode == 9
    assert ProgramLock(tmp_path).replace()


def test_the_installed_version_is_what_lies_in_the_folder_now(tmp_path: Path) -> None:
    assert installed_version(tmp_path) == __version__
    (tmp_path / "version").write_text("9.9.9\n", encoding="ascii")
    assert installed_version(tmp_path) == "9.9.9"
