"""The command, as a shell would run it."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pyotp
import pytest

from app import __version__
from app.cli import COMMANDS, parser
from app.engine import Engine
from app.store import integrity
from tests.support import warehouse
from tests.support.desktop import until
from tests.support.shell import Done, Shell, three_parts

FAILING = "keyring.backends.fail.Keyring"
EXPEDITA = Path(sys.executable).parent / "expedita"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that a first command has made; to be copied."""
    home = tmp_path_factory.mktemp("first") / "home"
    assert Shell(home)("--key-file", "setting", "station.name", "Bancada 7").returncode == 0
    return home


@pytest.fixture
def shell(tmp_path: Path, first: Path) -> Shell:
    return Shell(shutil.copytree(first, tmp_path / "home"))


@pytest.fixture
def stocked(shell: Shell, tmp_path: Path) -> Shell:
    assert shell("import", str(warehouse.write(tmp_path / "files", 5))).returncode == 0
    return shell


def test_version_and_usage() -> None:
    done = subprocess.run([EXPEDITA, "--version"], capture_output=True, text=True)
    assert done.stdout.split() == ["expedita", __version__]
    assert subprocess.run([EXPEDITA, "nonsense"], capture_output=True).returncode == 2


def test_without_a_keyring_a_first_start_never_makes_a_plain_store(tmp_path: Path) -> None:
    home = tmp_path / "fresh"
    done = subprocess.run(
        [EXPEDITA, "--home", home, "orders"], stdin=subprocess.DEVNULL, capture_output=True,
        text=True, env={**os.environ, "PYTHON_KEYRING_BACKEND": FAILING},
    )  # fmt: skip
    three_parts(Done(done.returncode, done.stdout, done.stderr), "KEY_NO_KEYRING")
    assert not (home / "expedita.db").exists()


def test_nothing_in_the_store_can_be_read_without_the_key(stocked: Shell) -> None:
    stored = b"".join(path.read_bytes() for path in stocked.home.glob("expedita.db*"))
    assert not stored.startswith(b"SQLite format 3")
    assert b"Inventada" not in stored
    assert b"SKU-0" not in stored


def test_orders_are_listed_filtered_and_limited(stocked: Shell) -> None:
    found = json.loads(stocked("orders", "--json", "--limit", "2").stdout)
    assert (found["total"], len(found["orders"])) == (5, 2)
    found = json.loads(stocked("orders", "--json", "--filter", "5003").stdout)
    assert [row["number"] for row in found["orders"]] == ["5003"]
    assert len(json.loads(stocked("orders", "--json", "--queue", "to_pick").stdout)["orders"]) == 5
    assert stocked("orders", "--queue", "nonsense").returncode == 2
    assert stocked("orders", "--limit", "0").returncode == 2


def test_an_order_is_told_whole(stocked: Shell) -> None:
    story = json.loads(stocked("order", "5003", "--json").stdout)
    assert story["row"]["state"] == "RELEASED"
    assert story["note"] == "Embrulhar para presente"
    assert {gate["gate"] for gate in story["gates"]} >= {"payment", "stock", "invoice", "label"}
    assert "Inventada" not in stocked("order", "5003").stdout
    assert "Rua Inventada 3" in stocked("order", "5003", "--reveal", "cliente ligou").stdout
    told = json.loads(stocked("audit", "list", "--group", "access", "--json").stdout)
    assert [(row["kind"], row["order_number"], row["detail"]) for row in told] == [
        ("PersonalDataRevealed", "5003", "cliente ligou")
    ]
    three_parts(stocked("order", "999999"), "ORDER_UNKNOWN")


def test_a_file_that_is_not_there_is_named_and_not_the_stations_data(shell: Shell) -> None:
    for words in (
        ("label", "supply", "5001", "/nowhere/label.zpl", "--tracking", "QA000000005BR"),
        ("support", "bundle", "--out", "/nowhere/bundle.zip"),
    ):
        refused = shell(*words)
        three_parts(refused, "FILE_UNUSABLE")
        assert "/nowhere/" in refused.stderr


def test_rejected_records_are_listed(shell: Shell, tmp_path: Path) -> None:
    folder = warehouse.write(tmp_path / "files", 2)
    path = folder / "orders.jsonl"
    path.write_text(path.read_text() + "{broken\n")
    report = json.loads(shell("import", str(folder), "--json").stdout)
    assert (report["new"], report["rejected"]) == (18, 1)
    (kept,) = json.loads(shell("import", "--rejected", "--json").stdout)
    assert (kept["file"], kept["line"], kept["code"]) == ("orders.jsonl", 3, "JSON_BAD")
    assert shell("import").returncode == 2
    three_parts(shell("import", str(tmp_path / "nowhere.jsonl"), "--json"), "IMPORT_UNREADABLE")


def test_every_rejected_record_is_listed_however_many(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "orders.jsonl"
    whole = warehouse.write(tmp_path / "files", 1) / "orders.jsonl"
    path.write_text(whole.read_text() + "{broken\n" * 1500)
    assert shell("import", str(path)).returncode == 0
    assert len(shell("import", "--rejected").stdout.splitlines()) == 1500


def test_an_import_that_is_stopped_fails_and_goes_on_where_it_was(
    shell: Shell, tmp_path: Path
) -> None:
    folder = warehouse.write(tmp_path / "files", 6_000)
    environment = {**os.environ, "EXPEDITA_HOME": str(shell.home)}
    command = [EXPEDITA, "import", str(folder), "--json"]
    running = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    until(lambda: shell("orders", "--limit", "1").stdout.count("RELEASED"), "the first orders", 60)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert running.returncode == 1
    assert err.startswith("IMPORT_CANCELLED · ")
    first = json.loads(out)
    assert first["cancelled"]
    again = json.loads(shell("import", str(folder), "--json").stdout)
    assert not again["cancelled"]
    listed = json.loads(shell("orders", "--json", "--limit", "1").stdout)
    assert listed["total"] == 6_000


def test_operators_are_added_listed_and_disabled(shell: Shell) -> None:
    for words in (("Ana", "SUP1", "supervisor"), ("Bia", "PICK1", "picker")):
        assert shell("operator", "add", *words, typed="739105\n").returncode == 0
    three_parts(shell("operator", "add", "Bia", "PICK1", "picker", typed="739105\n"), "BADGE_TAKEN")
    three_parts(shell("operator", "add", "Caio", "PICK2", "picker", typed="1234\n"), "PIN_TRIVIAL")
    assert shell("operator", "disable", "PICK1").returncode == 0
    listed = json.loads(shell("operator", "list", "--json").stdout)
    assert {(one["badge"], one["disabled"]) for one in listed} == {("SUP1", False), ("PICK1", True)}
    assert not any("hash" in key or "pin" in key for one in listed for key in one)
    three_parts(shell("operator", "disable", "SUP1"), "OPERATOR_LAST_SUPERVISOR")


def test_once_a_supervisor_has_a_second_factor_changes_of_operators_need_it(shell: Shell) -> None:
    add = ("operator", "add", "Bia", "PICK1", "picker")
    shell("operator", "add", "Ana", "SUP1", "supervisor", typed="739105\n")
    engine = Engine.open(shell.home)
    ana = engine.operators.by_badge("SUP1")
    assert ana
    app = pyotp.TOTP(engine.second_factors.begin(ana, "").secret)
    engine.second_factors.finish(ana, app.at(datetime.now(UTC), counter_offset=-1))
    engine.close()
    three_parts(shell(*add, typed="491705\n"), "SECOND_FACTOR_BADGE")
    three_parts(shell(*add, "--as", "SUP1", typed="000000\n491705\n"), "SECOND_FACTOR_WRONG")
    code = app.now()
    assert shell(*add, "--as", "SUP1", typed=f"{code}\n491705\n").returncode == 0
    again = shell("operator", "disable", "PICK1", "--as", "SUP1", typed=f"{code}\n")
    three_parts(again, "SECOND_FACTOR_USED")
    three_parts(shell("setting", "security.second_factor", "off"), "SECOND_FACTOR_BADGE")
    three_parts(shell("audit", "export", "x.csv"), "SECOND_FACTOR_BADGE")
    three_parts(shell("order", "1", "--reveal", "ligou"), "SECOND_FACTOR_BADGE")
    listed = json.loads(shell("audit", "list", "--group", "operators", "--json").stdout)
    assert (listed[0]["kind"], listed[0]["who"]) == ("OperatorAdded", "Ana")
    people = json.loads(shell("operator", "list", "--json").stdout)
    assert [one["badge"] for one in people if one["second_factor"]] == ["SUP1"]
    assert shell("operator", "reset-second-factor", "SUP1").returncode == 0
    assert shell("operator", "pin", "PICK1", typed="830246\n").returncode == 0
    assert shell("operator", "disable", "PICK1").returncode == 0
    assert shell("operator", "enable", "PICK1").returncode == 0


def test_a_restore_over_a_working_store_needs_the_second_factor_and_brings_no_old_one_back(
    shell: Shell,
) -> None:
    shell("operator", "add", "Ana", "SUP1", "supervisor", typed="739105\n")
    engine = Engine.open(shell.home)
    ana = engine.operators.by_badge("SUP1")
    assert ana
    app = pyotp.TOTP(engine.second_factors.begin(ana, "").secret)
    codes = engine.second_factors.finish(ana, app.at(datetime.now(UTC), counter_offset=-1))
    engine.close()
    assert shell("backup").returncode == 0
    (backup,) = [one["path"] for one in json.loads(shell("backup", "--list", "--json").stdout)]
    three_parts(shell("restore", backup), "SECOND_FACTOR_BADGE")
    three_parts(shell("recovery"), "SECOND_FACTOR_BADGE")
    three_parts(shell("restore", backup, "--as", "SUP1", typed="000000\n"), "SECOND_FACTOR_WRONG")
    code = codes[0]  # spent by this restore, though the backup is from before it
    done = shell("restore", backup, "--as", "SUP1", typed=f"{code}\n")
    assert done.returncode == 0, done.stderr
    again = shell("operator", "disable", "SUP1", "--as", "SUP1", typed=f"{code}\n")
    three_parts(again, "SECOND_FACTOR_WRONG")
    told = json.loads(shell("audit", "list", "--group", "access", "--json").stdout)
    assert [(row["kind"], row["who"]) for row in told] == [("RestoreBegun", "Ana")]
    assert shell("audit", "verify").returncode == 0


def test_the_audit_tells_who_did_what_and_proves_itself(shell: Shell, tmp_path: Path) -> None:
    shell("operator", "add", "Ana", "SUP1", "supervisor", typed="739105\n")
    shell("setting", "tracking.low_at", "300")
    listed = json.loads(shell("audit", "list", "--json").stdout)
    assert [row["kind"] for row in listed] == ["SettingChanged", "OperatorAdded", "SettingChanged"]
    assert listed[0]["detail"] == "tracking.low_at: 200 → 300"
    assert {row["who"] for row in listed} == {getpass.getuser()}
    verdict = json.loads(shell("audit", "verify", "--json").stdout)
    assert verdict["whole"]
    assert verdict["marked"]
    station, (seq, digest) = max(verdict["heads"].items(), key=lambda head: head[1][0])
    assert shell("audit", "verify", "--expect", station, str(seq), digest).returncode == 0
    cut = shell("audit", "verify", "--expect", station, str(seq + 1), digest)
    assert (cut.returncode, cut.stderr.split(" · ")[0]) == (1, "JOURNAL_CUT")
    sheet = tmp_path / "auditoria.csv"
    assert shell("audit", "export", str(sheet)).returncode == 0
    assert "ajuste mudado" in sheet.read_text(encoding="utf-8-sig")
    newest = json.loads(shell("audit", "list", "--group", "access", "--json").stdout)[0]
    assert newest["kind"] == "DataExported"


def test_tracking_codes_are_never_loaded_twice(shell: Shell) -> None:
    assert shell("tracking", "add", "correios", "QC", "10000000", "10000099").returncode == 0
    again = shell("tracking", "add", "correios", "QC", "10000050", "10000199")
    three_parts(again, "TRACKING_RANGE_OVERLAPS")
    three_parts(shell("tracking", "add", "correios", "Q1", "1", "2"), "TRACKING_RANGE_BAD")
    assert json.loads(shell("tracking", "list", "--json").stdout) == {"correios": 100}


def test_settings_are_shown_changed_and_checked(shell: Shell) -> None:
    assert shell("setting", "station.name").stdout.split(None, 1)[1].strip() == "Bancada 7"
    assert shell("setting", "tracking.low_at", "300").returncode == 0
    assert json.loads(shell("setting", "--json").stdout)["tracking.low_at"] == "300"
    three_parts(shell("setting", "tracking.low_at", "x"), "SETTING_BAD")
    three_parts(shell("setting", "no.such"), "SETTING_UNKNOWN")


def test_sheets_are_pdfs_of_codes(shell: Shell, tmp_path: Path) -> None:
    target = tmp_path / "commands.pdf"
    assert shell("sheet", "commands", "-o", str(target)).returncode == 0
    assert target.read_bytes().startswith(b"%PDF")
    assert shell("sheet", "nonsense").returncode == 2
    three_parts(shell("sheet", "boxes", "-o", str(tmp_path / "no" / "x.pdf")), "SHEET_NOT_WRITTEN")


def test_the_recovery_key_is_shown_once(shell: Shell, tmp_path: Path) -> None:
    key = shell("recovery").stdout.strip()
    assert len(key.replace(" ", "")) == 34
    three_parts(shell("recovery"), "RECOVERY_KEY_SHOWN")
    sheet = tmp_path / "key.pdf"
    assert shell("recovery", "--new", "-o", str(sheet)).returncode == 0
    assert sheet.read_bytes().startswith(b"%PDF")


def test_a_backup_is_made_verified_and_restored_on_another_machine(
    stocked: Shell, tmp_path: Path
) -> None:
    key = stocked("recovery").stdout.strip()
    assert stocked("backup").returncode == 0
    (found,) = json.loads(stocked("backup", "--list", "--json").stdout)
    assert stocked("verify").returncode == 0
    three_parts(stocked("restore"), "RESTORE_NOT_NEEDED")
    elsewhere = Shell(tmp_path / "elsewhere")
    refused = elsewhere("--key-file", "restore", found["path"], typed="nonsense\n")
    assert refused.returncode == 1
    assert "RECOVERY_KEY_WRONG" in refused.stderr  # after the question's own line
    done = elsewhere("--key-file", "restore", found["path"], typed=f"{key}\n")
    assert done.returncode == 0, done.stderr
    assert json.loads(elsewhere("orders", "--json").stdout)["total"] == 5


def test_a_damaged_backup_and_a_damaged_store_are_found(
    stocked: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(integrity, "PAUSE_S", 0)  # nobody works beside this
    assert stocked("backup").returncode == 0
    (found,) = json.loads(stocked("backup", "--list", "--json").stdout)
    for path in (Path(found["path"]), stocked.home / "expedita.db"):
        with path.open("r+b") as file:
            file.seek(4096 * 12 + 100)
            file.write(b"\xff" * 64)
        done = stocked("verify")
        assert done.returncode == 1
        assert done.stderr.startswith("BACKUP_BAD · ")
        assert path.name in done.stderr
    done = stocked("restore")
    assert (done.returncode, "sem cópia" in done.stdout) == (0, True)
    assert json.loads(stocked("orders", "--json").stdout)["total"] == 5


def test_a_copy_that_broke_off_is_said_to_be_damaged_and_no_other_key_is_asked_for(
    stocked: Shell, tmp_path: Path
) -> None:
    assert stocked("backup").returncode == 0
    (found,) = json.loads(stocked("backup", "--list", "--json").stdout)
    path = Path(found["path"])
    assert str(path) in stocked("verify", str(path)).stdout
    whole = path.read_bytes()
    for name, data in (("half", whole[: len(whole) // 2]), ("empty", b"")):
        (tmp_path / name).write_bytes(data)
        for command in ("verify", "restore"):
            done = stocked(command, str(tmp_path / name))
            assert (done.returncode, done.stderr.split(" · ")[0]) == (1, "BACKUP_BAD"), done


def test_a_store_that_cant_be_opened_is_not_taken_for_a_damaged_one(stocked: Shell) -> None:
    store = stocked.home / "expedita.db"
    kept = store.rename(stocked.home / "kept")
    store.mkdir()
    for command in ("verify", "restore"):
        three_parts(stocked(command), "STORE_UNUSABLE")
    assert store.is_dir(), "nothing was put in its place"
    assert kept.exists()


def test_a_soak_tells_what_it_killed(shell: Shell) -> None:
    report = json.loads(shell("soak", "--kills", "3", "--json").stdout)
    assert (report["kills"], report["broken"]) == (3, [])
    assert sum(report["during"].values()) == sum(report["at"].values()) == 3


def test_the_table_of_commands_names_the_words_of_each_module() -> None:
    named = {}
    for module in COMMANDS:
        (added,) = (
            a for a in parser([module])._actions if isinstance(a, argparse._SubParsersAction)
        )
        named[module] = tuple(added.choices)
    assert named == COMMANDS


def test_a_data_folder_that_cannot_be_one_is_named_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for home in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/none")):
        done = Shell(home)("--key-file", "orders")
        three_parts(done, "HOME_UNUSABLE")
        assert str(home) in done.stderr


def test_a_folder_where_a_file_is_asked_for_is_said_to_be_one(shell: Shell) -> None:
    done = shell("recovery", "-o", str(shell.home.parent))  # the data folder's own
    three_parts(done, "FILE_UNUSABLE")
    assert str(shell.home.parent) in done.stderr


def test_what_no_store_could_hold_or_no_file_could_be_is_refused_in_words(
    shell: Shell, tmp_path: Path
) -> None:
    bytes_of_another = os.fsdecode(b"\xff")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for code, usage in (
        (2, ("order", bytes_of_another)),
        (2, ("orders", "--filter", bytes_of_another)),
        (2, ("audit", "verify", "--expect", bytes_of_another, "1", "00")),
        (2, ("audit", "verify", "--expect", "x", "9" * 99, "00")),
        (2, ("audit", "verify", "--expect", "x", "1", "")),
        (2, ("sheet", "totes", "t 01", "-o", str(tmp_path / "o.pdf"))),
        (1, ("restore", str(tmp_path / bytes_of_another))),
        (1, ("support", "bundle", "--out", str(tmp_path / "loop"))),
        (1, ("support", "bundle", "--out", str(tmp_path / ("x" * 999)))),
    ):
        done = shell(*usage)
        assert (done.returncode, done.stdout) == (code, ""), usage
        assert len(done.stderr.strip().splitlines()[-1].split(" · ")) == 4, done.stderr


def test_a_files_name_that_the_terminal_has_no_letters_for_is_told(shell: Shell) -> None:
    target = shell.home.parent / os.fsdecode(b"c\xf3digos-\xe2\x9c\x94.pdf")
    done = subprocess.run(
        [EXPEDITA, "--home", shell.home, "sheet", "totes", "-o", target],
        env={**os.environ, "PYTHONIOENCODING": "cp850", "PYTHON_KEYRING_BACKEND": FAILING},
        capture_output=True,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert target.exists()


def test_a_number_beyond_all_is_no_matter_of_here(shell: Shell) -> None:
    for matter in ("c99999999999999999999999", "r99999999999999999999999", "c", "zzz"):
        three_parts(shell("replay", matter), "NOTHING_TO_REPLAY")


def test_without_a_screen_no_window_is_tried(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    three_parts(shell(), "NO_SCREEN")
    three_parts(shell("--kiosk"), "NO_SCREEN")


def test_a_recovery_key_is_read_from_standard_input_where_there_is_no_terminal(
    shell: Shell, tmp_path: Path
) -> None:
    (tmp_path / "noise.backup").write_bytes(b"noise" * 999)
    done = shell("verify", str(tmp_path / "noise.backup"))
    three_parts(done, "RECOVERY_KEY_WRONG")
    assert len(done.stderr.splitlines()) == 1
