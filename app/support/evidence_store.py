"""What the store says: the order in hand, the journal's end, the settings, and its own health.

Personal data is left out by construction: of an order, of an entry and of the settings only the
fields that are named here are taken, and no text that a person wrote is among them.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, func, select

from app.config import CATALOGUE, CUTOFF, Settings
from app.flow import gates
from app.station.story import line_views, package_views
from app.store import journal as entries
from app.store import orders, tasks
from app.store import settings as stored
from app.store.database import WAREHOUSE, Store
from app.store.schema import (
    INVOICES,
    JOURNAL,
    LABELS,
    OPERATORS,
    ORDERS,
    REJECTED,
    TICKETS,
)
from app.support.case import Case

JOURNAL_ENTRIES = 200
CHECK_S = 15.0
_ENTRY_FIELDS = frozenset(
    """
    order_id tote bin line_id sku quantity lot old_sku old_bin empty bench orders short_orders
    package_no box weight_g label_id address_version printer copy manifest_id carrier service_code
    dock left_behind in_hand pinned task_kind outcome entry_kind
    """.split()
)
_ORDER_FIELDS = (
    "number", "channel", "state", "queue", "carrier", "service_code", "parked", "pinned", "lane",
    "line_count", "unit_count", "payment_status", "source_status", "source", "claimed_by",
    "address_version", "placed_at", "paid_at", "ship_by", "promised_at", "changed_at", "cutoff",
)  # fmt: skip
_ORDER_TEXTS = ("note", "gift_text", "hold", "problem")
# Settings of free text that hold no person's data; of all others only whether they are set.
_SHOWN_TEXTS = frozenset(
    """
    station.name station.bench scanner.prefix scanner.suffix scanner.serial_port
    pictures.folder invoice.channels
    """.split()
)
_COUNTED = (ORDERS, JOURNAL, LABELS, INVOICES, REJECTED, TICKETS)


def order(store: Store, case: Case) -> dict[str, Any]:
    """The order in hand: its place, its gates, its lines and packages."""
    with store.read() as c:
        row = _order_row(c, case)
        if row is None:
            return {"order": None}
        return {
            "order": {name: getattr(row, name) for name in _ORDER_FIELDS if hasattr(row, name)}
            | {f"{name}_length": len(getattr(row, name)) for name in _ORDER_TEXTS},
            "gates": [
                {
                    "gate": g.gate,
                    "status": g.status,
                    "system": g.system,
                    "since": g.since,
                    "reason_length": len(g.reason),
                }
                for g in gates.of_order(c, row)
            ],
            "lines": [
                {
                    "line": line.line_id,
                    "sku": line.sku,
                    "quantity": line.quantity,
                    "picked": line.done,
                    "short": line.short,
                    "state": line.state,
                }
                for line in line_views(c, row)
            ],
            "packages": [
                {
                    "package": p.package_no,
                    "box": p.box,
                    "weight_g": p.weight_g,
                    "state": p.state,
                    "copies": p.copies,
                }
                for p in package_views(c, row.id)
            ],
        }


def journal(store: Store, station: str) -> list[dict[str, Any]]:
    """The station's last entries, the newest last; of each only fields that are no free text."""
    query = (
        select(JOURNAL, func.coalesce(OPERATORS.c.name, "").label("operator"))
        .outerjoin(
            OPERATORS,
            (OPERATORS.c.warehouse_id == JOURNAL.c.warehouse_id)
            & (OPERATORS.c.id == JOURNAL.c.operator_id),
        )
        .where(JOURNAL.c.warehouse_id == WAREHOUSE, JOURNAL.c.station_id == station)
        .order_by(JOURNAL.c.station_seq.desc())
        .limit(JOURNAL_ENTRIES)
    )
    with store.read() as c:
        rows = c.execute(query).all()
    return [
        {
            "seq": row.station_seq,
            "at": row.occurred_at,
            "kind": row.kind,
            "task": row.task_id,
            "operator": row.operator,
            **_fields(row.payload),
        }
        for row in reversed(rows)
    ]


def settings(store: Store) -> dict[str, str]:
    """Every setting; where a person's data may be written, only whether it is set."""
    with store.read() as c:
        values = Settings(stored.load(c))
    shown = {}
    for key, value in values.items():
        entry = CATALOGUE.get(key)
        free = entry is not None and entry.kind in ("text", "list")
        if key.startswith(CUTOFF) or not free or key in _SHOWN_TEXTS:
            shown[key] = value
        else:
            shown[key] = f"(set, {len(value)} characters)" if value else ""
    return shown


def database(store: Store, station: str) -> dict[str, Any]:
    """The file's size, its rows, and whether it is sound."""
    found: dict[str, Any] = {
        name: path.stat().st_size
        for name, path in {
            "file_bytes": store.path,
            "wal_bytes": store.path.with_name(store.path.name + "-wal"),
        }.items()
        if path.exists()
    }
    with store.read() as c:
        found["rows"] = {
            table.name: c.scalar(select(func.count()).select_from(table)) for table in _COUNTED
        }
        found["tickets_waiting"] = c.scalar(
            select(func.count()).select_from(TICKETS).where(TICKETS.c.state == "queued")
        )
        if c.dialect.name == "sqlite":
            found["integrity"] = _integrity(c)
        started = time.monotonic()
        found["journal_broken_at"] = entries.broken_links(c, station)[:20]
        found["journal_checked_ms"] = round((time.monotonic() - started) * 1000)
    return found


def _order_row(c: Connection, case: Case) -> Row[Any] | None:
    if case.order_number:
        return orders.by_number(c, case.order_number)
    task = tasks.open_task(c, case.station)
    if task is None:
        return None
    order_id = c.scalar(
        select(JOURNAL.c.order_id)
        .where(JOURNAL.c.warehouse_id == WAREHOUSE, JOURNAL.c.task_id == task.id)
        .where(JOURNAL.c.order_id != 0)
        .order_by(JOURNAL.c.station_seq.desc())
        .limit(1)
    )
    return orders.by_id(c, order_id) if order_id else None


def _fields(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an entry that may be seen; the names of the others."""
    shown = {name: value for name, value in payload.items() if name in _ENTRY_FIELDS}
    withheld = sorted(name for name in payload if name not in _ENTRY_FIELDS)
    return {**shown, "withheld": withheld} if withheld else shown


def _integrity(c: Connection) -> str:
    """What SQLite itself says, or that it took too long to be waited for."""
    raw: Any = c.connection.driver_connection
    end = time.monotonic() + CHECK_S
    raw.set_progress_handler(lambda: time.monotonic() > end, 50_000)
    try:
        lines = c.exec_driver_sql("PRAGMA quick_check(5)").scalars().all()
        return "; ".join(str(line) for line in lines)
    except Exception as error:
        if time.monotonic() > end:
            return f"not finished in {CHECK_S:.0f} s"
        return type(error).__name__
    finally:
        raw.set_progress_handler(None, 0)
