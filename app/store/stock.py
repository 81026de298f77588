"""Queries that hold the count of another system against the bins here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from app.store import outbox
from app.store.database import WAREHOUSE
from app.store.schema import BINS, ORDER_LINES, ORDERS, OUTBOX, PLACEMENTS, STOCK

Place = tuple[str, str, str]  # bin, SKU, lot

_BEFORE_PICK = ("received", "to_pick", "picking", "awaiting_invoice", "awaiting_label")
_ON_THE_FLOOR = (*_BEFORE_PICK, "exceptions", "picked", "packed", "to_ship", "putback")


def away(c: Connection, source: str, step: str | None) -> Counter[Place]:
    """Units of the source's orders that left their bins here and that it counts all the same.

    It was not told of `step` yet, or the order was cancelled, and they wait to be put back. With
    no `step` these alone: it counts no unit that was ordered.
    """
    is_put_back = ORDERS.c.queue == "putback"
    told = select(OUTBOX.c.order_id).where(
        *_tells(source), OUTBOX.c.topic == step, OUTBOX.c.state == "done"
    )
    owed = select(OUTBOX.c.order_id).where(*_tells(source), OUTBOX.c.state.in_(outbox.UNSETTLED))
    placed = PLACEMENTS.c
    rows = c.execute(
        select(placed.bin, placed.sku, placed.lot, func.sum(placed.quantity))
        .join(
            ORDERS,
            (ORDERS.c.warehouse_id == placed.warehouse_id) & (ORDERS.c.id == placed.order_id),
        )
        .where(
            ORDERS.c.warehouse_id == WAREHOUSE,
            ORDERS.c.source == source,
            placed.quantity > 0,
            or_(ORDERS.c.queue.in_(_ON_THE_FLOOR), ORDERS.c.id.in_(owed)),
            is_put_back if step is None else or_(is_put_back, ORDERS.c.id.not_in(told)),
        )
        .group_by(placed.bin, placed.sku, placed.lot)
    )
    return Counter({(bin_, sku, lot): int(units) for bin_, sku, lot, units in rows})


def promised(c: Connection, source: str) -> Counter[str]:
    """Units of the source's open orders that still stand in their bins, by SKU."""
    line = ORDER_LINES.c
    left = func.sum(line.quantity - line.picked - line.short)
    rows = c.execute(
        select(line.sku, left)
        .join(
            ORDERS,
            (ORDERS.c.warehouse_id == line.warehouse_id) & (ORDERS.c.id == line.order_id),
        )
        .where(
            ORDERS.c.warehouse_id == WAREHOUSE,
            ORDERS.c.source == source,
            ORDERS.c.queue.in_((*_BEFORE_PICK, "exceptions")),
        )
        .group_by(line.sku)
    )
    return Counter({sku: int(units) for sku, units in rows if units})


def counted(c: Connection, source: str) -> dict[Place, str]:
    """What the source said of each place when it was last read, as `put` was given it."""
    rows = c.execute(
        select(STOCK.c.bin, STOCK.c.sku, STOCK.c.lot, STOCK.c.digest).where(
            STOCK.c.warehouse_id == WAREHOUSE,
            STOCK.c.digest.startswith(f"{source}:", autoescape=True),
        )
    )
    return {(row.bin, row.sku, row.lot): row.digest for row in rows}


def put(c: Connection, place: Place, quantity: int, digest: str) -> None:
    """Units in a place by another system's count; a bin that is known keeps its zone and its place
    in the walk."""
    bin_, sku, lot = place
    c.execute(
        upsert(BINS)
        .values(warehouse_id=WAREHOUSE, code=bin_, zone="", pick_sequence=0)
        .on_conflict_do_nothing()
    )
    facts: Mapping[str, Any] = {"quantity": quantity, "digest": digest, "recount": False}
    c.execute(
        upsert(STOCK)
        .values(warehouse_id=WAREHOUSE, bin=bin_, sku=sku, lot=lot, expiry=None, **facts)
        .on_conflict_do_update(index_elements=["warehouse_id", "bin", "sku", "lot"], set_=facts)
    )


def _tells(source: str) -> tuple[Any, ...]:
    return (
        OUTBOX.c.warehouse_id == WAREHOUSE,
        OUTBOX.c.connector == source,
        OUTBOX.c.kind == "tell",
    )
