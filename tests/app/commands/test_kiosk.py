from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.commands.kiosk import keep_open, this_program
from app.site import VARIABLE
from tests.support.desktop import until


def ending(file: Path, *codes: int) -> list[str]:
    """A program that ends with each of the codes in turn, and then with 0."""
    program = (
        "import sys; from pathlib import Path; p = Path(sys.argv[1]); "
        "n = len(p.read_text()) if p.exists() else 0; p.write_text('x' * (n + 1)); "
        "codes = sys.argv[2:]; sys.exit(int(codes[n]) if n < len(codes) else 0)"
    )
    return [sys.executable, "-S", "-c", program, str(file), *map(str, codes)]


def test_a_crash_is_followed_by_a_new_start_and_a_close_by_none(tmp_path: Path) -> None:
    slept: list[float] = []
    assert keep_open(ending(tmp_path / "runs", 139, 1), sleep=slept.append) == 0
    assert (tmp_path / "runs").read_text() == "xxx"
    assert slept == [0, 1]


def test_what_never_stays_up_is_given_up(tmp_path: Path) -> None:
    slept: list[float] = []
    assert keep_open(ending(tmp_path / "runs", *[1] * 9), tries=7, sleep=slept.append) == 1
    assert len((tmp_path / "runs").read_text()) == 7
    assert slept[-1] == 30


def test_a_console_that_stood_for_long_is_opened_at_once_however_often(tmp_path: Path) -> None:
    slept: list[float] = []
    times = iter(range(0, 100_000, 100))
    command = ending(tmp_path / "runs", *[1] * 5)
    assert keep_open(command, tries=3, clock=lambda: next(times), sleep=slept.append) == 0
    assert slept == [0] * 5


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without asking it")
def test_whoever_ends_the_kiosk_ends_the_console(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    console = f"import os, time; open({str(pid)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    program = (
        "import sys; from app.commands.kiosk import keep_open; "
        "sys.exit(keep_open([sys.executable, '-c', sys.argv[1]]))"
    )
    kiosk = subprocess.Popen([sys.executable, "-c", program, console])
    until(lambda: pid.exists() and pid.read_text(), "the console's start", 60)
    kiosk.send_signal(signal.SIGTERM)
    assert kiosk.wait(20) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


def test_the_program_starts_itself_once_more() -> None:
    done = subprocess.run(this_program("--version"), capture_output=True, text=True)
    assert done.stdout.startswith("expedita ")


def test_at_sign_in_nothing_opens_where_the_site_does_not_ask_for_it(tmp_path: Path) -> None:
    site = tmp_path / "site.toml"
    site.write_text("[kiosk]\nat_sign_in = false\n", encoding="utf-8")
    done = subprocess.run(
        this_program("--home", str(tmp_path / "home"), "--kiosk-at-sign-in"),
        env={**os.environ, VARIABLE: str(site)},
        timeout=60,
    )
    assert done.returncode == 0
    assert not (tmp_path / "home").exists()
