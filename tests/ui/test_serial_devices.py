"""The window with a scanner and a scale on serial lines (pseudo-terminals)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.devices.scale import Scale
from app.domain.decision import Outcome
from app.domain.pack_actions import ChooseBox
from app.health import traffic
from app.health.model import State
from tests.support import floor
from tests.support.bench import Bench
from tests.support.scales import SimulatedScale

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")


@pytest.fixture
def scale(tmp_path: Path) -> Iterator[SimulatedScale]:
    made = SimulatedScale(tmp_path / "scale")
    yield made
    made.unplug()


def test_a_serial_scanner_is_heard_as_soon_as_its_port_is_set(bench: Bench) -> None:
    master, slave = os.openpty()
    bench.sign_in()
    bench.console.change_setting("scanner.serial_port", os.ttyname(slave))
    bench.qtbot.waitUntil(lambda: "SETTING_SAVED" in bench.answers, timeout=20_000)

    def read() -> bool:
        os.write(master, b"NAO-EXISTE-1\r")
        bench.qtbot.wait(300)
        return "UNKNOWN_CODE" in bench.answers

    bench.qtbot.waitUntil(read, timeout=20_000)
    os.close(master)
    os.close(slave)


def ready_to_weigh(bench: Bench) -> int:
    """An order on the bench whose box is closed; the weight that is expected of it."""
    bench.engine.set_setting("pack.weigh", "on")
    bench.sign_in()
    bench.engine.submit(prepare, bench).result(120)
    bench.window.open("pack")
    bench.console.refresh()
    view = bench.engine.submit(bench.engine.station.view).result(20)
    assert view.pack
    return view.pack.packages[0].expected_weight_g or 0


def prepare(bench: Bench) -> None:
    station = bench.engine.station
    (number,) = floor.pick(station, "single", 1)
    assert station.open_pack(number).code == "PACK_OPENED"
    view = floor.check_units(station, "box")
    assert station.act(ChooseBox(view.boxes[0])).outcome is Outcome.OK
    step = station.view().pack
    assert step
    assert step.step == "weight"


def test_a_key_press_takes_the_weight_from_the_scale(bench: Bench, scale: SimulatedScale) -> None:
    bench.engine.set_setting("scale.port", str(scale.path))
    expected_g = ready_to_weigh(bench)
    bench.qtbot.waitUntil(lambda: "Ler a balança" in buttons(bench), timeout=20_000)
    scale.says = [b"\x02NNNNN\x03"]
    bench.press(Qt.Key.Key_F9)
    bench.qtbot.waitUntil(lambda: "SCALE_NEGATIVE" in bench.answers, timeout=20_000)
    bench.window.dismiss_answer()
    scale.says = [b"\x02IIIII\x03", f"\x02{expected_g:05d}\x03".encode()]
    bench.press(Qt.Key.Key_F9)
    bench.qtbot.waitUntil(lambda: "WEIGHT_OK" in bench.answers, timeout=20_000)


def test_a_scale_that_is_off_shows_at_once_and_the_weight_can_be_typed(
    bench: Bench, scale: SimulatedScale, monkeypatch: pytest.MonkeyPatch
) -> None:
    for asking in (Scale.weigh, Scale.answers):
        monkeypatch.setattr(asking, "__defaults__", (0.5,))  # as long is it listened for
    bench.engine.set_setting("scale.port", str(scale.path))
    expected_g = ready_to_weigh(bench)
    bench.engine.health.start()
    bench.qtbot.waitUntil(lambda: "Ler a balança" in buttons(bench), timeout=20_000)
    bench.press(Qt.Key.Key_F9)
    bench.qtbot.waitUntil(lambda: "SCALE_SILENT" in bench.answers, timeout=20_000)
    bench.window.dismiss_answer()
    bench.qtbot.waitUntil(lambda: light(bench) is State.DOWN, timeout=20_000)
    bench.press(Qt.Key.Key_F10)
    bench.type(str(expected_g))
    bench.press(Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: "WEIGHT_OK" in bench.answers, timeout=20_000)


def buttons(bench: Bench) -> str:
    page = bench.window._stack.currentWidget()
    return "\n".join(x.text() for x in page.findChildren(QPushButton) if x.isVisible())


def light(bench: Bench) -> State:
    states = {one.system.id: one.state for one in bench.engine.health.states()}
    return states.get(traffic.SCALE, State.UNKNOWN)
