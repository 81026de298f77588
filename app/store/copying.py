"""Copies a store into another file, under another key, while it is being worked on."""

from __future__ import annotations

import os
from pathlib import Path

from app.store.connecting import connect


def copy(source: Path, key: bytes, target: Path, target_key: bytes) -> None:
    """Write one moment of `source` to the new file `target`: whole, by itself, and on the disk.

    Nobody who works on `source` waits for it.

    Raises:
        sqlcipher3.dbapi2.DatabaseError: `source` can't be read whole.
        OSError, sqlcipher3.dbapi2.OperationalError: `target` can't be written.
    """
    _make_private(target)
    reading, writing = connect(source, key), connect(target, target_key)
    try:
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
    finally:
        writing.close()
        reading.close()
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def settle(draft: Path, name: Path) -> None:
    """Give a file its name, for good."""
    draft.replace(name)
    if os.name == "posix":
        folder = os.open(name.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _make_private(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
