"""What waits for a person, and since when."""

from __future__ import annotations

from datetime import timedelta

from app.engine import Engine
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
