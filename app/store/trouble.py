"""What the disk and SQLite say when they can't, as a code that has its text for people."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from app.store.errors import StoreError

NO_ROOM = 1_000_000  # bytes: SQLite needs them for its index of the log, and says only "I/O error"

# SQLite's primary result codes (https://www.sqlite.org/rescode.html).
_CODES = {
    3: "STORE_READ_ONLY",  # PERM
    5: "STORE_BUSY",
    6: "STORE_BUSY",  # LOCKED
    8: "STORE_READ_ONLY",
    10: "STORE_FAILED",  # IOERR
    11: "STORE_DAMAGED",  # CORRUPT
    13: "STORE_FULL",
    14: "STORE_UNUSABLE",  # CANTOPEN
    26: "STORE_DAMAGED",  # NOTADB
}
_WORDS = {
    "database or disk is full": 13,
    "disk I/O error": 10,
    "readonly database": 8,
    "database disk image is malformed": 11,
    "file is not a database": 26,
}
NOT_A_STORE = 26
_ERRNO = {
    errno.ENOSPC: "STORE_FULL",
    errno.EDQUOT: "STORE_FULL",
    errno.EROFS: "STORE_READ_ONLY",
    errno.EACCES: "STORE_READ_ONLY",
    errno.EIO: "STORE_FAILED",
}


def trouble(error: Exception, path: Path) -> StoreError | None:
    """The trouble of the store at `path`; None where the error is a statement's own.

    `error` is SQLAlchemy's, the driver's own, or the system's.
    """
    if isinstance(error, OSError):
        code = _ERRNO.get(error.errno or 0)
        return StoreError(code, error.strerror or "") if code else None
    code = _CODES.get(sqlite_code(error))
    if code in ("STORE_FAILED", "STORE_UNUSABLE") and _is_full(path):
        code = "STORE_FULL"
    if code == "STORE_UNUSABLE" and path.parent.is_dir() and not os.access(path.parent, os.W_OK):
        code = "STORE_READ_ONLY"  # SQLite can't make its log, and says only that it can't open
    return StoreError(code, str(getattr(_own(error), "sqlite_errorname", ""))) if code else None


def open_trouble(error: Exception, path: Path, *, key_is_right: bool) -> StoreError:
    """The same at the opening, where a damaged first page looks as another key would."""
    if sqlite_code(error) == NOT_A_STORE and not key_is_right:
        return StoreError("STORE_KEY_WRONG")
    return trouble(error, path) or StoreError("STORE_UNUSABLE")


def sqlite_code(error: Exception) -> int:
    """SQLite's primary result code of an error, 0 where it has none."""
    own = _own(error)
    code = int(getattr(own, "sqlite_errorcode", 0) or 0) & 0xFF
    # The driver's copying tells the words only.
    return code or next((number for words, number in _WORDS.items() if words in str(own)), 0)


def _own(error: Exception) -> BaseException | None:
    """The driver's error within SQLAlchemy's."""
    return error.orig if isinstance(error, DatabaseError) else error


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < NO_ROOM
    except OSError:
        return False
