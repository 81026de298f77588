"""How every system stands, from what the watchers keep in the store: for any process to read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.health.model import Cause, State, System, SystemState
from app.health.monitor import FRESH
from app.store import health as kept


def systems(c: Connection, now: datetime, station: str) -> list[SystemState]:
    """What `station` depends on, the worst first.

    Of several watchers of one system the worst that is still at work counts. Where none is, the
    system is unknown since the last one wrote.
    """
    found: dict[str, SystemState] = {}
    for row in kept.states(c):
        if row.place not in ("", station):
            continue
        state = _state(row, now)
        known = found.get(row.system)
        if known is None or state.state.rank > known.state.rank:
            found[row.system] = state
    return worst_first(found.values())


def worst_first(states: Any) -> list[SystemState]:
    return sorted(states, key=lambda s: (-s.state.rank, s.system.kind, s.system.name))


def _state(row: Any, now: datetime) -> SystemState:
    system = System(row.system, row.kind, row.name, shared=not row.place)
    if now - row.kept_at > FRESH:
        cause = Cause("NOT_HEARD")
        return SystemState(
            system, State.UNKNOWN, row.kept_at, cause, seen_at=row.seen_at, watcher=row.watcher
        )
    return SystemState(
        system,
        State(row.state),
        row.since,
        Cause(row.cause, row.detail),
        row.seconds,
        row.usual_s,
        row.seen_at,
        row.watcher,
    )
