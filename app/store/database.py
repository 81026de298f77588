"""Opens the store: one encrypted file, durable by default, brought to the newest schema."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import QueuePool

WAREHOUSE = 1  # a station's own file holds one warehouse
HEAD = "0001"  # the newest migration


class StoreError(Exception):
    """The store refused; `code` names the text for people (`app.domain.texts`)."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail


class Store:
    """The warehouse's file. `read()` and `write()` give a connection inside a transaction."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self.path = path

    @classmethod
    def open(cls, path: Path, key: bytes) -> Store:
        """Open or make the file at `path`, encrypted under the 32 raw bytes of `key`.

        Raises:
            StoreError: STORE_KEY_WRONG (another key, or not a store), STORE_NEWER (written by a
                newer version), STORE_UNUSABLE (disk, permissions).
        """
        store = cls(_engine(path, key), path)
        try:
            store._migrate()
        except (DatabaseError, OSError) as error:
            store.close()
            raise StoreError(_open_code(error)) from error
        except BaseException:
            store.close()
            raise
        return store

    def _migrate(self) -> None:
        with self._engine.connect() as connection:
            tables = connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE name = 'alembic_version'"
            ).all()
            version = (
                connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
                if tables
                else None
            )
        if version == HEAD:
            return
        if version is not None and version > HEAD:
            raise StoreError("STORE_NEWER", str(version))
        # Alembic is slow to import, and a store that is already at HEAD needs none of it.
        from app.store.migrate import upgrade

        with self._engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection:
            upgrade(connection)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one moment of the store."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection in a write transaction, durable (fsync) when the block ends.

        Raises:
            StoreError: STORE_FULL, STORE_READ_ONLY, STORE_BUSY or STORE_UNUSABLE; nothing in
                the block happened.
        """
        try:
            with (
                self._engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection,
                connection.begin(),
            ):
                yield connection
        except OperationalError as error:
            raise StoreError(_write_code(error)) from error

    def close(self) -> None:
        self._engine.dispose()


def _engine(path: Path, key: bytes) -> Engine:
    from sqlcipher3 import dbapi2

    def connect() -> Any:
        existed = path.exists()
        connection = dbapi2.connect(str(path), timeout=30, check_same_thread=False)
        if not existed and os.name == "posix":
            path.chmod(0o600)
        connection.isolation_level = None  # SQLAlchemy's events below begin transactions
        # On a wrong key SQLCipher writes to the standard error; StoreError says it better.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -65536")
        return connection

    engine = create_engine("sqlite://", module=dbapi2, creator=connect, poolclass=QueuePool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    return engine


def _open_code(error: Exception) -> str:
    text = str(error).lower()
    if "not a database" in text or "hmac" in text:
        return "STORE_KEY_WRONG"
    return _write_code(error)


def _write_code(error: Exception) -> str:
    text = str(error).lower()
    if "full" in text or "no space" in text:
        return "STORE_FULL"
    if "readonly" in text or "read-only" in text:
        return "STORE_READ_ONLY"
    if "locked" in text or "busy" in text:
        return "STORE_BUSY"
    return "STORE_UNUSABLE"
