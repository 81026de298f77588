"""A product that ran short: who else waits for it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from app.store import order_search, orders

NAMED = 6  # orders that an answer names
_LOOKED_AT = 50  # found by a SKU that begins alike, or with nothing left to pick


def also_wanted(c: Connection, sku: str, but: Collection[int], local_time: str) -> tuple[str, ...]:
    """The numbers of other open orders that still need the product, the most urgent first; a last
    "…" where there are more than are named."""
    found = []
    for queue in ("to_pick", "picking"):
        rows, _ = order_search.page(c, sku, queue, 0, _LOOKED_AT, local_time)
        found += [row.number for row in rows if row.id not in but and _needs(c, row.id, sku)]
    return tuple(found[:NAMED]) + (("…",) if len(found) > NAMED else ())


def _needs(c: Connection, order_id: int, sku: str) -> bool:
    return any(
        line.sku == sku and not line.substituted_by and line.picked + line.short < line.quantity
        for line in orders.lines(c, order_id)
    )
