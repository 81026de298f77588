"""One system's last day: how long it could be used, what its calls took, and its incidents."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection

from app.health.model import Cause, State, System
from app.health.monitor import SLOT
from app.store import health as kept

DAY = timedelta(hours=24)


class Point(Struct, frozen=True):
    """Five minutes from `at`: the mean and the longest time, in seconds (None where nothing was
    timed), and the worst state with any share in them."""

    at: datetime
    mean_s: float | None
    most_s: float | None
    state: State


class IncidentView(Struct, frozen=True):
    """When a system was not well, how bad, and why."""

    id: str
    system: System
    worst: State
    cause: Cause
    began_at: datetime
    ended_at: datetime | None


class Day(Struct, frozen=True):
    """`availability` is the share of the watched time in which it could be used, None where
    nothing was watched. Points are oldest first; incidents newest first."""

    availability: float | None
    points: tuple[Point, ...]
    incidents: tuple[IncidentView, ...]
    since: datetime
    until: datetime


def day(c: Connection, system: str, station: str, now: datetime) -> Day:
    """The last 24 hours of a system as `station` depends on it."""
    since = now - DAY
    slots = [s for s in kept.slots(c, system, since - SLOT) if _here(s.watcher, station)]
    usable = sum(s.up_s + s.slow_s for s in slots)
    watched = usable + sum(s.down_s for s in slots)
    by_time: dict[datetime, list[Any]] = {}
    for slot in slots:
        by_time.setdefault(slot.at, []).append(slot)
    return Day(
        usable / watched if watched else None,
        tuple(_point(at, found) for at, found in by_time.items()),
        tuple(incidents(c, station, since, system)),
        since,
        now,
    )


def availability(c: Connection, station: str, now: datetime) -> dict[str, float]:
    """System -> the share of the last 24 hours in which it could be used."""
    found = kept.availability(c, now - DAY, f"{station}/")
    return {
        name: usable / (usable + down) for name, (usable, down) in found.items() if usable + down
    }


def incidents(c: Connection, station: str, since: datetime, system: str = "") -> list[IncidentView]:
    """Those open at `since` or later that concern `station`, newest first."""
    return [
        IncidentView(
            row.id,
            System(row.system, row.kind, row.name, shared=not row.place),
            State(row.worst),
            Cause(row.cause, row.detail),
            row.began_at,
            row.ended_at,
        )
        for row in kept.incidents(c, since, system=system)
        if row.place in ("", station)
    ]


def _here(watcher: str, station: str) -> bool:
    return watcher.startswith(f"{station}/")


def _point(at: datetime, slots: list[Any]) -> Point:
    timed = sum(slot.timed for slot in slots)
    mean = sum(slot.seconds_sum for slot in slots) / timed if timed else None
    most = max(slot.seconds_most for slot in slots) if timed else None
    if any(slot.down_s for slot in slots):
        state = State.DOWN
    elif any(slot.slow_s for slot in slots):
        state = State.SLOW
    elif any(slot.up_s for slot in slots):
        state = State.UP
    else:
        state = State.UNKNOWN
    return Point(at, mean, most, state)
