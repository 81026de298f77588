"""Queries over what an outage holds up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select

from app.store.database import WAREHOUSE
from app.store.outbox import OPEN
from app.store.schema import ORDERS, OUTBOX, QUEUE_COUNTS

_IN_HOUSE = ("to_pick", "picking", "picked", "awaiting_invoice", "awaiting_label")


def held_by(c: Connection, systems: Sequence[str]) -> Sequence[Row[Any]]:
    """The orders that can't leave before one of `systems` answers: their invoice or label is owed
    by it. Soonest carrier first."""
    owed = select(OUTBOX.c.order_id).where(
        OUTBOX.c.warehouse_id == WAREHOUSE,
        OUTBOX.c.connector.in_(systems),
        OUTBOX.c.kind.in_(("issue", "label")),
        OUTBOX.c.state.in_(OPEN),
    )
    return c.execute(
        select(ORDERS)
        .where(
            ORDERS.c.warehouse_id == WAREHOUSE,
            ORDERS.c.id.in_(owed),
            ORDERS.c.queue.in_(_IN_HOUSE),
        )
        .order_by(ORDERS.c.cutoff, ORDERS.c.due_at, ORDERS.c.id)
    ).all()


def in_hand(c: Connection) -> int:
    """How many orders the station holds that are not packed yet."""
    query = select(func.sum(QUEUE_COUNTS.c.orders)).where(
        QUEUE_COUNTS.c.warehouse_id == WAREHOUSE, QUEUE_COUNTS.c.queue.in_(_IN_HOUSE)
    )
    return int(c.scalar(query) or 0)
