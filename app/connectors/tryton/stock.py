"""What stands in Tryton's bins: products by location, as of today."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from math import floor
from typing import Any

from app.connectors.roles import Level
from app.connectors.tryton.wire import Wire

LOCATION = "stock.location"
PRODUCT = "product.product"


async def levels(wire: Wire, size: int) -> AsyncIterator[tuple[Level, ...]]:
    """Units in each storage location that stands below a warehouse's storage zone, assigned ones
    among them. Tryton sums by location only in a context, so that each bin is a call."""
    zones = await wire.search(LOCATION, [["type", "=", "warehouse"]], ["storage_location"])
    roots = [zone["storage_location"] for zone in zones if zone.get("storage_location")]
    if not roots:
        return
    domain = [["parent", "child_of", roots], ["type", "=", "storage"]]
    for place in await wire.search(LOCATION, domain, ["code", "name"]):
        yield await _in(wire, place["id"], str(place.get("code") or place["name"]), size)


async def _in(wire: Wire, place: int, name: str, size: int) -> tuple[Level, ...]:
    found: list[Level] = []
    after, last = 0, False
    # What is planned for later does not stand there: the day is Tryton's own.
    context = {"locations": [place], "stock_date_end": _day(wire), "with_childs": False}
    while not last:
        domain: list[Any] = [["quantity", ">", 0], ["id", ">", after]]
        rows = await wire.search(PRODUCT, domain, ["code", "quantity"], size, context=context)
        last = len(rows) < size
        after = rows[-1]["id"] if rows else after
        found += [Level(name, str(r["code"] or ""), floor(r["quantity"])) for r in rows]
    return tuple(found)


def _day(wire: Wire) -> date:
    return (wire.at or datetime.now(UTC)).date()
