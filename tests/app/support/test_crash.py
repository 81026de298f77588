from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

from app.support import crash

CONSOLE = """
import sys, os
from pathlib import Path
from app.support.crash import Guard
guard = Guard(Path(sys.argv[1]))
print("up", flush=True)
exec(sys.argv[2])
"""


def run(home: Path, end: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", CONSOLE, str(home), end],
        capture_output=True,
        timeout=60,
        check=False,
    )
    return done.returncode


def before(home: Path) -> dict[str, object] | None:
    guard = crash.Guard(home)
    guard.farewell()
    return guard.before


def test_a_console_that_says_farewell_leaves_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, "guard.farewell()") == 0
    assert before(tmp_path) is None


def test_a_killed_console_is_noticed_at_the_next_start_once(tmp_path: Path) -> None:
    assert run(tmp_path, f"os.kill(os.getpid(), {int(signal.SIGKILL)})") == -signal.SIGKILL
    found = before(tmp_path)
    assert found
    assert found["ended_without_farewell"]["pid"]
    crash.forget(tmp_path)
    assert before(tmp_path) is None


def test_a_fault_in_native_code_leaves_its_frames(tmp_path: Path) -> None:
    run(tmp_path, "import ctypes; ctypes.string_at(0)")
    found = before(tmp_path)
    assert found
    assert "Segmentation fault" in found["fault"] or "Fatal Python error" in found["fault"]
    assert str(Path.home()) not in found["fault"]


def test_an_error_nobody_caught_is_kept_without_its_words(tmp_path: Path) -> None:
    run(tmp_path, "raise ValueError('Maria Aparecida 529.982.247-25')")
    found = before(tmp_path)
    assert found
    assert found["errors"][0]["error"] == "ValueError"
    assert "Aparecida" not in json.dumps(found)
    assert "529" not in json.dumps(found)


def test_an_error_on_another_thread_counts_too(tmp_path: Path) -> None:
    run(
        tmp_path,
        "import threading; t = threading.Thread(target=lambda: 1 // 0); t.start(); t.join()",
    )
    found = before(tmp_path)
    assert found
    assert found["errors"][0]["error"] == "ZeroDivisionError"


def test_a_folder_that_takes_nothing_does_not_stop_the_console(tmp_path: Path) -> None:
    home = tmp_path / "file"
    home.write_text("not a folder")
    guard = crash.Guard(home)
    assert guard.before is None
    guard.farewell()
