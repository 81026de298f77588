from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.bench import start, warehouse
from app.commands.kiosk import this_program
from app.demo import PIN

ROOT = Path(__file__).resolve().parents[3]

# What a console needs later, or never: none of it may make a start wait.
LATER = (
    "alembic",
    "app.backups.restoring",
    "app.connectors.http",
    "app.demo",
    "app.flow.build",
    "app.flow.runner",
    "app.health.probes",
    "app.health.systems",
    "app.labels.to_pdf",
    "app.station.auditor",
    "app.store.migrate",
    "app.support.tickets",
    "httpx",
    "keyring",
    "multiprocessing",
    "reportlab",
    "sqlalchemy.dialects.postgresql",
    "sqlalchemy.ext",
    "sqlalchemy.orm",
    "ui.screenshots",
)


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
    imported = imported_until_painted([sys.executable, "-X", "importtime", *window, "50"])
    assert "PySide6.QtWidgets" in imported
    assert not [name for name in imported if is_within(name, "app")]


def test_a_start_reads_nothing_that_the_first_page_and_the_first_scan_do_without(
    tmp_path: Path,
) -> None:
    warehouse.make(tmp_path, 50, skus=100)
    program, *rest = this_program("bench", "start", "--of", str(tmp_path), "--pin", PIN)
    imported = imported_until_painted([program, "-X", "importtime", *rest])
    assert {"app.station.station", "ui.window", "ui.widgets.order_table"} <= imported
    assert [name for name in imported if any(is_within(name, later) for later in LATER)] == []


def imported_until_painted(command: list[str]) -> set[str]:
    """The modules that a process has imported when its window has painted and it ends."""
    ended = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert ended.stdout.startswith("painted")
    return {line.rsplit("|")[-1].strip() for line in ended.stderr.splitlines()}


def is_within(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def test_a_window_that_ends_unpainted_is_no_figure(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="before it had painted"):
        start.run(tmp_path, 50, 1, lambda *words: ["true"])
