"""Queries over work in hand and totes in use."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select

from app.store.database import WAREHOUSE
from app.store.schema import OrderRow, TaskRow, ToteRow


def open_task(c: Connection, station_id: str) -> Row[Any] | None:
    """The task that the station has in hand, which a restart resumes."""
    return c.execute(
        select(TaskRow)
        .where(
            TaskRow.warehouse_id == WAREHOUSE,
            TaskRow.station_id == station_id,
            TaskRow.open.is_(True),
        )
        .order_by(TaskRow.claimed_at.desc())
        .limit(1)
    ).first()


def holding(c: Connection, task_id: str) -> Row[Any] | None:
    return c.execute(
        select(TaskRow).where(TaskRow.warehouse_id == WAREHOUSE, TaskRow.id == task_id)
    ).first()


def tote_owner(c: Connection, tote: str) -> str | None:
    """The number of the order whose goods stand in a tote, or None for a free one."""
    return c.scalar(
        select(OrderRow.number)
        .join(
            ToteRow,
            (ToteRow.warehouse_id == OrderRow.warehouse_id) & (ToteRow.order_id == OrderRow.id),
        )
        .where(OrderRow.warehouse_id == WAREHOUSE, ToteRow.code == tote)
        .limit(1)
    )


def is_tote(c: Connection, code: str) -> bool:
    query = select(ToteRow.code).where(ToteRow.warehouse_id == WAREHOUSE, ToteRow.code == code)
    return c.execute(query).first() is not None
