from __future__ import annotations

import subprocess
import sys

import pytest

from app.store import faults

STAND = "from app.store import faults; faults.reach('commit'); faults.reach('commit'); print('on')"


def run(fault: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", STAND], env={"EXPEDITA_FAULT": fault}, capture_output=True, text=True
    )


def test_without_a_fault_nothing_happens() -> None:
    assert run("").stdout == "on\n"
    assert run("printed:1:kill").stdout == "on\n"
    assert run("commit:3:kill").stdout == "on\n"


def test_the_named_place_ends_the_process_at_its_time() -> None:
    assert run("commit:2:kill").returncode == -9


def test_a_place_can_fail_as_a_full_disk_does() -> None:
    assert "No space left" in run("commit:1:full").stderr


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("commit", faults.Fault("commit")),
        ("printed:4:wait=2.5", faults.Fault("printed", 4, "wait", 2.5)),
    ],
)
def test_a_fault_is_read_from_text(text: str, expected: faults.Fault | None) -> None:
    assert faults.parse(text) == expected
