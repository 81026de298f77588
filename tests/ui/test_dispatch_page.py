"""The dock's page: real keys in, a manifest out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from app.demo import PIN
from app.domain.codes import own_code
from app.store import manifests
from tests.support import floor
from tests.support.bench import Bench


def packed(bench: Bench) -> str:
    """The tracking code of an order that was packed by the station itself."""

    def work() -> str:
        station = bench.engine.station
        number, *_ = floor.pick(station, "single")
        floor.pack(station, number)
        return floor.tracking_of(bench.engine, number)

    return bench.engine.submit(work).result()


def test_a_manifest_from_the_scanned_dock_to_the_driver_who_took_it(bench: Bench) -> None:
    bench.console.do(bench.console.station.sign_in, "DEMO", PIN)
    bench.qtbot.waitUntil(lambda: bench.page() != "SignInPage", timeout=20_000)
    tracking = packed(bench)
    assert bench.read(own_code("D", "D-03")) == "DOCK_READ"
    assert bench.page() == "DispatchPage"
    bench.window.dismiss_answer()
    assert "D-03" in bench.texts()
    assert bench.read(tracking) == "PACKAGE_LOADED"
    bench.press(Qt.Key.Key_F10)
    assert tracking in bench.buttons()
    bench.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    bench.qtbot.waitUntil(lambda: bench.answers[-1] == "PACKAGE_UNLOADED")
    assert bench.read(tracking) == "PACKAGE_LOADED"
    bench.press(Qt.Key.Key_F9)
    bench.qtbot.waitUntil(lambda: bench.answers[-1] == "MANIFEST_READY")
    bench.window.dismiss_answer()
    manifest_id = bench.console.view.dispatch.manifest_id
    bench.press(Qt.Key.Key_F9)
    for text in ("abc-1d23", "Motorista Inventado", ""):
        bench.type(text)
        bench.press(Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: bench.answers[-1] == "DRIVER_NEEDED")
    bench.window.dismiss_answer()
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)  # what was typed stays; what lacks is asked for
    assert focus.text() == ""
    bench.type("00000000191")
    bench.press(Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: bench.answers[-1] == "HANDED_OVER")
    with bench.engine.store.read() as c:
        row = manifests.by_id(c, manifest_id)
    assert (row.state, row.plate, row.dock) == ("HANDED_OVER", "ABC1D23", "D-03")
    assert (row.driver, row.driver_document) == ("Motorista Inventado", "00000000191")
