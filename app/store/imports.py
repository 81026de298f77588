"""How far each file was read, and the records that could not be taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from app.store.database import WAREHOUSE
from app.store.schema import IMPORTS, REJECTED

_NEW = upsert(IMPORTS)
# Made once: it runs with every transaction of an import.
_REACHED = _NEW.on_conflict_do_update(
    index_elements=["warehouse_id", "fingerprint"],
    set_={name: _NEW.excluded[name] for name in ("file", "position", "size", "finished_at")},
)


def position(c: Connection, fingerprint: str) -> int:
    """The byte from which a broken-off import of this very file goes on; 0 for a new reading."""
    row = c.execute(
        select(IMPORTS).where(
            IMPORTS.c.warehouse_id == WAREHOUSE, IMPORTS.c.fingerprint == fingerprint
        )
    ).first()
    return row.position if row and row.finished_at is None else 0


def keep_position(
    c: Connection,
    fingerprint: str,
    file: str,
    reached: int,
    size: int,
    finished_at: datetime | None,
) -> None:
    c.execute(
        _REACHED,
        {
            "warehouse_id": WAREHOUSE,
            "fingerprint": fingerprint,
            "file": file,
            "position": reached,
            "size": size,
            "finished_at": finished_at,
        },
    )


def reject(
    c: Connection, file: str, line_no: int, code: str, detail: str, raw: str, at: datetime
) -> None:
    """Keep a bad record aside; the same one from the same line is kept once."""
    top = c.scalar(select(func.max(REJECTED.c.id)).where(REJECTED.c.warehouse_id == WAREHOUSE))
    facts = {"detail": detail, "raw": raw, "rejected_at": at}
    c.execute(
        upsert(REJECTED)
        .values(
            warehouse_id=WAREHOUSE,
            id=(top or 0) + 1,
            file=file,
            line_no=line_no,
            code=code,
            **facts,
        )
        .on_conflict_do_update(
            index_elements=["warehouse_id", "file", "line_no", "code"], set_=facts
        )
    )


def reject_from(
    c: Connection, connector: str, external_id: str, code: str, detail: str, raw: str, at: datetime
) -> None:
    """Keep an order aside that a connector could not translate: the newest reason of each."""
    settle(c, connector, [external_id])
    top = c.scalar(select(func.max(REJECTED.c.id)).where(REJECTED.c.warehouse_id == WAREHOUSE))
    c.execute(
        insert(REJECTED).values(
            warehouse_id=WAREHOUSE,
            id=(top or 0) + 1,
            file=f"{connector}/{external_id}",
            line_no=0,
            code=code,
            detail=detail,
            raw=raw,
            rejected_at=at,
            connector=connector,
            external_id=external_id,
        )
    )


def settle(c: Connection, connector: str, external_ids: Sequence[str]) -> None:
    """Orders that came good are aside no more."""
    if external_ids:
        c.execute(
            delete(REJECTED).where(
                REJECTED.c.warehouse_id == WAREHOUSE,
                REJECTED.c.connector == connector,
                REJECTED.c.external_id.in_(external_ids),
            )
        )


def rejected_by_id(c: Connection, record_id: int) -> Row[Any] | None:
    return c.execute(
        select(REJECTED).where(REJECTED.c.warehouse_id == WAREHOUSE, REJECTED.c.id == record_id)
    ).first()


def forget(c: Connection, record_id: int) -> bool:
    """A person settled a record that was kept aside. False where it is there no more."""
    done = c.execute(
        delete(REJECTED).where(REJECTED.c.warehouse_id == WAREHOUSE, REJECTED.c.id == record_id)
    )
    return done.rowcount == 1


def rejected(c: Connection, limit: int | None = None) -> Sequence[Row[Any]]:
    return c.execute(
        select(REJECTED)
        .where(REJECTED.c.warehouse_id == WAREHOUSE)
        .order_by(REJECTED.c.file, REJECTED.c.line_no)
        .limit(limit)
    ).all()
