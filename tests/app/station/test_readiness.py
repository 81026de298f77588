"""The first label of a console waits for nothing that could have been done before."""

from __future__ import annotations

from app.engine import Engine
from app.flow.courtesy import Courtesy
from app.labels import fonts, to_pdf
from app.rehearsal import pack_scan
from app.station.readiness import get_ready
from app.store import orders, packages
from tests.support import floor

LAZY = (fonts.face, fonts.harmless, to_pdf._front)


def made() -> list[int]:
    """How often each of the things was made that are made once."""
    return [one.cache_info().misses for one in LAZY]


def test_after_it_an_orders_first_label_is_made_of_what_is_there(engine: Engine) -> None:
    (number,) = floor.pick(engine.station, "single", 1)
    engine.station.open_pack(number)
    view = floor.check_units(engine.station, "box")
    with engine.store.read() as c:
        row, left = orders.by_number(c, number), packages.serials_left(c)
    assert row
    for one in LAZY:
        one.cache_clear()
    get_ready(engine._press, engine.store, row.id, Courtesy())
    ready = made()
    assert all(ready)
    with engine.store.read() as c:
        assert packages.serials_left(c) == left, "a code was spent"
        assert packages.labels_of(c, row.id) == []
    assert engine.station.scan(pack_scan(view)).code == "BOX_OK"
    assert made() == ready


def test_it_is_done_once_by_a_console_that_packs_and_not_by_one_that_picks(
    engine: Engine,
) -> None:
    asked: list[int] = []
    engine._press.awaited = asked.append
    numbers = floor.pick(engine.station, "cluster", 2)
    assert asked == []
    floor.pack(engine.station, numbers[0])
    with engine.store.read() as c:
        row = orders.by_number(c, numbers[0])
    assert row
    assert asked == [row.id]
    engine._print_in_background()
    begun: list[object] = []
    engine.submit_background = lambda work, *args: begun.append(work)  # type: ignore[method-assign,assignment,return-value]
    engine.station.open_pack(numbers[1])
    engine.station.release_task()
    engine.station.open_pack(numbers[1])
    assert begun == [get_ready]
