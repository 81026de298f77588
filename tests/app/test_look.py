"""What a start's first page goes by lies beside the store, where nobody has to be asked first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from keyring.backends import fail

from app import look
from app.engine import Engine
from app.look import look_of
from app.security import key_file
from tests.support import homes

PIN = "739105"


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor one that another test has left in this process: the key stays beside the store."""
    monkeypatch.setattr("keyring.get_keyring", fail.Keyring)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "home"
    engine = homes.empty(made)
    engine.operators.add_first_supervisor("Ana Exemplo", "SUP1", PIN)
    engine.close()
    return made


def opened(home: Path) -> None:
    Engine.open(home, exclusive=True).close()


def test_a_console_leaves_its_look_for_the_next_start(home: Path) -> None:
    assert look_of(home) is None
    opened(home)
    kept = look_of(home)
    assert kept is not None
    assert (kept.settings["language"], kept.settings["theme"]) == ("pt", "light")
    assert kept.warnings == ("KEY_IN_FILE",)


def test_a_setting_that_is_changed_by_a_command_changes_the_look(home: Path) -> None:
    opened(home)
    engine = Engine.open(home)
    engine.set_setting("theme", "dark")
    engine.set_setting("language", "en")
    engine.set_setting("scanner.terminator", "tab")
    engine.close()
    kept = look_of(home)
    assert kept is not None
    assert [kept.settings[key] for key in ("theme", "language", "scanner.terminator")] == [
        "dark", "en", "tab",
    ]  # fmt: skip


def test_the_look_tells_nothing_of_any_person(home: Path) -> None:
    opened(home)
    kept = json.loads((home / look.COPY).read_text())
    assert set(kept) == {"settings", "warnings"}
    assert set(kept["settings"]) == set(look.KEYS)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"settings": {}, "warnings": []}', '{"settings": 1}', "\xff"]
)
def test_without_a_look_that_can_be_read_a_start_waits_for_the_store(home: Path, text: str) -> None:
    opened(home)
    (home / look.COPY).write_text(text, encoding="latin-1")
    assert look_of(home) is None
    opened(home)
    assert look_of(home) is not None, "and the next one need not"


def test_a_value_that_fits_no_more_is_the_usual_one(home: Path) -> None:
    opened(home)
    kept = json.loads((home / look.COPY).read_text())
    kept["settings"]["theme"] = "neon"
    (home / look.COPY).write_text(json.dumps(kept))
    found = look_of(home)
    assert found is not None
    assert found.settings["theme"] == "light"


def test_no_look_is_kept_where_a_start_must_ask_or_listen_first(home: Path) -> None:
    opened(home)
    engine = Engine.open(home)
    engine.set_setting("scanner.serial_port", "/dev/ttyACM0")
    assert look_of(home) is None
    engine.set_setting("scanner.serial_port", "")
    assert look_of(home) is not None
    engine.close()
    record = home / "key.json"
    key = key_file.read_key(key_file.key_path(home, {}))
    record.write_text('{"key_source": "passphrase"}')
    Engine.open(home, exclusive=True, key=key).close()
    assert look_of(home) is None


def test_a_warehouse_without_people_or_without_a_store_has_no_look(tmp_path: Path) -> None:
    new = tmp_path / "new"
    homes.empty(new).close()
    opened(new)
    assert look_of(new) is None
    assert look_of(tmp_path / "nothing") is None


def test_a_folder_that_takes_no_file_only_has_no_look(home: Path) -> None:
    (home / look.COPY).mkdir()
    opened(home)
    assert look_of(home) is None
