"""`expedita support`, as a shell would run it."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest

from tests.support.shell import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = Shell(tmp_path / "home")
    assert made("--key-file", "setting", "station.name", "Bancada 7").returncode == 0
    return made


def items(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_a_bundle_is_written_and_what_is_missing_is_said(shell: Shell, tmp_path: Path) -> None:
    out = tmp_path / "b.zip"
    done = shell("support", "bundle", "--out", str(out), "--words", "Maria Souza: não imprime")
    assert done.returncode == 0, done.stderr
    assert "screen.png: no_screen" in done.stderr
    found = items(out)
    assert json.loads(found["database.json"])["integrity"] == "ok"
    assert b"Souza" not in found["summary.json"]
    assert "não imprime".encode() in found["summary.json"]


@pytest.mark.parametrize("broken", ["key", "database", "folder"])
def test_with_a_broken_store_there_is_still_a_bundle(
    shell: Shell, tmp_path: Path, broken: str
) -> None:
    if broken == "key":
        (shell.home / "store.key").unlink()
    elif broken == "database":
        (shell.home / "expedita.db").write_bytes(os.urandom(40_000))
        for end in ("-wal", "-shm"):
            (shell.home / f"expedita.db{end}").unlink(missing_ok=True)
    else:
        shell.home = tmp_path / "a-file"
        shell.home.write_text("no folder")
    out = tmp_path / "b.zip"
    done = shell("support", "bundle", "--out", str(out))
    assert done.returncode == 0, done.stderr
    found = items(out)
    assert {"summary.json", "versions.json", "machine.json"} <= set(found)
    assert json.loads(found["summary.json"])["code"]


def test_a_ticket_is_made_sent_to_the_inbox_and_listed(shell: Shell) -> None:
    done = shell("support", "send", "--new", "--words", "a balança parou")
    assert done.returncode == 0, done.stderr
    listed = json.loads(shell("support", "list", "--json").stdout)
    assert [(t["state"], t["helpdesk"]) for t in listed] == [("sent", "inbox")]
    assert listed[0]["id"] in shell("support", "list").stdout


def test_a_secret_is_taken_and_never_shown(shell: Shell, tmp_path: Path) -> None:
    assert shell("support", "secret", "helpdesk.token", typed="Tk-9zK4wq77\n").returncode == 0
    out = tmp_path / "b.zip"
    done = shell("support", "bundle", "--out", str(out), "--words", "o token é Tk-9zK4wq77")
    shown = shell("setting").stdout + done.stdout + done.stderr
    assert "Tk-9zK4wq77" not in shown
    assert all(b"Tk-9zK4wq77" not in data for data in items(out).values())
    assert shell("support", "secret", "anything.else", typed="x\n").returncode == 2
