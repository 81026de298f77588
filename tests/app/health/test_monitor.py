"""What is seen becomes states, slots and incidents in the store, over restarts and full disks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.health import overview
from app.health.model import Cause, Sample, State, System
from app.health.monitor import Monitor
from app.store import health as kept
from app.store.database import Store, StoreError
from tests.support import homes

BEGIN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SHOP = System("orders:loja", "orders", "loja", shared=True)
PRINTER = System("printer:Z1", "printer", "Z1")


def at(seconds: float) -> datetime:
    return BEGIN + timedelta(seconds=seconds)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = homes.store(tmp_path / "expedita.db")
    yield opened
    opened.close()


def watcher(store: Store, name: str = "B1/console", station: str = "B1") -> Monitor:
    made = Monitor(store, name, station)
    made.watch([(SHOP, 300), (PRINTER, 300)], BEGIN)
    return made


def call(monitor: Monitor, seconds: float, system: System = SHOP, **more) -> bool:
    """A call of a system that ended at `seconds` after the beginning."""
    took = more.pop("took", 0.1)
    return monitor.take(Sample(system.id, at(seconds), took, real=True, **more))


def fail(monitor: Monitor, seconds: float, system: System = SHOP) -> bool:
    return call(monitor, seconds, system, took=None, failed=Cause("REFUSED", "loja:443"))


def state(monitor: Monitor, system: System = SHOP) -> State:
    return next(s.state for s in monitor.states() if s.system == system)


def incidents(store: Store, system: System = SHOP) -> list:
    with store.read() as c:
        return list(kept.incidents(c, BEGIN, system=system.id))


def test_an_incident_has_its_begin_end_and_cause(store: Store) -> None:
    monitor = watcher(store)
    call(monitor, 0)
    assert fail(monitor, 10)
    monitor.keep(at(11))
    (row,) = incidents(store)
    assert (row.worst, row.cause, row.detail) == ("down", "REFUSED", "loja:443")
    assert (row.began_at, row.ended_at, row.place) == (at(10), None, "")
    call(monitor, 30)
    call(monitor, 40)
    monitor.keep(at(41))
    (row,) = incidents(store)
    assert row.ended_at == at(40)


def test_a_system_that_is_first_slow_and_then_down_has_one_incident(store: Store) -> None:
    monitor = watcher(store)
    for n in range(40):
        call(monitor, n)
    for n in range(40, 44):
        call(monitor, n, took=5.0)
    assert state(monitor) is State.SLOW
    monitor.keep(at(44))
    fail(monitor, 45)
    monitor.keep(at(46))
    (row,) = incidents(store)
    assert (row.worst, row.cause, row.began_at) == ("down", "REFUSED", at(42))


def test_slow_is_against_the_usual_that_was_kept(store: Store) -> None:
    monitor = watcher(store)
    for n in range(40):
        call(monitor, n, took=2.0)
    monitor.keep(at(40))
    again = watcher(store)
    call(again, 50, took=2.2)
    (shop, _) = again.states()
    assert shop.usual_s
    assert 1.9 < shop.usual_s < 2.1
    assert shop.state is State.UP
    for n in range(51, 54):
        call(again, n, took=30.0)
    assert state(again) is State.SLOW


def test_a_restart_goes_on_with_the_open_incident(store: Store) -> None:
    monitor = watcher(store)
    fail(monitor, 10)
    monitor.keep(at(11))
    again = watcher(store)
    fail(again, 60)
    again.keep(at(61))
    call(again, 80)
    call(again, 90)
    again.keep(at(91))
    (row,) = incidents(store)
    assert (row.began_at, row.ended_at) == (at(10), at(90))


def test_two_who_see_the_same_outage_open_one_incident(store: Store) -> None:
    first, second = watcher(store), watcher(store, "B2/console", "B2")
    fail(first, 10)
    fail(second, 11)
    first.keep(at(12))
    second.keep(at(12))
    assert [row.watcher for row in incidents(store)] == ["B1/console"]
    # The first comes back alone; for the second it goes on, as an incident of its own.
    call(first, 40)
    call(first, 50)
    first.keep(at(51))
    second.keep(at(52))
    assert [(row.watcher, row.ended_at) for row in incidents(store)] == [
        ("B2/console", None),
        ("B1/console", at(50)),
    ]


def test_each_station_has_its_own_printer(store: Store) -> None:
    first, second = watcher(store), watcher(store, "B2/console", "B2")
    fail(first, 10, PRINTER)
    fail(second, 11, PRINTER)
    first.keep(at(12))
    second.keep(at(12))
    assert sorted(row.place for row in incidents(store, PRINTER)) == ["B1", "B2"]


def test_what_is_watched_no_more_has_no_open_incident(store: Store) -> None:
    monitor = watcher(store)
    fail(monitor, 10, PRINTER)
    monitor.watch([(SHOP, 300)], at(20))
    monitor.keep(at(21))
    (row,) = incidents(store, PRINTER)
    assert row.ended_at == at(20)


def test_a_full_disk_delays_what_was_seen_and_loses_none_of_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monitor = watcher(store)
    real = store.write

    def full() -> None:
        raise StoreError("STORE_FULL")

    monkeypatch.setattr(store, "write", full)
    fail(monitor, 10)
    with pytest.raises(StoreError):
        monitor.keep(at(11))
    call(monitor, 30)
    call(monitor, 40)
    monkeypatch.setattr(store, "write", real)
    monitor.keep(at(41))
    (row,) = incidents(store)
    assert (row.began_at, row.ended_at) == (at(10), at(40))
    with store.read() as c:
        assert sum(slot.calls for slot in kept.slots(c, SHOP.id, BEGIN)) == 3


def test_the_last_day_tells_how_long_a_system_could_be_used(store: Store) -> None:
    monitor = watcher(store)
    monitor.look(at(0))
    call(monitor, 0, took=0.2)
    for n in range(1, 91):  # 15 minutes, of which the last 5 are down
        if n * 10 == 600:
            fail(monitor, 600)
        elif n * 10 < 600:
            call(monitor, n * 10, took=0.4)
        monitor.look(at(n * 10))
        if n % 6 == 0:
            monitor.keep(at(n * 10))
    with store.read() as c:
        usable, down = kept.availability(c, BEGIN)[SHOP.id]
        slots = kept.slots(c, SHOP.id, BEGIN)
    assert (usable, down) == (590, 310)
    assert [slot.at for slot in slots] == [at(0), at(300), at(600), at(900)]
    assert [slot.failures for slot in slots] == [0, 0, 1, 0]
    assert slots[1].seconds_sum / slots[1].timed == pytest.approx(0.4)
    assert slots[0].seconds_most == pytest.approx(0.4)


def test_a_machine_that_slept_counts_no_time(store: Store) -> None:
    monitor = watcher(store)
    call(monitor, 0)
    monitor.look(at(0))
    monitor.look(at(10))
    monitor.look(at(7200))
    monitor.keep(at(7200))
    with store.read() as c:
        assert kept.availability(c, BEGIN)[SHOP.id] == (10, 0)


def test_another_process_reads_how_all_stands(store: Store) -> None:
    monitor, worker = watcher(store), watcher(store, "B1/worker", "B1")
    other = watcher(store, "B2/console", "B2")
    call(monitor, 0)
    fail(monitor, 10, PRINTER)
    fail(worker, 10)
    call(other, 10, PRINTER)
    for one in (monitor, worker, other):
        one.keep(at(20))
    with store.read() as c:
        found = overview.systems(c, at(30), "B1")
        late = overview.systems(c, at(3600), "B1")
    assert [(s.system.id, s.state, s.watcher) for s in found] == [
        ("orders:loja", State.DOWN, "B1/worker"),
        ("printer:Z1", State.DOWN, "B1/console"),
    ]
    assert {s.state for s in late} == {State.UNKNOWN}


def test_what_is_old_is_forgotten(store: Store) -> None:
    monitor = watcher(store)
    fail(monitor, 0)
    call(monitor, 20)
    call(monitor, 30)
    fail(monitor, 40, PRINTER)
    monitor.keep(at(41))
    monitor.prune(BEGIN + timedelta(days=100))
    assert not incidents(store)
    assert len(incidents(store, PRINTER)) == 1  # it is still open
    with store.read() as c:
        assert not kept.slots(c, SHOP.id, BEGIN)


def test_what_a_watcher_left_open_ends_when_another_sees_the_system_well(store: Store) -> None:
    console, worker = watcher(store), watcher(store, "B1/worker")
    fail(console, 10, PRINTER)
    console.keep(at(11))  # and is closed for the night
    call(worker, 30, PRINTER)
    worker.keep(at(31))
    assert incidents(store, PRINTER)[0].ended_at is None  # the console may still be at work
    worker.keep(at(600))
    (row,) = incidents(store, PRINTER)
    assert row.ended_at == at(30)
