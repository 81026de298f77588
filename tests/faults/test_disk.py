"""A disk that is full, read-only, slow, or dies in the middle of a write."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.store import faults
from tests.faults.disk_scenes import SCENES, Bench, goes_on, refused

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("scene", SCENES)
def test_on_a_real_small_disk(scene: str, tmp_path: Path) -> None:
    """It is said in three parts, the scan is not counted, and work goes on when it is over."""
    disk = tmp_path / "disk"
    disk.mkdir()
    # A user namespace of its own may mount, whoever runs the tests.
    command = ["unshare", "--map-root-user", "--mount", sys.executable]
    done = subprocess.run(
        [*command, "-m", "tests.faults.disk_scenes", scene, str(disk)],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.mark.parametrize(
    ("action", "code"),
    [("full", "STORE_FULL"), ("readonly", "STORE_READ_ONLY"), ("failing", "STORE_FAILED")],
)
def test_a_disk_that_turns_bad_at_the_very_commit(tmp_path: Path, action: str, code: str) -> None:
    bench = Bench(tmp_path / "home")
    faults.arm(faults.Fault("commit", action=action))
    try:
        refused(bench, code)
    finally:
        faults.arm(None)
    goes_on(bench)
    bench.engine.close()


def test_a_slow_disk_is_said_and_every_scan_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.store.database.SLOW_S", 0.2)
    bench = Bench(tmp_path / "home")
    faults.arm(faults.Fault("commit", action="wait", seconds=0.3))
    try:
        goes_on(bench)
        warned = {warning.code for warning in bench.station.view().warnings}
    finally:
        faults.arm(None)
    assert "STORE_SLOW" in warned
    goes_on(bench)
    assert "STORE_SLOW" not in {warning.code for warning in bench.station.view().warnings}
    bench.engine.close()
