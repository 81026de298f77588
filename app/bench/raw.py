"""The floor under a scan: the very writes that the product made, by plain statements."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event

from app.bench import warehouse
from app.store.asking import Change
from app.store.database import CACHE_KB, Store

Write = tuple[str, Any]  # a statement and its values


class Writes:
    """Keeps what a store writes while it watches, scan by scan."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._now: list[Write] = []
        self.scans: list[list[Write]] = []

    @contextmanager
    def watching(self) -> Iterator[None]:
        # The open ones and those to come.
        watched = [*self._store._at_hand, self._store._engine]
        for one in watched:
            event.listen(one, "before_cursor_execute", self._heard)
        Change.heard = lambda statement, values: self._now.append((statement, values))
        try:
            yield
        finally:
            Change.heard = None
            for one in watched:
                event.remove(one, "before_cursor_execute", self._heard)

    def end_scan(self) -> None:
        self.scans.append(self._now)
        self._now = []

    def take(self) -> list[list[Write]]:
        """What came since it was last asked."""
        scans, self.scans = self.scans, []
        return scans

    def _heard(
        self, c: Any, cursor: Any, statement: str, values: Any, context: Any, many: bool
    ) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            self._now += [(statement, one) for one in (values if many else [values])]


class Copy:
    """A second store, as the first one was, that takes the same writes."""

    def __init__(self, home: Path, copy: Path) -> None:
        db = warehouse.raw(home)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()
        shutil.copytree(home, copy)
        if hasattr(os, "sync"):  # else the disk would take it while scans are measured
            os.sync()
        self._db = warehouse.raw(copy)
        self._db.execute(f"PRAGMA cache_size = -{CACHE_KB}")

    def write(self, writes: list[Write]) -> None:
        """One durable transaction; nothing where there is nothing to write."""
        if not writes:
            return
        self._db.execute("BEGIN IMMEDIATE")
        for statement, values in writes:
            self._db.execute(statement, values)
        self._db.execute("COMMIT")

    def close(self) -> None:
        self._db.close()
