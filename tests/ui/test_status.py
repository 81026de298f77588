"""The lights and the Status page over a real watch: what is down, and what can still be done."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTableWidget

from app.demo import PIN
from app.domain.codes import own_code
from app.engine import Engine
from app.health.model import State
from app.rehearsal import health_day, troubled_flow
from tests.support import homes
from ui.console import Console
from ui.pages.book import PAGES
from ui.pages.status import StatusPage, percent
from ui.receiver import ScanReceiver
from ui.widgets.lights import Lights
from ui.window import Window


@pytest.fixture
def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that knows how the systems were in the last day; to be copied."""
    home = tmp_path_factory.mktemp("day") / "home"
    engine = homes.demo(home)
    health_day(engine.store, engine.settings["station.name"], engine.clock())
    engine.close()
    return home


@pytest.fixture
def engine(tmp_path: Path, day: Path, closed_port: int) -> Iterator[Engine]:
    opened = homes.demo(shutil.copytree(day, tmp_path / "home"))
    printing = opened.printing_unattended()
    printing.put_printer("Z1", f"127.0.0.1:{closed_port}", f"socket://127.0.0.1:{closed_port}", 203)
    printing.use("Z1")
    yield opened
    opened.close()


@pytest.fixture
def window(qtbot, engine: Engine) -> Iterator[Window]:
    receiver = ScanReceiver()
    made = Window(Console(engine), receiver, None)
    receiver.install(QApplication.instance())
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: made._console.view is not None)
    yield made
    receiver.remove()
    made.close()


def sign_in(qtbot, window: Window) -> None:
    console = window._console
    console.do(console.station.scan, own_code("U", "DEMO"))
    console.do(console.station.sign_in, "", PIN)
    qtbot.waitUntil(lambda: console.view.session.state == "signed_in")
    window.dismiss_answer()


def down(engine: Engine) -> bool:
    return any(s.state is State.DOWN for s in engine.health.states())


def texts(window: Window) -> str:
    page = window._stack.currentWidget()
    table = page.findChild(QTableWidget)
    cells = [table.item(r, c).text() for r in range(table.rowCount()) for c in range(4)]
    return "\n".join([*cells, *(x.text() for x in page.findChildren(QLabel) if x.isVisible())])


def test_before_anything_was_heard_there_are_no_lights(window: Window) -> None:
    assert window.findChild(Lights).accessibleName() == ""


def test_a_printer_that_is_down_shows_on_every_page_and_before_the_sign_in(
    qtbot, engine: Engine, window: Window
) -> None:
    engine.health.start()
    lights = window.findChild(Lights)
    qtbot.waitUntil(lambda: "fora do ar" in lights.accessibleName(), timeout=15_000)
    assert lights.isVisible()
    sign_in(qtbot, window)
    for name in PAGES:
        window.open(name)
        assert lights.isVisible()


def test_the_status_page_tells_the_cause_and_what_can_still_be_done(
    qtbot, engine: Engine, window: Window, closed_port: int
) -> None:
    engine.health.start()
    sign_in(qtbot, window)
    qtbot.waitUntil(lambda: down(engine), timeout=15_000)
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(window._stack.currentWidget(), StatusPage)
    qtbot.waitUntil(lambda: " – agora" in texts(window), timeout=15_000)
    shown = texts(window)
    assert "1 fora do ar" in shown
    assert f"Recusou a conexão (127.0.0.1:{closed_port})." in shown
    assert "Separe e confira" in shown


def test_a_chosen_system_shows_its_day_and_stays_chosen_when_lights_turn(
    qtbot, engine: Engine, window: Window
) -> None:
    engine.set_setting("health.hosts", "127.0.0.1:9")
    engine.health.start()
    sign_in(qtbot, window)
    qtbot.waitUntil(lambda: len(engine.health.states()) > 8, timeout=15_000)
    window.open("status")
    page = window._stack.currentWidget()
    table = page.findChild(QTableWidget)
    qtbot.waitUntil(lambda: table.rowCount() > 8)
    names = [table.item(r, 0).text() for r in range(table.rowCount())]
    table.selectRow(names.index("Acesso 127.0.0.1:9"))
    qtbot.waitUntil(lambda: "Disponível 98" in texts(window), timeout=15_000)
    assert "Está mais lento que o normal." in texts(window)
    assert "Não há caminho até lá (127.0.0.1:9)." in texts(window)
    engine.health.observe("scanner")
    qtbot.wait(200)
    assert table.item(table.currentRow(), 0).text() == "Acesso 127.0.0.1:9"


def test_in_english_everything_is_said_in_english(qtbot, engine: Engine, window: Window) -> None:
    engine.set_setting("language", "en")
    engine.health.start()
    sign_in(qtbot, window)
    window.rebuild()
    qtbot.waitUntil(lambda: down(engine), timeout=15_000)
    window.open("status")
    qtbot.waitUntil(lambda: "1 down" in texts(window), timeout=15_000)
    assert "Labels and manifests don't come out of this printer." in texts(window)


def test_a_touch_on_the_lights_opens_the_page(qtbot, engine: Engine, window: Window) -> None:
    sign_in(qtbot, window)
    qtbot.mouseClick(window.findChild(Lights), Qt.MouseButton.LeftButton)
    assert isinstance(window._stack.currentWidget(), StatusPage)


def test_a_share_below_all_never_shows_as_all() -> None:
    assert percent(1.0, "en") == "100.0 %"
    assert percent(0.99999, "pt") == "99,9 %"


def test_what_is_not_yet_told_elsewhere_is_shown_by_system(
    qtbot, engine: Engine, window: Window
) -> None:
    troubled_flow(engine.store, engine.clock())
    sign_in(qtbot, window)
    engine.health.start()
    window.open("status")
    page = window.page("status")
    assert isinstance(page, StatusPage)

    def chosen() -> bool:
        ids = [state.system.id for state in page._states]
        if "outbox" in ids:
            page._table.selectRow(ids.index("outbox"))
        return "loja: 1 à espera" in texts(window)

    qtbot.waitUntil(chosen, timeout=20_000)
    assert "2 esperam por uma pessoa" in texts(window)
