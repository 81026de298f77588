"""Queries over work in hand and totes in use."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from app.domain.entries import TaskClaimed
from app.store.database import WAREHOUSE
from app.store.schema import JournalRow, OperatorRow, OrderRow, TaskRow, ToteRow


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


def holder(c: Connection, task_id: str) -> tuple[str, datetime] | None:
    """Who claimed a task, and when."""
    row = c.execute(
        select(OperatorRow.name, TaskRow.claimed_at)
        .select_from(TaskRow)
        .outerjoin(
            OperatorRow,
            (OperatorRow.warehouse_id == TaskRow.warehouse_id)
            & (OperatorRow.id == TaskRow.operator_id),
        )
        .where(TaskRow.warehouse_id == WAREHOUSE, TaskRow.id == task_id)
    ).first()
    return (row[0] or "", row[1]) if row else None


def tote_owner(c: Connection, tote: str) -> str | None:
    """The order (its number) that a tote serves, the first where a batch shares it; None: free."""
    return c.scalar(
        select(OrderRow.number)
        .join(
            ToteRow,
            (ToteRow.warehouse_id == OrderRow.warehouse_id) & (ToteRow.order_id == OrderRow.id),
        )
        .where(OrderRow.warehouse_id == WAREHOUSE, ToteRow.code == tote)
        .order_by(OrderRow.due_at, OrderRow.id)
        .limit(1)
    )


def is_tote(c: Connection, code: str) -> bool:
    query = select(ToteRow.code).where(ToteRow.warehouse_id == WAREHOUSE, ToteRow.code == code)
    return c.execute(query).first() is not None


def task_of_order(c: Connection, order_id: int) -> str:
    """The open task that has the order in hand, or empty."""
    claim = (
        select(JournalRow.task_id, JournalRow.payload)
        .join(
            TaskRow,
            (TaskRow.warehouse_id == JournalRow.warehouse_id) & (TaskRow.id == JournalRow.task_id),
        )
        .where(
            JournalRow.warehouse_id == WAREHOUSE,
            JournalRow.kind == TaskClaimed.__name__,
            TaskRow.open.is_(True),
        )
    )
    for row in c.execute(claim):
        if order_id in row.payload["orders"]:
            return str(row.task_id)
    return ""
