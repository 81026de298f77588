"""Queries over carrier manifests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, literal, select, update

from app.store.asking import Lookup, Question
from app.store.database import WAREHOUSE
from app.store.schema import MANIFESTS

# Of a manifest all but its romaneio, which lies on a hundred pages that would be deciphered.
_FACTS = [column for column in MANIFESTS.c if column.name != "pdf"]
_THIS = (MANIFESTS.c.warehouse_id == WAREHOUSE) & (MANIFESTS.c.id == bindparam("manifest"))

# Made once: they run with every package at the dock.
_BY_ID = Lookup(select(*_FACTS).where(_THIS))
_DOCUMENT = Question(select(func.coalesce(MANIFESTS.c.pdf, literal(b""))).where(_THIS))
_LOADABLE = Lookup(
    select(*_FACTS)
    .where(
        MANIFESTS.c.warehouse_id == WAREHOUSE,
        MANIFESTS.c.carrier == bindparam("carrier"),
        MANIFESTS.c.service_code == bindparam("service"),
        MANIFESTS.c.state.in_([literal("OPEN"), literal("LOADING")]),
    )
    .order_by(MANIFESTS.c.opened_at)
    .limit(1)
)


def by_id(c: Connection, manifest_id: str) -> Row[Any] | None:
    """A manifest, without its `document`; neither have those that other questions find."""
    return _BY_ID.first(c, manifest=manifest_id)


def next_id(c: Connection, day: date) -> str:
    """The day's next manifest number, as "R20261124-003"."""
    start = f"R{day:%Y%m%d}-"
    taken = c.scalar(
        select(func.count())
        .select_from(MANIFESTS)
        .where(MANIFESTS.c.warehouse_id == WAREHOUSE, MANIFESTS.c.id.startswith(start))
    )
    return f"{start}{(taken or 0) + 1:03d}"


def complete(
    c: Connection, manifest_id: str, service_name: str, cutoff_at: datetime | None
) -> None:
    """Add what the journal's entry doesn't hold, in the transaction that opens the manifest."""
    _set(c, manifest_id, service_name=service_name, cutoff_at=cutoff_at)


def keep_document(c: Connection, manifest_id: str, pdf: bytes) -> None:
    _set(c, manifest_id, pdf=pdf)


def document(c: Connection, manifest_id: str) -> bytes:
    """The PDF that was kept; nothing where there is none, or no more."""
    found = _DOCUMENT.first(c, manifest=manifest_id)
    return bytes(found[0]) if found else b""


def keep_driver(c: Connection, manifest_id: str, driver: str, document: str) -> None:
    """Who took the boxes. Personal data: it stays on this row, out of the journal."""
    _set(c, manifest_id, driver=driver, driver_document=document)


def unfinished(c: Connection) -> Sequence[Row[Any]]:
    """Manifests that no carrier has taken yet, oldest first."""
    return c.execute(
        select(*_FACTS)
        .where(MANIFESTS.c.warehouse_id == WAREHOUSE, MANIFESTS.c.state != "HANDED_OVER")
        .order_by(MANIFESTS.c.opened_at)
    ).all()


def _set(c: Connection, manifest_id: str, **values: Any) -> None:
    c.execute(
        update(MANIFESTS)
        .where(MANIFESTS.c.warehouse_id == WAREHOUSE, MANIFESTS.c.id == manifest_id)
        .values(**values)
    )


def loadable(c: Connection, carrier: str, service_code: str) -> Row[Any] | None:
    """The carrier's manifest that packages still go on, the oldest if there are several."""
    return _LOADABLE.first(c, carrier=carrier, service=service_code)
