"""What the warehouse's codes are: everything that a text names, asked at once."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, String, bindparam, literal, select, union_all

from app.store.asking import Question
from app.store.database import WAREHOUSE
from app.store.schema import BARCODES, BINS, LABELS, ORDERS, TOTES


class Named(Struct, frozen=True):
    """What one text names. `products`: (SKU, units of a scan) of each, by SKU."""

    products: tuple[tuple[str, int], ...]
    is_bin: bool
    is_tote: bool
    is_tracking: bool
    is_order: bool


def named(c: Connection, code: str) -> Named:
    """Everything that `code`, as exact text, stands for."""
    found = _NAMED.rows(c, code=code)
    kinds = {row[0] for row in found}
    products = sorted((sku, units) for kind, sku, units in found if kind == "product")
    return Named(
        tuple(products),
        is_bin="bin" in kinds,
        is_tote="tote" in kinds,
        is_tracking="tracking" in kinds,
        is_order="order" in kinds,
    )


def _in(kind: str, column: Any) -> Any:
    """A row that says `kind` where the column holds the code."""
    here = (column.table.c.warehouse_id == WAREHOUSE, column == _CODE)
    return select(literal(kind), literal(""), literal(0)).where(*here)


_CODE = bindparam("code", type_=String)
# Made once: it runs with every scan.
_NAMED = Question(
    union_all(
        _in("tracking", LABELS.c.tracking),
        _in("bin", BINS.c.code),
        _in("tote", TOTES.c.code),
        _in("order", ORDERS.c.number),
        select(literal("product"), BARCODES.c.sku, BARCODES.c.quantity).where(
            BARCODES.c.warehouse_id == WAREHOUSE, BARCODES.c.code == _CODE
        ),
    )
)
