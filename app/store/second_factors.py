"""Queries over operators' authenticators and recovery codes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from app.store.database import WAREHOUSE
from app.store.schema import OperatorRow, RecoveryCodeRow, SecondFactorRow


def of(c: Connection, operator_id: int) -> Row[Any] | None:
    return c.execute(select(SecondFactorRow).where(*_whose(SecondFactorRow, operator_id))).first()


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
        insert(SecondFactorRow).values(
            **mine, secret=secret, set_at=at, last_step=step, failures=0, next_try_at=None
        )
    )
    c.execute(insert(RecoveryCodeRow), [{**mine, "code_hash": text} for text in code_hashes])


def remove(c: Connection, operator_id: int) -> bool:
    """Forget the authenticator and its codes; false where there was none."""
    c.execute(delete(RecoveryCodeRow).where(*_whose(RecoveryCodeRow, operator_id)))
    gone = c.execute(delete(SecondFactorRow).where(*_whose(SecondFactorRow, operator_id)))
    return gone.rowcount > 0


def set_failures(
    c: Connection, operator_id: int, failures: int, next_try_at: datetime | None
) -> None:
    c.execute(
        update(SecondFactorRow)
        .where(*_whose(SecondFactorRow, operator_id))
        .values(failures=failures, next_try_at=next_try_at)
    )


def spend_step(c: Connection, operator_id: int, step: int) -> bool:
    """Take a time step's code once and for all; false where it or a later one was taken."""
    taken = c.execute(
        update(SecondFactorRow)
        .where(*_whose(SecondFactorRow, operator_id), SecondFactorRow.last_step < step)
        .values(last_step=step)
    )
    return taken.rowcount > 0


def spend_recovery_code(c: Connection, operator_id: int, code_hash: str) -> bool:
    """Take a recovery code once and for all; false where there is none such."""
    taken = c.execute(
        delete(RecoveryCodeRow).where(
            *_whose(RecoveryCodeRow, operator_id), RecoveryCodeRow.code_hash == code_hash
        )
    )
    return taken.rowcount > 0


def recovery_codes_left(c: Connection, operator_id: int) -> int:
    query = select(func.count()).where(*_whose(RecoveryCodeRow, operator_id))
    return c.scalar(query) or 0


def enrolled(c: Connection) -> dict[int, str]:
    """Operator id -> role of every active operator with an authenticator."""
    rows = c.execute(
        select(OperatorRow.id, OperatorRow.role)
        .join(
            SecondFactorRow,
            (SecondFactorRow.warehouse_id == OperatorRow.warehouse_id)
            & (SecondFactorRow.operator_id == OperatorRow.id),
        )
        .where(OperatorRow.warehouse_id == WAREHOUSE, OperatorRow.disabled.is_(False))
    )
    return {row.id: row.role for row in rows}


def _whose(table: type[Any], operator_id: int) -> tuple[Any, Any]:
    return table.warehouse_id == WAREHOUSE, table.operator_id == operator_id
