"""Queries over what is watched: states, usual times, the slots of a day, and incidents.

Each watcher (a console, a worker) writes rows of its own; whoever reads sees all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from app.store.database import WAREHOUSE
from app.store.schema import HealthBaselineRow, HealthSlotRow, HealthStateRow, IncidentRow

Fields = Mapping[str, Any]

_SETTLED = ("sent", "short", "off")  # see `IncidentRow.told`
_SUMS = ("up_s", "slow_s", "down_s", "calls", "failures", "timed", "seconds_sum")


def put_states(c: Connection, watcher: str, states: Iterable[Fields]) -> None:
    """Replace what `watcher` knows of every system; what it watches no more is forgotten."""
    mine = (HealthStateRow.warehouse_id == WAREHOUSE, HealthStateRow.watcher == watcher)
    c.execute(delete(HealthStateRow).where(*mine))
    rows = [{"warehouse_id": WAREHOUSE, "watcher": watcher, **fields} for fields in states]
    if rows:
        c.execute(insert(HealthStateRow), rows)


def states(c: Connection) -> Sequence[Row[Any]]:
    """Every system as every watcher last saw it."""
    columns = [column for column in HealthStateRow.__table__.c if column.name != "warehouse_id"]
    return c.execute(select(*columns).where(HealthStateRow.warehouse_id == WAREHOUSE)).all()


def baselines(c: Connection, watcher: str) -> Sequence[Row[Any]]:
    row = HealthBaselineRow
    columns = [column for column in row.__table__.c if column.name != "warehouse_id"]
    query = select(*columns).where(row.warehouse_id == WAREHOUSE, row.watcher == watcher)
    return c.execute(query).all()


def put_baseline(c: Connection, watcher: str, system: str, operation: str, fields: Fields) -> None:
    row = HealthBaselineRow
    key = {"watcher": watcher, "system": system, "operation": operation}
    c.execute(
        delete(row).where(
            row.warehouse_id == WAREHOUSE,
            row.watcher == watcher,
            row.system == system,
            row.operation == operation,
        )
    )
    c.execute(insert(row).values(warehouse_id=WAREHOUSE, **key, **fields))


def add_to_slot(c: Connection, watcher: str, system: str, at: datetime, more: Fields) -> None:
    """Add seconds, calls and times to the slot that begins at `at`."""
    row = HealthSlotRow
    here = (
        row.warehouse_id == WAREHOUSE,
        row.watcher == watcher,
        row.system == system,
        row.at == at,
    )
    most = c.scalar(select(row.seconds_most).where(*here))
    if most is None:
        key = {"warehouse_id": WAREHOUSE, "watcher": watcher, "system": system, "at": at}
        c.execute(insert(row).values(**key, **more))
        return
    changed: dict[str, Any] = {name: getattr(row, name) + more[name] for name in _SUMS}
    changed["seconds_most"] = max(most, more["seconds_most"])
    c.execute(update(row).where(*here).values(**changed))


def slots(c: Connection, system: str, since: datetime) -> Sequence[Row[Any]]:
    """The slots of one system from `since` on, oldest first, every watcher's."""
    row = HealthSlotRow
    columns = [column for column in row.__table__.c if column.name != "warehouse_id"]
    return c.execute(
        select(*columns)
        .where(row.warehouse_id == WAREHOUSE, row.system == system, row.at >= since)
        .order_by(row.at)
    ).all()


def availability(
    c: Connection, since: datetime, watchers: str = ""
) -> dict[str, tuple[float, float]]:
    """System -> seconds it could be used, and seconds it was down, from `since` on, as those saw
    it whose name begins with `watchers`."""
    row = HealthSlotRow
    found = c.execute(
        select(row.system, func.sum(row.up_s + row.slow_s), func.sum(row.down_s))
        .where(
            row.warehouse_id == WAREHOUSE,
            row.at >= since,
            row.watcher.startswith(watchers, autoescape=True),
        )
        .group_by(row.system)
    )
    return {system: (float(usable), float(down)) for system, usable, down in found}


# --- incidents --------------------------------------------------------------------------------


def open_incident(c: Connection, fields: Fields) -> bool:
    """Write a new incident; False when the system has one already, that another watcher saw."""
    if any(row.place == fields["place"] for row in open_incidents(c, system=fields["system"])):
        return False
    c.execute(insert(IncidentRow).values(warehouse_id=WAREHOUSE, told="", **fields))
    return True


def change_incident(c: Connection, incident_id: str, fields: Fields) -> None:
    """Write its end, or that it became worse, or that people were told."""
    c.execute(update(IncidentRow).where(*_is(incident_id)).values(**fields))


def open_incidents(c: Connection, *, system: str = "", watcher: str = "") -> Sequence[Row[Any]]:
    where: list[Any] = [IncidentRow.ended_at.is_(None)]
    if system:
        where.append(IncidentRow.system == system)
    if watcher:
        where.append(IncidentRow.watcher == watcher)
    return _incidents(c, *where)


def incidents(c: Connection, since: datetime, *, system: str = "") -> Sequence[Row[Any]]:
    """Those that were open at `since` or later, newest first."""
    where: list[Any] = [(IncidentRow.ended_at.is_(None)) | (IncidentRow.ended_at >= since)]
    if system:
        where.append(IncidentRow.system == system)
    return _incidents(c, *where)


def untold(c: Connection, watcher: str) -> Sequence[Row[Any]]:
    """The watcher's incidents whose message waits, newest first."""
    return _incidents(c, IncidentRow.told.not_in(_SETTLED), IncidentRow.watcher == watcher)


def prune(c: Connection, slots_before: datetime, incidents_before: datetime) -> None:
    """Forget slots and ended incidents that are older."""
    c.execute(
        delete(HealthSlotRow).where(
            HealthSlotRow.warehouse_id == WAREHOUSE, HealthSlotRow.at < slots_before
        )
    )
    c.execute(
        delete(IncidentRow).where(
            IncidentRow.warehouse_id == WAREHOUSE, IncidentRow.ended_at < incidents_before
        )
    )


def _is(incident_id: str) -> tuple[Any, ...]:
    return IncidentRow.warehouse_id == WAREHOUSE, IncidentRow.id == incident_id


def _incidents(c: Connection, *where: Any) -> Sequence[Row[Any]]:
    columns = [column for column in IncidentRow.__table__.c if column.name != "warehouse_id"]
    query = select(*columns).where(IncidentRow.warehouse_id == WAREHOUSE, *where)
    return c.execute(query.order_by(IncidentRow.began_at.desc(), IncidentRow.id)).all()
