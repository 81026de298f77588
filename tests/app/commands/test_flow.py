"""The flow from the command line: connectors, the worker, what is pending."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import main
from app.engine import Engine
from app.store import connectors
from tests.support import warehouse
from tests.support.brazil.bling import SimulatedBling


@pytest.fixture
def run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str, str]]:
    monkeypatch.setenv("EXPEDITA_KEY_FILE", str(tmp_path / "store.key"))

    def call(*words: str) -> tuple[int, str, str]:
        try:
            code = main(["--home", str(tmp_path / "home"), *words])
        except SystemExit as ended:
            code = int(ended.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def folder(tmp_path: Path, run: Callable[..., tuple[int, str, str]]) -> Path:
    made = tmp_path / "pasta"
    made.mkdir()
    options = ("-o", f"folder={made}", "-o", "settle_s=0", "-o", "every_s=5")
    assert run("connector", "add", "loja", "hot-folder", *options)[0] == 0
    return made


def _drop(folder: Path, tmp_path: Path, count: int = 3) -> None:
    made = warehouse.write(tmp_path / "made", count) / "orders.jsonl"
    made.rename(folder / "pedidos.jsonl")


def test_a_connector_is_checked_against_its_kind(
    run: Callable[..., tuple[int, str, str]], folder: Path
) -> None:
    for words, code in (
        (("X Y", "hot-folder"), "CONNECTOR_NAME_BAD"),
        (("a", "nothing"), "CONNECTOR_KIND_UNKNOWN"),
        (("a", "hot-folder"), "CONNECTOR_OPTION_MISSING"),
        *(
            (("a", "medusa", "--url", url), "CONNECTOR_URL_BAD")
            for url in ("not a url", "ftp://x", "http://[::bad", "http://x:99999999", "http://")
        ),
        *(
            (("a", "hot-folder", "-o", option), "CONNECTOR_OPTION_BAD")
            for option in ("settle_s=abc", "settle_s=-1", "every_s=1e9", "sweep_min=1.5")
        ),
        (("a", "hot-folder", "-o", "foldr=x"), "CONNECTOR_OPTION_UNKNOWN"),
    ):
        exit_code, _, err = run("connector", "add", *words)
        assert (exit_code, err.split(" · ")[0]) == (1, code)
    assert run("connector", "check", "loja")[0] == 0
    exit_code, _, err = run("connector", "check", "other")
    assert (exit_code, err.split(" · ")[0]) == (1, "CONNECTOR_UNKNOWN_NAME")
    _, out, _ = run("connector", "list", "--json")
    (view,) = json.loads(out)
    assert (view["name"], view["kind"], view["is_open"]) == ("loja", "hot-folder", False)


def test_a_connector_is_let_in_by_the_address_that_the_browser_was_sent_to(
    run: Callable[..., tuple[int, str, str]],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    service = SimulatedBling()
    try:
        monkeypatch.setattr(sys, "stdin", io.StringIO("kept-1\n"))
        options = ("--url", service.url, "-o", "client_id=app-1", "--secret", "client_secret")
        assert run("connector", "add", "erp", "bling", *options)[0] == 0
        assert run("connector", "check", "erp")[2].startswith("CONNECTOR_UNAUTHORISED")
        monkeypatch.setattr(sys, "stdin", io.StringIO("https://loja.example.com/?code=code-1\n"))
        exit_code, out, err = run("connector", "authorise", "erp")
        assert (exit_code, service.grants) == (0, 1)
        assert "oauth/authorize?response_type=code&client_id=app-1" in err
        assert "erp" in out
        assert run("connector", "check", "erp")[0] == 0
    finally:
        service.stop()
    assert run("connector", "authorise", "loja")[2].startswith("CONNECTOR_NO_LOGIN")


def test_what_a_single_round_meets_shows_at_once_and_the_next_ends_it(
    run: Callable[..., tuple[int, str, str]], folder: Path
) -> None:
    def light() -> tuple[str, str]:
        systems = json.loads(run("status", "--json")[1])["systems"]
        found = {one["id"]: one for one in systems}
        assert found["store"]["state"] == "up", "what no round tells of is asked"
        return found["connector:loja"]["state"], found["connector:loja"]["watcher"]

    folder.rmdir()
    folder.touch()
    assert run("connector", "run", "loja")[0] == 1
    assert light() == ("down", "Estação 1/round")
    folder.unlink()
    folder.mkdir()
    assert run("worker", "--once")[0] == 0
    assert light() == ("up", "Estação 1/round")
    (incident,) = json.loads(run("status", "--json")[1])["incidents"]
    assert incident["ended_at"]


def test_a_round_reports_what_came_in_and_what_is_pending(
    run: Callable[..., tuple[int, str, str]], folder: Path, tmp_path: Path
) -> None:
    _drop(folder, tmp_path)
    with (folder / "pedidos.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"source": "x"}\n')
    code, out, _ = run("worker", "--once", "--json")
    assert code == 0
    report = json.loads(out)
    assert (report["new"], report["rejected"]) == (3, 1)
    _, out, _ = run("pending", "--json")
    (matter,) = json.loads(out)
    assert (matter["kind"], matter["system"]) == ("record", "loja")
    code, _, err = run("replay", matter["id"])
    assert (code, err.split(" · ")[0]) == (1, "NOTHING_TO_REPLAY")
    assert run("replay")[0] == 2
    code, out, _ = run("connector", "run", "loja", "--json")
    assert (code, json.loads(out)["new"]) == (0, 0)


def test_a_system_that_cant_be_used_fails_the_round(
    run: Callable[..., tuple[int, str, str]], folder: Path
) -> None:
    folder.rmdir()
    code, _, err = run("worker", "--once")
    assert (code, err.split(" · ")[0]) == (1, "CONNECTOR_DOWN")


def test_a_connector_stored_with_what_cant_be_is_named_and_stops_no_other(
    run: Callable[..., tuple[int, str, str]],
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A program that checked less may have stored it."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("key\n"))
    options = ("--url", "http://127.0.0.1:9", "--secret", "api_key")
    assert run("connector", "add", "a-medusa", "medusa", *options)[0] == 0
    engine = Engine.open(tmp_path / "home")
    _drop(folder, tmp_path)
    for url, stored, named in (
        ("http://127.0.0.1:9", {"page": "9" * 40, "days": "-1"}, "page=999"),
        ("http://127.0.0.1:99999999", {}, "--url"),
        ("http://[::bad", {}, "--url"),
        ("sem protocolo", {}, "--url"),
    ):
        with engine.store.write() as c:
            connectors.change(c, "a-medusa", url=url, options=stored)
        code, out, err = run("worker", "--once", "--json")
        (told,) = [line for line in err.splitlines() if line.startswith("CONNECTOR_UNFIT · ")]
        assert (code, "a-medusa" in told, named in told) == (1, True, True), told
        assert len(told.split(" · ")) == 4
        assert json.loads(out)["failed"] == {"a-medusa": "CONNECTOR_UNFIT"}
        for words in (("connector", "check"), ("connector", "run")):
            code, _, err = run(*words, "a-medusa")
            assert (code, "CONNECTOR_UNFIT · " in err) == (1, True), err
    assert not (folder / "pedidos.jsonl").exists(), "the other connector went on"
    engine.close()
    monkeypatch.setattr(sys, "stdin", io.StringIO("key\n"))
    assert run("connector", "add", "a-medusa", "medusa", *options)[0] == 0
    assert run("worker", "--once")[2].startswith("CONNECTOR_DOWN"), "it is asked again at once"


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_the_worker_runs_until_told_and_lets_no_second_one_in(
    run: Callable[..., tuple[int, str, str]], folder: Path, tmp_path: Path
) -> None:
    start = "import sys; from app.cli import main; sys.exit(main(sys.argv[1:]))"
    words = ["--home", str(tmp_path / "home"), "worker"]
    worker = subprocess.Popen([sys.executable, "-c", start, *words])
    try:
        _drop(folder, tmp_path)
        until = time.monotonic() + 60
        while not (folder / "done" / "pedidos.jsonl").exists():
            assert worker.poll() is None, "the worker ended by itself"
            assert time.monotonic() < until, "the worker took nothing in"
            time.sleep(0.1)
        code, _, err = run("worker", "--once")
        assert (code, err.split(" · ")[0]) == (1, "FLOW_BUSY")
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=60) == 0
    finally:
        worker.kill()
    assert run("worker", "--once")[0] == 0, "the lease was given back"
