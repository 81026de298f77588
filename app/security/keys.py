"""The key of the store: where it is kept is chosen once, and it is never silently a plain file."""

from __future__ import annotations

import json
import os
import secrets
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.security import key_file, os_keyring
from app.security.key_errors import KeyError_
from app.security.passphrase import COST, KdfCost, key_of, new_record

__all__ = ["KdfCost", "KeyChoice", "KeyError_", "KeySource", "choose_key_source", "store_key"]


class KeySource(StrEnum):
    """Where the key comes from."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class KeyChoice:
    """A person's answer where there is no keyring: a passphrase, or a key file."""

    source: KeySource
    passphrase: str = field(default="", repr=False)


def store_key(
    home: Path,
    *,
    passphrase: Callable[[], str] | None = None,
    choose: Callable[[], KeyChoice] | None = None,
    environ: Mapping[str, str] = os.environ,
    cost: KdfCost = COST,
) -> tuple[bytes, list[str]]:
    """The 32 bytes that open the store in `home`, and codes of warnings to show.

    The first start makes the key: in the file that EXPEDITA_KEY_FILE names, else in the OS
    keyring where one is usable, else as `choose` says.

    Args:
        passphrase: asked for the passphrase where that is the source.
        choose: asked once, at a first start without a keyring.
        cost: of a new passphrase; lower only in tests.

    Raises:
        KeyError_: see its codes. KEY_NO_KEYRING at a first start: nobody could be asked.
    """
    record = _read_record(home)
    if record is None:
        return _first_start(home, choose, environ, cost), _warnings(home, environ)
    match record["key_source"]:
        case KeySource.KEYRING:
            key = key_file.parse_key(os_keyring.fetch(_store_id(home)), "keyring")
        case KeySource.PASSPHRASE:
            if passphrase is None:
                raise KeyError_("KEY_PASSPHRASE_NEEDED")
            key = key_of(passphrase(), record.get("kdf", {}))
        case _:
            key = key_file.read_key(key_file.key_path(home, environ))
    return key, _warnings(home, environ)


def choose_key_source(
    home: Path,
    source: KeySource | str,
    *,
    passphrase: str = "",
    environ: Mapping[str, str] = os.environ,
    cost: KdfCost = COST,
) -> bytes:
    """Settle where the key of a new `home` lives, make it there, and give it back.

    A key that is already there is taken as it is: it may be all that opens an existing store.

    Raises:
        KeyError_: KEY_CHOSEN (this home has its source already), KEY_NO_KEYRING,
            KEY_PASSPHRASE_SHORT, KEY_FILE_OPEN, KEY_DAMAGED.
    """
    if _read_record(home) is not None:
        raise KeyError_("KEY_CHOSEN", str(_record_path(home)))
    source = KeySource(source)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    record: dict[str, Any] = {"key_source": source.value}
    key = secrets.token_bytes(key_file.KEY_BYTES)
    match source:
        case KeySource.KEYRING:
            key = key_file.parse_key(os_keyring.keep(_store_id(home), key.hex()), "keyring")
        case KeySource.PASSPHRASE:
            record["kdf"], key = new_record(passphrase, cost)
        case KeySource.FILE:
            key = key_file.make_key(key_file.key_path(home, environ), key)
    # Last, so that a start that was broken off begins again instead of missing its key.
    key_file.write_private(_record_path(home), json.dumps(record, indent=2) + "\n")
    return key


def key_source(home: Path) -> KeySource | None:
    """The source that was chosen for `home`, or None before the first start."""
    record = _read_record(home)
    return None if record is None else KeySource(record["key_source"])


def _first_start(
    home: Path,
    choose: Callable[[], KeyChoice] | None,
    environ: Mapping[str, str],
    cost: KdfCost,
) -> bytes:
    if environ.get("EXPEDITA_KEY_FILE"):
        return choose_key_source(home, KeySource.FILE, environ=environ)
    try:
        return choose_key_source(home, KeySource.KEYRING)
    except KeyError_ as error:
        if error.code != "KEY_NO_KEYRING" or choose is None:
            raise
    answer = choose()
    return choose_key_source(
        home, answer.source, passphrase=answer.passphrase, environ=environ, cost=cost
    )


def _warnings(home: Path, environ: Mapping[str, str]) -> list[str]:
    """A key file beside the store protects little: whoever copies the folder has both."""
    in_file = key_source(home) is KeySource.FILE
    beside = home.resolve() in key_file.key_path(home, environ).resolve().parents
    return ["KEY_IN_FILE"] if in_file and beside else []


def _record_path(home: Path) -> Path:
    return home / "key.json"


def _read_record(home: Path) -> dict[str, Any] | None:
    path = _record_path(home)
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        KeySource(record["key_source"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError):
        raise KeyError_("KEY_DAMAGED", str(path)) from None
    return record  # type: ignore[no-any-return]


def _store_id(home: Path) -> str:
    """The name under which the keyring keeps this store's key."""
    path = home / "store-id"
    if not path.exists():
        key_file.write_private(path, uuid.uuid4().hex + "\n")
    return path.read_text(encoding="utf-8").strip()
