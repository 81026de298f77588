"""`expedita worker` as a process: what a monitoring system reads of it, and its backups."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from app.engine import Engine
from tests.support.desktop import EXPEDITA, until


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def get(port: int, path: str) -> str:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.read().decode()
    except (urllib.error.URLError, OSError):
        return ""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_a_worker_tells_of_every_system_and_backs_up_until_it_is_stopped(
    home: Path, tmp_path: Path
) -> None:
    folder, port = tmp_path / "hot", free_port()
    folder.mkdir()
    engine = Engine.open(home, demo=True)
    engine.setup.add("pasta", "hot-folder", "", {"folder": str(folder)}, {})
    engine.set_setting("health.port", str(port))
    engine.close()
    worker = subprocess.Popen(
        [EXPEDITA, "--home", home, "--demo", "worker"], stderr=subprocess.DEVNULL
    )
    try:
        up = 'expedita_system_state{kind="orders+tracking",state="up",system="connector:pasta"} 1.0'
        until(lambda: up in get(port, "/metrics"), "the connector to be up", 60)
        assert json.loads(get(port, "/healthz")) == {"ok": True, "ailments": []}
        until(lambda: list(home.glob("backups/*/*-daily.backup")), "the day's backup", 60)
        shutil.rmtree(folder)
        folder.write_text("")  # nobody can make it again
        down = up.replace('"up"', '"down"')
        until(lambda: down in get(port, "/metrics"), "the connector to be down", 90)
    finally:
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(60) == 0
    status = subprocess.run(
        [EXPEDITA, "--home", home, "--demo", "status", "--json"],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    (incident,) = [
        one
        for one in json.loads(status.stdout)["incidents"]
        if one["system"]["id"] == "connector:pasta"
    ]
    assert incident["worst"] == "down"


def test_a_port_that_is_taken_stops_no_worker(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        engine = Engine.open(home, demo=True)
        engine.set_setting("health.port", str(taken.getsockname()[1]))
        engine.close()
        worker = subprocess.Popen(
            [EXPEDITA, "--home", home, "--demo", "worker"],
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert worker.stderr
        try:
            line = worker.stderr.readline()
            assert "taken: no /metrics" in line
            assert worker.poll() is None
        finally:
            worker.kill()
            worker.wait(60)
            worker.stderr.close()
