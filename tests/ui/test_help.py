"""Help in one click, through the window with real keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from app.domain.codes import own_code
from app.support.tickets import TicketView
from tests.support.bench import Bench
from ui import window
from ui.help.shot import taken
from ui.widgets.parts import label, personal


def strip(bench: Bench) -> str:
    return bench.window._helper.strip.shown


def made(bench: Bench, count: int = 1) -> tuple[TicketView, ...]:
    """Wait until there are as many tickets; the newest first."""
    listed = bench.engine.support.tickets.listed
    bench.qtbot.waitUntil(lambda: len(listed()) == count, timeout=30_000)
    bench.qtbot.waitUntil(lambda: not bench.window._helper._making, timeout=30_000)
    return listed()


def test_f12_makes_a_ticket_with_a_picture_while_work_goes_on(bench: Bench) -> None:
    bench.sign_in()
    bench.press(Qt.Key.Key_F12)
    bench.qtbot.waitUntil(lambda: strip(bench) == "making")
    assert bench.scan("lixo' OR 1=1 --") == "UNKNOWN_CODE"
    ticket = made(bench)[0]
    assert ticket.state == "queued"
    items = bench.engine.support.tickets.items(ticket.id)
    assert not QImage.fromData(items["screen.png"]).isNull()
    assert {"summary.json", "journal.json", "settings.json", "machine.json"} <= set(items)


def test_a_second_f12_sends_it_at_once_and_shift_f11_keeps_it_back(bench: Bench) -> None:
    bench.sign_in()
    bench.press(Qt.Key.Key_F12)
    first = made(bench)[0]
    bench.press(Qt.Key.Key_F12)
    bench.qtbot.waitUntil(lambda: strip(bench) == "sent")
    bench.qtbot.waitUntil(lambda: bench.engine.support.delivery.send() == 1)
    bench.press(Qt.Key.Key_F12)
    made(bench, 2)
    QTest.keyClick(QApplication.focusWindow(), Qt.Key.Key_F11, Qt.KeyboardModifier.ShiftModifier)
    listed = bench.engine.support.tickets.listed
    bench.qtbot.waitUntil(lambda: listed()[0].state == "dropped")
    assert [t.state for t in listed()] == ["dropped", "sent"]
    assert listed()[1].id == first.id


def test_on_a_block_f12_acknowledges_and_the_next_asks_about_it(bench: Bench) -> None:
    bench.sign_in()
    bench.scan("lixo' OR 1=1 --")
    bench.press(Qt.Key.Key_F12)
    bench.qtbot.waitUntil(lambda: bench.console.view.block is None)
    assert not bench.engine.support.tickets.listed()
    bench.press(Qt.Key.Key_F12)
    assert made(bench)[0].code == "UNKNOWN_CODE"


def test_the_printed_problema_asks_for_help_on_a_block_without_acknowledging_it(
    bench: Bench,
) -> None:
    bench.sign_in()
    bench.scan("lixo' OR 1=1 --")
    assert bench.scan(own_code("C", "PROBLEMA")) == "HELP_ASKED"
    assert bench.window._overlay.is_block
    assert made(bench)[0].code == "UNKNOWN_CODE"
    bench.qtbot.waitUntil(lambda: "guia" in bench.window._overlay.texts[-1])


def test_help_is_there_before_anybody_has_signed_in(bench: Bench) -> None:
    assert bench.scan(own_code("C", "PROBLEMA")) == "HELP_ASKED"
    made(bench)
    QTest.keyClick(QApplication.focusWindow(), Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    bench.qtbot.wait(60)
    assert bench.page() == "HelpPage"
    assert not bench.window._rail.isVisible()
    bench.press(Qt.Key.Key_F8)
    assert bench.page() == "SignInPage"


def test_every_item_can_be_looked_at_before_it_goes_and_it_waits_meanwhile(bench: Bench) -> None:
    bench.sign_in()
    bench.press(Qt.Key.Key_F12)
    ticket = made(bench)[0]
    QTest.keyClick(QApplication.focusWindow(), Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    panel = bench.window.page("help")._ticket
    bench.qtbot.waitUntil(lambda: panel._names.count() > 5)
    assert set(panel._items) == set(bench.engine.support.tickets.items(ticket.id))
    assert bench.engine.support.tickets.ticket(ticket.id).state == "review"
    for at in range(panel._names.count()):
        panel._names.setCurrentRow(at)
        assert panel._text.toPlainText() or not panel._picture.pixmap().isNull()
    bench.press(Qt.Key.Key_F9)
    bench.qtbot.waitUntil(
        lambda: bench.engine.support.tickets.ticket(ticket.id).state in ("queued", "sent")
    )


def test_an_answer_of_support_is_told_on_whatever_page_is_open(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window, "REFRESH_S", 1)
    bench.sign_in()
    bench.press(Qt.Key.Key_F12)
    ticket = made(bench)[0]
    bench.press(Qt.Key.Key_F12)
    bench.engine.support.tickets.answer(ticket.id, "Suporte", "Troque o cabo.")
    bench.window.open("orders")
    bench.qtbot.waitUntil(lambda: strip(bench) == "answered", timeout=15_000)
    QTest.keyClick(QApplication.focusWindow(), Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    panel = bench.window.page("help")._ticket
    bench.qtbot.waitUntil(lambda: "Troque o cabo." in panel._answers.toPlainText())
    assert not bench.engine.support.tickets.unseen(bench.engine.settings["station.name"])


def test_a_known_problem_shows_its_guide_first_and_solved_sends_nothing(bench: Bench) -> None:
    bench.sign_in()
    bench.scan("lixo' OR 1=1 --")
    bench.press(Qt.Key.Key_F12)
    bench.qtbot.waitUntil(lambda: bench.console.view.block is None)
    bench.press(Qt.Key.Key_F12)
    ticket = made(bench)[0]
    assert (ticket.guide, ticket.state) == ("code", "review")
    bench.qtbot.waitUntil(lambda: strip(bench) == "guide")
    QTest.keyClick(QApplication.focusWindow(), Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    bench.qtbot.waitUntil(lambda: "O código não é reconhecido" in bench.texts())
    assert bench.texts().count("\n") > 3
    bench.press(Qt.Key.Key_F9)
    listed = bench.engine.support.tickets.listed
    bench.qtbot.waitUntil(lambda: listed()[0].state == "solved")
    assert bench.engine.support.delivery.send() == 0


def test_a_common_trouble_has_its_short_way_and_can_be_sent_all_the_same(bench: Bench) -> None:
    bench.sign_in()
    bench.window.open("help")
    QTest.keyClick(QApplication.focusWindow(), Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    bench.qtbot.waitUntil(lambda: "A etiqueta não sai" in bench.texts())
    bench.press(Qt.Key.Key_F10)
    ticket = made(bench)[0]
    assert (ticket.trouble, ticket.guide) == ("label", "label")
    listed = bench.engine.support.tickets.listed
    bench.qtbot.waitUntil(lambda: listed()[0].state in ("queued", "sent"), timeout=15_000)


def test_the_strip_survives_a_change_of_language(bench: Bench) -> None:
    bench.sign_in()
    bench.press(Qt.Key.Key_F12)
    made(bench)
    bench.engine.set_setting("language", "en")
    bench.window.rebuild()
    bench.qtbot.waitUntil(bench.window._helper.strip.isVisible)
    assert "ready" in bench.window._helper.strip._text.text()


def test_two_windows_that_differ_in_personal_data_alone_give_the_same_picture(qtbot) -> None:
    def picture(name: str, typed: str) -> bytes:
        window = QWidget()
        layout = QVBoxLayout(window)
        marked = label(name)
        personal(marked)
        known = QLabel(f"para {name}")
        for widget in (marked, known, QLabel("Pedido 10001")):
            widget.setFixedSize(300, 30)
            layout.addWidget(widget)
        qtbot.addWidget(window)
        window.show()
        return taken(window).png(lambda text: name in text)

    first, second = picture("Xavier Um", "a"), picture("Yolanda Dois", "b")
    assert first == second


def test_what_is_not_personal_stays_readable_in_the_picture(qtbot) -> None:
    window = QWidget()
    layout = QVBoxLayout(window)
    plain = QLabel("Pedido 10001")
    layout.addWidget(plain)
    qtbot.addWidget(window)
    window.show()
    shot = QImage.fromData(taken(window).png(lambda text: False))
    area = QRect(plain.mapTo(window, QPoint(0, 0)), plain.size())
    colours = {shot.pixel(x, y) for x in range(area.left(), area.right())
               for y in range(area.top(), area.bottom())}  # fmt: skip
    assert len(colours) > 5


def test_the_crash_of_the_last_console_is_offered(bench: Bench) -> None:
    bench.sign_in()
    bench.window.tell_of_crash()
    ticket = made(bench)[0]
    assert (ticket.code, ticket.state) == ("CRASHED", "review")
    bench.qtbot.waitUntil(lambda: strip(bench) == "review", timeout=15_000)
    QTest.keyClick(QApplication.focusWindow(), Qt.Key.Key_F11, Qt.KeyboardModifier.ShiftModifier)
    bench.qtbot.waitUntil(lambda: bench.engine.support.tickets.listed()[0].state == "dropped")
