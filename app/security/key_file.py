"""Small files that only their owner may read: the key file, and the choice of the key's source."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from app.security.key_errors import KeyError_

KEY_BYTES = 32


def key_path(home: Path, environ: Mapping[str, str]) -> Path:
    """Where the key file lies: EXPEDITA_KEY_FILE, or beside the store."""
    named = environ.get("EXPEDITA_KEY_FILE", "")
    return Path(named).expanduser() if named else home / "store.key"


def make_key(path: Path, key: bytes) -> bytes:
    """Write `key` for good and give back what the file holds: an older key is never replaced."""
    if not path.exists():
        write_private(path, key.hex() + "\n")
    return read_key(path)


def read_key(path: Path) -> bytes:
    """The 32 bytes of a key file.

    Raises:
        KeyError_: KEY_MISSING, KEY_FILE_OPEN (others may read it, or it isn't ours), KEY_DAMAGED.
    """
    try:
        with path.open("rb") as file:
            if os.name == "posix":
                _check_private(os.fstat(file.fileno()), path)
            text = file.read(256)
    except FileNotFoundError:
        raise KeyError_("KEY_MISSING", str(path)) from None
    except OSError:
        raise KeyError_("KEY_DAMAGED", str(path)) from None
    return parse_key(text.decode("ascii", "replace"), str(path))


def parse_key(text: str, where: str) -> bytes:
    """The key in its hexadecimal form."""
    key = b""
    with contextlib.suppress(ValueError):
        key = bytes.fromhex(text.strip())
    if len(key) != KEY_BYTES:
        raise KeyError_("KEY_DAMAGED", where)
    return key


def write_private(path: Path, text: str) -> None:
    """Put `text` at `path`, whole or not at all, for its owner only (0600)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    _sync_folder(path.parent)


def _check_private(status: os.stat_result, path: Path) -> None:
    if stat.S_IMODE(status.st_mode) & 0o077 or status.st_uid != os.geteuid():
        raise KeyError_("KEY_FILE_OPEN", str(path))


def _sync_folder(folder: Path) -> None:
    # Without it a power cut could lose the name of a file whose bytes are safe: the store's key.
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
