"""Opens the store: one encrypted file, durable by default, brought to the newest schema."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, column, create_engine, event, select, table
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from app.store import faults, moment, swap
from app.store.afterwards import Afterwards
from app.store.asking import Question
from app.store.connecting import connect, empty_log
from app.store.dialect import SQLITE, writes_next
from app.store.errors import StoreError
from app.store.integrity import faults_of
from app.store.mark import Mark, Tails
from app.store.revisions import HEAD, REVISIONS, can_work_on, schema_version
from app.store.trouble import open_trouble, trouble
from app.store.turns import GaveWay, Turns

__all__ = ["HEAD", "REVISIONS", "WAREHOUSE", "Store", "StoreError", "schema_version"]

WAREHOUSE = 1  # a station's own file holds one warehouse
KEPT = 3  # connections that nobody uses: the station's, a page's that is read, long work's
UNDONE = 3  # times that one transaction of long work is undone at most: it must get on
CACHE_KB = 8192  # of each connection: more made a console over a million orders large, not fast
LOG_TURNS = 200  # transactions after which the log is emptied in a pause: about 2,000 pages
EASE_TURNS = 10  # transactions of long work after which it empties the log itself
LOG_PAGES = 8000  # as many make the log full: the transaction that fills it empties it, pause or no
SLOW_S = 1.5  # a disk that takes longer to keep one scan is said to be slow


class Store:
    """The warehouse's file. `read()` and `write()` give a connection inside a transaction."""

    def __init__(self, engine: Engine, path: Path, key: bytes) -> None:
        self._engine = engine
        self.path = path
        self._key = key
        self._mark = Mark(path, key)
        self._afterwards = Afterwards(self._settle)
        self._written = 0  # transactions since the log was last emptied
        self._turns = 0  # of writing; two where nothing came of it (`Moment.after`)
        self._fits: moment.Moment | None = None  # when the schema was last one to work on
        self._commit_s = 0.0
        self._writing = Turns(path)
        self._at_hand: list[Connection] = []  # open, and in nobody's use

    @classmethod
    def open(
        cls, path: Path, key: bytes, before_upgrade: Callable[[str], None] = lambda version: None
    ) -> Store:
        """Open or make the file at `path`, encrypted under the 32 raw bytes of `key`.

        Args:
            before_upgrade: called with the old schema's name before a migration changes it.

        Raises:
            StoreError: STORE_KEY_WRONG (another key, or not a store), STORE_NEWER (of a newer
                version on whose schema this one can't work), STORE_DAMAGED, STORE_BEHIND (a part
                of what was promised is not there), STORE_GONE, or as `write`.
        """
        swap.finish(path)
        promised = Mark(path, key).read()
        if promised and not path.exists():
            raise StoreError("STORE_GONE", path.name)
        store = cls(_engine(path, key), path, key)
        try:
            store._bring_up(promised, before_upgrade)
        except (DatabaseError, OSError) as error:
            store.close()
            raise open_trouble(error, path, key_is_right=bool(promised)) from error
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def look(cls, path: Path, key: bytes) -> Store:
        """Open a file that is there as it is: nothing of it will be changed."""

        def opened() -> Any:
            connection = connect(path, key)
            connection.execute("PRAGMA query_only = ON")
            return connection

        return cls(_engine_of(opened), path, key)

    def _bring_up(self, promised: Tails, before_upgrade: Callable[[str], None]) -> None:
        """See that all is there that was promised, then bring the schema to the newest."""
        with self._connection() as connection, connection.begin():
            version = schema_version(connection)
            is_ready = can_work_on(connection, version)
        if version is not None and version not in REVISIONS and not is_ready:
            raise StoreError("STORE_NEWER", version)
        if promised:
            self._keep_promise(promised, version)
        if is_ready:
            return
        if version is not None:
            before_upgrade(version)
        # Alembic is slow to import, and a store that is already at HEAD needs none of it.
        from app.store.migrate import upgrade

        with self._connection() as connection:
            upgrade(writes_next(connection))
        faults.reach("committed")

    def _keep_promise(self, promised: Tails, version: str | None) -> None:
        """Every entry that was ever answered for must be there, and be the same."""
        if version is None:
            raise StoreError("STORE_BEHIND", self.path.name)
        with self.read() as c:
            for station, (seq, end) in promised.items():
                found = c.exec_driver_sql(
                    "SELECT hash FROM journal WHERE warehouse_id = ? AND station_id = ? "
                    "AND station_seq = ?",
                    (WAREHOUSE, station, seq),
                ).scalar()
                if found != end:
                    raise StoreError("STORE_BEHIND", f"{station}: {seq}")

    def faults(self) -> list[str]:
        """What is damaged in the file; see `integrity.faults_of`. Takes as long as reading it."""
        return faults_of(self.path, self._key)

    def promised(self) -> Tails:
        """The last entry of each station that the mark knows; empty where there is no mark."""
        self._mark.write()
        return self._mark.read()

    @property
    def is_wanted(self) -> bool:
        """Whether long work was in the way of somebody who wanted to write, these seconds, here or
        in another process."""
        return self._writing.is_wanted

    @property
    def is_slow(self) -> bool:
        """Whether the disk took long to keep the last transaction."""
        return self._commit_s > SLOW_S

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one moment of the store.

        Raises:
            StoreError: as `write`.
        """
        with self._said(), self._connection() as connection, connection.begin():
            moment.begin(connection, self._turns)
            yield connection

    @contextmanager
    def write(self, *, makes_way: bool = False) -> Iterator[Connection]:
        """A connection in a write transaction, durable (fsync) when the block ends.

        Args:
            makes_way: see `long_write`.

        Raises:
            GaveWay: somebody else waits to write, and this transaction makes way.
            StoreError: STORE_FULL, STORE_READ_ONLY, STORE_BUSY, STORE_FAILED, STORE_DAMAGED,
                STORE_NEWER (another process, of a newer version, has changed the schema since, so
                that this one can't work on it) or
                STORE_UNUSABLE; nothing in the block happened.
        """
        with self._said(), self._writing.turn(makes_way=makes_way):
            with self._connection() as connection:
                writes_next(connection)
                connection.info.pop(TAILS, None)
                turns = 2
                try:
                    with self._writing.beginning(makes_way=makes_way):
                        transaction = connection.begin()
                    with transaction:
                        now = moment.begin(connection, self._turns)
                        if now != self._fits:
                            self._see_schema(connection)
                        with self._writing.making_way(connection) if makes_way else nullcontext():
                            yield connection
                        started = time.monotonic()
                        faults.reach("commit")
                    turns = 1
                except DatabaseError as error:
                    if makes_way and self._writing.is_broken_off:
                        raise GaveWay from error  # an error of its own comes again
                    raise
                finally:
                    self._turns += turns  # before anybody else has this connection
                self._fits = now.after
                self._commit_s = time.monotonic() - started
                tails = connection.info.pop(TAILS, None)
        faults.reach("committed")
        if tails:
            self._mark.owe(tails)
        self._written += 1
        self._afterwards.wake()

    def _see_schema(self, connection: Connection) -> None:
        (version,) = _VERSION.first(connection) or (None,)
        if not can_work_on(connection, version):
            raise StoreError("STORE_NEWER", str(version))

    def long_write(
        self, before: Callable[[], object]
    ) -> Iterator[AbstractContextManager[Connection]]:
        """A transaction of long work, for which nobody shall wait:

            for turn in store.long_write(before):
                with turn as c:
                    ...

        Where somebody else wants to write, its statement is broken off (that of another process is
        waited for), all is undone, and the block runs again, up to `UNDONE` times. So whoever comes
        waits for what was written to be made durable, at most. What the block does after its last
        statement it does once.

        Args:
            before: called before each beginning.

        Raises:
            StoreError: as `write`.
        """
        is_done = False

        @contextmanager
        def turn(makes_way: bool) -> Iterator[Connection]:
            nonlocal is_done
            with suppress(GaveWay):
                with self.write(makes_way=makes_way) as c:
                    yield c
                is_done = True

        for left in range(UNDONE, -1, -1):
            before()
            yield turn(makes_way=left > 0)
            if is_done:
                return

    def in_passing(self, work: Callable[[Connection], object]) -> bool:
        """Do in one transaction what can as well be left for later; whether it was done. It isn't
        where somebody else wants to write meanwhile.

        Raises:
            StoreError: as `write`.
        """
        with suppress(GaveWay):
            with self.write(makes_way=True) as c:
                work(c)
            return True
        return False

    def ease(self) -> None:
        """Between two transactions of long work: from time to time put what the log holds in its
        place, while others may write. Else the log would get full, and the transaction that fills
        it would keep everybody waiting for as long as it takes to empty."""
        if self._written >= EASE_TURNS:
            self._empty_log()

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        """One that was left open, the last one first: it has the newest pages at hand. A pool asks
        more of itself each time than a transaction asks of SQLAlchemy."""
        try:
            connection = self._at_hand.pop()
        except IndexError:
            connection = self._engine.connect()
        try:
            yield connection
        finally:
            driver: Any = connection.connection.driver_connection
            # It still is in one where SQLite refused to make it durable; closing takes it back.
            if len(self._at_hand) < KEPT and not driver.in_transaction:
                self._at_hand.append(connection)
            else:
                connection.close()

    def _let_go(self) -> None:
        """Close all connections that nobody uses; whoever asks gets a new one."""
        while self._at_hand:
            self._at_hand.pop().close()

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Turn what the disk or SQLite says into a StoreError."""
        try:
            yield
        except DatabaseError as error:
            found = trouble(error, self.path)
            if found is None:
                raise
            if found.code in ("STORE_DAMAGED", "STORE_FAILED"):
                # SQLCipher refuses everything on a connection that met a page it couldn't read.
                self._let_go()
            raise found from error
        except OSError as error:
            raise trouble(error, self.path) or error from error

    def close(self) -> None:
        self._afterwards.close()
        self._mark.write()
        self._writing.close()
        self._let_go()

    def _settle(self) -> None:
        """What no transaction waits for: the note of the journal's ends, and from time to time the
        log's pages put in their places, so that no scan finds the log full and does it itself."""
        self._mark.write()
        if self._written >= LOG_TURNS:
            self._empty_log()

    def _empty_log(self) -> None:
        if empty_log(self.path, self._key):
            self._written = 0


_VERSION = Question(select(column("version_num")).select_from(table("alembic_version")))
TAILS = "journal tails"  # in a connection's info: what its transaction added to the journal


def _engine(path: Path, key: bytes) -> Engine:
    def opened() -> Any:
        existed = path.exists()
        connection = connect(path, key)
        if not existed and os.name == "posix":
            path.chmod(0o600)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
        return connection

    return _engine_of(opened)


def _engine_of(opened: Callable[[], Any]) -> Engine:
    from sqlcipher3 import dbapi2

    engine = create_engine(
        SQLITE,
        module=dbapi2,
        creator=opened,
        poolclass=NullPool,  # the store keeps them itself
        hide_parameters=True,  # an error's text never holds a customer's data
    )

    if faults.watches_statements():
        event.listen(engine, "before_cursor_execute", lambda *_: faults.reach("statement"))
    return engine
