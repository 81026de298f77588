"""The printing pages, by their keys and buttons."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.engine import Engine
from tests.support import homes
from tests.support.socket_printer import SocketPrinter
from ui.console import Console
from ui.receiver import ScanReceiver
from ui.window import Window


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = homes.demo(tmp_path / "home")
    opened.set_setting("security.second_factor", "off")
    yield opened
    opened.close()


@pytest.fixture
def window(qtbot, engine: Engine) -> Iterator[Window]:
    shown = Window(Console(engine), ScanReceiver(), None)
    qtbot.addWidget(shown)
    shown.resize(1366, 768)
    shown.show()
    engine.submit(engine.station.sign_in, "DEMO", "7391").result()
    shown._console.refresh()
    qtbot.waitUntil(lambda: shown.page("pick").isVisible(), timeout=20_000)
    yield shown
    shown.close()


def test_a_document_that_waits_is_shown_and_moves_to_another_printer(
    qtbot, window: Window, engine: Engine
) -> None:
    desk = engine.station.printing
    with SocketPrinter() as printer:
        printer.paper_out = True
        uri = f"socket://{printer.host}:{printer.port}?zebra=1&timeout=2"
        engine.submit(desk.put_printer, "Z1", "Zebra", uri, 203).result()
        engine.submit(desk.use, "Z1").result()
        engine.submit(desk.document, "packing-slip", "10001").result()
        window._console.refresh()
        window.open("printing")
        page = window.page("printing")
        qtbot.waitUntil(lambda: page._waiting.rowCount() == 1)
        assert "Zebra" in page._waiting.item(0, 1).text()
        assert "sem papel" in page._waiting.item(0, 2).text()
        page._ask_printer()
        qtbot.waitUntil(page._choice.isVisible)
        engine.submit(desk.use, "PDF").result()
        window._console.refresh()
        qtbot.waitUntil(lambda: page._waiting.rowCount() == 0)
    assert len(list((engine.home / "printed").glob("conteudo-*"))) == 1


def test_a_batch_is_started_from_the_page_and_its_progress_shown(
    qtbot, window: Window, engine: Engine
) -> None:
    window.open("printing")
    page = window.page("printing")
    page._ask_batch()
    qtbot.waitUntil(page._choice.isVisible)
    page._ask_queue("packing-slip")
    start = engine.station.printing.start_batch
    window._console.do(start, "packing-slip", "", "to_pick", 5)
    qtbot.waitUntil(lambda: page._progress.isVisible() and page._progress.value() == 5)
    assert "5 de 5" in page._progress.format()


def test_a_preview_shows_a_customer_only_after_a_reveal(
    qtbot, window: Window, engine: Engine
) -> None:
    window.open("printing")
    preview = window.page("printing")._preview
    answers: list[str] = []
    window._console.answered.connect(lambda feedback: answers.append(feedback.code))
    preview._number.setText("10001")
    preview._look()
    qtbot.waitUntil(lambda: answers == ["REVEAL_FIRST"])
    assert preview._pages.count() == 1  # the stretch
    engine.submit(engine.station.reveal, "10001", "conferir").result()
    preview._look()
    qtbot.waitUntil(lambda: preview._pages.count() == 2, timeout=15_000)
    assert preview._pages.itemAt(0).widget().pixmap().width() > 150


def test_whoever_asks_for_a_document_of_nothing_is_led_to_the_number(qtbot, window: Window) -> None:
    window.open("printing")
    preview = window.page("printing")._preview
    answers: list[object] = []
    window._console.answered.connect(answers.append)
    for ask in (preview._look, preview._print):
        window.page("printing").setFocus()
        ask()
        qtbot.waitUntil(preview._number.hasFocus)
    qtbot.wait(100)
    assert answers == []


def test_the_list_of_printers_tells_how_each_stands(qtbot, window: Window, engine: Engine) -> None:
    desk = engine.station.printing
    engine.submit(desk.put_printer, "Z9", "Longe", "socket://127.0.0.1:1", 203).result()
    window.open("printers")
    page = window.page("printers")
    qtbot.waitUntil(lambda: page._table.rowCount() == 2)
    qtbot.waitUntil(lambda: page._table.item(0, 2).text().startswith("✖"), timeout=15_000)
    assert page._table.item(1, 2).text() == "✔"
    page._put("Z-02 folder:/tmp 300 Pasta")
    qtbot.waitUntil(lambda: page._table.rowCount() == 3)
