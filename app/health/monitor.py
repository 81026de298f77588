"""Folds samples into lights, slots and incidents, and keeps them. It has no thread and no clock.

What could not be written (a full disk) is kept in memory and written when that ends.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct, structs
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from app.health.baseline import Baseline, learn
from app.health.light import Light, Pace, aged, evolve
from app.health.model import Sample, State, System, SystemState
from app.store import health as kept
from app.store.database import Store

SLOT = timedelta(minutes=5)
FRESH = timedelta(minutes=3)  # a watcher writes at least once a minute
KEEP_SLOTS, KEEP_INCIDENTS = timedelta(days=8), timedelta(days=90)
_LONGEST_STEP_S = 120.0  # more than this between two looks is a machine that slept, not time seen


class Slot(Struct):
    """What happened to a system since it was last written."""

    up_s: float = 0.0
    slow_s: float = 0.0
    down_s: float = 0.0
    calls: int = 0
    failures: int = 0
    timed: int = 0
    seconds_sum: float = 0.0
    seconds_most: float = 0.0


class Incident(Struct, frozen=True):
    """A time in which a system was not well."""

    id: str
    system: System
    worst: State
    cause: str
    detail: str
    began_at: datetime
    ended_at: datetime | None = None


class Monitor:
    """The lights of one watcher.

    Args:
        watcher: who watches, as "Bancada 1/console".
        station: the place of what is not shared by all stations.
    """

    def __init__(self, store: Store, watcher: str, station: str) -> None:
        self.watcher = watcher
        self._store = store
        self._station = station
        self._systems: dict[str, System] = {}
        self._stale_s: dict[str, float] = {}
        self._lights: dict[str, Light] = {}
        self._last: dict[str, tuple[float | None, float | None]] = {}  # seconds, usual
        self._baselines: dict[tuple[str, str], Baseline] = {}
        self._learnt: set[tuple[str, str]] = set()
        self._slots: dict[tuple[str, datetime], Slot] = {}
        self._incidents: dict[str, Incident] = {}  # by system
        self._written: set[str] = set()  # ids of incidents that are in the store
        self._changed: dict[str, Incident] = {}  # incidents to write, by id
        self._looked_at: datetime | None = None
        self._load()

    def watch(self, systems: Iterable[tuple[System, float]], now: datetime) -> None:
        """Watch just these, each with the seconds after which silence means unknown."""
        pairs = list(systems)
        self._systems = {system.id: system for system, _ in pairs}
        self._stale_s = {system.id: stale_s for system, stale_s in pairs}
        self._lights = {name: self._lights.get(name, Light()) for name in self._systems}
        for name in set(self._incidents) - set(self._systems):
            self._end(self._incidents[name], now)  # nobody depends on it any more

    def take(self, sample: Sample) -> bool:
        """Count one sample; whether the state of its system changed."""
        system = self._systems.get(sample.system)
        if system is None:
            return False
        before = self._lights[system.id]
        after = evolve(
            before,
            sample.at,
            failed=sample.failed,
            warned=sample.warned,
            pace=self._pace(sample),
            real=sample.real,
        )
        self._lights[system.id] = after
        self._count(sample)
        self._follow(system, after)
        return (after.state, after.cause) != (before.state, before.cause)

    def look(self, now: datetime) -> bool:
        """Let time pass: seconds in each state are counted, silence makes a light unknown."""
        step = _LONGEST_STEP_S + 1
        if self._looked_at and now >= self._looked_at:
            step = (now - self._looked_at).total_seconds()
        self._looked_at = now
        changed = False
        for name, light in self._lights.items():
            if step <= _LONGEST_STEP_S:
                self._spend(name, light.state, step, now)
            older = aged(light, now, self._stale_s[name])
            changed = changed or older is not light
            self._lights[name] = older
        return changed

    def is_down(self, system: str) -> bool:
        return system in self._lights and self._lights[system].state is State.DOWN

    def states(self) -> tuple[SystemState, ...]:
        """Every system's state, in the order in which they were given."""
        return tuple(self._state(system) for system in self._systems.values())

    def keep(self, now: datetime) -> None:
        """Write what is new, durably, in one transaction.

        Raises:
            StoreError: nothing was written; the next call writes all of it.
        """
        rows = [_row(state, self._place(state.system), now) for state in self.states()]
        written = set(self._written)
        with self._store.write() as c:
            kept.put_states(c, self.watcher, rows)
            for key in self._learnt:
                kept.put_baseline(c, self.watcher, *key, structs.asdict(self._baselines[key]))
            for (name, at), slot in self._slots.items():
                kept.add_to_slot(c, self.watcher, name, at, structs.asdict(slot))
            for incident in self._changed.values():
                self._write_incident(c, incident, written)
            self._end_orphans(c, now)
        self._written = written
        self._learnt.clear()
        self._slots.clear()
        self._changed = {
            key: incident
            for key, incident in self._changed.items()
            if key not in written and incident.ended_at is None
        }

    def prune(self, now: datetime) -> None:
        """Forget what is too old to be asked for."""
        with self._store.write() as c:
            kept.prune(c, now - KEEP_SLOTS, now - KEEP_INCIDENTS)

    # --- inside -----------------------------------------------------------------------------

    def _load(self) -> None:
        with self._store.read() as c:
            for row in kept.baselines(c, self.watcher):
                key = (row.system, row.operation)
                self._baselines[key] = Baseline(row.seen, row.mean, row.variance)
                self._last[row.system] = (None, self._baselines[key].usual_s)
            for row in kept.open_incidents(c, watcher=self.watcher):
                system = System(row.system, row.kind, row.name, shared=not row.place)
                self._incidents[row.system] = Incident(
                    row.id, system, State(row.worst), row.cause, row.detail, row.began_at
                )
                self._written.add(row.id)

    def _pace(self, sample: Sample) -> Pace:
        """How its time lies to the usual; the usual learns from every good sample."""
        if sample.seconds is None or sample.failed:
            return Pace.CALM
        key = (sample.system, sample.operation)
        known = self._baselines.get(key, Baseline())
        slow = sample.seconds > known.slow_above_s(sample.noise_s)
        calm = sample.seconds < known.calm_below_s(sample.noise_s)
        self._last[sample.system] = (sample.seconds, known.usual_s)
        self._baselines[key] = learn(known, sample.seconds)
        self._learnt.add(key)
        return Pace.SLOW if slow else Pace.CALM if calm else Pace.BETWEEN

    def _count(self, sample: Sample) -> None:
        slot = self._slot(sample.system, sample.at)
        slot.calls += 1
        slot.failures += bool(sample.failed)
        if sample.seconds is not None and not sample.failed:
            slot.timed += 1
            slot.seconds_sum += sample.seconds
            slot.seconds_most = max(slot.seconds_most, sample.seconds)

    def _spend(self, name: str, state: State, seconds: float, now: datetime) -> None:
        slot = self._slot(name, now)
        if state in (State.UP, State.WARN):
            slot.up_s += seconds
        elif state is State.SLOW:
            slot.slow_s += seconds
        elif state is State.DOWN:
            slot.down_s += seconds

    def _slot(self, name: str, at: datetime) -> Slot:
        begin = datetime.fromtimestamp(at.timestamp() // SLOT.total_seconds() * 300, at.tzinfo)
        return self._slots.setdefault((name, begin), Slot())

    def _follow(self, system: System, light: Light) -> None:
        """Open, worsen or end the system's incident. While nobody knows, it stays as it is."""
        incident = self._incidents.get(system.id)
        assert light.since is not None
        if light.state.is_trouble and incident is None:
            self._set(
                Incident(
                    str(uuid.uuid4()),
                    system,
                    light.state,
                    light.cause.code,
                    light.cause.detail,
                    light.since,
                )
            )
        elif incident and light.state.is_trouble and light.state.rank > incident.worst.rank:
            code, detail = light.cause.code, light.cause.detail
            self._set(structs.replace(incident, worst=light.state, cause=code, detail=detail))
        elif incident and light.state is State.UP:
            self._end(incident, light.since)

    def _set(self, incident: Incident) -> None:
        self._incidents[incident.system.id] = incident
        self._changed[incident.id] = incident

    def _end(self, incident: Incident, at: datetime) -> None:
        self._changed[incident.id] = structs.replace(incident, ended_at=max(at, incident.began_at))
        del self._incidents[incident.system.id]

    def _write_incident(self, c: Connection, incident: Incident, written: set[str]) -> None:
        """A new one that another watcher saw first stays unwritten while that one is open."""
        changing = {
            "worst": str(incident.worst),
            "cause": incident.cause,
            "detail": incident.detail,
            "ended_at": incident.ended_at,
        }
        if incident.id in written:
            kept.change_incident(c, incident.id, changing)
            return
        fields = {
            "id": incident.id,
            "place": self._place(incident.system),
            "system": incident.system.id,
            "kind": incident.system.kind,
            "name": incident.system.name,
            "watcher": self.watcher,
            "began_at": incident.began_at,
            **changing,
        }
        try:
            with c.begin_nested():
                opened = kept.open_incident(c, fields)
        except IntegrityError:  # it came between our look and our row
            opened = False
        if opened:
            written.add(incident.id)

    def _end_orphans(self, c: Connection, now: datetime) -> None:
        """End what a watcher left open that is at work no more, where the system is well again."""
        others = [row for row in kept.open_incidents(c) if row.watcher != self.watcher]
        if not others:
            return
        at_work = {row.watcher for row in kept.states(c) if now - row.kept_at <= FRESH}
        for row in others:
            system = self._systems.get(row.system)
            if system is None or row.watcher in at_work or row.place != self._place(system):
                continue
            light = self._lights[system.id]
            if light.state is State.UP and light.since:
                kept.change_incident(c, row.id, {"ended_at": max(light.since, row.began_at)})

    def _place(self, system: System) -> str:
        return "" if system.shared else self._station

    def _state(self, system: System) -> SystemState:
        light = self._lights[system.id]
        seconds, usual = self._last.get(system.id, (None, None))
        return SystemState(
            system,
            light.state,
            light.since,
            light.cause,
            seconds,
            usual,
            light.seen_at,
            self.watcher,
        )


def _row(state: SystemState, place: str, now: datetime) -> dict[str, object]:
    return {
        "system": state.system.id,
        "kind": state.system.kind,
        "name": state.system.name,
        "place": place,
        "state": str(state.state),
        "since": state.since,
        "cause": state.cause.code,
        "detail": state.cause.detail,
        "seconds": state.seconds,
        "usual_s": state.usual_s,
        "seen_at": state.seen_at,
        "kept_at": now,
    }
