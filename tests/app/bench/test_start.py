from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.bench import start
from app.commands.kiosk import this_program

ROOT = Path(__file__).resolve().parents[3]


def test_a_start_is_measured_beside_a_bare_window_without_the_check_of_the_pin(
    tmp_path: Path,
) -> None:
    report = start.run(tmp_path, 50, 1, this_program).as_dict()
    assert (report["name"], report["unit"], report["n"]) == ("start", "ms", 1)
    assert report["floor"] > 0
    assert report["figure"] > 0
    assert report["pin_ms"] > 0
    assert (report["form"], report["orders"]) == ("source", 50)


@pytest.mark.parametrize(
    "window", [["-m", "ui.bench.bare"], ["packaging/installer/launcher.py", "--bare-window"]]
)
def test_the_floor_has_nothing_of_the_engine_in_it(window: list[str]) -> None:
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", *window, "50"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    imported = {line.rsplit("|")[-1].strip() for line in ended.stderr.splitlines()}
    assert ended.stdout.startswith("painted")
    assert "PySide6.QtWidgets" in imported
    assert not [name for name in imported if name == "app" or name.startswith("app.")]


def test_a_window_that_ends_unpainted_is_no_figure(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="before it had painted"):
        start.run(tmp_path, 50, 1, lambda *words: ["true"])
