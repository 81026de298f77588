"""The search's pieces, merged between two transactions, and only while nobody waits.

Each transaction that makes orders findable adds a piece to the search. Left alone it would merge
six hundred pages at once from time to time, and sixteen pieces of a size in the transaction that
is at hand: that took 200 to 500 ms, and a scan waited for it. One step of a merge takes as long as
the list of the orders that say the same three letters: 100 ms where a million do.
"""

from __future__ import annotations

from sqlalchemy import Connection

from app.store.database import Store

TURNS = 4  # transactions whose pieces are merged at once: the search merges four of a size
_PAGES = 4  # are merged for each transaction, and one more for so many orders:
_ORDERS = 5  # no more than 16 pieces are left, however many come at once
_MERGE = "INSERT INTO order_search(order_search, rank) VALUES ('merge', ?)"


class Pieces:
    """What one writer of orders added to the search of `store`."""

    def __init__(self, store: Store) -> None:
        self._store = store
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
        if self._turns and self._store.in_passing(self._merge):
            self._turns = self._pages = 0

    def _merge(self, c: Connection) -> None:
        c.exec_driver_sql(_MERGE, (self._pages,))
