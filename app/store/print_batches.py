"""Queries over batches of documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select

from app.store.database import WAREHOUSE
from app.store.schema import (
    ORDERS,
    PRINT_BATCH_ITEMS,
    PRINT_BATCHES,
    PRINT_JOBS,
    RECIPIENTS,
)

SKIPPED = "-"  # in place of a job, of an item that there is no use in printing any more


def by_id(c: Connection, batch_id: str) -> Row[Any] | None:
    return c.execute(
        select(PRINT_BATCHES).where(
            PRINT_BATCHES.c.warehouse_id == WAREHOUSE, PRINT_BATCHES.c.id == batch_id
        )
    ).first()


def latest(c: Connection, station_id: str, limit: int) -> Sequence[Row[Any]]:
    """A station's batches, the newest first, each with how many items began (`begun`)."""
    begun = (
        select(func.count())
        .where(
            PRINT_BATCH_ITEMS.c.warehouse_id == WAREHOUSE,
            PRINT_BATCH_ITEMS.c.batch_id == PRINT_BATCHES.c.id,
            PRINT_BATCH_ITEMS.c.job_id.not_in(["", SKIPPED]),
        )
        .scalar_subquery()
    )
    return c.execute(
        select(PRINT_BATCHES, begun.label("begun"))
        .where(PRINT_BATCHES.c.warehouse_id == WAREHOUSE, PRINT_BATCHES.c.station_id == station_id)
        .order_by(PRINT_BATCHES.c.requested_at.desc(), PRINT_BATCHES.c.id)
        .limit(limit)
    ).all()


def next_item(c: Connection, batch_id: str) -> Row[Any] | None:
    """The first item whose turn has not come."""
    return c.execute(
        select(PRINT_BATCH_ITEMS)
        .where(
            PRINT_BATCH_ITEMS.c.warehouse_id == WAREHOUSE,
            PRINT_BATCH_ITEMS.c.batch_id == batch_id,
            PRINT_BATCH_ITEMS.c.job_id == "",
        )
        .order_by(PRINT_BATCH_ITEMS.c.position)
        .limit(1)
    ).first()


def current_job(c: Connection, batch_id: str) -> Row[Any] | None:
    """The print job of the last item whose turn came."""
    last = c.scalar(
        select(PRINT_BATCH_ITEMS.c.job_id)
        .where(
            PRINT_BATCH_ITEMS.c.warehouse_id == WAREHOUSE,
            PRINT_BATCH_ITEMS.c.batch_id == batch_id,
            PRINT_BATCH_ITEMS.c.job_id.not_in(["", SKIPPED]),
        )
        .order_by(PRINT_BATCH_ITEMS.c.position.desc())
        .limit(1)
    )
    if last is None:
        return None
    return c.execute(
        select(PRINT_JOBS).where(PRINT_JOBS.c.warehouse_id == WAREHOUSE, PRINT_JOBS.c.id == last)
    ).first()


def items(c: Connection, batch_id: str, first: int, last: int) -> Sequence[Row[Any]]:
    """The items from position `first` to `last`, both included."""
    return c.execute(
        select(PRINT_BATCH_ITEMS)
        .where(
            PRINT_BATCH_ITEMS.c.warehouse_id == WAREHOUSE,
            PRINT_BATCH_ITEMS.c.batch_id == batch_id,
            PRINT_BATCH_ITEMS.c.position.between(first, last),
        )
        .order_by(PRINT_BATCH_ITEMS.c.position)
    ).all()


def running(c: Connection, station_id: str) -> list[str]:
    """The ids of a station's batches that go on by themselves."""
    found = c.scalars(
        select(PRINT_BATCHES.c.id).where(
            PRINT_BATCHES.c.warehouse_id == WAREHOUSE,
            PRINT_BATCHES.c.station_id == station_id,
            PRINT_BATCHES.c.state == "RUNNING",
        )
    )
    return list(found)


def by_route(c: Connection, order_ids: Sequence[int]) -> list[int]:
    """The orders as a van is loaded: by carrier, service and CEP."""
    found = c.scalars(
        select(ORDERS.c.id)
        .join(
            RECIPIENTS,
            (RECIPIENTS.c.warehouse_id == ORDERS.c.warehouse_id)
            & (RECIPIENTS.c.order_id == ORDERS.c.id),
        )
        .where(ORDERS.c.warehouse_id == WAREHOUSE, ORDERS.c.id.in_(order_ids))
        .order_by(ORDERS.c.carrier, ORDERS.c.service_code, RECIPIENTS.c.cep, ORDERS.c.id)
    )
    return list(found)
