"""The keys of picker and packer: the buttons of the walk, the bench and put-back, pressed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from app.demo import PIN
from app.domain.codes import own_code
from app.station.views import PickView
from app.store import catalogue, orders
from tests.support.bench import TOTES, Bench
from tests.support.shift import pack_scan, pick_scan

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
NUMBER = "10085"  # of the demo: one unit with lot and expiry, and a substitute is welcome


def until(bench: Bench, true: Callable[[], bool]) -> None:
    bench.qtbot.waitUntil(true, timeout=20_000)
    bench.window.dismiss_answer()


def walk(bench: Bench, steps: str) -> PickView:
    """Scan what the page asks for, while it asks for one of `steps`."""
    while (pick := bench.console.view.pick) and pick.step in steps.split():
        bench.read(pick_scan(pick, TOTES))
    assert pick
    return pick


def choose(bench: Bench, words: str) -> None:
    """Press the key of the answer that says `words`."""
    answer = next(text for text in bench.buttons().splitlines() if words in text)
    bench.press(Qt.Key(int(Qt.Key.Key_0) + int(answer.split()[0][-1])), ALT)


def ready(bench: Bench) -> None:
    """Signed in; the order is the next one, its substitute's bins hold just one unit, and packages
    are weighed."""
    station = bench.engine.station
    bench.console.do(station.sign_in, "DEMO", PIN)
    until(bench, lambda: bench.page() != "SignInPage")

    def prepare() -> None:
        with bench.engine.store.read() as c:
            row = orders.by_number(c, NUMBER)
            assert row
            wanted = catalogue.product(c, orders.lines(c, row.id)[0].sku)
            assert wanted
            stock = catalogue.stock_of(c, wanted.substitutes)
        for place in stock:
            station.count_stock(place.bin, place.sku, place.lot, "1")
        station.supervise(NUMBER, "pin", "")
        bench.engine.set_setting("pack.weigh", "on")

    bench.engine.submit(prepare).result()


def test_the_keys_of_the_walk_the_bench_and_put_back(bench: Bench) -> None:
    ready(bench)
    bench.press(Qt.Key.Key_F1)
    bench.press(Qt.Key.Key_F9)  # one order
    until(bench, lambda: bench.console.view.pick is not None)
    here = walk(bench, "load_totes bin").current
    assert here.expiry[:4] in bench.texts()
    assert here.lot in bench.texts()
    bench.press(Qt.Key.Key_O, CTRL)
    choose(bench, "Trocar por Café torrado 250 g")
    until(bench, lambda: bench.answers[-1] == "SUBSTITUTED")
    walk(bench, "bin item")
    bench.press(Qt.Key.Key_F8)
    until(bench, lambda: bench.answers[-1] == "UNDONE")
    assert bench.console.view.pick.in_hand == 0
    assert walk(bench, "item tote").step == "zero_check"
    assert "0 ?" in bench.texts()
    bench.press(Qt.Key.Key_E, CTRL)
    until(bench, lambda: bench.answers[-1] == "BIN_EMPTY")
    bench.read(own_code("N", "B-01"))
    bench.press(Qt.Key.Key_F2)
    bench.type(NUMBER)
    bench.press(Qt.Key.Key_F9)
    until(bench, lambda: bench.console.view.pack is not None)
    while (pack := bench.console.view.pack).step != "weight":
        bench.read(pack_scan(pack))
    expected = pack.packages[0].expected_weight_g
    bench.press(Qt.Key.Key_F9)
    bench.type(str(expected * 3))
    bench.press(Qt.Key.Key_Return)
    until(bench, lambda: bench.answers[-1] == "WEIGHT_OFF")
    bench.press(Qt.Key.Key_A, CTRL)
    for text in (str(expected * 3), "brinde"):
        bench.type(text)
        bench.press(Qt.Key.Key_Return)
    until(bench, lambda: bench.answers[-1] == "WEIGHT_OVERRIDDEN")
    until(bench, lambda: bench.console.view.pack.step == "verify")
    bench.press(Qt.Key.Key_F11)
    assert "etiqueta danificada" in bench.buttons()
    bench.press(Qt.Key.Key_0, ALT)
    bench.read(pack_scan(bench.console.view.pack))
    until(bench, lambda: bench.console.view.pack is None)
    put_back(bench)


def put_back(bench: Bench) -> None:
    """The packed order is cancelled from its story, and its unit goes back."""
    bench.console.show_story(NUMBER)
    until(bench, lambda: "Cancelar" in bench.buttons())
    bench.press(Qt.Key.Key_C, ALT)
    bench.type("desistiu")
    bench.press(Qt.Key.Key_Return)
    until(bench, lambda: "Devolver ao estoque" in bench.buttons())
    bench.press(Qt.Key.Key_V, ALT)
    until(bench, lambda: bench.console.view.putback is not None)
    owed = bench.console.view.putback
    assert owed.lot in bench.texts()
    bench.read(owed.current_sku)
    until(bench, lambda: bench.console.view.putback.in_hand == 1)
    assert bench.read(own_code("B", owed.bin)) == "PUTBACK_COMPLETE"
