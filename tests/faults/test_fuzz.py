"""A short fuzzing of all that comes in from outside; docs/contributing.md tells of a long one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 6

pytest.importorskip("atheris")


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_that_comes_in_does_harm(name: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", name, "--seconds", str(SECONDS)],
        cwd=ROOT, env={"PATH": "/usr/bin:/bin", "TMPDIR": str(tmp_path)},
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    told = done.stdout + done.stderr
    assert done.returncode == 0, told[-3000:]
    assert "Done" in told, told[-3000:]
