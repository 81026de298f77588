"""Queries over what is watched: states, usual times, the slots of a day, and incidents.

Each watcher (a console, a worker) writes rows of its own; whoever reads sees all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from app.store.database import WAREHOUSE
from app.store.schema import HEALTH_BASELINES, HEALTH_SLOTS, HEALTH_STATES, INCIDENTS

Fields = Mapping[str, Any]

_SETTLED = ("sent", "short", "off")  # see `INCIDENTS.c.told`
_SUMS = ("up_s", "slow_s", "down_s", "calls", "failures", "timed", "seconds_sum")


def put_states(c: Connection, watcher: str, states: Iterable[Fields]) -> None:
    """Replace what `watcher` knows of every system; what it watches no more is forgotten."""
    mine = (HEALTH_STATES.c.warehouse_id == WAREHOUSE, HEALTH_STATES.c.watcher == watcher)
    c.execute(delete(HEALTH_STATES).where(*mine))
    rows = [{"warehouse_id": WAREHOUSE, "watcher": watcher, **fields} for fields in states]
    if rows:
        c.execute(insert(HEALTH_STATES), rows)


def states(c: Connection) -> Sequence[Row[Any]]:
    """Every system as every watcher last saw it."""
    columns = [column for column in HEALTH_STATES.c if column.name != "warehouse_id"]
    return c.execute(select(*columns).where(HEALTH_STATES.c.warehouse_id == WAREHOUSE)).all()


def baselines(c: Connection, watcher: str) -> Sequence[Row[Any]]:
    columns = [column for column in HEALTH_BASELINES.c if column.name != "warehouse_id"]
    query = select(*columns).where(
        HEALTH_BASELINES.c.warehouse_id == WAREHOUSE, HEALTH_BASELINES.c.watcher == watcher
    )
    return c.execute(query).all()


def put_baseline(c: Connection, watcher: str, system: str, operation: str, fields: Fields) -> None:
    key = {"watcher": watcher, "system": system, "operation": operation}
    c.execute(
        delete(HEALTH_BASELINES).where(
            HEALTH_BASELINES.c.warehouse_id == WAREHOUSE,
            HEALTH_BASELINES.c.watcher == watcher,
            HEALTH_BASELINES.c.system == system,
            HEALTH_BASELINES.c.operation == operation,
        )
    )
    c.execute(insert(HEALTH_BASELINES).values(warehouse_id=WAREHOUSE, **key, **fields))


def add_to_slot(c: Connection, watcher: str, system: str, at: datetime, more: Fields) -> None:
    """Add seconds, calls and times to the slot that begins at `at`."""
    here = (
        HEALTH_SLOTS.c.warehouse_id == WAREHOUSE,
        HEALTH_SLOTS.c.watcher == watcher,
        HEALTH_SLOTS.c.system == system,
        HEALTH_SLOTS.c.at == at,
    )
    most = c.scalar(select(HEALTH_SLOTS.c.seconds_most).where(*here))
    if most is None:
        key = {"warehouse_id": WAREHOUSE, "watcher": watcher, "system": system, "at": at}
        c.execute(insert(HEALTH_SLOTS).values(**key, **more))
        return
    changed: dict[str, Any] = {name: HEALTH_SLOTS.c[name] + more[name] for name in _SUMS}
    changed["seconds_most"] = max(most, more["seconds_most"])
    c.execute(update(HEALTH_SLOTS).where(*here).values(**changed))


def slots(c: Connection, system: str, since: datetime) -> Sequence[Row[Any]]:
    """The slots of one system from `since` on, oldest first, every watcher's."""
    columns = [column for column in HEALTH_SLOTS.c if column.name != "warehouse_id"]
    return c.execute(
        select(*columns)
        .where(
            HEALTH_SLOTS.c.warehouse_id == WAREHOUSE,
            HEALTH_SLOTS.c.system == system,
            HEALTH_SLOTS.c.at >= since,
        )
        .order_by(HEALTH_SLOTS.c.at)
    ).all()


def availability(
    c: Connection, since: datetime, watchers: str = ""
) -> dict[str, tuple[float, float]]:
    """System -> seconds it could be used, and seconds it was down, from `since` on, as those saw
    it whose name begins with `watchers`."""
    found = c.execute(
        select(
            HEALTH_SLOTS.c.system,
            func.sum(HEALTH_SLOTS.c.up_s + HEALTH_SLOTS.c.slow_s),
            func.sum(HEALTH_SLOTS.c.down_s),
        )
        .where(
            HEALTH_SLOTS.c.warehouse_id == WAREHOUSE,
            HEALTH_SLOTS.c.at >= since,
            HEALTH_SLOTS.c.watcher.startswith(watchers, autoescape=True),
        )
        .group_by(HEALTH_SLOTS.c.system)
    )
    return {system: (float(usable), float(down)) for system, usable, down in found}


# --- incidents --------------------------------------------------------------------------------


def open_incident(c: Connection, fields: Fields) -> bool:
    """Write a new incident; False when the system has one already, that another watcher saw."""
    if any(row.place == fields["place"] for row in open_incidents(c, system=fields["system"])):
        return False
    c.execute(insert(INCIDENTS).values(warehouse_id=WAREHOUSE, told="", **fields))
    return True


def change_incident(c: Connection, incident_id: str, fields: Fields) -> None:
    """Write its end, or that it became worse, or that people were told."""
    c.execute(update(INCIDENTS).where(*_is(incident_id)).values(**fields))


def open_incidents(c: Connection, *, system: str = "", watcher: str = "") -> Sequence[Row[Any]]:
    where: list[Any] = [INCIDENTS.c.ended_at.is_(None)]
    if system:
        where.append(INCIDENTS.c.system == system)
    if watcher:
        where.append(INCIDENTS.c.watcher == watcher)
    return _incidents(c, *where)


def incidents(c: Connection, since: datetime, *, system: str = "") -> Sequence[Row[Any]]:
    """Those that were open at `since` or later, newest first."""
    where: list[Any] = [(INCIDENTS.c.ended_at.is_(None)) | (INCIDENTS.c.ended_at >= since)]
    if system:
        where.append(INCIDENTS.c.system == system)
    return _incidents(c, *where)


def untold(c: Connection, watcher: str) -> Sequence[Row[Any]]:
    """The watcher's incidents whose message waits, newest first."""
    return _incidents(c, INCIDENTS.c.told.not_in(_SETTLED), INCIDENTS.c.watcher == watcher)


def prune(c: Connection, slots_before: datetime, incidents_before: datetime) -> None:
    """Forget slots and ended incidents that are older."""
    c.execute(
        delete(HEALTH_SLOTS).where(
            HEALTH_SLOTS.c.warehouse_id == WAREHOUSE, HEALTH_SLOTS.c.at < slots_before
        )
    )
    c.execute(
        delete(INCIDENTS).where(
            INCIDENTS.c.warehouse_id == WAREHOUSE, INCIDENTS.c.ended_at < incidents_before
        )
    )


def _is(incident_id: str) -> tuple[Any, ...]:
    return INCIDENTS.c.warehouse_id == WAREHOUSE, INCIDENTS.c.id == incident_id


def _incidents(c: Connection, *where: Any) -> Sequence[Row[Any]]:
    columns = [column for column in INCIDENTS.c if column.name != "warehouse_id"]
    query = select(*columns).where(INCIDENTS.c.warehouse_id == WAREHOUSE, *where)
    return c.execute(query.order_by(INCIDENTS.c.began_at.desc(), INCIDENTS.c.id)).all()
