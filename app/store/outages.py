"""Queries over what an outage holds up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select

from app.store.database import WAREHOUSE
from app.store.flow_schema import OutboxRow
from app.store.outbox import OPEN
from app.store.schema import OrderRow, QueueCountRow

_IN_HOUSE = ("to_pick", "picking", "picked", "awaiting_invoice", "awaiting_label")


def held_by(c: Connection, systems: Sequence[str]) -> Sequence[Row[Any]]:
    """The orders that can't leave before one of `systems` answers: their invoice or label is owed
    by it. Soonest carrier first."""
    owed = select(OutboxRow.order_id).where(
        OutboxRow.warehouse_id == WAREHOUSE,
        OutboxRow.connector.in_(systems),
        OutboxRow.kind.in_(("issue", "label")),
        OutboxRow.state.in_(OPEN),
    )
    return c.execute(
        select(OrderRow)
        .where(
            OrderRow.warehouse_id == WAREHOUSE,
            OrderRow.id.in_(owed),
            OrderRow.queue.in_(_IN_HOUSE),
        )
        .order_by(OrderRow.cutoff, OrderRow.due_at, OrderRow.id)
    ).all()


def in_hand(c: Connection) -> int:
    """How many orders the station holds that are not packed yet."""
    query = select(func.sum(QueueCountRow.orders)).where(
        QueueCountRow.warehouse_id == WAREHOUSE, QueueCountRow.queue.in_(_IN_HOUSE)
    )
    return int(c.scalar(query) or 0)
