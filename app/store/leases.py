"""Leases: one holder at a time, for a while, with a number that tells a new holder from an old.

A holder that was away too long (stopped, asleep) finds its number passed, and writes no more.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from app.store.database import WAREHOUSE
from app.store.schema import LEASES


class LeaseLost(Exception):
    """Another has the lease now: what was about to be written is the other's to write."""


def take(c: Connection, name: str, holder: str, now: datetime, lasts: timedelta) -> int | None:
    """Take the lease, or keep it: the fencing number, None while another has it."""
    row = _row(c, name)
    if row is not None and row.holder not in (holder, "") and row.expires_at > now:
        return None
    mine = row is not None and row.holder == holder and row.expires_at > now
    fencing = (row.fencing if row else 0) + (0 if mine else 1)
    facts = {"holder": holder, "fencing": fencing, "expires_at": now + lasts}
    c.execute(
        upsert(LEASES)
        .values(warehouse_id=WAREHOUSE, name=name, **facts)
        .on_conflict_do_update(index_elements=["warehouse_id", "name"], set_=facts)
    )
    return int(fencing)


def hold(c: Connection, name: str, holder: str, fencing: int) -> None:
    """See, in the transaction that is about to write, that the lease is still ours.

    Raises:
        LeaseLost: it isn't. An expired lease that nobody took is still ours.
    """
    row = _row(c, name)
    if row is None or row.holder != holder or row.fencing != fencing:
        raise LeaseLost(name)


def give_back(c: Connection, name: str, holder: str) -> None:
    c.execute(
        update(LEASES)
        .where(LEASES.c.warehouse_id == WAREHOUSE, LEASES.c.name == name, LEASES.c.holder == holder)
        .values(holder="")
    )


def holder(c: Connection, name: str, now: datetime) -> str:
    """Who has the lease, empty for nobody."""
    row = _row(c, name)
    return row.holder if row is not None and row.expires_at > now else ""


def _row(c: Connection, name: str) -> Row[Any] | None:
    return c.execute(
        select(LEASES).where(LEASES.c.warehouse_id == WAREHOUSE, LEASES.c.name == name)
    ).first()
