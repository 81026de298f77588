from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.bench import start, warehouse
from app.commands.kiosk import this_program
from app.demo import PIN
from app.engine import Engine

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


# What the sign-in does without: all that knows the store.
ENGINE = (
    "app.engine",
    "app.flow",
    "app.labels",
    "app.security.operators",
    "app.station",
    "app.store.database",
    "app.store.trouble",
    "app.commands.data_folder",
    "argon2",
    "lxml",
    "sqlalchemy",
    "sqlcipher3",
    "ui.console",
)


def test_a_start_is_measured_beside_a_bare_window_without_the_hands_and_the_check_of_the_pin(
    tmp_path: Path,
) -> None:
    report = start.run(tmp_path, 50, 1, this_program).as_dict()
    assert (report["name"], report["unit"], report["n"]) == ("start", "ms", 1)
    assert report["floor"] > 0
    assert report["figure"] > 0
    assert report["pin_ms"] > 0
    assert report["hands_ms"] > 1000
    assert 0 < report["signin_ms"] < report["figure"]
    assert report["straight_ms"] > 0
    assert report["straight_ratio"] == pytest.approx(
        report["straight_ms"] / report["floor"], rel=0.02
    )
    assert (report["form"], report["orders"]) == ("source", 50)


@pytest.mark.parametrize(
    "window", [["-m", "ui.bench.bare"], ["packaging/installer/launcher.py", "--bare-window"]]
)
def test_the_floor_has_nothing_of_the_engine_in_it(window: list[str]) -> None:
    imported = read_by([sys.executable, "-X", "importtime", *window, "50"])[1]
    assert "PySide6.QtWidgets" in imported
    assert not [name for name in imported if is_within(name, "app")]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[str], set[str]]:
    """The modules that a start has imported when the sign-in is painted, and in the end."""
    home = tmp_path_factory.mktemp("home")
    warehouse.make(home, 50, skus=100)
    Engine.open(home, exclusive=True).close()
    program, *rest = this_program("bench", "start", "--of", str(home), "--pin", PIN)
    return read_by([program, "-X", "importtime", *rest])


def test_the_sign_in_is_painted_before_anything_of_the_engine_is_read(
    read: tuple[set[str], set[str]],
) -> None:
    before, in_all = read
    assert {"PySide6.QtWidgets", "ui.entrance"} <= before
    assert [name for name in before if any(is_within(name, part) for part in ENGINE)] == []
    assert {"app.station.station", "sqlalchemy", "ui.console"} <= in_all


def test_a_start_reads_nothing_that_the_first_page_and_the_first_scan_do_without(
    read: tuple[set[str], set[str]],
) -> None:
    imported = read[1]
    assert {"app.station.station", "ui.console", "ui.widgets.order_table"} <= imported
    assert [name for name in imported if any(is_within(name, later) for later in LATER)] == []


def read_by(command: list[str]) -> tuple[set[str], set[str]]:
    """The modules that a process has imported when it says that the sign-in stands, and when its
    window has painted and it ends."""
    ended = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert "\npainted" in ended.stdout
    before, stands, _ = ended.stdout.partition("\nstanding")
    return (modules(before) if stands else set()), modules(ended.stdout)


def modules(log: str) -> set[str]:
    return {line.rsplit("|")[-1].strip() for line in log.splitlines() if "|" in line}


def is_within(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def test_a_window_that_ends_unpainted_is_no_figure(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="before it had painted"):
        start.run(tmp_path, 50, 1, lambda *words: ["true"])
