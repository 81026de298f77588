"""Orders are pulled whole, once, and in whatever order their source gives them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from app.connectors import errors
from app.connectors.roles import Page, Pulled, Role
from app.flow.pace import Pace
from app.flow.pulling import Pull
from app.store import connectors, imports, orders
from app.store.turns import GaveWay, Turns
from tests.support.flow_floor import START, FlowFloor
from tests.support.simulated_system import BEFORE, GARBLE, NONE


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[FlowFloor]:
    made = FlowFloor(tmp_path)
    made.connect("loja", Role.ORDERS)
    yield made
    made.store.close()


def _fill(floor: FlowFloor, count: int) -> list[str]:
    made = [floor.order(source="whatever") for _ in range(count)]
    for n, order in enumerate(made):
        floor.system.put(order, changed_at=START + timedelta(seconds=n))
    return [order.external_id for order in made]


def _known(floor: FlowFloor, *names: str) -> dict[str, Any]:
    """The warehouse's rows of the shop's orders; of those named alone, where some are."""
    asked = [("loja", name) for name in names or floor.system.orders]
    with floor.store.read() as c:
        known = orders.known(c, asked)
        return {name: orders.by_id(c, row.id) for (_, name), row in known.items()}


def test_every_page_is_taken_under_the_connectors_name_and_the_mark_is_kept(
    floor: FlowFloor,
) -> None:
    wanted = _fill(floor, 120)
    report = floor.round()
    assert (report.pulls["loja"].new, report.pulls["loja"].pages) == (120, 3)
    assert set(_known(floor)) == set(wanted)
    with floor.store.read() as c:
        row = connectors.named(c, "loja")
    assert row is not None
    assert row.mark == "120"
    assert row.pulled_at == floor.now
    again = floor.round().pulls["loja"]
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2), "the overlap comes again"


def test_a_pull_broken_off_goes_on_where_it_was_and_takes_nothing_twice(floor: FlowFloor) -> None:
    _fill(floor, 120)
    faults = iter([NONE, GARBLE])
    floor.system.fault = lambda call: next(faults, NONE) if call == "pull" else NONE
    report = floor.round()
    assert report.failed == {"loja": "CONNECTOR_UNREADABLE"}
    assert len(_known(floor)) == 50, "the first page is durable"
    assert floor.round().pulls["loja"].new == 70
    assert len(_known(floor)) == 120


def test_an_older_version_never_overwrites_a_newer_one(floor: FlowFloor) -> None:
    order = floor.order()
    newer = structs.replace(order, note="nova")
    old = Pulled(order.external_id, "", "old", START, order)
    new = Pulled(order.external_id, "", "new", START + timedelta(hours=1), newer)
    puller = floor.flow()._puller
    puller._guard = lambda c: None
    for page in ((new,), (old,), (old, new), (new, old)):
        puller._apply("loja", page, (), None, Pull())
    row = _known(floor, order.external_id)[order.external_id]
    assert row.note == "nova"


def test_a_cancelled_order_that_nobody_had_picked_is_over(floor: FlowFloor) -> None:
    (name,) = _fill(floor, 1)
    floor.round()
    floor.system.change(name, status="cancelled")
    floor.round()
    assert _known(floor)[name].state == "CANCELLED"


def test_a_source_that_forgot_to_stamp_a_cancellation_is_caught_by_the_sweep(
    floor: FlowFloor,
) -> None:
    kept, gone, lost = _fill(floor, 3)
    floor.round()
    floor.system.change(gone, status="cancelled")
    floor.system.feed.pop()  # no change was told
    del floor.system.orders[lost]
    floor.later(hours=2)
    report = floor.round()
    known = _known(floor)
    assert known[kept].state == "RELEASED"
    assert known[gone].state == "CANCELLED"
    assert report.pulls["loja"].gone == 1
    row = _known(floor, lost)[lost]
    assert (row.problem, row.queue) == ("gone_at_source", "exceptions")


def test_an_order_that_cant_be_translated_is_aside_until_it_comes_good(floor: FlowFloor) -> None:
    order = floor.order()
    floor.system.orders["z1"] = Pulled("z1", '{"cep": ""}', "d", None, None, "ORDER_BAD_CEP", "cep")
    floor.system.feed.append("z1")
    assert floor.round().pulls["loja"].rejected == 1
    with floor.store.read() as c:
        (row,) = imports.rejected(c)
    assert (row.connector, row.external_id, row.code) == ("loja", "z1", "ORDER_BAD_CEP")
    floor.system.put(structs.replace(order, external_id="z1"))
    floor.round()
    with floor.store.read() as c:
        assert not imports.rejected(c)


def test_a_bad_document_is_aside_and_stops_no_order(floor: FlowFloor) -> None:
    _fill(floor, 1)
    floor.system.documents = [b"<html>"]
    assert floor.round().pulls["loja"].new == 1
    with floor.store.read() as c:
        assert [row.code for row in imports.rejected(c)] == ["NFE_UNREADABLE"]


def test_a_source_that_is_down_is_left_alone_and_the_round_says_so(floor: FlowFloor) -> None:
    floor.system.fault = lambda call: BEFORE
    assert floor.round().failed == {"loja": "CONNECTOR_DOWN"}


def test_a_pull_that_makes_way_counts_and_takes_everything_once(
    floor: FlowFloor, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(floor, 30)
    floor.system.documents = [b"<html>"]
    calls = itertools.count(1)

    def somebody_waits(turns: Turns, *_: object) -> None:
        if next(calls) in (3, 12):
            raise GaveWay

    monkeypatch.setattr(Turns, "_make_way", somebody_waits)
    pull = floor.round().pulls["loja"]
    assert next(calls) > 12
    assert (pull.new, pull.changed, pull.unchanged) == (30, 0, 0)
    assert len(_known(floor)) == 30
    with floor.store.read() as c:
        assert [row.code for row in imports.rejected(c)] == ["NFE_UNREADABLE"]


def test_a_page_in_many_transactions_keeps_its_mark_with_the_last(floor: FlowFloor) -> None:
    _fill(floor, 30)
    flow = floor.flow()
    flow._puller._pace = Pace(10, 10)
    real, parts = flow._puller._apply, []

    def apply(name, records, documents, mark, pull):  # type: ignore[no-untyped-def]
        parts.append((len(records), mark))
        if len(parts) == 2:
            raise errors.Down("power cut")
        real(name, records, documents, mark, pull)

    flow._puller._apply = apply  # type: ignore[method-assign]
    floor.round(flow)
    with floor.store.read() as c:
        row = connectors.named(c, "loja")
    assert row is not None
    assert (parts[0][1], row.mark) == (None, "")
    floor.round()
    assert len(_known(floor)) == 30


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_pages_in_any_order_and_any_number_leave_the_newest_version(
    floor: FlowFloor, data: st.DataObject
) -> None:
    order = floor.order()
    versions = [
        Pulled(
            order.external_id, "", f"v{n}", START + timedelta(minutes=n),
            structs.replace(order, note=f"v{n}"),
        )
        for n in range(4)
    ]  # fmt: skip
    pages = data.draw(st.lists(st.lists(st.sampled_from(versions), max_size=4), max_size=6))
    puller = floor.flow()._puller
    puller._guard = lambda c: None
    for page in (*pages, [versions[3]], *pages):
        puller._apply("loja", page, (), None, Pull())
    row = _known(floor, order.external_id)[order.external_id]
    assert row.note == "v3"


def test_a_page_is_confirmed_only_when_it_is_durable(floor: FlowFloor) -> None:
    _fill(floor, 3)
    seen: list[int] = []

    async def confirm(page: Page) -> None:
        seen.append(len(_known(floor)))

    floor.system.confirm = confirm  # type: ignore[method-assign]
    floor.round()
    assert seen == [3]
