"""What a desk knows of the world outside its task, and that everyone at it sees the same."""

from __future__ import annotations

from pathlib import Path

from app.domain.codes import own_code
from app.domain.dispatch import Close
from app.domain.model import ShortReason
from app.domain.pick_actions import Short
from app.engine import Engine
from app.store import orders
from tests.support import floor
from tests.support.nfe import nfe_proc
from tests.support.shift import pick_scan


def units_of(engine: Engine, number: str) -> int:
    with engine.store.read() as c:
        row = orders.by_number(c, number)
        assert row
        return sum(placed.quantity for placed in orders.placements(c, row.id))


def test_a_cancelled_order_at_the_dock_names_the_units_to_put_back(engine: Engine) -> None:
    station = engine.station
    numbers = floor.pick(station, "cluster", 6)
    number = max(numbers, key=lambda n: units_of(engine, n))
    floor.pack(station, number)
    tracking = floor.tracking_of(engine, number)
    station.open_manifest(*floor.service_of(engine, number))
    station.supervise(number, "cancel", "cliente desistiu")
    feedback = station.scan(tracking)
    assert feedback.code == "CANCELLED"
    assert feedback.params["units"] == units_of(engine, number) > 1


def test_a_cancelled_short_order_at_the_dock_owes_only_what_was_picked(engine: Engine) -> None:
    station = engine.station
    number = pick_one_short_of_a_unit(engine)
    station.supervise(number, "release", "cliente aceita parcial")
    floor.pack(station, number)
    tracking = floor.tracking_of(engine, number)
    station.open_manifest(*floor.service_of(engine, number))
    station.supervise(number, "cancel", "cliente desistiu")
    feedback = station.scan(tracking)
    with engine.store.read() as c:
        asked = orders.by_number(c, number).unit_count
    assert feedback.params["units"] == units_of(engine, number) == asked - 1


def pick_one_short_of_a_unit(engine: Engine) -> str:
    """Pick single orders until one of several units, and report its last unit missing."""
    station = engine.station
    while True:
        station.claim_pick("single", 1)
        view = station.view().pick
        number, many = view.totes[0][0], view.units_total > 1
        for _ in range(100):
            view = station.view().pick
            if view is None:
                break
            last = view.units_total - view.units_done == 1
            if (many and last and view.step == "item") or (
                many
                and view.step == "item"
                and view.current.quantity > 1
                and view.in_hand == (view.current.quantity - 1)
                and view.units_done + view.in_hand == view.units_total - 1
            ):
                assert station.act(Short(ShortReason.NOT_FOUND)).code.startswith("SHORTED")
            else:
                station.scan(pick_scan(view, floor.TOTES))
        if many:
            return number


def test_a_closed_manifest_still_names_its_orders(engine: Engine) -> None:
    station = engine.station
    number, *_ = floor.pick(station, "cluster", 6)
    floor.pack(station, number)
    station.open_manifest(*floor.service_of(engine, number))
    station.scan(floor.tracking_of(engine, number))
    assert station.act(Close("")).code == "MANIFEST_READY"
    view = station.view().dispatch
    assert (view.loaded, view.expected) == (1, 1)
    assert [row.number for row in view.orders] == [number]


def test_a_held_order_asks_for_the_hold_and_not_for_a_label_that_was_never_made(
    engine: Engine,
) -> None:
    station = engine.station
    number, *_ = floor.pick(station, "single")
    station.open_pack(number)
    view = floor.check_units(station, "box")
    station.supervise(number, "hold", "endereço a confirmar")
    station.scan(own_code("E", view.suggested_box))
    shown = station.view()
    assert shown.prompt.code == "PACK_HOLD"
    assert shown.prompt.params["reason"] == "endereço a confirmar"
    assert shown.pack.packages[0].tracking == ""
    station.acknowledge()
    station.supervise(number, "lift", "")
    station.scan(own_code("E", view.suggested_box))
    assert station.view().prompt.code == "PACK_VERIFY"


def test_an_invoice_that_comes_while_the_order_waits_on_the_bench_is_seen_at_once(
    engine: Engine, tmp_path: Path
) -> None:
    station = engine.station
    engine.change_setting("invoice.channels", "*")
    number, *_ = floor.pick(station, "single")
    station.open_pack(number)
    floor.check_units(station, "invoice")
    assert station.view().prompt.code == "PACK_INVOICE"
    (tmp_path / "nota.xml").write_bytes(invoice_of(engine, number))
    engine.import_unattended(tmp_path / "nota.xml")
    view = station.view()
    assert (view.pack.step, view.prompt.code, view.pack.invoice) == (
        "label",
        "PACK_LABEL",
        "AUTHORIZED",
    )
    assert station.scan(own_code("C", "OK")).code == "LABEL_RETRY"
    assert station.view().prompt.code == "PACK_VERIFY"


def invoice_of(engine: Engine, number: str) -> bytes:
    with engine.store.read() as c:
        row = orders.by_number(c, number)
        assert row
        items = [(line.sku, line.quantity, "10.00") for line in orders.lines(c, row.id)]
        person, address = orders.recipient(c, row.id)
    xml = nfe_proc(number, items, cep=address.cep, document=person.document, total=str(row.total))
    xml = xml.replace(b"<nro>1</nro>", f"<nro>{address.number}</nro>".encode())
    return xml.replace(b"</nro><UF>SP</UF>", f"</nro><UF>{address.state}</UF>".encode())


def test_an_order_cancelled_on_the_bench_asks_for_put_back_and_takes_nothing_back(
    engine: Engine,
) -> None:
    station = engine.station
    number, *_ = floor.pick(station, "single")
    station.open_pack(number)
    station.scan(station.view().pack.lines[0].sku)
    station.supervise(number, "cancel", "cliente desistiu")
    assert station.undo().code == "NOTHING_TO_UNDO"
    view = station.view()
    assert (view.pack.step, view.prompt.code, view.undo) == ("cancelled", "PACK_CANCELLED", "")


def test_the_problem_code_on_the_bench_frees_the_bench(engine: Engine) -> None:
    station = engine.station
    engine.change_setting("invoice.channels", "*")
    number, *_ = floor.pick(station, "single")
    station.open_pack(number)
    floor.check_units(station, "invoice")
    assert station.scan(own_code("C", "PROBLEMA")).code == "PARKED_INVOICE"
    assert station.view().pack is None
