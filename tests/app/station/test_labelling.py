"""A package's label: its code is spent once, its bytes are kept, the carrier's own goes first."""

from __future__ import annotations

from app.domain.printing import JobState
from app.engine import Engine
from app.rehearsal import pack_scan
from app.store import faults, packages
from tests.support import floor
from tests.support.press import jobs, zebra
from tests.support.socket_printer import SocketPrinter


def test_a_box_its_label_its_code_and_its_print_job_are_kept_together_or_not_at_all(
    engine: Engine,
) -> None:
    (number,) = floor.pick(engine.station, "single", 1)
    engine.station.open_pack(number)
    view = floor.check_units(engine.station, "box")
    with engine.store.read() as c:
        left = packages.serials_left(c)
    faults.arm(faults.Fault("commit", 1, "full"))
    try:
        assert engine.station.scan(pack_scan(view)).code == "STORE_FULL"
    finally:
        faults.arm(None)
    engine.station.acknowledge()
    assert engine.station.view().pack.step == "box"
    assert jobs(engine, number) == []
    with engine.store.read() as c:
        assert packages.serials_left(c) == left, "a code was spent that nobody has seen"
    assert engine.station.scan(pack_scan(view)).code == "BOX_OK"
    assert jobs(engine, number) == [(JobState.PRINTED, 1)]
    with engine.store.read() as c:
        assert sum(packages.serials_left(c).values()) == sum(left.values()) - 1


def test_the_carriers_own_label_is_printed_unchanged_with_its_own_code(
    engine: Engine, printer: SocketPrinter
) -> None:
    zebra(engine, printer)
    (number,) = floor.pick(engine.station, "single", 1)
    theirs = b"^XA^FO50,50^BY3^BCN,100^FDMELI40123456789^FS^XZ"
    engine.station.open_pack(number)
    assert engine.supply_label(number, 1, "MELI40123456789", theirs).code == "LABEL_SUPPLIED"
    for _ in range(80):
        view = engine.station.view().pack
        if view is None or view.step == "verify":
            break
        engine.station.scan(pack_scan(view))
    assert printer.wait_for(1) == [theirs]
    assert engine.station.scan("MELI40123456789").code == "ORDER_PACKED"


def test_a_code_that_is_on_another_orders_label_is_refused(engine: Engine) -> None:
    floor.pick(engine.station, "single", 1)
    label = b"^XA^XZ"
    assert engine.supply_label("10001", 1, "AB12345678", label).code == "LABEL_SUPPLIED"
    assert engine.supply_label("10008", 1, "AB12345678", label).code == "TRACKING_TAKEN"
    assert engine.supply_label("10008", 1, "AB12345679", b"GIF89a").code == "LABEL_SUPPLIED_BAD"
    assert engine.supply_label("99999", 1, "AB12345679", label).code == "ORDER_UNKNOWN"
