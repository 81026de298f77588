"""Takes products and bins as their files tell them; told the same again, they change nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection

from app.connectors.records import Good
from app.domain.model import BinStock, Product
from app.store import catalogue


class GoodsTaker:
    """Takes records of one kind, each of which the store has by a key and with a digest.

    Args:
        known: the digest of each key in the store.
        key_of: a record's key.
        put: writes a record and its digest.
    """

    def __init__(
        self,
        known: dict[Any, str],
        key_of: Callable[[Any], Any],
        put: Callable[[Connection, Any, str], None],
    ) -> None:
        self._known = known
        self._taken: dict[Any, str] = {}
        self._key_of = key_of
        self._put = put

    def take(self, c: Connection, records: Iterable[Good[Any]]) -> Counter[str]:
        """Take records in one transaction: how many were new, changed, unchanged."""
        self._taken = {}  # the same records come again where a transaction was undone
        return Counter([self._take(c, record) for record in records])

    def keep(self) -> None:
        """Hear that the transaction in which some were taken last is durable."""
        self._known.update(self._taken)

    def _take(self, c: Connection, record: Good[Any]) -> str:
        key = self._key_of(record.value)
        before = self._taken.get(key, self._known.get(key))
        if before == record.digest:
            return "unchanged"
        self._put(c, record.value, record.digest)
        self._taken[key] = record.digest
        return "new" if before is None else "changed"


def product_taker(c: Connection) -> GoodsTaker:
    """For products, by their SKU."""
    return GoodsTaker(catalogue.digests(c), _sku, catalogue.put_product)


def stock_taker(c: Connection) -> GoodsTaker:
    """For what stands in bins, by bin, SKU and lot."""
    return GoodsTaker(catalogue.stock_digests(c), _place, catalogue.put_stock)


def _sku(product: Product) -> str:
    return product.sku


def _place(stock: BinStock) -> tuple[str, str, str]:
    return stock.bin, stock.sku, stock.lot
