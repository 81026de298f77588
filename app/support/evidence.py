"""Collects a ticket's evidence, each piece for itself: what can't be had is named, with why."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct, field

from app.health import overview
from app.health.model import SystemState
from app.store.database import Store
from app.support import crash, log
from app.support.case import Case
from app.support.evidence_devices import devices
from app.support.evidence_machine import machine, versions
from app.support.evidence_store import database, journal, order, settings

T = TypeVar("T")

DEADLINE_S = 20.0  # for one piece


class Missing(Exception):
    """A piece of evidence can't be had; the text says why in a word or two."""


class Sources(Struct, frozen=True):
    """Where evidence comes from. Without a store (`store_fault` says why) there is still some."""

    home: Path
    clock: Callable[[], datetime]
    store: Store | None = None
    store_fault: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    systems: Callable[[], Sequence[SystemState]] | None = None


def collect(sources: Sources, case: Case) -> tuple[dict[str, Any], dict[str, str]]:
    """Every piece by its name, and the reason for each that is missing."""
    found: dict[str, Any] = {}
    missing: dict[str, str] = {}
    for name, piece in PIECES:
        try:
            found[name] = within(DEADLINE_S, lambda piece=piece: piece(sources, case))  # type: ignore[misc]
        except Missing as reason:
            missing[name] = str(reason)
        except TimeoutError:
            missing[name] = "timeout"
        except Exception as error:  # whatever is broken, the rest must still be collected
            missing[name] = type(error).__name__
    return found, missing


def within(seconds: float, call: Callable[[], T]) -> T:
    """The call's result, if it comes in time; what hangs is left behind.

    Raises:
        TimeoutError: it didn't.
    """
    result: list[T] = []
    error: list[BaseException] = []

    def run() -> None:
        try:
            result.append(call())
        except BaseException as raised:  # it belongs to whoever asked
            error.append(raised)

    thread = threading.Thread(target=run, name="evidence", daemon=True)
    thread.start()
    thread.join(seconds)
    if error:
        raise error[0]
    if not result:
        raise TimeoutError
    return result[0]


def _store(sources: Sources) -> Store:
    if sources.store is None:
        raise Missing(sources.store_fault or "no_store")
    return sources.store


def _systems(sources: Sources, case: Case) -> Sequence[SystemState]:
    """As they are seen from here now; else as whoever watches them has kept it in the store."""
    states = sources.systems() if sources.systems else ()
    if not states:
        with _store(sources).read() as c:
            states = overview.systems(c, sources.clock(), case.station)
    if not states:
        raise Missing("not_watched")
    return states


def _none(reason: str) -> Any:
    raise Missing(reason)


# The most useful first: a bundle that must be small leaves out the last of them.
PIECES: tuple[tuple[str, Callable[[Sources, Case], Any]], ...] = (
    ("order.json", lambda s, case: order(_store(s), case)),
    ("systems.json", _systems),
    ("crash.json", lambda s, case: crash.records(s.home) or _none("no_crash")),
    ("journal.json", lambda s, case: journal(_store(s), case.station)),
    ("log.txt", lambda s, case: log.last_lines(s.home) or _none("no_log")),
    ("devices.json", lambda s, case: devices(s.settings, s.store, s.home)),
    ("settings.json", lambda s, case: settings(_store(s))),
    ("versions.json", lambda s, case: versions()),
    ("database.json", lambda s, case: database(_store(s), case.station)),
    ("machine.json", lambda s, case: machine(s.home)),
)
