from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.errors
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail

from app.security import keys
from app.security.keys import KdfCost, KeyChoice, KeyError_, KeySource

CHEAP = KdfCost(time_cost=1, memory_kib=64, parallelism=1)
PHRASE = "quatro palavras bem comuns"
posix_only = pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")


class FakeMemoryKeyring(KeyringBackend):
    """A keyring of this test only, in memory."""

    priority = 5.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.secrets: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise keyring.errors.KeyringLocked
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise keyring.errors.KeyringLocked
        self.secrets[service, username] = password


class FakePlaintextKeyring(FakeMemoryKeyring):
    """Looks like keyrings.alt's plain file."""


FakePlaintextKeyring.__module__ = "keyrings.alt.file"


class FakeChain(FakeMemoryKeyring):
    """Looks like keyring's chainer: it would hand a secret to the first backend that takes it."""

    def __init__(self, *backends: KeyringBackend) -> None:
        super().__init__()
        self.backends = list(backends)


def use(backend: KeyringBackend) -> None:
    keyring.set_keyring(backend)


@pytest.fixture(autouse=True)
def _keyring_put_back() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def memory() -> FakeMemoryKeyring:
    backend = FakeMemoryKeyring()
    use(backend)
    return backend


@pytest.fixture
def no_keyring() -> None:
    use(fail.Keyring())


def refused(home: Path, **options: object) -> str:
    with pytest.raises(KeyError_) as caught:
        keys.store_key(home, **{"environ": {}, "cost": CHEAP, **options})  # type: ignore[arg-type]
    return caught.value.code


def test_the_first_start_keeps_a_random_key_in_the_keyring_and_finds_it_again(
    tmp_path: Path, memory: FakeMemoryKeyring
) -> None:
    key, warnings = keys.store_key(tmp_path / "a", environ={})
    assert len(key) == 32
    assert warnings == []
    assert keys.store_key(tmp_path / "a", environ={}) == (key, [])
    assert keys.store_key(tmp_path / "b", environ={})[0] != key
    assert {service for service, _ in memory.secrets} == {"expedita"}


def test_no_file_of_the_home_holds_a_key_that_the_keyring_keeps(
    tmp_path: Path, memory: FakeMemoryKeyring
) -> None:
    key, _ = keys.store_key(tmp_path, environ={})
    for path in tmp_path.iterdir():
        assert key.hex() not in path.read_text()


def test_a_lost_record_of_the_choice_never_replaces_the_key_in_the_keyring(
    tmp_path: Path, memory: FakeMemoryKeyring
) -> None:
    key, _ = keys.store_key(tmp_path, environ={})
    (tmp_path / "key.json").unlink()
    assert keys.store_key(tmp_path, environ={})[0] == key


def test_a_key_gone_from_the_keyring_is_missed_and_not_made_anew(
    tmp_path: Path, memory: FakeMemoryKeyring
) -> None:
    keys.store_key(tmp_path, environ={})
    memory.secrets.clear()
    assert refused(tmp_path) == "KEY_MISSING"
    assert memory.secrets == {}


def test_a_locked_keyring_is_said_to_be_locked(tmp_path: Path, memory: FakeMemoryKeyring) -> None:
    keys.store_key(tmp_path / "old", environ={})
    memory.locked = True
    assert refused(tmp_path / "old") == "KEY_LOCKED"
    assert refused(tmp_path / "new") == "KEY_LOCKED", "no other home for the key is chosen"
    assert not (tmp_path / "new" / "key.json").exists()


@pytest.mark.parametrize("backend", [fail.Keyring, FakePlaintextKeyring])
def test_a_keyring_that_keeps_no_secret_is_refused(
    tmp_path: Path, backend: type[KeyringBackend]
) -> None:
    use(backend())
    assert refused(tmp_path) == "KEY_NO_KEYRING"
    assert not (tmp_path / "key.json").exists()


def test_of_chained_keyrings_only_one_that_keeps_secrets_is_used(tmp_path: Path) -> None:
    plain, safe = FakePlaintextKeyring(), FakeMemoryKeyring()
    use(FakeChain(plain, safe))
    keys.store_key(tmp_path, environ={})
    assert plain.secrets == {}
    assert len(safe.secrets) == 1


@pytest.mark.usefixtures("no_keyring")
def test_without_a_keyring_a_person_chooses_and_the_choice_is_kept(tmp_path: Path) -> None:
    asked: list[str] = []

    def choose() -> KeyChoice:
        asked.append("choice")
        return KeyChoice(KeySource.PASSPHRASE, PHRASE)

    key, warnings = keys.store_key(tmp_path, choose=choose, environ={}, cost=CHEAP)
    again, _ = keys.store_key(tmp_path, passphrase=lambda: PHRASE, choose=choose, environ={})
    assert again == key
    assert warnings == []
    assert asked == ["choice"]
    assert keys.key_source(tmp_path) is KeySource.PASSPHRASE


@pytest.mark.usefixtures("no_keyring")
def test_a_wrong_passphrase_is_refused_and_the_record_gives_no_key_away(tmp_path: Path) -> None:
    key = keys.choose_key_source(tmp_path, "passphrase", passphrase=PHRASE, cost=CHEAP)
    record = (tmp_path / "key.json").read_text()
    assert refused(tmp_path, passphrase=lambda: PHRASE + ".") == "KEY_WRONG_PASSPHRASE"
    assert refused(tmp_path) == "KEY_PASSPHRASE_NEEDED"
    assert key.hex() not in record
    assert PHRASE not in record


def test_the_same_letters_typed_another_way_are_the_same_passphrase(tmp_path: Path) -> None:
    composed, decomposed = "expedi\u00e7\u00e3o segura", "expedic\u0327a\u0303o segura"
    key = keys.choose_key_source(tmp_path, "passphrase", passphrase=composed, cost=CHEAP)
    assert keys.store_key(tmp_path, passphrase=lambda: decomposed, environ={})[0] == key


def test_a_short_passphrase_is_refused_and_leaves_the_choice_open(tmp_path: Path) -> None:
    with pytest.raises(KeyError_) as caught:
        keys.choose_key_source(tmp_path, "passphrase", passphrase="curta", cost=CHEAP)
    assert caught.value.code == "KEY_PASSPHRASE_SHORT"
    assert keys.key_source(tmp_path) is None


def test_a_key_file_is_chosen_explicitly_and_warned_of_beside_the_store(tmp_path: Path) -> None:
    key = keys.choose_key_source(tmp_path, "file", environ={})
    assert keys.store_key(tmp_path, environ={}) == (key, ["KEY_IN_FILE"])


@pytest.mark.usefixtures("no_keyring")
def test_the_environment_may_name_a_key_file_kept_elsewhere(tmp_path: Path) -> None:
    environ = {"EXPEDITA_KEY_FILE": str(tmp_path / "usb" / "station.key")}
    key, warnings = keys.store_key(tmp_path / "home", environ=environ)
    assert warnings == []
    assert not (tmp_path / "home" / "store.key").exists()
    assert keys.store_key(tmp_path / "home", environ=environ)[0] == key
    assert refused(tmp_path / "home") == "KEY_MISSING"


@posix_only
def test_a_key_file_is_its_owners_alone(tmp_path: Path) -> None:
    keys.choose_key_source(tmp_path, "file", environ={})
    for name in ("store.key", "key.json"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


@posix_only
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_key_file_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    keys.choose_key_source(tmp_path, "file", environ={})
    (tmp_path / "store.key").chmod(mode)
    assert refused(tmp_path) == "KEY_FILE_OPEN"


@posix_only
def test_a_key_file_of_another_user_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.choose_key_source(tmp_path, "file", environ={})
    someone_else = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: someone_else)
    assert refused(tmp_path) == "KEY_FILE_OPEN"


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"key_source": "plain"}', "\x00"])
def test_a_damaged_record_is_said_to_be_damaged(tmp_path: Path, text: str) -> None:
    (tmp_path / "key.json").write_text(text)
    assert refused(tmp_path) == "KEY_DAMAGED"


def test_a_damaged_passphrase_record_is_said_to_be_damaged(tmp_path: Path) -> None:
    (tmp_path / "key.json").write_text(json.dumps({"key_source": "passphrase", "kdf": {}}))
    assert refused(tmp_path, passphrase=lambda: PHRASE) == "KEY_DAMAGED"


def test_a_damaged_key_file_is_said_to_be_damaged(tmp_path: Path) -> None:
    keys.choose_key_source(tmp_path, "file", environ={})
    (tmp_path / "store.key").write_text("abc")
    assert refused(tmp_path) == "KEY_DAMAGED"


def test_the_source_is_chosen_once(tmp_path: Path) -> None:
    keys.choose_key_source(tmp_path, "file", environ={})
    with pytest.raises(KeyError_) as caught:
        keys.choose_key_source(tmp_path, "passphrase", passphrase=PHRASE, cost=CHEAP)
    assert caught.value.code == "KEY_CHOSEN"


def test_no_error_and_no_choice_shows_a_secret() -> None:
    assert PHRASE not in repr(KeyChoice(KeySource.PASSPHRASE, PHRASE))
