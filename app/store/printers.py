"""The printers that the warehouse knows, and which of them a station uses for what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from app.store.asking import Lookup, Question
from app.store.database import WAREHOUSE
from app.store.schema import PRINTER_CHOICES, PRINTERS

# Made once: they run with every label.
_BY_CODE = Lookup(
    select(PRINTERS).where(
        PRINTERS.c.warehouse_id == WAREHOUSE, PRINTERS.c.code == bindparam("code")
    )
)
_CHOICES = Question(
    select(PRINTER_CHOICES.c.document, PRINTER_CHOICES.c.printer).where(
        PRINTER_CHOICES.c.warehouse_id == WAREHOUSE,
        PRINTER_CHOICES.c.station_id == bindparam("station"),
    )
)


def everything(c: Connection) -> Sequence[Row[Any]]:
    return c.execute(
        select(PRINTERS).where(PRINTERS.c.warehouse_id == WAREHOUSE).order_by(PRINTERS.c.code)
    ).all()


def by_code(c: Connection, code: str) -> Row[Any] | None:
    return _BY_CODE.first(c, code=code)


def put(c: Connection, code: str, name: str, uri: str, dpi: int) -> None:
    facts = {"name": name, "uri": uri, "dpi": dpi}
    c.execute(
        upsert(PRINTERS)
        .values(warehouse_id=WAREHOUSE, code=code, **facts)
        .on_conflict_do_update(index_elements=["warehouse_id", "code"], set_=facts)
    )


def remove(c: Connection, code: str) -> None:
    """Forget a printer, and every station's choice of it."""
    c.execute(delete(PRINTERS).where(PRINTERS.c.warehouse_id == WAREHOUSE, PRINTERS.c.code == code))
    c.execute(
        delete(PRINTER_CHOICES).where(
            PRINTER_CHOICES.c.warehouse_id == WAREHOUSE, PRINTER_CHOICES.c.printer == code
        )
    )


def choose(c: Connection, station_id: str, document: str, code: str) -> None:
    c.execute(
        upsert(PRINTER_CHOICES)
        .values(warehouse_id=WAREHOUSE, station_id=station_id, document=document, printer=code)
        .on_conflict_do_update(
            index_elements=["warehouse_id", "station_id", "document"], set_={"printer": code}
        )
    )


def choices(c: Connection, station_id: str) -> dict[str, str]:
    """Document ("" for all others) -> printer code."""
    return dict(_CHOICES.rows(c, station=station_id))
