"""Reads a whole store to see whether any of it is damaged."""

from __future__ import annotations

import time
from pathlib import Path

from app.store.connecting import connect
from app.store.errors import StoreError
from app.store.trouble import trouble

TRIES = 3
PAUSE_S = 0.5


def faults_of(path: Path, key: bytes) -> list[str]:
    """What is wrong with the file at `path`, in SQLite's words; empty where it is whole.

    Every page's seal is checked, then the structure of every table and index. It reads beside
    whoever works: a page that is written at that very moment may look wrong, so that only what
    is still wrong at the third look counts.

    Raises:
        StoreError: it can't be opened at all, which tells nothing of what it holds.
    """
    found: list[str] = []
    for attempt in range(TRIES):
        if attempt:
            time.sleep(PAUSE_S)
        found = _look(path, key)
        if not found:
            break
    return found


def _look(path: Path, key: bytes) -> list[str]:
    from sqlcipher3 import dbapi2

    try:
        connection = connect(path, key)
    except dbapi2.OperationalError as error:
        raise trouble(error, path) or StoreError("STORE_UNUSABLE") from None
    try:
        seals = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
        if seals:
            return seals
        rows = [str(row[0]) for row in connection.execute("PRAGMA quick_check(20)")]
        return [] if rows == ["ok"] else rows
    except dbapi2.DatabaseError as error:
        return [str(error)]
    finally:
        connection.close()
