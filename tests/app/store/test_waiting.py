"""Who waits to write is known to every process, and for no longer than it waits."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store.waiting import Waiting

ELSEWHERE = """
import sys
from pathlib import Path
from app.store.waiting import Waiting
with Waiting(Path(sys.argv[1])).told():
    print("told", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "expedita.db"


@pytest.fixture
def here(path: Path) -> Iterator[Waiting]:
    made = Waiting(path)
    yield made
    made.close()


@pytest.fixture
def other(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process, which waits until it is written to."""
    command = [sys.executable, "-c", ELSEWHERE, str(path)]
    with subprocess.Popen(
        command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "told\n"
        yield process
        process.kill()


def test_nobody_waits_but_while_it_is_told(here: Waiting) -> None:
    assert not here.anybody()
    with here.told():
        assert here.anybody()
        with here.told():  # another thread of this process
            assert here.anybody()
        assert here.anybody()
    assert not here.anybody()


def test_another_process_is_heard_until_it_waits_no_more(
    here: Waiting, other: subprocess.Popen[str]
) -> None:
    assert here.anybody()
    other.communicate("\n")
    assert not here.anybody()


def test_a_process_that_is_killed_waits_no_more(
    here: Waiting, other: subprocess.Popen[str]
) -> None:
    other.kill()
    other.wait()
    assert not here.anybody()


def test_several_wait_at_once(here: Waiting, path: Path, other: subprocess.Popen[str]) -> None:
    with here.told():
        other.kill()
        other.wait()
        looking = Waiting(path)
        assert looking.anybody()
        looking.close()
    assert not here.anybody()


def test_where_no_file_can_be_made_nobody_is_told_and_all_goes_on(tmp_path: Path) -> None:
    nowhere = Waiting(tmp_path / "nowhere" / "expedita.db")
    with nowhere.told():
        assert not nowhere.anybody()
    nowhere.close()
