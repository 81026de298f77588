"""A whole shift through the engine, without a screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.codes import own_code
from app.domain.decision import Outcome
from app.domain.dispatch import Close, Handover
from app.domain.model import ShortReason
from app.domain.pick_actions import Short
from app.engine import Engine
from app.station import auditor
from app.station.station import Station
from app.store import catalogue, codes, journal, packages
from app.store import orders as stored
from tests.support import homes
from tests.support.shift import Clock, dispatch_scans, pack_scan, pick_scan

TOTES = [f"T-{n:02d}" for n in range(1, 31)]


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = homes.demo(tmp_path / "home", Clock())
    engine.station.sign_in("DEMO", "7391")
    yield engine
    engine.close()


def pick(station: Station, mode: str = "cluster", size: int = 4) -> list[str]:
    """Pick one wave to its end; the numbers of its orders."""
    assert station.claim_pick(mode, size).code == "PICK_CLAIMED"
    view = station.view().pick
    assert view
    numbers = [number for number, _ in view.totes]
    for _ in range(500):
        view = station.view().pick
        if view is None:
            return numbers
        feedback = station.scan(pick_scan(view, TOTES))
        assert feedback.outcome is not Outcome.BLOCK, feedback
    raise AssertionError("the pick never ended")


def pack(station: Station, number: str) -> None:
    assert station.open_pack(number).outcome is Outcome.OK
    for _ in range(100):
        view = station.view().pack
        if view is None:
            return
        feedback = station.scan(pack_scan(view))
        assert feedback.outcome is not Outcome.BLOCK, feedback
    raise AssertionError("the pack never ended")


def state_of(engine: Engine, number: str) -> str:
    with engine.store.read() as c:
        row = stored.by_number(c, number)
        assert row
        return str(row.state)


@pytest.mark.parametrize("mode", ["single", "batch", "cluster"])
def test_orders_go_from_the_queue_to_a_closed_manifest(engine: Engine, mode: str) -> None:
    station = engine.station
    numbers = pick(station, mode)
    assert {state_of(engine, number) for number in numbers} == {"PICKED"}
    for number in numbers:
        pack(station, number)
    assert {state_of(engine, number) for number in numbers} == {"PACKED"}

    choices = station.view().dispatch
    assert choices
    for one in choices.choices:
        assert station.open_manifest(one.carrier, one.service_code).outcome is Outcome.OK
        with engine.store.read() as c:
            labels = [
                label.tracking
                for row in stored.ready_for(c, one.carrier, one.service_code)
                for label in packages.labels_of(c, row.id)
            ]
        for tracking in labels:
            assert station.scan(tracking).code == "PACKAGE_LOADED"
        assert station.act(Close("")).code == "MANIFEST_READY"
        assert (
            station.act(Handover("ABC1D23", "João Inventado", "00000000191")).code == "HANDED_OVER"
        )
    assert {state_of(engine, number) for number in numbers} == {"SHIPPED"}
    printed = list((engine.home / "printed").iterdir())
    assert len([p for p in printed if "etiqueta" in p.name]) == len(numbers)
    assert len([p for p in printed if "romaneio" in p.name]) == len(choices.choices)
    with engine.store.read() as c:
        assert journal.broken_links(c, station.id) == []


def test_a_restart_in_the_middle_resumes_the_task_where_it_was(tmp_path: Path) -> None:
    clock, home = Clock(), tmp_path / "home"
    first = homes.demo(home, clock)
    first.station.sign_in("DEMO", "7391")
    first.station.claim_pick("cluster", 3)
    for _ in range(7):
        view = first.station.view().pick
        assert view
        first.station.scan(pick_scan(view, TOTES))
    before = first.station.view().pick
    first.close()

    second = Engine.open(home, demo=True, clock=clock)
    assert second.station.view().pick is None, "a locked screen shows no work"
    second.station.sign_in("DEMO", "7391")
    assert second.station.view().pick == before
    second.close()


def test_an_order_cancelled_in_the_hand_stops_there_and_its_units_go_back(engine: Engine) -> None:
    station = engine.station
    numbers = pick(station, "single")
    station.open_pack(numbers[0])
    assert station.supervise(numbers[0], "cancel", "cliente desistiu").outcome is Outcome.OK
    view = station.view().pack
    assert view
    feedback = station.scan(view.lines[0].sku)
    assert (feedback.outcome, feedback.code) == (Outcome.BLOCK, "CANCELLED")
    assert state_of(engine, numbers[0]) == "PUTBACK_PENDING"


def test_a_block_refuses_every_scan_until_it_is_acknowledged(engine: Engine) -> None:
    station = engine.station
    station.claim_pick("single", 1)
    station.scan(own_code("T", "T-01"))
    assert station.scan(own_code("B", "Z-99-99")).code == "WRONG_BIN"
    view = station.view()
    assert view.block
    assert view.pick
    assert view.pick.current
    assert station.scan(own_code("B", view.pick.current.bin)).code == "ACK_FIRST"
    assert station.scan(own_code("C", "OK")).code == "ACKNOWLEDGED"
    assert station.scan(own_code("B", view.pick.current.bin)).outcome is Outcome.OK


@pytest.mark.parametrize(
    "raw", ["", "\x00\x01", "'; DROP TABLE orders; --", "^XA^FDboom^XZ", "x" * 10_000, "\ud800"]
)
def test_a_hostile_scan_is_refused_and_harms_nothing(engine: Engine, raw: str) -> None:
    before = engine.station.counts()
    assert engine.station.scan(raw).outcome in (Outcome.BLOCK, Outcome.WARN)
    assert engine.station.counts() == before


def test_a_picker_may_not_pack(engine: Engine) -> None:
    numbers = pick(engine.station, "single")
    engine.station.sign_in("SEP", "7391")
    assert engine.station.open_pack(numbers[0]).code == "NOT_PERMITTED"
    assert engine.change_setting("tracking.low_at", "300").code == "NOT_PERMITTED"
    assert engine.station.supervise(numbers[0], "pin", "").code == "NOT_PERMITTED"
    with engine.store.read() as c:
        refused = auditor.rows(c, "en", "access")
    assert [(row.who, row.detail) for row in refused] == [
        ("Separador Demo", "supervising orders"),
        ("Separador Demo", "changing settings"),
        ("Separador Demo", "packing"),
    ]


def test_every_coming_and_going_is_audited_and_a_strangers_badge_is_not_kept(
    engine: Engine,
) -> None:
    engine.station.sign_in("DEMO", "1111")
    engine.station.sign_in("7391", "7391")  # the PIN in the badge's field
    engine.station.sign_out()
    with engine.store.read() as c:
        rows = auditor.rows(c, "pt", "sign_in")
    assert [(row.kind, row.who, row.detail) for row in rows] == [
        ("SignedOut", "Gestora Demo", ""),
        ("SignInFailed", "", "crachá que ninguém tem"),
        ("SignInFailed", "", "PIN errado · DEMO"),
        ("SignedIn", "Gestora Demo", "supervisor"),
    ]


def test_a_pick_given_back_before_its_first_unit_forgets_its_shorts(engine: Engine) -> None:
    station = engine.station
    station.claim_pick("single", 1)
    number = station.view().pick.lines[0].order_number
    units = station.view().pick.units_total
    station.scan(pick_scan(station.view().pick, TOTES))
    station.scan(pick_scan(station.view().pick, TOTES))
    assert station.act(Short(ShortReason.NOT_FOUND)).code.startswith("SHORTED")
    assert station.release_task().code == "TASK_RELEASED"
    with engine.store.read() as c:
        row = stored.by_number(c, number)
        assert row.state == "RELEASED"
        assert [line.short for line in stored.lines(c, row.id)] == [0] * row.line_count
    station.claim_pick("single", 1)
    assert station.view().pick.units_total == units


def test_a_manifest_grows_while_it_is_open(engine: Engine) -> None:
    station = engine.station
    numbers = pick(station, "cluster", 6)
    first, *others = numbers
    pack(station, first)
    carrier, service_code = dispatch_scans(station.view().dispatch)
    station.open_manifest(carrier, service_code)
    manifest, expected = station.view().dispatch.manifest_id, station.view().dispatch.expected
    assert expected >= 1
    station.release_task()
    for number in others:
        pack(station, number)
    station.open_manifest(carrier, service_code)
    view = station.view().dispatch
    same = [n for n in others if service_of(engine, n) == (carrier, service_code)]
    assert view.manifest_id == manifest
    assert view.expected == expected + len(same)


def service_of(engine: Engine, number: str) -> tuple[str, str]:
    with engine.store.read() as c:
        row = stored.by_number(c, number)
    return row.carrier, row.service_code


def test_an_order_held_while_on_the_bench_says_so_at_the_next_scan(engine: Engine) -> None:
    station = engine.station
    (number,) = pick(station, "single", 1)
    station.open_pack(number)
    station.supervise(number, "hold", "endereço a confirmar")
    assert station.scan(pack_scan(station.view().pack)).code == "ON_HOLD"


def test_a_serial_number_that_went_out_is_refused_until_its_order_is_cancelled(
    engine: Engine,
) -> None:
    station = engine.station
    number, *_ = pick(station, "single", 1)
    station.open_pack(number)
    line = station.view().pack.lines[0]
    with engine.store.read() as c:
        gtin = catalogue.product(c, line.sku).gtins[0]
    unit = f"]C101{gtin.zfill(14)}21SERIE7"
    assert station.scan(unit).outcome is Outcome.OK
    assert station.undo().code == "UNDONE"
    assert station.scan(unit).outcome is Outcome.OK
    if line.quantity > 1:
        assert station.scan(unit).code == "SERIAL_USED"
        station.acknowledge()
    with engine.store.read() as c:
        assert packages.serial_owner(c, line.sku, "SERIE7")[0] == number
    station.supervise(number, "cancel", "cliente desistiu")
    with engine.store.read() as c:
        assert packages.serial_owner(c, line.sku, "SERIE7") is None


def test_an_unknown_code_is_linked_by_who_may_and_counts_from_then_on(engine: Engine) -> None:
    station = engine.station
    station.claim_pick("single", 1)
    for _ in range(2):
        station.scan(pick_scan(station.view().pick, TOTES))
    sku = station.view().pick.current.sku
    assert station.link_unknown(sku).code == "LINK_IMPOSSIBLE"
    assert station.scan("FORN-998877").code == "UNKNOWN_CODE"
    station.acknowledge()
    assert station.view().unknown_code == "FORN-998877"
    assert station.link_unknown("NO-SUCH-SKU").code == "LINK_IMPOSSIBLE"
    station.sign_in("SEP", "7391")
    assert station.link_unknown(sku).code == "NOT_PERMITTED"
    station.sign_in("DEMO", "7391")
    assert station.link_unknown(sku).code == "CODE_LINKED"
    assert station.scan("FORN-998877").outcome is Outcome.OK
    with engine.store.write() as c:  # a later import of the product keeps the link
        catalogue.put_product(c, catalogue.product(c, sku), "new")
    with engine.store.read() as c:
        assert codes.named(c, "FORN-998877").products == ((sku, 1),)
