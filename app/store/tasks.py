"""Queries over work in hand and totes in use."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from app.domain.entries import TaskClaimed
from app.store.asking import Lookup, Question
from app.store.database import WAREHOUSE
from app.store.schema import JOURNAL, OPERATORS, ORDERS, TASKS, TOTES

# Made once: they run with every scan.
_TASK = Lookup(
    select(TASKS).where(TASKS.c.warehouse_id == WAREHOUSE, TASKS.c.id == bindparam("task"))
)
_IS_HELD = Question(
    select(TASKS.c.id).where(
        TASKS.c.warehouse_id == WAREHOUSE,
        TASKS.c.id == bindparam("task"),
        TASKS.c.station_id == bindparam("station"),
        TASKS.c.open.is_(True),
    )
)
_TOTE_OWNER = Question(
    select(ORDERS.c.number)
    .join(
        TOTES,
        (TOTES.c.warehouse_id == ORDERS.c.warehouse_id) & (TOTES.c.order_id == ORDERS.c.id),
    )
    .where(ORDERS.c.warehouse_id == WAREHOUSE, TOTES.c.code == bindparam("tote"))
    .order_by(ORDERS.c.due_at, ORDERS.c.id)
    .limit(1)
)


def open_task(c: Connection, station_id: str) -> Row[Any] | None:
    """The task that the station has in hand, which a restart resumes."""
    return c.execute(
        select(TASKS)
        .where(
            TASKS.c.warehouse_id == WAREHOUSE,
            TASKS.c.station_id == station_id,
            TASKS.c.open.is_(True),
        )
        .order_by(TASKS.c.claimed_at.desc())
        .limit(1)
    ).first()


def left_by_others(c: Connection, station_id: str) -> Row[Any] | None:
    """The newest open task that stands under another station's name."""
    return c.execute(
        select(TASKS)
        .where(
            TASKS.c.warehouse_id == WAREHOUSE,
            TASKS.c.station_id != station_id,
            TASKS.c.open.is_(True),
        )
        .order_by(TASKS.c.claimed_at.desc())
        .limit(1)
    ).first()


def holding(c: Connection, task_id: str) -> Row[Any] | None:
    return _TASK.first(c, task=task_id)


def is_held(c: Connection, task_id: str, station_id: str) -> bool:
    """Whether the task is open and in the hands of that station."""
    return _IS_HELD.first(c, task=task_id, station=station_id) is not None


def holder(c: Connection, task_id: str) -> tuple[str, datetime] | None:
    """Who claimed a task, and when."""
    row = c.execute(
        select(OPERATORS.c.name, TASKS.c.claimed_at)
        .select_from(TASKS)
        .outerjoin(
            OPERATORS,
            (OPERATORS.c.warehouse_id == TASKS.c.warehouse_id)
            & (OPERATORS.c.id == TASKS.c.operator_id),
        )
        .where(TASKS.c.warehouse_id == WAREHOUSE, TASKS.c.id == task_id)
    ).first()
    return (row[0] or "", row[1]) if row else None


def tote_owner(c: Connection, tote: str) -> str | None:
    """The order (its number) that a tote serves, the first where a batch shares it; None: free."""
    found = _TOTE_OWNER.first(c, tote=tote)
    return str(found[0]) if found else None


def task_of_order(c: Connection, order_id: int) -> str:
    """The open task that has the order in hand, or empty."""
    claim = (
        select(JOURNAL.c.task_id, JOURNAL.c.payload)
        .join(
            TASKS,
            (TASKS.c.warehouse_id == JOURNAL.c.warehouse_id) & (TASKS.c.id == JOURNAL.c.task_id),
        )
        .where(
            JOURNAL.c.warehouse_id == WAREHOUSE,
            JOURNAL.c.kind == TaskClaimed.__name__,
            TASKS.c.open.is_(True),
        )
    )
    for row in c.execute(claim):
        if order_id in row.payload["orders"]:
            return str(row.task_id)
    return ""
