"""A console that is killed, on a real display: the next start offers a ticket about it."""

from __future__ import annotations

import json
from pathlib import Path

from app.engine import Engine
from app.support import crash, log
from tests.support.desktop import ConsoleProcess, Desktop, until


def tickets(home: Path) -> list[tuple[str, str]]:
    engine = Engine.open(home, demo=True)
    try:
        return [(t.code, t.state) for t in engine.support.tickets.listed()]
    finally:
        engine.close()


def test_a_killed_console_makes_a_ticket_by_itself_and_a_closed_one_does_not(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    Engine.open(home, demo=True).close()
    running = crash.folder(home) / "running.json"
    with Desktop() as desktop:
        first = ConsoleProcess(desktop, home)
        until(running.exists, "the console to say that it runs")
        first.kill()
        second = ConsoleProcess(desktop, home)
        until(lambda: tickets(home) == [("CRASHED", "review")], "a ticket", timeout_s=60)
        until(lambda: not (crash.folder(home) / "ended.json").exists(), "the end to be kept")
        second.close()
        until(lambda: not running.exists(), "the farewell")
        third = ConsoleProcess(desktop, home)
        until(running.exists, "the console to say that it runs")
        assert json.loads(running.read_text())["pid"] == third.process.pid
        third.close()
    assert tickets(home) == [("CRASHED", "review")]
    engine = Engine.open(home, demo=True)
    items = engine.support.tickets.items(engine.support.tickets.listed()[0].id)
    engine.close()
    assert json.loads(items["crash.json"])["ended_without_farewell"]["pid"] == first.process.pid
    assert "console" in log.last_lines(home)
