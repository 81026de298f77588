"""The search's pieces, merged between two transactions, and only while nobody waits.

Each transaction that makes orders findable adds a piece to the search. Left alone it would merge
six hundred pages at once from time to time, and sixteen pieces of a size in the transaction that
is at hand: that took 200 to 500 ms, and a scan waited for it. One step of a merge takes as long as
the list of the orders that say the same three letters: where a million do, 100 ms, and then 50 to
make it durable, which nothing can break off. So long pieces are merged while nobody scans, or when
there are so many of them that a search gets slow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from sqlalchemy import Connection

from app.store.database import Store

TURNS = 4  # transactions whose pieces are merged at once: the search merges four of a size
LONG = 1000  # pages of the pieces of one size: the longest list of them is some 30
MANY = 12  # long pieces of a size; with sixteen the search would merge them by itself
_PAGES = 4  # are merged for each transaction, and one more for so many orders:
_ORDERS = 5  # where nobody is near no more than 16 pieces are left, however many come at once
_MERGE = "INSERT INTO order_search(order_search, rank) VALUES ('merge', ?)"


class Pieces:
    """What one writer of orders added to the search of `store`."""

    def __init__(self, store: Store, is_somebody_near: Callable[[], bool]) -> None:
        """`is_somebody_near` tells whether somebody may scan these seconds."""
        self._store = store
        self._is_somebody_near = is_somebody_near
        self._turns = 0
        self._pages = 0

    def came(self, orders: int) -> None:
        """Hear of a transaction that made so many orders findable, and merge every few of them."""
        if not orders:
            return
        self._turns += 1
        self._pages += _PAGES + orders // _ORDERS
        if self._turns >= TURNS:
            self.merge()

    def merge(self) -> None:
        """Merge what came; where somebody waits it is left for the next time.

        Raises:
            StoreError: as `Store.write`.
        """
        if not self._turns:
            return
        merge = self._merge_short if self._is_somebody_near() else self._merge
        if self._store.in_passing(merge):
            self._turns = self._pages = 0

    def _merge(self, c: Connection) -> None:
        c.exec_driver_sql(_MERGE, (self._pages,))

    def _merge_short(self, c: Connection) -> None:
        """Merge no long pieces. When the search is done with some it goes on with the next, of
        whatever size, so it is told to merge a small part of these at a time."""
        left = self._pages
        while left > 0 and (next_ones := _next_ones(c)):
            if next_ones.pages > LONG and next_ones.of_a_size < MANY:
                return
            part = min(left, max(1, next_ones.pages // 8))
            c.exec_driver_sql(_MERGE, (part,))
            left -= part


class _Merge(NamedTuple):
    """Pieces of one size that the search merges next, or could."""

    pieces: int
    pages: int
    of_a_size: int  # all of that size: others may have come since a merge was begun
    is_begun: bool


def _next_ones(c: Connection) -> _Merge | None:
    """Which pieces the search merges next, as it chooses them itself: of the size that has most,
    four at least, and none larger than those of which a merge is begun. One of fewer, which it
    begins where a part of them was deleted, goes on where there is no other."""
    best: _Merge | None = None
    for merge in _possible(c):
        if merge.pieces > (best.pieces if best else TURNS - 1) or (merge.is_begun and not best):
            best = merge
        if merge.is_begun:
            break
    return best


def _possible(c: Connection) -> Iterator[_Merge]:
    """What could be merged of each size, the smallest first. See "structure record" in SQLite's
    fts5_index.c."""
    block = c.exec_driver_sql("SELECT block FROM order_search_data WHERE id = 10").scalar_one()
    can_delete = block[4:8] == b"\xff\x00\x00\x01"
    numbers = _numbers(block[8 if can_delete else 4 :])
    sizes, _, _ = next(numbers), next(numbers), next(numbers)
    for _ in range(sizes):
        begun, count = next(numbers), next(numbers)
        pages = []
        for _ in range(count):
            _, first, last = next(numbers), next(numbers), next(numbers)
            pages.append(last - first + 1)
            if can_delete:
                for _ in range(5):  # of what was deleted in it
                    next(numbers)
        merged = pages[:begun] if begun else pages
        yield _Merge(len(merged), sum(merged), count, begun > 0)


def _numbers(block: bytes) -> Iterator[int]:
    """Numbers of seven bits a byte; each byte but the last of a number has its eighth bit set."""
    number = 0
    for byte in block:
        number = number << 7 | byte & 127
        if byte < 128:
            yield number
            number = 0
