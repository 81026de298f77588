"""What a scan costs the store, and that the task in hand is nothing but its journal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from app.domain.codes import own_code
from app.domain.entries import LineSkipped
from app.engine import Engine
from app.station import desks
from app.station.desk import Desk, resume
from app.store import journal
from tests.support import floor
from tests.support.shift import pick_scan


@contextmanager
def transactions(engine: Engine) -> Iterator[list[object]]:
    begun: list[object] = []

    def heard(connection: object) -> None:
        begun.append(connection)

    event.listen(engine.store._engine, "begin", heard)
    yield begun
    event.remove(engine.store._engine, "begin", heard)


def in_hand(engine: Engine) -> Desk:
    desk = engine.station._desk
    assert desk
    return desk


def as_a_restart_finds_it(engine: Engine) -> Desk:
    desk = in_hand(engine)
    with engine.store.read() as c:
        found = resume(c, desk.kind, desks.rules(desk.kind), desk.task_id)
    assert found
    return found


def test_a_scan_is_understood_decided_and_kept_in_one_transaction(engine: Engine) -> None:
    station = engine.station
    station.claim_pick("cluster", 4)
    asked = pick_scan(station.view().pick, floor.TOTES)
    with transactions(engine) as begun:
        assert station.scan(asked).code == "TOTE_LOADED"
    assert len(begun) == 1
    with transactions(engine) as begun:
        station.view()
    assert len(begun) == 1


def test_the_task_in_hand_is_what_a_restart_makes_of_the_journal(engine: Engine) -> None:
    station = engine.station
    station.claim_pick("cluster", 4)
    for n in range(40):
        view = station.view().pick
        if view is None or view.step == "drop":
            break
        if n % 9 == 8:
            assert station.undo().code in ("UNDONE", "NOTHING_TO_UNDO")
        elif n == 12:
            station.scan(own_code("C", "PULAR"))
        else:
            station.scan(pick_scan(view, floor.TOTES))
        found = as_a_restart_finds_it(engine)
        assert (found.task, found.seen) == (in_hand(engine).task, in_hand(engine).seen)
    assert n > 15, "too few scans to say anything"


def test_what_another_wrote_of_the_task_just_before_the_scan_is_folded_in_too(
    engine: Engine,
) -> None:
    """It comes between the look at the store and the write: no entry may be passed over, though
    the station's own are not read back."""
    station = engine.station
    station.claim_pick("cluster", 4)
    floor.walk(station, "bin")
    desk, write = in_hand(engine), engine.store.write
    line = desk.task.lines[-1]
    skipped = LineSkipped(line.order_id, line.line_id, line.bin)

    @contextmanager
    def after_another() -> Iterator[object]:
        engine.store.write = write  # type: ignore[method-assign]
        with write() as c:
            journal.append(c, journal.Stamp(station.id, 0, engine.clock(), desk.task_id), [skipped])
        with write() as c:
            yield c

    engine.store.write = after_another  # type: ignore[method-assign]
    assert station.scan(pick_scan(station.view().pick, floor.TOTES)).code == "BIN_OK"
    found, now = as_a_restart_finds_it(engine), in_hand(engine)
    assert (found.task, found.seen) == (now.task, now.seen)
