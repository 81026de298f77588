"""Queries over operators: who may sign in, and how often a wrong PIN was tried."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from app.store.asking import Question
from app.store.database import WAREHOUSE
from app.store.schema import OPERATORS

# Made once: it runs with every scan.
_IS_DISABLED = Question(
    select(OPERATORS.c.id).where(
        OPERATORS.c.warehouse_id == WAREHOUSE,
        OPERATORS.c.badge == bindparam("badge"),
        OPERATORS.c.disabled.is_(True),
    )
)
_BY_BADGE = select(OPERATORS).where(
    OPERATORS.c.warehouse_id == WAREHOUSE, OPERATORS.c.badge == bindparam("badge")
)


def add(c: Connection, name: str, badge: str, role: str, pin_hash: str) -> int:
    """Write a new operator; gives the id that the journal will name them by."""
    last = c.scalar(select(func.max(OPERATORS.c.id)).where(OPERATORS.c.warehouse_id == WAREHOUSE))
    operator_id = (last or 0) + 1
    c.execute(
        insert(OPERATORS).values(
            warehouse_id=WAREHOUSE,
            id=operator_id,
            name=name,
            badge=badge,
            role=role,
            pin_hash=pin_hash,
            failures=0,
            disabled=False,
        )
    )
    return operator_id


def by_badge(c: Connection, badge: str) -> Row[Any] | None:
    return c.execute(_BY_BADGE, {"badge": badge}).first()


def is_disabled(c: Connection, badge: str) -> bool:
    return _IS_DISABLED.first(c, badge=badge) is not None


def everyone(c: Connection) -> Sequence[Row[Any]]:
    """All operators by name, the disabled ones too."""
    return c.execute(
        select(OPERATORS)
        .where(OPERATORS.c.warehouse_id == WAREHOUSE)
        .order_by(OPERATORS.c.disabled, OPERATORS.c.name, OPERATORS.c.id)
    ).all()


def count(c: Connection, *, role: str = "", active: bool = False) -> int:
    """How many operators there are, of one role or of all."""
    query = select(func.count()).where(OPERATORS.c.warehouse_id == WAREHOUSE)
    if role:
        query = query.where(OPERATORS.c.role == role)
    if active:
        query = query.where(OPERATORS.c.disabled.is_(False))
    return c.scalar(query) or 0


def set_failures(
    c: Connection, operator_id: int, failures: int, next_try_at: datetime | None
) -> None:
    _set(c, operator_id, failures=failures, next_try_at=next_try_at)


def set_pin_hash(c: Connection, operator_id: int, pin_hash: str) -> None:
    _set(c, operator_id, pin_hash=pin_hash)


def set_disabled(c: Connection, operator_id: int, disabled: bool) -> None:
    _set(c, operator_id, disabled=disabled)


def _set(c: Connection, operator_id: int, **values: Any) -> None:
    c.execute(
        update(OPERATORS)
        .where(OPERATORS.c.warehouse_id == WAREHOUSE, OPERATORS.c.id == operator_id)
        .values(**values)
    )
