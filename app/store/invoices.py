"""Queries over NF-e as they came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from app.store.asking import Lookup
from app.store.database import WAREHOUSE
from app.store.listed import any_of
from app.store.schema import INVOICES

_WAITING_REFS = select(INVOICES.c.order_ref).where(
    INVOICES.c.warehouse_id == WAREHOUSE,
    INVOICES.c.order_ref.in_(any_of("refs")),
    INVOICES.c.order_id == 0,
)
# Made once: it runs some times with every scan at a bench.
_OF_ORDER = Lookup(
    select(INVOICES)
    .where(INVOICES.c.warehouse_id == WAREHOUSE, INVOICES.c.order_id == bindparam("order"))
    .order_by((INVOICES.c.status == "AUTHORIZED").desc(), INVOICES.c.received_at.desc())
    .limit(1)
)


def put(
    c: Connection,
    *,
    key: str,
    order_id: int,
    order_ref: str,
    status: str,
    differences: list[Any],
    xml: bytes,
    at: datetime,
) -> None:
    """Keep an invoice with what its comparison with the order said."""
    facts = {
        "order_id": order_id,
        "order_ref": order_ref,
        "status": status,
        "differences": differences,
        "xml": xml,
        "received_at": at,
    }
    c.execute(
        upsert(INVOICES)
        .values(warehouse_id=WAREHOUSE, key=key, **facts)
        .on_conflict_do_update(index_elements=["warehouse_id", "key"], set_=facts)
    )


def by_key(c: Connection, key: str) -> Row[Any] | None:
    return c.execute(
        select(INVOICES).where(INVOICES.c.warehouse_id == WAREHOUSE, INVOICES.c.key == key)
    ).first()


def of_order(c: Connection, order_id: int) -> Row[Any] | None:
    """The order's newest invoice; an authorised one before any other."""
    return _OF_ORDER.first(c, order=order_id)


def waiting_for(c: Connection, order_ref: str) -> Sequence[Row[Any]]:
    """Invoices that came before the order they name."""
    return c.execute(
        select(INVOICES).where(
            INVOICES.c.warehouse_id == WAREHOUSE,
            INVOICES.c.order_ref == order_ref,
            INVOICES.c.order_id == 0,
        )
    ).all()


def waiting_refs(c: Connection, refs: Sequence[str]) -> set[str]:
    """Those of the order numbers that an invoice which came early names."""
    return set(c.scalars(_WAITING_REFS, {"refs": refs}))


def cancel(c: Connection, key: str) -> int:
    """Mark an invoice cancelled; gives its order's id, or 0."""
    row = by_key(c, key)
    c.execute(
        update(INVOICES)
        .where(INVOICES.c.warehouse_id == WAREHOUSE, INVOICES.c.key == key)
        .values(status="CANCELLED")
    )
    return row.order_id if row else 0
