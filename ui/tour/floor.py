"""The states of the floor: picking, packing, dispatch, put-back, and what interrupts them."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.codes import own_code
from app.domain.dispatch import Close, Handover
from app.domain.model import ShortReason
from app.domain.pack_actions import NewPackage, Weigh
from app.domain.pick_actions import ConfirmBin, Short
from app.rehearsal import at_another_bench, pack_scan, pick_scan
from app.store import catalogue, dock, manifests, orders
from ui.pages.dispatch import DispatchPage
from ui.pages.pick import PickPage
from ui.tour.hands import Hands

TOTES = [f"T-{n:02d}" for n in range(1, 30)]
# Of the demo warehouse: an order of goods with lot and expiry that takes substitutes, the others
# with a note for the packer.
LOTS, NOTED = "10085", ("10088", "10037")
OLD = "17250101"  # GS1's "best before", long over


def pick(hands: Hands) -> Iterator[str]:
    """A wave of four, one of goods with lots, of which the last bin is emptied."""
    station = hands.station
    _nearly_empty_the_bins(hands)
    for number in (LOTS, *NOTED):
        hands.do(station.supervise, number, "pin", "")
    hands.do(station.claim_pick, "cluster", 4)
    yield "answer-done"
    hands.calm()
    yield "pick-load-totes"
    while (view := hands.view().pick) and view.step == "load_totes":
        hands.scan(pick_scan(view, TOTES))
    yield "pick-bin"
    hands.do(station.scan, own_code("B", "Z-99-99"))
    yield "answer-block"
    hands.do(station.acknowledge)
    hands.do(station.scan, own_code("B", _another_bin(hands)))
    hands.acknowledge()
    yield "pick-wrong-bin"
    hands.do(station.act, ConfirmBin())
    hands.calm()
    yield from _walk(hands)


def _walk(hands: Hands) -> Iterator[str]:
    seen = {"load_totes", "bin"}
    while (view := hands.view().pick) is not None:
        if view.step not in seen:
            seen.add(view.step)
            yield f"pick-{view.step.replace('_', '-')}"
        if view.step == "item" and "short" not in seen:
            seen.add("short")
            yield from _at_the_item(hands)
        if view.step == "item" and view.substitutes and "lot" not in seen:
            seen.add("lot")
            yield from _with_a_lot(hands)
        hands.scan(pick_scan(view, TOTES))


def _at_the_item(hands: Hands) -> Iterator[str]:
    """The reasons of a short, and a look-alike in the hand."""
    hands.then(lambda: hands.scan(own_code("C", "FALTA")))
    yield "pick-short"
    hands.then()
    hands.do(hands.station.scan, _look_alike(hands))
    yield "answer-compare"
    hands.acknowledge()


def _with_a_lot(hands: Hands) -> Iterator[str]:
    """Goods with lot and expiry: what is refused of them, and what else could be taken."""
    yield "pick-lot"
    gtin = _gtin(hands)
    hands.do(hands.station.scan, f"]C1010{gtin}10L999")
    yield "answer-lot"
    hands.do(hands.station.acknowledge)
    hands.do(hands.station.scan, f"]C1010{gtin}{OLD}")
    yield "answer-expired"
    hands.acknowledge()
    hands.then(lambda: hands.page("pick", PickPage).ask_other())
    yield "pick-substitute"
    hands.then()
    hands.calm()


def short(hands: Hands) -> Iterator[str]:
    """A single pick whose product is not there, for which others wait too."""
    hands.open("pick")
    hands.do(hands.station.claim_pick, "single", 1)
    while (view := hands.view().pick) and view.step in ("load_totes", "bin"):
        hands.scan(pick_scan(view, TOTES[10:]))
    hands.do(hands.station.act, Short(ShortReason.NOT_FOUND))
    yield "answer-short"
    hands.calm()
    while (view := hands.view().pick) is not None:
        hands.scan(pick_scan(view, TOTES[10:]))


def pack(hands: Hands) -> Iterator[str]:
    """The wave at the bench: a note and the weight, a second package, an NF-e that is late."""
    hands.open("pack")
    yield "pack-idle"
    rows, _ = hands.station.queue("", "picked", 0, 4)
    numbers = sorted((row.number for row in rows), key=lambda number: number not in NOTED)
    hands.engine.set_setting("pack.weigh", "on")
    yield from _whole(hands, numbers[0])
    hands.engine.set_setting("pack.weigh", "off")
    yield from _in_two_packages(hands, numbers[1])
    yield from _elsewhere(hands, numbers[2])
    yield from _without_its_invoice(hands, numbers[3])


def _whole(hands: Hands, number: str) -> Iterator[str]:
    hands.do(hands.station.open_pack, number)
    hands.calm()
    seen: set[str] = set()
    while (view := hands.view().pack) is not None:
        if view.step not in seen:
            seen.add(view.step)
            yield f"pack-{view.step}"
        if view.step == "weight":
            package = next(p for p in view.packages if p.weight_g is None)
            assert package.expected_weight_g
            hands.do(hands.station.act, Weigh(package.expected_weight_g * 2))
            yield "answer-weight"
            hands.do(hands.station.act, Weigh(package.expected_weight_g))
            hands.calm()
        else:
            hands.scan(pack_scan(view))


def _in_two_packages(hands: Hands, number: str) -> Iterator[str]:
    """The first label meets a printer that is not there."""
    printing = hands.station.printing
    hands.do(printing.put_printer, "Z1", "Zebra", "folder:/dev/null/nowhere", 203)
    hands.do(printing.use, "Z1")
    hands.do(hands.station.open_pack, number)
    hands.calm()
    split = False
    while (view := hands.view().pack) is not None:
        if view.step == "label":
            yield "pack-printer"
            hands.scan(own_code("P", "PDF"))
        elif not split and view.step == "units" and view.units_done == 1:
            split = True
            hands.do(hands.station.act, NewPackage())
            hands.calm()
            yield "pack-second-package"
        else:
            hands.scan(pack_scan(view))


def _elsewhere(hands: Hands, number: str) -> Iterator[str]:
    """Another bench has the order; a supervisor may take it over."""
    engine = hands.engine
    at_another_bench(engine.store, engine.settings, engine.clock(), number)
    hands.do(hands.station.open_pack, number)
    yield "answer-claimed"
    hands.calm()
    hands.then(lambda: hands.scan(own_code("O", number)))
    yield "pack-take-over"
    hands.then()


def _without_its_invoice(hands: Hands, number: str) -> Iterator[str]:
    hands.engine.set_setting("invoice.channels", "*")
    hands.do(hands.station.open_pack, number)
    hands.calm()
    while (view := hands.view().pack) and view.step != "invoice":
        hands.scan(pack_scan(view))
    yield "pack-invoice"
    hands.do(hands.station.scan, own_code("C", "OK"))
    yield "answer-invoice"
    hands.acknowledge()
    hands.scan(own_code("C", "PROBLEMA"))
    hands.engine.set_setting("invoice.channels", "")


def dispatch(hands: Hands) -> Iterator[str]:
    """From the dock's code to the driver."""
    station = hands.station
    hands.open("dispatch")
    yield "dispatch-idle"
    hands.scan(own_code("D", "D-03"))
    yield "dispatch-dock"
    view = hands.view().dispatch
    assert view
    first = view.choices[0]
    hands.do(station.open_manifest, first.carrier, first.service_code)
    hands.calm()
    yield "dispatch-load"
    hands.do(station.scan, "lixo' OR 1=1 --")
    yield "answer-unknown"
    hands.acknowledge()
    for tracking in _expected(hands):
        hands.scan(tracking)
    hands.then(lambda: hands.page("dispatch", DispatchPage).ask_unload())
    yield "dispatch-unload"
    hands.then()
    hands.do(station.act, Close("fica para a próxima coleta"))
    hands.calm()
    hands.then(lambda: hands.page("dispatch", DispatchPage).ask_driver())
    yield "dispatch-handover"
    hands.then()
    hands.do(station.act, Handover("ABC1D23", "Motorista Inventado", "00000000191"))
    hands.calm()


def putback(hands: Hands) -> Iterator[str]:
    """The order that waited for its NF-e is cancelled: its goods go back to their bins."""
    number = next(row.number for row in hands.station.queue("", "awaiting_invoice", 0, 1)[0])
    hands.do(hands.station.supervise, number, "cancel", "o cliente desistiu")
    hands.calm()
    hands.do(hands.station.start_putback, number)
    hands.calm()
    yield "putback"
    view = hands.view().putback
    assert view
    hands.scan(view.current_sku)
    yield "putback-in-hand"
    hands.do(hands.station.release_task)
    hands.calm()


# --- what the demo warehouse has ------------------------------------------------------------


def _nearly_empty_the_bins(hands: Hands) -> None:
    """Leave just what the order with lots asks for, so that its bin is empty after the pick."""
    with hands.engine.store.read() as c:
        row = orders.by_number(c, LOTS)
        assert row
        line = orders.lines(c, row.id)[0]
        stock = catalogue.stock_of(c, [line.sku])
    for place in stock:
        hands.do(hands.station.count_stock, place.bin, place.sku, place.lot, str(line.quantity))
    hands.calm()


def _another_bin(hands: Hands) -> str:
    here = hands.line()
    with hands.engine.store.read() as c:
        return next(code for code in catalogue.bins_of(c, here.sku) if code != here.bin)


def _look_alike(hands: Hands) -> str:
    """A product of the same kind that nobody in the wave asked for."""
    pick = hands.view().pick
    assert pick
    asked = {line.sku for line in pick.lines}
    kind = hands.line().sku[:-2]
    with hands.engine.store.read() as c:
        known = sorted(catalogue.digests(c))
    return next(sku for sku in known if sku.startswith(kind) and sku not in asked)


def _gtin(hands: Hands) -> str:
    with hands.engine.store.read() as c:
        product = catalogue.product(c, hands.line().sku)
        assert product
        return next(code for code in product.gtins if len(code) == 13)


def _expected(hands: Hands) -> list[str]:
    """The tracking codes that the manifest in hand waits for."""
    open_now = hands.view().dispatch
    assert open_now
    known = open_now.manifest_id
    with hands.engine.store.read() as c:
        row = manifests.by_id(c, known)
        assert row
        return list(dock.for_manifest(c, known, row.carrier, row.service_code))
