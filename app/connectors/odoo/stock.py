"""What stands in Odoo's bins: its quants, by location."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from math import floor
from typing import Any

from app.connectors.odoo.wire import Domain, Row, Wire
from app.connectors.roles import Level

QUANT = "stock.quant"


async def levels(wire: Wire, size: int) -> AsyncIterator[tuple[Level, ...]]:
    """Units on hand below each warehouse's stock location, reserved ones among them; what waits at
    a dock or in a packing zone is none of it."""
    warehouses = await wire.call(
        "stock.warehouse", "search_read", domain=[], fields=["lot_stock_id"]
    )
    roots = [row["lot_stock_id"][0] for row in warehouses]
    after, last = 0, False
    while not last:
        domain: Domain = [["location_id", "child_of", roots], ["quantity", ">", 0]]
        rows = await wire.call(
            QUANT, "search_read", domain=[*domain, ["id", ">", after]], order="id asc", limit=size,
            fields=["product_id", "location_id", "lot_id", "quantity"],
        )  # fmt: skip
        last = len(rows) < size
        after = rows[-1]["id"] if rows else after
        yield await _of(wire, rows)


async def _of(wire: Wire, quants: list[Row]) -> tuple[Level, ...]:
    products = await _read(wire, "product.product", _ids(quants, "product_id"), ["default_code"])
    places = await _read(wire, "stock.location", _ids(quants, "location_id"), ["name", "barcode"])
    found = []
    for quant in quants:
        place = places[quant["location_id"][0]]
        sku = products[quant["product_id"][0]]["default_code"]
        lot = quant["lot_id"][1] if quant["lot_id"] else ""
        code = str(place["barcode"] or place["name"])
        found.append(Level(code, str(sku or ""), floor(quant["quantity"]), lot))
    return tuple(found)


def _ids(quants: Iterable[Row], name: str) -> list[int]:
    return sorted({quant[name][0] for quant in quants})


async def _read(wire: Wire, model: str, ids: list[int], fields: list[str]) -> dict[int, Any]:
    rows = await wire.call(model, "read", ids, fields=fields) if ids else []
    return {row["id"]: row for row in rows}
