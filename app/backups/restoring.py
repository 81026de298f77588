"""Brings a store back from a backup, and from a damaged store what was done after the backup."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

from msgspec import Struct

from app.backups import archive, making, report, salvage
from app.backups.archive import Backup
from app.backups.replaying import Restored, replay, tables
from app.backups.salvage import Salvage
from app.security.recovery import RecoveryNote
from app.store import copying, journal, swap
from app.store.connecting import connect
from app.store.database import Store, StoreError
from app.store.integrity import faults_of
from app.store.mark import Mark, Tails


class Base(Enum):
    """What there is where there is no backup."""

    OWN = "own"  # the station's own file is whole, and only lacks what can't be had any more
    SCRATCH = "scratch"  # an empty store, and what the damaged one still tells


class Offer(Struct, frozen=True):
    """What a store can be brought back from."""

    base: Backup | Base

    @property
    def source(self) -> Path | Base:
        """As `restore` takes it."""
        return self.base.path if isinstance(self.base, Backup) else self.base


def is_needed(home: Path, store_key: bytes) -> bool:
    """Whether the station's own store is damaged, behind its promise, or gone."""
    path = home / "expedita.db"
    return _is_damaged(path, store_key) or bool(_missing(path, store_key))


def offer(home: Path, store_key: bytes) -> Offer | None:
    """The best there is to go on from; None where there is nothing."""
    own = home / "expedita.db"
    if not _is_damaged(own, store_key):
        return Offer(Base.OWN)
    folder = archive.folder_of(RecoveryNote(home).folder, home, store_key)
    keys = making.keys_of(home, store_key)
    good = (found for found in archive.listed(folder) if making.check(found.path, keys).is_good)
    newest = next(good, None)
    if newest:
        return Offer(newest)
    return Offer(Base.SCRATCH) if salvage.tells_of_work(own, store_key) else None


def restore(
    home: Path, store_key: bytes, source: Path | Base, keys: Iterable[bytes], now: datetime
) -> Restored:
    """Make the store of `home` anew; the old files stay in a folder beside it.

    Args:
        source: a backup, opened by one of `keys`, or what there is without one.

    Raises:
        StoreError: BACKUP_BAD; or as `Store.open`. Nothing was changed then.
    """
    old = home / "expedita.db"
    work = home / "restoring"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(mode=0o700)
    ready = work / "expedita.db"
    done = Restored(from_scratch=source is Base.SCRATCH)
    try:
        if source is Base.OWN:
            copying.copy(old, store_key, ready, store_key)
        elif isinstance(source, Path):
            _take(source, list(keys), ready, store_key)
            made = archive.backup_of(source)
            done.made_at = (
                made.made_at if made else datetime.fromtimestamp(source.stat().st_mtime, UTC)
            )
        promised = Mark(old, store_key).read()
        store = Store.open(ready, store_key)
        try:
            is_whole = source is Base.OWN
            found = Salvage() if is_whole else salvage.read(old, store_key, tables())
            with store.write() as c:
                replay(c, found, promised, done, now)
                heads = journal.heads(c)
        finally:
            store.close()
        _flatten(ready, store_key)
        swap.offer(ready, old)
        Mark(old, store_key).replace(heads)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    done.report = report.write(home, done, now)
    return done


# --- the parts ------------------------------------------------------------------------------


def _is_damaged(path: Path, store_key: bytes) -> bool:
    return not path.exists() or bool(faults_of(path, store_key))


def _take(source: Path, keys: list[bytes], ready: Path, store_key: bytes) -> None:
    found = making.check(source, keys)
    if not found.is_good:
        raise StoreError("BACKUP_BAD", "; ".join(found.faults)[:200])
    key = making.key_that_opens(source, keys)
    assert key is not None
    copying.copy(source, key, ready, store_key)


def _missing(path: Path, key: bytes) -> Tails:
    """What the store had promised and doesn't have."""
    store = Store.look(path, key)
    try:
        with store.read() as c:
            return {
                station: (seq, end)
                for station, (seq, end) in store.promised().items()
                if journal.hash_at(c, station, seq) != end
            }
    finally:
        store.close()


def _flatten(path: Path, key: bytes) -> None:
    """Put the log into the file, so that the file alone is the store."""
    connection = connect(path, key)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    found = faults_of(path, key)
    if found:
        raise StoreError("BACKUP_BAD", "; ".join(found)[:200])
