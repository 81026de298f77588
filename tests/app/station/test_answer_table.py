"""Every answer to a scan that the operators' guide promises, brought about at a station."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from app.domain.codes import own_code
from app.domain.decision import Outcome
from app.domain.dispatch import Close, Handover
from app.domain.model import ShortReason
from app.domain.pack_actions import NewPackage
from app.domain.pick_actions import ConfirmBin, Short
from app.engine import Engine
from app.store import catalogue, orders
from app.store.database import WAREHOUSE
from app.store.schema import BARCODES, JOURNAL, ORDERS
from tests.support import floor
from tests.support.floor import TOTES
from tests.support.nfe import nfe_proc
from tests.support.shift import pack_scan, pick_scan

GS1 = "]C1"
DRIVER = ("Motorista Inventado", "00000000191")


def to_item(engine: Engine, mode: str = "single", size: int = 1, *, lots: bool = False) -> None:
    """Pick on until a product is asked; with `lots`, one that is followed by lot and expiry."""
    station = engine.station
    for _ in range(400):
        if station.view().pick is None:
            assert station.claim_pick(mode, size).code == "PICK_CLAIMED"
        view = station.view().pick
        wanted = view.current and bool(view.current.lot) == lots
        if view.step == "item" and wanted:
            return
        station.scan(pick_scan(view, TOTES))
    raise AssertionError("no such product was asked")


def gtin_of(engine: Engine, sku: str) -> str:
    with engine.store.read() as c:
        return catalogue.product(c, sku).gtins[0]


def bin_with_another(engine: Engine, sku: str, but: str) -> str:
    with engine.store.read() as c:
        return next(code for code in catalogue.bins_of(c, sku) if code != but)


def at_bench(engine: Engine, *, many: bool = False) -> str:
    """An order on the bench, none of its units verified; with `many`, of several units."""
    for _ in range(20):
        number, *_ = floor.pick(engine.station, "single")
        engine.station.open_pack(number)
        if engine.station.view().pack.step == "note":
            engine.station.scan(own_code("C", "OK"))
        if not many or engine.station.view().pack.lines[0].quantity > 1:
            return number
        floor.check_units(engine.station, "verify")
        engine.station.scan(pack_scan(engine.station.view().pack))
    raise AssertionError("no order of several units")


def packed(engine: Engine, *, volumes: int = 1) -> str:
    number = at_bench(engine, many=volumes > 1)
    if volumes > 1:
        engine.station.scan(engine.station.view().pack.lines[0].sku)
        assert engine.station.act(NewPackage()).code == "PACKAGE_CLOSED"
    for _ in range(60):
        view = engine.station.view().pack
        if view is None:
            return number
        engine.station.scan(pack_scan(view))
    raise AssertionError("the pack never ended")


# --- any step -------------------------------------------------------------------------------


def test_unknown_code(engine: Engine) -> None:
    to_item(engine)
    answer = engine.station.scan("7891234567895")
    assert (answer.code, answer.outcome) == ("UNKNOWN_CODE", Outcome.BLOCK)
    assert engine.station.view().unknown_code


def test_bad_read(engine: Engine) -> None:
    to_item(engine)
    assert engine.station.scan(own_code("T", "T-01")[:-1] + "?").code in ("BAD_READ",)


def test_wrong_kind(engine: Engine) -> None:
    to_item(engine)
    here = engine.station.view().pick.current
    answer = engine.station.scan(own_code("B", here.bin))
    assert (answer.code, answer.outcome) == ("WRONG_KIND", Outcome.WARN)


def test_a_code_of_two_products(engine: Engine) -> None:
    to_item(engine)
    with engine.store.write() as c:
        for sku in ("DEMO-0101", "DEMO-0102"):
            c.execute(
                insert(BARCODES).values(warehouse_id=WAREHOUSE, code="DUPLO-1", sku=sku, quantity=1)
            )
    answer = engine.station.scan("DUPLO-1")
    assert (answer.code, answer.params["count"]) == ("AMBIGUOUS", 2)


# --- pick -----------------------------------------------------------------------------------


def test_wrong_bin_and_a_supervisors_word_for_it(engine: Engine) -> None:
    station = engine.station
    station.claim_pick("single", 1)
    floor.walk(station, "bin")
    here = station.view().pick.current
    other = bin_with_another(engine, here.sku, here.bin)
    answer = station.scan(own_code("B", other))
    assert (answer.code, answer.params["expected"], answer.params["read"]) == (
        "WRONG_BIN",
        here.bin,
        other,
    )
    assert station.act(ConfirmBin()).code == "ACK_FIRST"
    station.acknowledge()
    assert station.act(ConfirmBin()).code == "BIN_CONFIRMED"
    view = station.view().pick
    assert (view.step, view.current.bin, view.wrong_bin) == ("item", other, "")
    to_count = [row.params["bin"] for row in station.exceptions() if row.kind == "count"]
    assert sorted(to_count) == sorted({here.bin, other})


def test_a_picker_confirms_no_bin(engine: Engine) -> None:
    station = engine.station
    station.claim_pick("single", 1)
    floor.walk(station, "bin")
    here = station.view().pick.current
    station.sign_in("SEP", "7391")
    assert station.view().session.role == "picker"
    station.scan(own_code("B", bin_with_another(engine, here.sku, here.bin)))
    station.acknowledge()
    assert station.act(ConfirmBin()).code == "NOT_PERMITTED"
    station.sign_in("DEMO", "7391")
    assert station.act(ConfirmBin()).code == "BIN_CONFIRMED"


def test_only_a_bin_that_was_scanned_can_be_confirmed(engine: Engine) -> None:
    station = engine.station
    station.claim_pick("single", 1)
    floor.walk(station, "bin")
    assert station.act(ConfirmBin()).code == "NOT_NOW"


def test_a_count_sets_the_record_right(engine: Engine) -> None:
    test_wrong_bin_and_a_supervisors_word_for_it(engine)
    station = engine.station
    row = next(row for row in station.exceptions() if row.kind == "count")
    place = (row.params["bin"], row.params["sku"], row.params["lot"])
    assert station.count_stock(*place, "dois").code == "COUNT_BAD"
    assert station.count_stock(*place, "17").code == "COUNTED"
    left = [row.params["bin"] for row in station.exceptions() if row.kind == "count"]
    assert place[0] not in left
    with engine.store.read() as c:
        held = catalogue.stock_of(c, [place[1]])
    assert next(stock.quantity for stock in held if stock.bin == place[0]) == 17


def test_wrong_item_shows_both_products(engine: Engine) -> None:
    to_item(engine)
    here = engine.station.view().pick.current
    with engine.store.read() as c:
        twin = catalogue.product(c, here.sku).substitutes[0]
    (engine.home / "pictures").mkdir()
    (engine.home / "pictures" / f"{here.sku.lower()}.PNG").write_bytes(b"")
    answer = engine.station.scan(gtin_of(engine, twin))
    assert answer.code == "WRONG_ITEM"
    asked, read = answer.pictures
    assert (asked.sku, read.sku) == (here.sku, twin)
    assert asked.path.endswith(f"{here.sku.lower()}.PNG")
    assert read.path == ""
    assert asked.category


def test_wrong_lot(engine: Engine) -> None:
    to_item(engine, "cluster", 12, lots=True)
    gtin = gtin_of(engine, engine.station.view().pick.current.sku)
    assert engine.station.scan(f"{GS1}010{gtin}10OUTRO").code == "WRONG_LOT"


def test_expired(engine: Engine) -> None:
    to_item(engine, "cluster", 12, lots=True)
    gtin = gtin_of(engine, engine.station.view().pick.current.sku)
    assert engine.station.scan(f"{GS1}010{gtin}17250101").code == "EXPIRED"


def test_beyond_the_quantity_and_line_complete(engine: Engine) -> None:
    to_item(engine)
    station = engine.station
    here = station.view().pick.current
    for _ in range(here.quantity):
        assert station.scan(here.sku).code == "UNIT_OK"
    answer = station.scan(here.sku)
    assert (answer.code, answer.outcome) == ("LINE_COMPLETE", Outcome.DONE)


def test_a_packaging_of_more_than_is_wanted(engine: Engine) -> None:
    for _ in range(20):
        to_item(engine)
        station = engine.station
        with engine.store.read() as c:
            packs = catalogue.product(c, station.view().pick.current.sku).packs
        if packs:
            assert station.scan(packs[0].barcode).code == "OVER_QTY"
            return
        station.scan(pick_scan(station.view().pick, TOTES))
    raise AssertionError("no product in a packaging")


def test_item_of_another_order_in_the_wave(engine: Engine) -> None:
    to_item(engine, "cluster", 6)
    view = engine.station.view().pick
    mine = {line.sku for line in view.lines if line.order_number == view.current.order_number}
    other = next(line for line in view.lines if line.sku not in mine and line.state == "PENDING")
    answer = engine.station.scan(other.sku)
    assert (answer.code, answer.params["order"]) == ("OTHER_ORDER", other.order_number)
    assert answer.params["tote"]


def test_item_of_no_order_at_all(engine: Engine) -> None:
    to_item(engine)
    name = engine.station.view().pick.current.name.casefold().split()
    with engine.store.read() as c:
        known = (catalogue.product(c, sku) for sku in sorted(catalogue.digests(c)))
        stranger = next(p for p in known if not set(p.name.casefold().split()) & set(name))
    assert engine.station.scan(stranger.sku).code == "NOT_IN_ORDER"


def test_wrong_tote(engine: Engine) -> None:
    to_item(engine, "cluster", 3)
    station = engine.station
    while station.view().pick.step == "item":
        station.scan(pick_scan(station.view().pick, TOTES))
    view = station.view().pick
    other = next(tote for _, tote in view.totes if tote != view.tote)
    answer = station.scan(own_code("T", other))
    assert (answer.code, answer.params["expected"]) == ("WRONG_TOTE", view.tote)


def test_tote_in_use(engine: Engine) -> None:
    station = engine.station
    station.claim_pick("cluster", 2)
    station.scan(own_code("T", "T-01"))
    answer = station.scan(own_code("T", "T-01").lower())
    assert (answer.code, answer.params["order"]) == (
        "TOTE_IN_USE",
        station.view().pick.totes[0][0],
    )


# --- pack -----------------------------------------------------------------------------------


def test_serial_already_used(engine: Engine) -> None:
    station = engine.station
    owners: dict[str, str] = {}
    for number in floor.pick(station, "cluster", 12):
        assert station.open_pack(number).outcome is Outcome.OK
        if station.view().pack.step == "note":
            station.scan(own_code("C", "OK"))
        sku = station.view().pack.lines[0].sku
        answer = station.scan(f"{GS1}010{gtin_of(engine, sku)}21SN-777")
        if sku in owners:
            assert (answer.code, answer.params["owner"]) == ("SERIAL_USED", owners[sku])
            return
        owners[sku] = number
        while (view := station.view().pack) is not None:
            station.scan(pack_scan(view))
    raise AssertionError("no two orders of one product")


def test_line_complete_and_over_quantity_on_the_bench(engine: Engine) -> None:
    at_bench(engine, many=True)
    line = engine.station.view().pack.lines[0]
    for _ in range(line.quantity):
        engine.station.scan(line.sku)
    assert engine.station.scan(line.sku).code == "LINE_COMPLETE"


def test_order_claimed_elsewhere_names_who_has_it(engine: Engine) -> None:
    number = at_bench(engine)
    other = floor.second_station(engine, "Estação 2")
    answer = other.open_pack(number)
    assert (answer.code, answer.params["bench"]) == ("CLAIMED", "Estação 1")
    assert answer.params["operator"] == engine.station.view().session.operator


def test_cancelled_order_at_the_bench(engine: Engine) -> None:
    number = at_bench(engine)
    engine.station.supervise(number, "cancel", "cliente desistiu")
    answer = engine.station.scan(engine.station.view().pack.lines[0].sku)
    assert answer.code == "CANCELLED"
    assert answer.params["units"]


def test_order_on_hold(engine: Engine) -> None:
    number, *_ = floor.pick(engine.station, "single")
    engine.station.supervise(number, "hold", "suspeita de fraude")
    answer = engine.station.open_pack(number)
    assert (answer.code, answer.params["reason"]) == ("ON_HOLD", "suspeita de fraude")
    assert answer.params["person"] == engine.station.view().session.operator
    assert "/" in str(answer.params["since"])
    row = next(row for row in engine.station.exceptions() if row.order_number == number)
    assert row.params["person"] == answer.params["person"]


def test_a_short_pick_names_who_else_waits_for_the_product(engine: Engine) -> None:
    to_item(engine)
    station = engine.station
    sku = station.view().pick.current.sku
    answer = station.act(Short(ShortReason.NOT_FOUND))
    assert (answer.code, answer.outcome) == ("SHORTED_OTHERS", Outcome.WARN)
    named = str(answer.params["orders"]).removesuffix(", …").split(", ")
    assert named
    with engine.store.read() as c:
        for number in named:
            row = orders.by_number(c, number)
            assert row.queue == "to_pick"
            assert sku in {line.sku for line in orders.lines(c, row.id)}


def test_address_changed_after_the_label(engine: Engine) -> None:
    number = at_bench(engine)
    floor.check_units(engine.station, "verify")
    before = floor.tracking_of(engine, number)
    with engine.store.write() as c:
        c.execute(update(ORDERS).where(ORDERS.c.number == number).values(address_version=2))
    answer = engine.station.scan(before)
    assert (answer.code, answer.outcome) == ("ADDRESS_CHANGED", Outcome.BLOCK)
    after = floor.tracking_of(engine, number)
    assert after != before
    engine.station.acknowledge()
    assert engine.station.scan(before).code == "VOID_LABEL"
    engine.station.acknowledge()
    assert engine.station.scan(after).code == "ORDER_PACKED"
    assert engine.station.scan(before).code == "VOID_LABEL"  # wherever it is scanned


def test_label_of_another_order(engine: Engine) -> None:
    first = packed(engine)
    at_bench(engine)
    floor.check_units(engine.station, "verify")
    answer = engine.station.scan(floor.tracking_of(engine, first))
    assert (answer.code, answer.params["order"]) == ("OTHER_LABEL", first)
    assert answer.needs_ack
    engine.station.acknowledge()
    number = engine.station.view().pack.order_number
    engine.station.scan(floor.tracking_of(engine, number))
    station, label = engine.station, floor.tracking_of(engine, first)
    assert first in {row.order_number for row in station.exceptions() if row.kind == "problem"}
    service = floor.service_of(engine, first)
    if service != floor.service_of(engine, number):
        assert station.open_manifest(*service).code == "NOTHING_TO_SHIP"
    assert station.scan(label).code == "LABEL_BACK"
    assert station.open_manifest(*service).code == "MANIFEST_OPENED"
    assert station.scan(label).code == "PACKAGE_LOADED"


def test_label_already_scanned_says_when_and_by_whom(engine: Engine) -> None:
    number = at_bench(engine, many=True)
    engine.station.scan(engine.station.view().pack.lines[0].sku)
    engine.station.act(NewPackage())
    floor.check_units(engine.station, "verify")
    label = engine.station.view().pack.packages[0].tracking
    assert engine.station.scan(label).code == "LABEL_VERIFIED", number
    answer = engine.station.scan(label)
    assert (answer.code, answer.outcome) == ("LABEL_DONE", Outcome.DONE)
    assert answer.params["person"] == engine.station.view().session.operator
    assert datetime.strptime(str(answer.params["time"]), "%H:%M").replace(tzinfo=UTC)


def test_invoice_missing_and_invoice_different(engine: Engine, tmp_path_factory: object) -> None:
    engine.change_setting("invoice.channels", "*")
    number = at_bench(engine)
    floor.check_units(engine.station, "invoice")
    assert engine.station.scan(own_code("C", "OK")).code == "NFE_MISSING"
    engine.station.acknowledge()
    with engine.store.read() as c:
        row = orders.by_number(c, number)
        person, address = orders.recipient(c, row.id)
    xml = nfe_proc(
        number, [("OUTRO-SKU", 9, "1.00")], cep=address.cep, document=person.document, total="9.00"
    )
    (engine.home / "nota.xml").write_bytes(xml)
    engine.import_unattended(engine.home / "nota.xml")
    answer = engine.station.scan(own_code("C", "OK"))
    assert answer.code.startswith("NFE_")
    assert answer.code != "NFE_MISSING"
    assert engine.station.view().pack.differences


def test_printer_not_ready_keeps_the_label(engine: Engine) -> None:
    printing = engine.station.printing
    assert (
        printing.put_printer("Z1", "Zebra", "folder:/dev/null/nowhere", 203).code == "PRINTER_SAVED"
    )
    assert printing.use("Z1").code == "PRINTER_CHOSEN"
    number = at_bench(engine)
    for _ in range(60):
        view = engine.station.view().pack
        if view.step in ("label", "verify"):
            break
        answer = engine.station.scan(pack_scan(view))
    assert (answer.code, answer.outcome) == ("PRINTER_DOWN", Outcome.WARN)
    before = floor.tracking_of(engine, number)
    offered = [one.code for one in engine.station.view().printers]
    assert offered == ["Z1", "PDF"]
    assert engine.station.scan(own_code("P", "PDF")).code == "PRINTER_CHOSEN"
    assert engine.station.view().pack.step == "verify"
    assert floor.tracking_of(engine, number) == before
    assert len(list((engine.home / "printed").iterdir())) == 1


# --- dispatch -------------------------------------------------------------------------------


def test_volume_of_another_manifest_and_volume_already_loaded(engine: Engine) -> None:
    mine = packed(engine)
    service = floor.service_of(engine, mine)
    for _ in range(20):
        other = packed(engine)
        if floor.service_of(engine, other) != service:
            break
    engine.station.open_manifest(*service)
    assert engine.station.scan(floor.tracking_of(engine, other)).code == "WRONG_MANIFEST"
    engine.station.acknowledge()
    label = floor.tracking_of(engine, mine)
    assert engine.station.scan(label).outcome is Outcome.OK
    answer = engine.station.scan(label)
    assert (answer.code, answer.outcome) == ("ALREADY_LOADED", Outcome.DONE)


def test_incomplete_volumes(engine: Engine) -> None:
    number = packed(engine, volumes=2)
    engine.station.open_manifest(*floor.service_of(engine, number))
    engine.station.scan(floor.tracking_of(engine, number))
    assert engine.station.act(Close("")).code == "MISSING_VOLUMES"


def test_manifest_closed(engine: Engine) -> None:
    number = packed(engine)
    late = packed(engine)
    while floor.service_of(engine, late) != floor.service_of(engine, number):
        late = packed(engine)
    engine.station.open_manifest(*floor.service_of(engine, number))
    engine.station.scan(floor.tracking_of(engine, number))
    assert engine.station.act(Close("cliente pediu para esperar")).code == "MANIFEST_READY"
    assert engine.station.scan(floor.tracking_of(engine, late)).code == "MANIFEST_CLOSED"


def test_a_closed_manifest_may_wait_for_its_carrier(engine: Engine) -> None:
    number = packed(engine)
    carrier, service = floor.service_of(engine, number)
    station = engine.station
    station.open_manifest(carrier, service)
    station.scan(floor.tracking_of(engine, number))
    assert station.act(Close("os outros vão amanhã")).code == "MANIFEST_READY"
    assert station.release_task().code == "TASK_RELEASED"
    closed = next(one for one in station.view().dispatch.choices if one.state == "CLOSED")
    assert (closed.carrier, closed.service_code, closed.waiting) == (carrier, service, 0)
    assert station.open_manifest(carrier, service, closed.manifest_id).code == "MANIFEST_WAITS"
    assert station.view().dispatch.state == "CLOSED"
    assert station.act(Handover("ABC1D23", "", "")).code == "DRIVER_NEEDED"
    assert station.act(Handover("ABC1D23", *DRIVER)).code == "HANDED_OVER"
    story = station.story(number)
    assert [entry.kind for entry in story.journal][-2:] == ["ManifestClosed", "ManifestHandedOver"]
    assert station.view().dispatch.choices == ()


def test_who_took_the_boxes_is_kept_off_the_journal_and_masked(engine: Engine) -> None:
    number = packed(engine)
    station = engine.station
    station.open_manifest(*floor.service_of(engine, number))
    station.scan(floor.tracking_of(engine, number))
    station.act(Close("os outros vão amanhã"))
    station.act(Handover("ABC1D23", *DRIVER))
    with engine.store.read() as c:
        kept = "".join(str(row) for row in c.execute(select(JOURNAL.c.payload)))
    assert "Motorista" not in kept
    assert DRIVER[1] not in kept
    shown = {}
    for badge in ("SEP", "EXP", "DEMO"):
        station.sign_in(badge, "7391")
        shown[badge] = station.story(number).handovers[0]
    assert {one.plate for one in shown.values()} == {"ABC1D23"}
    assert shown["SEP"].driver == ""
    assert shown["EXP"].driver == shown["DEMO"].driver == "Motorista · *********91"


def test_the_next_pickup_has_a_manifest_of_its_own_while_a_closed_one_waits(
    engine: Engine,
) -> None:
    number = packed(engine)
    late = packed(engine)
    while floor.service_of(engine, late) != floor.service_of(engine, number):
        late = packed(engine)
    station = engine.station
    station.open_manifest(*floor.service_of(engine, number))
    station.scan(floor.tracking_of(engine, number))
    station.act(Close("fica para a próxima coleta"))
    closed = station.view().dispatch.manifest_id
    station.release_task()
    station.open_manifest(*floor.service_of(engine, number))
    view = station.view().dispatch
    assert (view.state, view.manifest_id != closed) == ("OPEN", True)
    assert station.scan(floor.tracking_of(engine, late)).outcome is Outcome.OK


def test_a_box_at_a_scanned_dock_opens_its_carriers_manifest_and_is_loaded(
    engine: Engine,
) -> None:
    number = packed(engine)
    station = engine.station
    assert station.scan(own_code("D", "D-07")).code == "DOCK_READ"
    assert station.view().dispatch.dock == "D-07"
    assert station.scan(floor.tracking_of(engine, number)).code == "PACKAGE_LOADED"
    view = station.view().dispatch
    assert (view.dock, view.loaded) == ("D-07", 1)
    station.release_task()
    assert station.scan(own_code("D", "D-07")).code == "MANIFEST_OPENED"
    assert station.view().dispatch.manifest_id == view.manifest_id


def test_without_a_dock_a_box_offers_its_manifest_and_its_second_scan_takes_the_offer(
    engine: Engine,
) -> None:
    number = packed(engine)
    station, label = engine.station, floor.tracking_of(engine, number)
    offered = station.scan(label)
    assert (offered.code, offered.params["order"]) == ("MANIFEST_OFFERED", number)
    assert station.view().dispatch.manifest_id == ""
    assert station.scan(label).code == "PACKAGE_LOADED"
    assert station.view().dispatch.loaded == 1


def test_a_packer_learns_whose_label_it_is_and_opens_no_manifest(engine: Engine) -> None:
    number = packed(engine)
    engine.station.sign_in("CONF", "7391")
    for _ in range(2):
        assert engine.station.scan(floor.tracking_of(engine, number)).code == "LABEL_OF"
    assert engine.station.scan(own_code("D", "D-07")).code == "NOT_PERMITTED"


def test_cut_off_passed(engine: Engine) -> None:
    number = packed(engine)
    carrier, service = floor.service_of(engine, number)
    now = engine.clock().astimezone(engine.settings.zone())
    engine.change_setting(f"cutoff.{carrier.lower()}", f"{now + timedelta(minutes=1):%H:%M}")
    engine.station.open_manifest(carrier, service)
    engine.clock.now += timedelta(minutes=10)  # type: ignore[attr-defined]
    answer = engine.station.scan(floor.tracking_of(engine, number))
    assert (answer.code, answer.outcome) == ("AFTER_CUTOFF", Outcome.WARN)


def test_a_repeat_in_the_cool_down_is_ignored_and_said(engine: Engine) -> None:
    to_item(engine)
    frozen = engine.clock.now  # type: ignore[attr-defined]
    code = engine.station.view().pick.current.sku
    first = engine.station.scan(code)
    engine.clock.now = frozen  # type: ignore[attr-defined]
    assert first.outcome is Outcome.OK
    assert engine.station.scan(code).code == "REPEATED"


@pytest.mark.parametrize("code", ["'; DROP TABLE orders; --", "^XA^FDpwn^XZ", "x" * 10_000, "\x07"])
def test_garbage_is_refused_and_harms_nothing(engine: Engine, code: str) -> None:
    to_item(engine)
    before = engine.station.view().pick
    assert engine.station.scan(code).outcome is Outcome.BLOCK
    assert engine.station.view().pick == before
