from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.store.database import StoreError
from app.store.home_lock import HomeLock, is_held

HOLD = (
    "import sys,time; from pathlib import Path; from app.store.home_lock import HomeLock, is_held; \
lock = HomeLock(Path(sys.argv[1])); print('held', flush=True); time.sleep(60)"
)


def test_a_second_console_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    first = HomeLock(tmp_path)
    with pytest.raises(StoreError) as refused:
        HomeLock(tmp_path)
    assert refused.value.code == "HOME_IN_USE"
    first.release()
    HomeLock(tmp_path).release()


def test_a_killed_console_holds_nothing(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    with pytest.raises(StoreError):
        HomeLock(tmp_path)
    process.kill()
    process.wait(10)
    process.stdout.close()
    HomeLock(tmp_path).release()


def test_whether_a_console_has_a_folder_can_be_asked(tmp_path: Path) -> None:
    assert not is_held(tmp_path)
    lock = HomeLock(tmp_path)
    assert is_held(tmp_path)
    lock.release()
    assert not is_held(tmp_path)
    assert is_held(tmp_path / "nothing"), "nobody can say"
