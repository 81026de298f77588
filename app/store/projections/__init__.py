"""What each journal entry does to the tables: the one place where an order's state changes.

The same function runs for the entry of a scan, of a supervisor and of a replay. Each area has its
module; `effects.py` is the list in which they enter their rules.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from app.domain import entries as e
from app.domain.entries import Entry

# Their import enters their rules.
from app.store.projections import (  # noqa: F401
    dispatch,
    pack,
    pick,
    printing,
    putback,
    supervision,
    tasks,
)
from app.store.projections.effects import Stamp, effect, take_back


def apply(
    connection: Connection,
    entry: Entry,
    station_id: str,
    operator_id: int,
    task_id: str,
    at: datetime,
) -> None:
    """Bring the tables to what `entry` says. Entries that only steer a task change nothing."""
    if isinstance(entry, e.Undone):
        take_back(e.load(entry.entry_kind, entry.fields), connection)
    else:
        effect(entry, connection, Stamp(station_id, operator_id, task_id, at))
