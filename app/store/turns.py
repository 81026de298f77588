"""Turns at writing: one writer of this process at a time, and long work that makes way for all."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event

from app.store.waiting import Waiting

TURN_S = 30.0  # as long as SQLite waits for a writer of another process
BEHIND_S = 1.0  # long work lets others go first for so long, and then waits as they do
WANTED_S = 10.0  # whoever waited so lately will write again
_LOOKS_S = 0.001
_BREAKS_S = 0.005  # a statement that had just not begun is broken off so much later


class GaveWay(Exception):
    """Somebody else waits to write: what long work wrote in this turn is undone."""


class Turns:
    """Who writes. SQLite itself lets a waiting writer ask again at growing intervals, and one that
    writes again and again would always be there first."""

    def __init__(self, path: Path) -> None:
        """`path` is the store's."""
        self._elsewhere = Waiting(path)
        self._wanted = -WANTED_S
        self._writing = threading.Lock()
        self._counting = threading.Lock()
        self._waiting = 0  # of those who don't make way
        self._breaking = threading.Lock()
        self._breakable: Any = None  # the driver's connection of long work that makes way
        self.is_broken_off = False  # whether a statement of it may have been

    @contextmanager
    def turn(self, *, makes_way: bool = False) -> Iterator[None]:
        """The right to write, as soon as whoever writes has ended.

        Args:
            makes_way: for long work, which lets others go first; see `making_way`.
        """
        if makes_way:
            self._let_others_go_first()
        taken = self._writing.acquire(blocking=False) or self._wait(makes_way)
        try:
            yield
        finally:
            if taken:
                self._writing.release()

    def beginning(self, *, makes_way: bool) -> AbstractContextManager[None]:
        """Around the beginning of a transaction, which waits for a writer of another process."""
        return nullcontext() if makes_way else self._elsewhere.told()

    @property
    def is_wanted(self) -> bool:
        """Whether long work of this process was in somebody's way these seconds."""
        return time.monotonic() < self._wanted + WANTED_S

    def close(self) -> None:
        self._elsewhere.close()

    @contextmanager
    def making_way(self, connection: Connection) -> Iterator[None]:
        """Long work in a transaction of `connection`, which ends as soon as somebody waits: in the
        middle of a statement, or before the next one.

        Raises:
            GaveWay: somebody waits.
            DatabaseError: for the same reason, where it `is_broken_off`. SQLite tells it by many
                codes: of a list that it was just making it says that it can't be made.
        """
        event.listen(connection, "before_cursor_execute", self._make_way)
        self.is_broken_off = False
        self._breakable = connection.connection.driver_connection
        try:
            yield
        finally:
            with self._breaking:  # what follows, as the commit, is never broken off
                self._breakable = None
            event.remove(connection, "before_cursor_execute", self._make_way)

    def _make_way(self, *_: Any) -> None:
        if self._somebody_waits():
            raise GaveWay

    def _somebody_waits(self) -> bool:
        waits = self._waiting > 0 or self._elsewhere.anybody()
        if waits:
            self._wanted = time.monotonic()
        return waits

    def _wait(self, makes_way: bool) -> bool:
        if makes_way:
            return self._writing.acquire(timeout=TURN_S)
        self._count(1)
        try:
            end = time.monotonic() + TURN_S
            while time.monotonic() < end:
                self._break_off()
                if self._writing.acquire(timeout=_BREAKS_S):
                    return True
            return False
        finally:
            self._count(-1)

    def _break_off(self) -> None:
        with self._breaking:
            if self._breakable is not None:
                self.is_broken_off = True
                self._breakable.interrupt()

    def _count(self, more: int) -> None:
        with self._counting:
            self._waiting += more

    def _let_others_go_first(self) -> None:
        end = time.monotonic() + BEHIND_S
        while self._somebody_waits() and time.monotonic() < end:
            time.sleep(_LOOKS_S)
