"""Queries over batches of documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select

from app.store.database import WAREHOUSE
from app.store.schema import (
    OrderRow,
    PrintBatchItemRow,
    PrintBatchRow,
    PrintJobRow,
    RecipientRow,
)

SKIPPED = "-"  # in place of a job, of an item that there is no use in printing any more


def by_id(c: Connection, batch_id: str) -> Row[Any] | None:
    return c.execute(
        select(PrintBatchRow).where(
            PrintBatchRow.warehouse_id == WAREHOUSE, PrintBatchRow.id == batch_id
        )
    ).first()


def latest(c: Connection, station_id: str, limit: int) -> Sequence[Row[Any]]:
    """A station's batches, the newest first, each with how many items began (`begun`)."""
    begun = (
        select(func.count())
        .where(
            PrintBatchItemRow.warehouse_id == WAREHOUSE,
            PrintBatchItemRow.batch_id == PrintBatchRow.id,
            PrintBatchItemRow.job_id.not_in(["", SKIPPED]),
        )
        .scalar_subquery()
    )
    return c.execute(
        select(PrintBatchRow, begun.label("begun"))
        .where(PrintBatchRow.warehouse_id == WAREHOUSE, PrintBatchRow.station_id == station_id)
        .order_by(PrintBatchRow.requested_at.desc(), PrintBatchRow.id)
        .limit(limit)
    ).all()


def next_item(c: Connection, batch_id: str) -> Row[Any] | None:
    """The first item whose turn has not come."""
    return c.execute(
        select(PrintBatchItemRow)
        .where(
            PrintBatchItemRow.warehouse_id == WAREHOUSE,
            PrintBatchItemRow.batch_id == batch_id,
            PrintBatchItemRow.job_id == "",
        )
        .order_by(PrintBatchItemRow.position)
        .limit(1)
    ).first()


def current_job(c: Connection, batch_id: str) -> Row[Any] | None:
    """The print job of the last item whose turn came."""
    last = c.scalar(
        select(PrintBatchItemRow.job_id)
        .where(
            PrintBatchItemRow.warehouse_id == WAREHOUSE,
            PrintBatchItemRow.batch_id == batch_id,
            PrintBatchItemRow.job_id.not_in(["", SKIPPED]),
        )
        .order_by(PrintBatchItemRow.position.desc())
        .limit(1)
    )
    if last is None:
        return None
    return c.execute(
        select(PrintJobRow).where(PrintJobRow.warehouse_id == WAREHOUSE, PrintJobRow.id == last)
    ).first()


def items(c: Connection, batch_id: str, first: int, last: int) -> Sequence[Row[Any]]:
    """The items from position `first` to `last`, both included."""
    return c.execute(
        select(PrintBatchItemRow)
        .where(
            PrintBatchItemRow.warehouse_id == WAREHOUSE,
            PrintBatchItemRow.batch_id == batch_id,
            PrintBatchItemRow.position.between(first, last),
        )
        .order_by(PrintBatchItemRow.position)
    ).all()


def running(c: Connection, station_id: str) -> list[str]:
    """The ids of a station's batches that go on by themselves."""
    found = c.scalars(
        select(PrintBatchRow.id).where(
            PrintBatchRow.warehouse_id == WAREHOUSE,
            PrintBatchRow.station_id == station_id,
            PrintBatchRow.state == "RUNNING",
        )
    )
    return list(found)


def by_route(c: Connection, order_ids: Sequence[int]) -> list[int]:
    """The orders as a van is loaded: by carrier, service and CEP."""
    found = c.scalars(
        select(OrderRow.id)
        .join(
            RecipientRow,
            (RecipientRow.warehouse_id == OrderRow.warehouse_id)
            & (RecipientRow.order_id == OrderRow.id),
        )
        .where(OrderRow.warehouse_id == WAREHOUSE, OrderRow.id.in_(order_ids))
        .order_by(OrderRow.carrier, OrderRow.service_code, RecipientRow.cep, OrderRow.id)
    )
    return list(found)
