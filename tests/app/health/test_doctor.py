"""The doctor finds what is broken, names the mend, and fails only where something fails."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from app.cli import main
from app.domain.texts import LANGUAGES, PROMPTS
from app.engine import Engine
from app.health.watch import Watch
from app.store import integrity
from tests.support import homes
from tests.support.desktop import until


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    homes.demo_home(folder)
    return folder


@pytest.fixture
def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def run(capsys: pytest.CaptureFixture[str], home: Path, *words: str) -> tuple[int, dict]:
    code = main(["--home", str(home), "--demo", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def grades(found: dict) -> dict[str, str]:
    return {one["check"]: one["grade"] for one in found["checks"]}


def finding(found: dict, check: str) -> dict:
    return next(one for one in found["checks"] if one["check"] == check)


def down_printer(home: Path, port: int) -> None:
    engine = Engine.open(home, demo=True)
    printing = engine.printing_unattended()
    printing.put_printer("Z1", f"127.0.0.1:{port}", f"socket://127.0.0.1:{port}", 203)
    printing.use("Z1")
    engine.close()


def test_a_station_that_is_well_passes(home: Path, capsys) -> None:
    code, found = run(capsys, home, "doctor")
    assert (code, found["ok"]) == (0, True)
    assert set(grades(found).values()) == {"ok"}
    assert {"key", "write", "integrity", "journal", "disk", "clock"} <= set(grades(found))


def test_a_printer_that_refuses_fails_and_its_mend_is_named(
    home: Path, closed_port: int, capsys
) -> None:
    down_printer(home, closed_port)
    code, found = run(capsys, home, "doctor")
    assert (code, found["ok"]) == (1, False)
    one = finding(found, f"printer:127.0.0.1:{closed_port}")
    assert (one["grade"], one["code"]) == ("fail", "REFUSED")
    assert "firewall" in one["mend"]
    main(["--home", str(home), "--demo", "doctor"])
    assert f"✖ Impressora 127.0.0.1:{closed_port}" in capsys.readouterr().out


def test_a_damaged_page_is_found(home: Path, capsys, monkeypatch) -> None:
    monkeypatch.setattr(integrity, "PAUSE_S", 0)  # nobody works beside this
    file = home / "expedita.db"
    data = bytearray(file.read_bytes())
    at = len(data) - 4096 * 3 + 100  # within a page near the end, far from what opening reads
    data[at : at + 64] = bytes(64)
    file.write_bytes(data)
    code, found = run(capsys, home, "doctor")
    assert code == 1
    assert finding(found, "integrity")["code"] in ("PAGES_DAMAGED", "STORE_DAMAGED")
    assert finding(found, "integrity")["mend"]


def test_a_changed_journal_is_found(home: Path, capsys) -> None:
    engine = Engine.open(home, demo=True)
    with engine.store.write() as c:
        c.exec_driver_sql("UPDATE journal SET operator_id = operator_id + 1 WHERE station_seq = 1")
    engine.close()
    code, found = run(capsys, home, "doctor")
    assert code == 1
    assert finding(found, "journal")["code"] == "CHAIN_BROKEN"


def test_a_lost_key_is_said_with_its_mend(home: Path, capsys) -> None:
    (home / "store.key").unlink()
    code = main(["--home", str(home), "doctor", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert code == 1
    assert found["checks"][0]["check"] == "key"
    assert found["checks"][0]["mend"]


def test_a_folder_that_others_may_read_is_a_warning_only(home: Path, capsys) -> None:
    home.chmod(0o755)
    code, found = run(capsys, home, "doctor")
    assert code == 0
    assert finding(found, "home")["grade"] == "warn"


def test_every_cause_has_its_mend() -> None:
    causes = {code.removeprefix("CAUSE_") for code in PROMPTS if code.startswith("CAUSE_")}
    wanted = {code for code in causes if not code.startswith("STORE_")}
    assert not {code for code in wanted if f"MEND_{code}" not in PROMPTS}
    assert all(set(PROMPTS[f"MEND_{code}"]) == set(LANGUAGES) for code in wanted)


def test_status_asks_every_system_where_nobody_watches(
    home: Path, closed_port: int, capsys
) -> None:
    down_printer(home, closed_port)
    code, found = run(capsys, home, "status")
    assert code == 0
    by_id = {one["id"]: one for one in found["systems"]}
    assert by_id["store"]["state"] == "up"
    assert by_id[f"printer:127.0.0.1:{closed_port}"]["state"] == "down"


def test_status_tells_what_a_watching_console_sees(home: Path, closed_port: int, capsys) -> None:
    down_printer(home, closed_port)
    engine = Engine.open(home, demo=True)
    watch: Watch = engine.health
    watch.start()
    until(lambda: any(s.cause.code == "REFUSED" for s in watch.states()), "the printer's light")
    watch.stop()
    code, found = run(capsys, home, "status")
    engine.close()
    assert code == 0
    worst = found["systems"][0]
    assert (worst["state"], worst["watcher"]) == ("down", "Estação 1/console")
    assert worst["why"] == f"Recusou a conexão (127.0.0.1:{closed_port})."
    assert len(found["incidents"]) == 1
