"""A plain connection to an encrypted file, for what needs no schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def connect(path: Path, key: bytes) -> Any:
    """A plain connection to the encrypted file, in autocommit."""
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(str(path), timeout=30, check_same_thread=False)
    connection.isolation_level = None  # whoever uses it begins transactions
    # On a wrong key SQLCipher writes to the standard error; StoreError says it better.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection
