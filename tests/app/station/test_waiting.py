"""What waits for a person, and since when."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from app.domain.codes import own_code
from app.domain.dispatch import Close
from app.domain.texts import message
from app.engine import Engine
from app.flow.taking import Told
from app.rehearsal import pack_scan
from app.store import orders
from tests.support import floor


def test_a_held_order_waits_since_it_was_held(engine: Engine) -> None:
    (row, *_), _ = engine.station.queue("", "to_pick", 0, 1)
    engine.clock.now += timedelta(hours=3)  # type: ignore[attr-defined]
    held_at = engine.clock.now  # type: ignore[attr-defined]
    engine.station.supervise(row.number, "hold", "endereço a confirmar")
    (waiting,) = (x for x in engine.station.exceptions() if x.order_number == row.number)
    assert waiting.since
    assert abs(waiting.since - held_at) < timedelta(minutes=1)


def test_the_longest_wait_of_all_queues_comes_first(engine: Engine) -> None:
    numbers = floor.pick(engine.station, "cluster", 3)
    for number, action in zip(numbers, ("cancel", "hold", "cancel"), strict=True):
        engine.clock.now += timedelta(hours=1)  # type: ignore[attr-defined]
        engine.station.supervise(number, action, "cliente pediu")
    waiting = [x.order_number for x in engine.station.exceptions() if x.order_number in numbers]
    assert waiting == list(numbers)
    with engine.store.read() as c:
        assert len(orders.exceptions(c, 2)) == 2


def test_an_order_cancelled_after_its_manifest_closed_waits_for_a_person(engine: Engine) -> None:
    station = engine.station
    number, *_ = floor.pick(station, "single")
    station.open_pack(number)
    if station.view().pack.step == "note":
        station.scan(own_code("C", "OK"))
    while station.view().pack is not None:
        station.scan(pack_scan(station.view().pack))
    station.open_manifest(*floor.service_of(engine, number))
    station.scan(floor.tracking_of(engine, number))
    assert station.act(Close("")).code == "MANIFEST_READY"
    with engine.store.write() as c:
        row = orders.by_number(c, number)
        cancelled = replace(orders.full(c, row), status="cancelled")
        engine._taker().take(c, [Told(cancelled, "another digest")])
    (waiting,) = (x for x in station.exceptions() if x.order_number == number)
    assert "cancelado na origem" in message(waiting.code, "pt", waiting.params)[0]
