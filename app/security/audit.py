"""The audit: facts about access go into the journal's own chain, and the chain can be checked.

A chain of hashes shows a changed, removed or reordered entry, but not that its newest ones were
cut off: what is left is whole. The store's mark (`app.store.mark`) notes where each chain ends;
the heads that a check tells are for keeping elsewhere, on paper or at another machine, since
whoever may write the data folder could put back an old mark together with an old store.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from app.domain.entry import Entry
from app.store import journal
from app.store.database import Store
from app.store.journal import Stamp

Heads = Mapping[str, tuple[int, str]]  # station -> (sequence number, hash) of an entry


class Verdict(Struct, frozen=True):
    """What checking the journal found; `is_whole` when nothing is wrong.

    `broken`: station -> sequence numbers where its chain doesn't hold. `cut`: station -> (last
    number that is there, number that must be). `marked`: whether the store had its mark.
    """

    heads: Heads
    broken: Mapping[str, tuple[int, ...]]
    cut: Mapping[str, tuple[int, int]]
    marked: bool

    @property
    def is_whole(self) -> bool:
        return not self.broken and not self.cut


class Audit:
    """Writes for one station. `operator_id` says who stands there, 0 for nobody; `user` is the
    system's user on the command line, where nobody does."""

    def __init__(
        self,
        store: Store,
        station_id: str,
        clock: Callable[[], datetime],
        operator_id: Callable[[], int] = lambda: 0,
    ) -> None:
        self._store = store
        self._station_id = station_id
        self._clock = clock
        self._operator_id = operator_id
        self.user = ""

    def write(self, c: Connection, entry: Entry, operator_id: int | None = None) -> None:
        """Add `entry` in the caller's transaction, so that the fact and its record are one."""
        who = self._operator_id() if operator_id is None else operator_id
        if self.user and hasattr(entry, "user"):
            entry = replace(entry, **{"user": self.user})
        journal.append(c, Stamp(self._station_id, who, self._clock()), [entry])

    def stand_in(self, operator_id: int) -> None:
        """An operator answered for what a command does from here on."""
        self._operator_id = lambda: operator_id

    def record(self, entry: Entry, operator_id: int | None = None) -> None:
        """Add `entry` in a transaction of its own.

        Raises:
            StoreError: it could not be kept.
        """
        with self._store.write() as c:
            self.write(c, entry, operator_id)


def verify(store: Store, expected: Heads | None = None) -> Verdict:
    """Walk every station's chain; compare its end with the mark and with heads kept elsewhere."""
    promised = store.promised()
    with store.read() as c:
        heads = journal.heads(c)
        stations = sorted({*heads, *promised, *(expected or {})})
        links = {station: tuple(journal.broken_links(c, station)) for station in stations}
        cut = {
            station: (heads.get(station, (0, ""))[0], seq)
            for known in (promised, expected or {})
            for station, (seq, text) in known.items()
            if journal.hash_at(c, station, seq) != text
        }
    return Verdict(heads, {s: at for s, at in links.items() if at}, cut, bool(promised))
