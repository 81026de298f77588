"""Pendências over real calls that ended badly: seen, corrected, tried again and discarded by keys;
and the flow beside the window, whose news show by themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.rehearsal import troubled_flow
from app.store import orders, outbox
from tests.support import warehouse
from tests.support.bench import Bench
from ui.pages.exceptions import ExceptionsPage


@pytest.fixture
def bench(qtbot, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, tmp_path / "home")
    try:
        made.sign_in()
        yield made
    finally:
        made.close()


def _page(bench: Bench) -> ExceptionsPage:
    page = bench.window.page("exceptions")
    assert isinstance(page, ExceptionsPage)
    return page


def _on(bench: Bench, code: str) -> ExceptionsPage:
    """Pendências, standing on the first matter of a reason."""
    troubled_flow(bench.engine.store, bench.engine.clock())
    bench.window.open("exceptions")
    page = _page(bench)
    bench.qtbot.waitUntil(lambda: any(row.code == code for row in page._rows))
    page.choose(code)
    return page


def _alt(bench: Bench, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWindow(), key, Qt.KeyboardModifier.AltModifier)
    bench.qtbot.wait(50)


def _states(bench: Bench, number: str) -> list[str]:
    with bench.engine.store.read() as c:
        row = orders.by_number(c, number)
        assert row
        return [call.state for call in outbox.of_order(c, row.id)]


def test_the_arrows_choose_as_soon_as_the_page_is_open(bench: Bench) -> None:
    troubled_flow(bench.engine.store, bench.engine.clock())
    bench.press(Qt.Key.Key_F5)
    page = _page(bench)
    bench.qtbot.waitUntil(lambda: len(page._rows) > 1)
    bench.press(Qt.Key.Key_Down)
    assert page._chosen() is not None


def test_a_refused_call_shows_what_was_sent_and_answered_and_goes_again(bench: Bench) -> None:
    page = _on(bench, "INVOICE_REJECTED")
    assert "HTTP 422" in page._exchange.toPlainText()
    assert page._exchange.isVisible()
    _alt(bench, Qt.Key.Key_T)
    bench.qtbot.waitUntil(lambda: bench.answers[-1] == "REPLAYED")
    assert _states(bench, "10003") == ["waiting"]


def test_a_call_is_discarded_with_its_reason_only(bench: Bench) -> None:
    _on(bench, "CONNECTOR_UNKNOWN")
    _alt(bench, Qt.Key.Key_D)
    bench.press(Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: bench.answers[-1] == "DISCARD_NEEDS_REASON")
    bench.window.dismiss_answer()
    _alt(bench, Qt.Key.Key_D)
    bench.type("feito a mao")
    bench.press(Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: bench.answers[-1] == "MATTER_DISCARDED")
    assert _states(bench, "10004") == ["discarded"]


def test_a_customers_cep_is_corrected_from_the_refusal(bench: Bench) -> None:
    page = _on(bench, "INVOICE_REJECTED")
    _alt(bench, Qt.Key.Key_C)
    _alt(bench, Qt.Key.Key_3)  # the third answer is the CEP
    line = page.findChild(QLineEdit)
    assert line is not None
    bench.type("04538-133")
    bench.press(Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: bench.answers[-1] == "RECIPIENT_CORRECTED")
    with bench.engine.store.read() as c:
        row = orders.by_number(c, "10003")
        assert row
        assert orders.recipient(c, row.id)[1].cep == "04538133"


def test_the_flow_beside_the_window_brings_orders_in_and_the_lists_show_them(
    bench: Bench, tmp_path: Path
) -> None:
    folder = tmp_path / "pasta"
    options = {"folder": str(folder), "settle_s": "0", "every_s": "5"}
    folder.mkdir()
    bench.engine.setup.add("loja", "hot-folder", "", options, {})
    news: list[bool] = []
    bench.console.changed.connect(lambda: news.append(True))
    bench.window.start_flow()
    made = warehouse.write(tmp_path / "made", 2) / "orders.jsonl"
    numbers = [json.loads(line)["number"] for line in made.read_text().splitlines()]
    made.rename(folder / "orders.jsonl")

    def here() -> bool:
        with bench.engine.store.read() as c:
            return all(orders.by_number(c, number) for number in numbers)

    bench.qtbot.waitUntil(here, timeout=60_000)
    bench.qtbot.waitUntil(lambda: bool(news), timeout=10_000)
