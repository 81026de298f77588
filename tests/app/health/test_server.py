"""What a monitoring system reads on loopback, by real requests."""

from __future__ import annotations

import json
import selectors
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from app.engine import Engine
from app.health.server import StatusServer
from app.health.serving import serve
from tests.support import homes
from tests.support.desktop import until


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = homes.demo(tmp_path / "home")
    yield opened
    opened.close()


@pytest.fixture
def server(engine: Engine) -> Iterator[StatusServer]:
    made = serve(0, engine.store, engine.health, engine.clock)
    yield made
    made.stop()


def get(server: StatusServer, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{server.port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def values(text: str) -> dict[tuple[str, ...], float]:
    """(name, values of its labels by their names' order) -> value, as Prometheus reads them."""
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_a_process_that_does_not_watch_is_not_healthy(server: StatusServer) -> None:
    status, body = get(server, "/healthz")
    assert (status, json.loads(body)) == (503, {"ok": False, "ailments": ["NOT_WATCHING"]})


def test_a_watching_process_is_healthy_and_tells_every_system(
    engine: Engine, server: StatusServer
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    engine.set_setting("health.hosts", f"127.0.0.1:{port}")
    engine.health.start("worker")
    door = f"door:127.0.0.1:{port}"
    until(lambda: any(s.cause.code == "REFUSED" for s in engine.health.states()), "the door")
    assert get(server, "/healthz")[0] == 200
    status, text = get(server, "/metrics")
    found = values(text)
    assert status == 200
    assert found["expedita_system_state", "door", "down", door] == 1
    assert found["expedita_system_state", "door", "up", door] == 0
    assert found["expedita_system_state", "disk", "up", "disk"] == 1
    until(lambda: values(get(server, "/metrics")[1])["expedita_incidents_open",], "the incident")
    assert found["expedita_orders", "to_pick"] > 100
    assert found["expedita_calls_dead",] == found["expedita_tickets_waiting",] == 0
    assert found["expedita_journal_entries", "Estação 1"] > 0


def test_only_this_machine_can_ask(server: StatusServer) -> None:
    assert server._server.server_address[0] == "127.0.0.1"


def test_other_pages_are_not_there(server: StatusServer) -> None:
    assert get(server, "/")[0] == 404
    assert get(server, "/../../etc/passwd")[0] == 404


def test_a_store_that_breaks_is_a_bad_answer_and_no_end(
    engine: Engine, server: StatusServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise OSError

    monkeypatch.setattr(engine.store, "read", broken)
    assert get(server, "/metrics")[0] == 503
    monkeypatch.undo()
    assert get(server, "/metrics")[0] == 200


def test_it_sleeps_until_it_is_asked_or_told_to_stop(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    naps: list[float | None] = []
    kind = selectors.DefaultSelector
    select = kind.select

    def noted(self: selectors.BaseSelector, timeout: float | None = None) -> object:
        if threading.current_thread().name == "status-server":
            naps.append(timeout)
        return select(self, timeout)  # type: ignore[arg-type]

    monkeypatch.setattr(kind, "select", noted)
    server = serve(0, engine.store, engine.health, engine.clock)
    until(lambda: naps, "the server's first sleep")
    server.stop()
    assert naps == [None]
    assert not server._thread.is_alive()
