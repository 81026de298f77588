"""Who put an order on hold, and since when: what ON_HOLD tells besides the reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row

from app.domain.entries import OrderHeld
from app.store import journal


def told(c: Connection, rows: Sequence[Row[Any]], zone: ZoneInfo) -> dict[int, dict[str, str]]:
    """For each of the orders that is on hold: its reason, the person, and the local time."""
    held = {row.id: row.hold for row in rows if row.hold}
    who = journal.last_by(c, OrderHeld.__name__, list(held)) if held else {}
    found = {}
    for order_id, reason in held.items():
        person, at = who.get(order_id, ("", None))
        since = f"{at.astimezone(zone):%d/%m %H:%M}" if at else "—"
        found[order_id] = {"reason": reason, "person": person or "—", "since": since}
    return found


def of(c: Connection, row: Row[Any], zone: ZoneInfo) -> dict[str, str]:
    """The same of one order; empty where it is not on hold."""
    return told(c, [row], zone).get(row.id, {})
