"""A plain connection to an encrypted file, for what needs no schema."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from typing import Any

PASSES = 4  # over the log: each is shorter than the one before, and less is written meanwhile


def connect(path: Path, key: bytes) -> Any:
    """A plain connection to the encrypted file, in autocommit."""
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(str(path), timeout=30, check_same_thread=False)
    connection.isolation_level = None  # whoever uses it begins transactions
    # On a wrong key SQLCipher writes to the standard error; StoreError says it better.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def empty_log(path: Path, key: bytes) -> bool:
    """Put what the write-ahead log holds in its place, as far as nobody reads the pages of before.

    Nobody waits for it. Where it can't be done, the next writer that finds the log full does it.

    Returns:
        Whether all of it is in its place and nothing came meanwhile, so that the log begins anew.
    """
    from sqlcipher3 import dbapi2

    before = 0
    with suppress(dbapi2.Error), closing(connect(path, key)) as connection:
        for _ in range(PASSES):
            _, pages, placed = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            if pages == placed == before:
                return True
            before = pages
    return False
