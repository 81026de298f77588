"""What a screen shows of the task in hand is what its prompt is about."""

from __future__ import annotations

from sqlalchemy import delete

from app.domain.codes import own_code
from app.engine import Engine
from app.store import catalogue, orders, packages
from app.store.schema import TRACKING_RANGES
from tests.support import floor
from tests.support.shift import pack_scan


def test_a_zero_check_shows_the_bin_that_it_asks_about(engine: Engine) -> None:
    station = engine.station
    rows, _ = station.queue("", "to_pick", 0, 1)
    with engine.store.read() as c:
        wanted = {line.sku: line.quantity for line in orders.lines(c, rows[0].order_id)}
        stock = catalogue.stock_of(c, wanted)
    for place in stock:  # just what is asked, so that every bin is empty after the pick
        station.count_stock(place.bin, place.sku, place.lot, str(wanted[place.sku]))
    station.claim_pick("single", 1)
    floor.walk(station, "zero_check")
    view = station.view()
    assert view.pick.current.bin == view.prompt.params["bin"]
    assert view.pick.current.name == view.prompt.params["name"]


def test_the_tote_of_a_cancelled_order_is_the_one_that_is_shown(engine: Engine) -> None:
    station = engine.station
    station.claim_pick("cluster", 3)
    floor.walk(station, "bin")
    number, tote = station.view().pick.totes[2]
    station.supervise(number, "cancel", "desistiu")
    view = station.view()
    assert (view.pick.step, view.pick.tote) == ("set_aside", tote)
    assert view.prompt.params["tote"] == tote


def test_units_of_a_put_back_in_the_hand_are_shown_until_they_lie_in_their_bin(
    engine: Engine,
) -> None:
    station = engine.station
    number, *_ = floor.pick(station, "single")
    station.supervise(number, "cancel", "desistiu")
    station.start_putback(number)
    before = station.view()
    assert (before.prompt.code, before.putback.in_hand) == ("PUTBACK_ITEM", 0)
    station.scan(before.putback.current_sku)
    held = station.view()
    assert (held.prompt.code, held.putback.in_hand) == ("PUTBACK_BIN", 1)
    assert held.prompt.params["bin"] == held.putback.bin
    station.scan(own_code("B", held.putback.bin))
    after = station.view()
    assert after.putback is None or after.putback.in_hand == 0


def test_why_a_label_does_not_come_is_said_for_as_long_as_it_is_so(engine: Engine) -> None:
    station = engine.station
    number, *_ = floor.pick(station, "single")
    with engine.store.write() as c:
        c.execute(delete(TRACKING_RANGES))
    station.open_pack(number)
    while (view := station.view()).pack.step != "label":
        station.scan(pack_scan(view.pack))
    assert view.trouble.code == "TRACKING_NONE"
    with engine.store.write() as c:
        packages.add_range(
            c, carrier=floor.service_of(engine, number)[0], service_code="", prefix="QZ",
            country="BR", first=1, last=9,
        )  # fmt: skip
    assert station.scan(own_code("C", "OK")).code == "LABEL_RETRY"
    assert station.view().trouble is None
    assert floor.tracking_of(engine, number).startswith("QZ")
