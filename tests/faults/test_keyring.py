"""The store's key in a real gnome-keyring, on a D-Bus session of the test's own."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from app.security import key_file
from app.store.database import Store, StoreError
from tests.support.desktop import EXPEDITA
from tests.support.secret_service import SecretService


class Station:
    """A data folder, and commands on it in a desktop's session."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def __call__(self, desk: SecretService, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [EXPEDITA, "--home", self.home, *words], env=desk.environment,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120,
        )  # fmt: skip


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(tmp_path / "store")


def refused(done: subprocess.CompletedProcess[str], code: str, advice: str) -> None:
    """It failed with that code, and says what to do."""
    assert done.returncode == 1, done
    parts = done.stderr.strip().split(" · ")
    assert parts[0] == code, done.stderr
    assert advice in parts[3]


def test_the_key_is_made_kept_and_found_again_in_the_keyring(
    station: Station, tmp_path: Path
) -> None:
    with SecretService(tmp_path / "desk") as desk:
        assert station(desk, "setting", "theme", "dark").returncode == 0
    with SecretService(tmp_path / "desk") as desk:  # the next log-in
        assert station(desk, "setting", "theme").stdout.split() == ["theme", "dark"]
    assert '"keyring"' in (station.home / "key.json").read_text()
    assert not (station.home / "store.key").exists()


def test_a_locked_keyring_says_to_unlock_it_and_changes_nothing(
    station: Station, tmp_path: Path
) -> None:
    with SecretService(tmp_path / "desk") as desk:
        assert station(desk, "setting", "theme", "dark").returncode == 0
        before = (station.home / "key.json").read_bytes()
        desk.lock()
        refused(station(desk, "setting", "theme"), "KEY_LOCKED", "desbloqueie")
    with SecretService(tmp_path / "desk", password="outra senha") as desk:
        refused(station(desk, "setting", "theme"), "KEY_LOCKED", "desbloqueie")
    with SecretService(tmp_path / "desk") as desk:
        assert station(desk, "setting", "theme").stdout.split() == ["theme", "dark"]
    assert (station.home / "key.json").read_bytes() == before


def test_a_locked_keyring_at_the_first_start_makes_no_other_home_for_the_key(
    station: Station, tmp_path: Path
) -> None:
    with SecretService(tmp_path / "desk") as desk:
        desk.lock()
        refused(station(desk, "setting", "theme"), "KEY_LOCKED", "desbloqueie")
    assert not (station.home / "key.json").exists()
    assert not (station.home / "expedita.db").exists()


def test_a_lost_keyring_says_to_bring_it_back_and_no_new_key_is_made(
    station: Station, tmp_path: Path
) -> None:
    with SecretService(tmp_path / "desk") as desk:
        assert station(desk, "setting", "theme", "dark").returncode == 0
    shutil.move(tmp_path / "desk" / "data" / "keyrings", tmp_path / "kept")
    with SecretService(tmp_path / "desk") as desk:
        for _ in range(2):
            refused(station(desk, "setting", "theme"), "KEY_MISSING", "Devolva a chave")
    shutil.rmtree(tmp_path / "desk" / "data" / "keyrings")
    shutil.move(tmp_path / "kept", tmp_path / "desk" / "data" / "keyrings")
    with SecretService(tmp_path / "desk") as desk:
        assert station(desk, "setting", "theme").stdout.split() == ["theme", "dark"]


def test_a_copied_folder_opens_nowhere(station: Station, tmp_path: Path) -> None:
    with SecretService(tmp_path / "desk") as desk:
        assert station(desk, "setting", "theme", "dark").returncode == 0
    copy = Station(tmp_path / "copy")
    shutil.copytree(station.home, copy.home)
    with SecretService(tmp_path / "thief") as thief:
        refused(copy(thief, "setting", "theme"), "KEY_MISSING", "Devolva a chave")
        # Nor where the thief has a key of their own, or none was ever noted there.
        assert Station(tmp_path / "own")(thief, "setting", "theme").returncode == 0
        shutil.copy(tmp_path / "own" / "store-id", copy.home / "store-id")
        assert copy(thief, "setting", "theme").stderr.startswith("STORE_")
        for name in ("key.json", "store-id", "expedita.mark"):
            (copy.home / name).unlink(missing_ok=True)
        refused(copy(thief, "setting", "theme"), "STORE_KEY_WRONG", "")
        refused(copy(thief, "--key-file", "setting", "theme"), "STORE_KEY_WRONG", "")
    with pytest.raises(StoreError):
        Store.open(copy.home / "expedita.db", bytes(32))


def test_the_key_lies_in_no_file_in_the_clear(station: Station, tmp_path: Path) -> None:
    with SecretService(tmp_path / "desk") as desk:
        assert station(desk, "setting", "theme", "dark").returncode == 0
        asked = subprocess.run(
            [EXPEDITA.parent / "python", "-m", "keyring", "get", "expedita",
             (station.home / "store-id").read_text().strip()],
            env=desk.environment, capture_output=True, text=True, check=True, timeout=60,
        )  # fmt: skip
    key = key_file.parse_key(asked.stdout, "keyring")
    for path in tmp_path.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            assert key not in raw, path
            assert key.hex().encode() not in raw, path
