"""Queries over operators' authenticators and recovery codes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, func, insert, select, update

from app.store.database import WAREHOUSE
from app.store.schema import OPERATORS, RECOVERY_CODES, SECOND_FACTORS


def of(c: Connection, operator_id: int) -> Row[Any] | None:
    return c.execute(select(SECOND_FACTORS).where(*_whose(SECOND_FACTORS, operator_id))).first()


def put(
    c: Connection,
    operator_id: int,
    secret: str,
    step: int,
    at: datetime,
    code_hashes: Iterable[str],
) -> None:
    """Keep a new authenticator and its recovery codes in place of any older ones."""
    remove(c, operator_id)
    mine = {"warehouse_id": WAREHOUSE, "operator_id": operator_id}
    c.execute(
        insert(SECOND_FACTORS).values(
            **mine, secret=secret, set_at=at, last_step=step, failures=0, next_try_at=None
        )
    )
    c.execute(insert(RECOVERY_CODES), [{**mine, "code_hash": text} for text in code_hashes])


def remove(c: Connection, operator_id: int) -> bool:
    """Forget the authenticator and its codes; false where there was none."""
    c.execute(delete(RECOVERY_CODES).where(*_whose(RECOVERY_CODES, operator_id)))
    gone = c.execute(delete(SECOND_FACTORS).where(*_whose(SECOND_FACTORS, operator_id)))
    return gone.rowcount > 0


def set_failures(
    c: Connection, operator_id: int, failures: int, next_try_at: datetime | None
) -> None:
    c.execute(
        update(SECOND_FACTORS)
        .where(*_whose(SECOND_FACTORS, operator_id))
        .values(failures=failures, next_try_at=next_try_at)
    )


def spend_step(c: Connection, operator_id: int, step: int) -> bool:
    """Take a time step's code once and for all; false where it or a later one was taken."""
    taken = c.execute(
        update(SECOND_FACTORS)
        .where(*_whose(SECOND_FACTORS, operator_id), SECOND_FACTORS.c.last_step < step)
        .values(last_step=step)
    )
    return taken.rowcount > 0


def spend_recovery_code(c: Connection, operator_id: int, code_hash: str) -> bool:
    """Take a recovery code once and for all; false where there is none such."""
    taken = c.execute(
        delete(RECOVERY_CODES).where(
            *_whose(RECOVERY_CODES, operator_id), RECOVERY_CODES.c.code_hash == code_hash
        )
    )
    return taken.rowcount > 0


def recovery_codes_left(c: Connection, operator_id: int) -> int:
    query = select(func.count()).where(*_whose(RECOVERY_CODES, operator_id))
    return c.scalar(query) or 0


def enrolled(c: Connection) -> dict[int, str]:
    """Operator id -> role of every active operator with an authenticator."""
    rows = c.execute(
        select(OPERATORS.c.id, OPERATORS.c.role)
        .join(
            SECOND_FACTORS,
            (SECOND_FACTORS.c.warehouse_id == OPERATORS.c.warehouse_id)
            & (SECOND_FACTORS.c.operator_id == OPERATORS.c.id),
        )
        .where(OPERATORS.c.warehouse_id == WAREHOUSE, OPERATORS.c.disabled.is_(False))
    )
    return {row.id: row.role for row in rows}


def _whose(table: Table, operator_id: int) -> tuple[Any, Any]:
    return table.c.warehouse_id == WAREHOUSE, table.c.operator_id == operator_id
