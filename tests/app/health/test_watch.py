"""A watch asks real doors beside the work, and hears real traffic at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

import pytest

from app.health import watch as watching
from app.health.endpoint import Endpoint
from app.health.model import STORE, Cause, State, System
from app.health.monitor import Monitor
from app.health.probe import FINE, Probe
from app.health.probes.network import door
from app.health.watch import Watch
from app.store import health as kept
from app.store.database import Store, StoreError
from tests.support import homes
from tests.support.desktop import until
from tests.support.doors import Door

BEGIN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DOOR = System("door:shop", "door", "shop", shared=True)


class Hurry:
    """A clock on which a tenth of a second is ten."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def __call__(self) -> datetime:
        return BEGIN + timedelta(seconds=100 * (time.monotonic() - self._began))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in {"AGAIN_S": 0.05, "_LOOK_S": 0.02, "_STAGGER_S": 0.0}.items():
        monkeypatch.setattr(watching, name, seconds)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = homes.store(tmp_path / "expedita.db")
    yield opened
    opened.close()


@pytest.fixture
def begin(store: Store) -> Iterator[Callable[[list[Probe]], Watch]]:
    started: list[Watch] = []

    def start(probes: list[Probe]) -> Watch:
        made = Watch(lambda role: Monitor(store, "B1/console", "B1"), lambda: probes, Hurry())
        made.start()
        started.append(made)
        return made

    yield start
    for one in started:
        one.stop()


def state(watch: Watch, system: System) -> State:
    return next((s.state for s in watch.states() if s.system == system), State.UNKNOWN)


def to_be(watch: Watch, system: System, wanted: State) -> None:
    until(lambda: state(watch, system) is wanted, f"{system.id} to be {wanted}")


def at_the_door(server: Door, every_s: float = 0.1) -> Probe:
    endpoint = Endpoint(server.host, server.port)
    # The hurried clock counts 100 s for one: silence must be as long.
    return Probe(DOOR, lambda: door(endpoint, 1), every_s=every_s, silent_s=10_000)


def test_a_door_that_closes_and_opens_turns_its_light_and_leaves_one_incident(
    begin: Callable[[list[Probe]], Watch], store: Store
) -> None:
    with Door() as server:
        watch = begin([at_the_door(server)])
        changes: list[State] = []
        watch.on_change(lambda states: changes.append(states[0].state))
        to_be(watch, DOOR, State.UP)
        server.close()
        to_be(watch, DOOR, State.DOWN)
        server.open()
        to_be(watch, DOOR, State.UP)
        watch.stop()
    assert [state for state, _ in groupby(changes)] == [State.UP, State.DOWN, State.UP]
    with store.read() as c:
        (row,) = kept.incidents(c, BEGIN)
    assert (row.cause, row.detail) == ("REFUSED", f"127.0.0.1:{server.port}")
    assert row.ended_at > row.began_at


def test_a_failed_real_call_counts_before_the_next_probe(
    begin: Callable[[list[Probe]], Watch],
) -> None:
    with Door() as server:
        watch = begin([at_the_door(server, every_s=6)])
        to_be(watch, DOOR, State.UP)
        watch.observe(DOOR.id, failed=Cause("TIMEOUT", "shop"))
        to_be(watch, DOOR, State.DOWN)
        # The failure made the probe urgent, so that the end of it is seen soon.
        to_be(watch, DOOR, State.UP)


def test_work_that_goes_well_makes_probes_needless(
    begin: Callable[[list[Probe]], Watch],
) -> None:
    with Door() as server:
        watch = begin([at_the_door(server, every_s=1)])
        to_be(watch, DOOR, State.UP)
        asked, end = server.connections, time.monotonic() + 2.5
        while time.monotonic() < end:
            watch.observe(DOOR.id, seconds=0.1)
            time.sleep(0.05)
        assert server.connections == asked


def test_a_probe_that_never_ends_turns_the_light_and_is_not_started_twice(
    begin: Callable[[list[Probe]], Watch],
) -> None:
    asked, free = [], threading.Event()

    def stuck():
        asked.append(1)
        free.wait(20)
        return FINE

    watch = begin([Probe(DOOR, stuck, every_s=0.05, limit_s=0.1, silent_s=10_000)])
    to_be(watch, DOOR, State.DOWN)
    assert asked == [1]
    assert watch.states()[0].cause.code == "TIMEOUT"
    free.set()
    to_be(watch, DOOR, State.UP)


def test_telling_of_a_call_waits_for_nothing(begin: Callable[[list[Probe]], Watch]) -> None:
    """The watch is busy with a store that does not answer; the one who tells is not."""
    watch = begin([])
    gate = threading.Event()
    watch.on_change(lambda states: gate.wait(10))
    done = threading.Event()
    threading.Thread(
        target=lambda: ([watch.observe("x", seconds=1) for _ in range(1000)], done.set())
    ).start()
    assert done.wait(5)
    gate.set()


def test_a_store_that_takes_no_writes_is_down_until_it_does(
    begin: Callable[[list[Probe]], Watch], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = System(STORE, "store")
    real, full = store.write, True

    def write():
        if full:
            raise StoreError("STORE_FULL")
        return real()

    monkeypatch.setattr(watching, "KEEP_S", 0.1)
    monkeypatch.setattr(store, "write", write)
    watch = begin([Probe(system, silent_s=10_000)])
    to_be(watch, system, State.DOWN)
    assert watch.states()[0].cause.code == "STORE_FULL"
    full = False
    to_be(watch, system, State.UP)


def test_new_settings_are_watched_at_once(begin: Callable[[list[Probe]], Watch]) -> None:
    probes = [Probe(System("a", "door"), lambda: FINE, silent_s=10_000)]
    watch = begin(probes)
    to_be(watch, System("a", "door"), State.UP)
    probes[:] = [Probe(System("b", "door"), lambda: FINE, silent_s=10_000)]
    watch.reconsider()
    to_be(watch, System("b", "door"), State.UP)
    assert [s.system.id for s in watch.states()] == ["b"]
