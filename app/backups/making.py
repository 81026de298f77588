"""Makes one backup: copied, opened, checked, and only then given its name."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from sqlalchemy import Connection

from app.backups import archive
from app.backups.archive import Backup
from app.security.recovery import RecoveryNote, backup_key, recovery_key
from app.store import copying, journal
from app.store.connecting import connect
from app.store.database import REVISIONS, Store, StoreError
from app.store.home_lock import HomeLock
from app.store.integrity import faults_of
from app.store.revisions import can_work_on
from app.store.trouble import NOT_A_STORE, sqlite_code, trouble

PATIENCE_S = 600.0  # with another process that makes a backup
PAUSE_S = 0.2


class Check(Struct, frozen=True):
    """What opening a backup found. `faults` is empty where it is good; `tails` are the last
    entries of each station in it."""

    orders: int = 0
    schema: str = ""
    tails: tuple[tuple[str, int], ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        return not self.faults


@contextmanager
def turn(home: Path, patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Have the making of backups to oneself among all processes that work on a data folder: the
    console, the worker and commands.

    Raises:
        StoreError: BACKUP_BUSY, another has it for longer than `patience_s`; or what the disk says.
    """
    until = time.monotonic() + patience_s
    while True:
        try:
            lock = HomeLock(home, "backups.lock", "BACKUP_BUSY")
            break
        except StoreError as error:
            if error.code != "BACKUP_BUSY" or time.monotonic() >= until:
                raise
        time.sleep(PAUSE_S)
    try:
        yield
    finally:
        lock.release()


def make(home: Path, store_key: bytes, folder: Path, kind: str, now: datetime) -> Backup:
    """Back up the store of `home` into `folder`, and drop what the schedule no longer keeps.

    In one's `turn`: what is found half made there is taken for left behind.

    Raises:
        StoreError: BACKUP_BAD (what was written can't be read back), STORE_FULL,
            STORE_DAMAGED and the like, of the disk that the backup goes to or of the store.
    """
    source = home / "expedita.db"
    key = backup_key(recovery_key(store_key, RecoveryNote(home).number))
    assert key is not None
    name = folder / archive.name_of(now, kind)
    draft = name.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _clear_drafts(folder)
        copying.copy(source, store_key, draft, key)
        found = check(draft, [key])
        if not found.is_good:
            raise StoreError("BACKUP_BAD", "; ".join(found.faults)[:200])
        copying.settle(draft, name)
    except Exception as error:
        raise trouble(error, folder) or error from error
    finally:
        draft.unlink(missing_ok=True)
    for old in archive.to_drop(archive.listed(folder)):
        old.path.unlink(missing_ok=True)
    return Backup(name, now, kind)


def check(path: Path, keys: Sequence[bytes]) -> Check:
    """Open a backup with the first of `keys` that fits, and read all of it."""
    if not path.is_file():
        return Check(faults=("there is no such file",))
    if not path.stat().st_size:
        return Check(faults=("it is empty",))
    key = key_that_opens(path, keys)
    if key is None:
        return Check(faults=("no key here opens it, or its beginning is damaged",))
    try:
        faults = faults_of(path, key)
    except StoreError as error:
        faults = [str(error)]
    if faults:
        return Check(faults=tuple(faults))
    store = Store.look(path, key)
    try:
        with store.read() as c:
            return _contents(c)
    except StoreError as error:
        return Check(faults=(str(error),))
    finally:
        store.close()


def key_that_opens(path: Path, keys: Sequence[bytes]) -> bytes | None:
    from sqlcipher3 import dbapi2

    for key in keys:
        try:
            with closing(connect(path, key)) as connection:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except dbapi2.DatabaseError as error:
            if sqlite_code(error) == NOT_A_STORE:
                continue  # else it opens, and what is wrong with it shows when it is read
        return key
    return None


def keys_of(home: Path, store_key: bytes) -> list[bytes]:
    """What opens the backups that this store made: its present recovery key, and older ones."""
    numbers = range(RecoveryNote(home).number, 0, -1)
    made = (backup_key(recovery_key(store_key, number)) for number in numbers)
    return [key for key in made if key]


def _contents(c: Connection) -> Check:
    version = c.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    orders = c.exec_driver_sql("SELECT count(*) FROM orders").scalar()
    tails = journal.counted(c)
    # The chain of hashes is `expedita audit verify`'s matter: over years of work it takes minutes.
    faults = [
        f"the journal of {s} has {n} of {last}" for s, (n, last) in tails.items() if n != last
    ]
    if version not in REVISIONS and not can_work_on(c, version):
        faults.append(f"it is of a newer version ({version})")
    seqs = tuple((station, last) for station, (_, last) in sorted(tails.items()))
    return Check(int(orders or 0), str(version), seqs, tuple(faults))


def _clear_drafts(folder: Path) -> None:
    """What a kill left behind."""
    for draft in folder.glob("*.part*"):
        draft.unlink()
