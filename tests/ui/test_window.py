"""The window over a demo warehouse: real keys in, views and answers out."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QTableView,
    QToolTip,
    QWidget,
)

from app import __version__
from app.demo import PIN, products
from app.domain.codes import own_code
from app.domain.decision import Outcome
from app.engine import Engine
from app.rehearsal import pick_scan
from app.security.keys import KeyChoice, KeySource
from app.site import Site
from app.station.views import Feedback
from app.store import catalogue
from app.update.quiet import ProgramLock
from tests.support.bench import TOTES, Bench
from ui.console import Console
from ui.pages.book import PAGES
from ui.pages.orders import OrdersPage
from ui.pages.signin import FirstStart
from ui.receiver import ScanReceiver
from ui.theme import THEMES, contrast_ratio, target_px
from ui.widgets.choice import Choice
from ui.widgets.file_choice import save_file
from ui.widgets.take_over import TakeOver
from ui.window import Window


def test_nobody_sees_a_page_before_signing_in(bench: Bench) -> None:
    for key in (Qt.Key.Key_F1, Qt.Key.Key_F4, Qt.Key.Key_F6):
        bench.press(key)
        assert bench.page() == "SignInPage"
    bench.sign_in()
    assert bench.page() == "PickPage"


def test_what_follows_a_sign_in_is_made_before_it_and_the_other_pages_later(
    bench: Bench,
) -> None:
    def made() -> set[str]:
        return {type(page).__name__ for page in bench.window._pages.made()}

    assert made() == set()
    bench.window.make_first_pages()
    bench.qtbot.waitUntil(lambda: made() == {"PickPage", "OrdersPage"})
    bench.window.make_pages()
    bench.qtbot.waitUntil(lambda: made() == set(PAGES.values()))


def test_a_page_is_made_in_pieces_and_can_be_opened_between_them(bench: Bench) -> None:
    book, stack = bench.window._pages, bench.window._stack
    count = stack.count()
    book._wanted = ("settings",)
    while not list(book.made()):
        book._make_next()  # as an idle moment does
    assert stack.count() == count  # made, and not yet dressed: that is another moment's
    assert stack.indexOf(bench.window.page("settings")) == count


def test_a_wrong_pin_is_said_and_lets_nobody_in(bench: Bench) -> None:
    bench.scan(own_code("U", "DEMO"))
    bench.type("1111")
    bench.press(Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: "PIN_WRONG" in bench.answers)
    assert bench.page() == "SignInPage"


def test_badge_and_pin_can_be_typed_without_a_scanner(bench: Bench) -> None:
    bench.type("DEMO")
    bench.press(Qt.Key.Key_Return)
    bench.type(PIN)
    bench.press(Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: bench.page() == "PickPage")


def test_the_function_keys_open_the_pages(bench: Bench) -> None:
    bench.sign_in()
    pages = [
        "PickPage", "PackPage", "DispatchPage", "OrdersPage", "ExceptionsPage", "SettingsPage",
    ]  # fmt: skip
    for n, name in enumerate(pages):
        bench.press(Qt.Key(int(Qt.Key.Key_F1) + n))
        assert bench.page() == name


def test_the_page_follows_the_task_and_shows_its_one_prompt(bench: Bench) -> None:
    bench.sign_in()
    bench.press(Qt.Key.Key_F4)
    bench.press(Qt.Key.Key_F1)
    bench.press(Qt.Key.Key_F10)
    bench.qtbot.waitUntil(lambda: bench.console.view.pick is not None)
    assert "Bipe a caixa 1 de 6" in bench.texts()
    bench.press(Qt.Key.Key_F4)
    assert bench.page() == "OrdersPage"
    bench.press(Qt.Key.Key_F7)
    bench.qtbot.waitUntil(lambda: bench.page() == "SignInPage")
    bench.sign_in()
    assert bench.page() == "PickPage"


def test_a_scan_never_lands_in_the_field_that_has_the_focus(bench: Bench) -> None:
    bench.sign_in()
    bench.press(Qt.Key.Key_F4)
    field = bench.window._stack.currentWidget().findChild(QLineEdit)
    bench.qtbot.waitUntil(field.hasFocus)
    bench.type("100")
    assert bench.scan("7890000000000") in ("UNKNOWN_CODE", "BAD_READ")
    assert field.text() == "100"


def test_tab_leads_through_every_page_and_back(bench: Bench) -> None:
    bench.sign_in()
    help_button = next(b for b in bench.window.findChildren(QPushButton) if b.text()[:3] == "F12")
    for name in ("orders", "exceptions", "operators", "printing"):
        bench.window.open(name)
        page = bench.window.page(name)
        for table in page.findChildren(QTableView):
            assert table.accessibleName()
            table.setFocus()
            bench.press(Qt.Key.Key_Tab)
            assert not table.hasFocus()
        for _ in range(20):
            if help_button.hasFocus():
                break
            bench.press(Qt.Key.Key_Tab)
        assert help_button.hasFocus(), name


def test_a_block_stays_until_it_is_acknowledged_and_nothing_counts_before(bench: Bench) -> None:
    bench.sign_in()
    bench.press(Qt.Key.Key_F9)
    bench.qtbot.waitUntil(lambda: bench.console.view.pick is not None)
    bench.scan(own_code("T", "T-01"))
    assert bench.scan(own_code("B", "Z-99-99")) == "WRONG_BIN"
    overlay = bench.window._overlay
    bench.qtbot.wait(1500)
    assert overlay.isVisible()
    right = own_code("B", bench.console.view.pick.current.bin)
    assert bench.scan(right) == "ACK_FIRST"
    assert bench.scan(right) == "ACK_FIRST"
    assert overlay.is_block
    said = "\n".join(overlay.texts)
    assert "Z-99-99" in said  # what it says stays to be read
    assert "não foi contada" in said
    bench.press(Qt.Key.Key_F12)
    bench.qtbot.waitUntil(lambda: not overlay.isVisible())
    assert bench.scan(right) == "BIN_OK"


def test_under_a_block_no_key_does_what_nobody_sees(bench: Bench) -> None:
    bench.sign_in()
    bench.press(Qt.Key.Key_F6)
    page = bench.window.page("settings")
    button = next(one for one in page.findChildren(QPushButton) if one.text().startswith("F9"))
    field = page.findChild(QLineEdit)
    name, clicks = bench.engine.settings["station.name"], []
    button.clicked.connect(lambda: clicks.append(True))
    for focus in (button, field):
        focus.setFocus()
        bench.type("7")
        bench.scan("XXXX")
        for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_F9, Qt.Key.Key_F4):
            bench.press(key)
        bench.press(Qt.Key.Key_Tab)
        assert bench.page() == "SettingsPage"
        assert bench.window._overlay.is_block
        bench.press(Qt.Key.Key_F12)
        bench.qtbot.waitUntil(bench.window._overlay.isHidden)
        assert focus.hasFocus()
    assert clicks == []
    assert field.text().endswith("7")
    assert bench.engine.settings["station.name"] == name  # half typed is not answered


def test_a_list_that_hangs_open_is_closed_by_a_block_and_chooses_nothing(bench: Bench) -> None:
    bench.sign_in()
    bench.press(Qt.Key.Key_F4)
    queue = bench.window.page("orders").findChild(QComboBox)
    queue.setFocus()
    bench.press(Qt.Key.Key_Space)
    bench.qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    assert bench.scan("XXXX") == "UNKNOWN_CODE"
    assert QApplication.activePopupWidget() is None
    assert queue.currentIndex() == 0
    bench.press(Qt.Key.Key_F12)
    bench.qtbot.waitUntil(bench.window._overlay.isHidden)
    assert queue.hasFocus()


def test_a_page_without_the_task_in_hand_names_it_and_the_key_back(bench: Bench) -> None:
    bench.sign_in()
    bench.press(Qt.Key.Key_F9)
    bench.qtbot.waitUntil(lambda: bench.console.view.pick is not None)
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F3):
        bench.press(key)
        assert "F1 volta a ela" in bench.texts()


def test_the_printed_ok_code_acknowledges_too(bench: Bench) -> None:
    bench.sign_in()
    assert bench.scan("XXXX") == "UNKNOWN_CODE"
    assert bench.scan(own_code("C", "OK")) == "ACKNOWLEDGED"
    bench.qtbot.waitUntil(lambda: not bench.window._overlay.isVisible())


def test_the_scanners_enter_presses_no_button(bench: Bench) -> None:
    bench.sign_in()
    buttons = [b for b in bench.window.findChildren(QPushButton) if b.isVisible()]
    pressed: list[str] = []
    for one in buttons:
        one.clicked.connect(partial(pressed.append, one.text()))
    for one in buttons:
        one.setFocus()
        bench.scan("ABCDEF")
        bench.press(Qt.Key.Key_F12)
    assert not pressed


def test_counters_tell_that_no_scan_was_lost(bench: Bench) -> None:
    bench.sign_in()
    for n in range(5):
        bench.scan(f"LIXO{n}")
        bench.press(Qt.Key.Key_F12)
    view = bench.console.view
    assert view.scans_read == view.scans_saved == 6
    assert "Leituras: 6 · gravadas: 6" in bench.window._bar.scans.text()


def test_shorts_ask_for_a_reason_inside_the_page(bench: Bench) -> None:
    bench.sign_in()
    bench.press(Qt.Key.Key_F9)
    bench.qtbot.waitUntil(lambda: bench.console.view.pick is not None)
    bench.scan(pick_scan(bench.console.view.pick, TOTES))
    bench.scan(pick_scan(bench.console.view.pick, TOTES))
    bench.window.dismiss_answer()
    bench.press(Qt.Key.Key_F9)
    assert "Por que faltam unidades?" in bench.texts()
    assert QApplication.activeModalWidget() is None
    QTest.keyClick(QApplication.focusWindow(), Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    bench.qtbot.waitUntil(lambda: any(code.startswith("SHORTED") for code in bench.answers))


def test_escape_leaves_a_question_unanswered_and_no_button_with_the_focus(bench: Bench) -> None:
    bench.sign_in()
    bench.press(Qt.Key.Key_F6)
    page = bench.window.page("settings")
    question = page.findChild(Choice)
    answers: list[str] = []
    for leave in (Qt.Key.Key_Escape, Qt.Key.Key_0):
        question.ask("?", [("a", "A")], answers.append, "B")
        bench.qtbot.waitUntil(question.isVisible)
        alt = Qt.KeyboardModifier.AltModifier
        none = Qt.KeyboardModifier.NoModifier
        bench.press(leave, alt if leave == Qt.Key.Key_0 else none)
        assert question.isHidden()
        assert page.hasFocus()
    assert answers == []


def test_typing_filters_the_list_as_one_types(bench: Bench) -> None:
    bench.sign_in()
    bench.press(Qt.Key.Key_F4)
    page = bench.window._stack.currentWidget()
    assert isinstance(page, OrdersPage)
    bench.qtbot.waitUntil(lambda: page._model.rowCount() == 160)
    bench.type("10015")
    bench.qtbot.waitUntil(lambda: page._model.rowCount() == 1)
    assert page._model.order_at(0).number == "10015"


def test_the_list_of_orders_does_not_wait_for_its_counts(bench: Bench) -> None:
    bench.sign_in()
    page = bench.window.page("orders")
    assert isinstance(page, OrdersPage)
    counts_beside_the_list = []
    page._model.found.connect(lambda *_: counts_beside_the_list.append(page._counts.text()))
    bench.press(Qt.Key.Key_F4)
    bench.qtbot.waitUntil(lambda: page._counts.text() != "")
    assert counts_beside_the_list == [""]


def test_language_and_theme_change_live(bench: Bench) -> None:
    bench.sign_in()
    bench.console.change_setting("language", "en")
    bench.qtbot.waitUntil(lambda: bench.console.lang == "en")
    bench.qtbot.waitUntil(lambda: "Fetch" in bench.texts() or "Get" in bench.texts())
    bench.console.change_setting("theme", "contrast")
    bench.qtbot.waitUntil(lambda: "#000000" in bench.window.styleSheet())
    bench.console.change_setting("language", "pt")
    bench.qtbot.waitUntil(lambda: "Buscar trabalho" in bench.texts())
    assert QApplication.focusWindow() == bench.window.windowHandle()  # no other took the keys
    assert bench.scan(own_code("T", "T-01")) == "TOTE_EMPTY"


def test_a_station_that_is_left_with_its_help_open_asks_for_the_badge(bench: Bench) -> None:
    bench.sign_in()
    bench.window.open("help")
    bench.console.do(bench.console.station.lock)
    bench.qtbot.waitUntil(lambda: bench.window._stack.currentWidget() is bench.window._signin)
    bench.window.open("help")  # and who can't sign in still gets it
    assert bench.window._stack.currentWidget() is bench.window.page("help")


def test_a_number_and_its_unit_stay_on_one_line(bench: Bench) -> None:
    params = {"measured_g": 500, "expected_g": 1000, "off_g": 500, "package": 1}
    bench.window._show_answer(Feedback(Outcome.WARN, "WEIGHT_OFF", params))
    assert "500\N{NO-BREAK SPACE}g" in bench.window._overlay.texts[0]


def test_the_station_locks_itself_and_keeps_the_task(bench: Bench) -> None:
    bench.sign_in()
    bench.press(Qt.Key.Key_F9)
    bench.qtbot.waitUntil(lambda: bench.console.view.pick is not None)
    bench.window._touched -= 11 * 60
    bench.qtbot.waitUntil(lambda: bench.page() == "SignInPage", timeout=4000)
    assert bench.scan(own_code("T", "T-01")) == "SIGN_IN_FIRST"
    bench.sign_in()
    assert bench.console.view.pick is not None


def test_an_offer_to_take_work_over_is_answered_by_no_stray_key(bench: Bench) -> None:
    bench.sign_in()
    facts = {"order": "1", "work": "work.pick", "operator": "Ana", "minutes": 3}
    taken = {"task": "t1", "bench": "Estação 2"}
    bench.console.answered.emit(Feedback(Outcome.WARN, "CLAIMED", facts | taken))
    offer = bench.window.page("pick").findChild(TakeOver)
    assert offer.isVisible()
    bench.press(Qt.Key.Key_Space)
    bench.press(Qt.Key.Key_Return)
    assert offer.isVisible()
    bench.press(Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    assert not offer.isVisible()


def test_a_key_or_a_touch_puts_off_the_lock(bench: Bench) -> None:
    for touch in (
        lambda: bench.press(Qt.Key.Key_F1),
        lambda: QTest.mouseClick(bench.window.windowHandle(), Qt.MouseButton.LeftButton),
    ):
        bench.window._touched = long_ago = bench.window._touched - 11 * 60
        touch()
        assert bench.window._touched > long_ago + 10 * 60


def test_the_first_touch_of_a_window_without_the_focus_puts_off_the_lock(bench: Bench) -> None:
    other = Window(Console(bench.engine), bench.receiver, None)
    bench.qtbot.addWidget(other)
    other.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    other.show()
    bench.qtbot.waitExposed(other)
    assert QApplication.focusWindow() is bench.window.windowHandle()
    other._touched = long_ago = other._touched - 11 * 60
    QTest.mouseClick(other.windowHandle(), Qt.MouseButton.LeftButton)
    assert other._touched > long_ago + 10 * 60


@pytest.mark.parametrize("size", [(911, 512), (1366, 768), (1920, 1080), (3840, 2160)])
def test_every_button_is_large_and_inside_the_window(bench: Bench, size: tuple[int, int]) -> None:
    bench.sign_in()
    bench.window.resize(*size)
    for n in range(6):
        bench.press(Qt.Key(int(Qt.Key.Key_F1) + n))
        assert bench.window.size().toTuple() == size
        page: QWidget = bench.window._stack.currentWidget()
        for one in page.findChildren(QPushButton):
            if one.isVisible():
                assert one.height() >= 48
                assert one.width() >= one.minimumSizeHint().width()


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (3840, 2160)])
def test_every_row_of_a_table_is_tall_enough_for_a_finger(
    bench: Bench, size: tuple[int, int]
) -> None:
    bench.sign_in()
    bench.window.resize(*size)
    seen = 0
    for name in ("dispatch", "orders", "exceptions", "operators", "audit", "status", "printing",
                 "printers", "help"):  # fmt: skip
        bench.console.opened.emit(name)
        page = bench.window.page(name)
        bench.qtbot.waitUntil(page.isVisible)
        for table in page.findChildren(QTableView):
            header = table.verticalHeader()
            assert header.defaultSectionSize() >= target_px(bench.console.unit), name
            assert header.minimumSectionSize() >= target_px(bench.console.unit), name
            seen += 1
    assert seen >= 9


@pytest.mark.parametrize("theme", THEMES)
def test_whatever_opens_over_the_window_can_be_read_and_touched(bench: Bench, theme: str) -> None:
    bench.engine.set_setting("theme", theme)
    bench.window.rebuild()
    bench.sign_in()
    bench.press(Qt.Key.Key_F4)
    page = bench.window._stack.currentWidget()
    queue = page.findChild(QComboBox)
    width = queue.width()
    longest = max(range(queue.count()), key=lambda at: len(queue.itemText(at)))
    queue.setItemText(longest, f"{queue.itemText(longest).partition(' (')[0]} (100000)")
    bench.qtbot.wait(50)
    assert queue.width() == width  # the page stands still
    queue.showPopup()
    bench.qtbot.waitUntil(lambda: queue.view().isVisible())
    assert queue.view().sizeHintForRow(0) >= 48
    assert queue.view().sizeHintForColumn(0) <= queue.view().viewport().width()
    _can_be_read(queue.view())
    queue.hidePopup()
    menu = page.findChild(QLineEdit).createStandardContextMenu()
    menu.popup(bench.window.pos())
    assert menu.actionGeometry(menu.actions()[0]).height() >= 48
    _can_be_read(menu)
    menu.close()
    QToolTip.showText(bench.window.pos(), "Impressora: fora do ar", bench.window._lights)
    tips = [one for one in QApplication.topLevelWidgets() if one.inherits("QTipLabel")]
    bench.qtbot.waitUntil(lambda: any(tip.isVisible() for tip in tips))
    for tip in tips:
        _can_be_read(tip)
    QToolTip.hideText()
    save_file(page, "x", "y.csv", bench.answers.append)
    dialog = page.findChild(QFileDialog)
    bench.qtbot.waitExposed(dialog)
    ground = dialog.grab().toImage().pixelColor(3, 3).name()
    assert contrast_ratio(ground, THEMES[theme].text) >= 4.5  # of its labels
    _can_be_read(dialog.findChild(QListView, "sidebar").viewport())
    for one in dialog.findChildren(QAbstractButton):
        assert not one.isVisible() or one.height() >= 48
    dialog.close()


def _can_be_read(widget: QWidget) -> None:
    """Its darkest and its lightest pixel are as far apart as a text and its ground must be."""
    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = set(memoryview(picture.constBits()).cast("I"))
    colours = [f"#{pixel & 0xFFFFFF:06x}" for pixel in pixels]
    colours.sort(key=lambda colour: contrast_ratio(colour, "#000000"))
    assert contrast_ratio(colours[0], colours[-1]) >= 4.5, (widget, colours[0], colours[-1])


def test_the_first_start_makes_the_first_supervisor(qtbot, tmp_path: Path) -> None:
    engine = Engine.open(tmp_path / "new", choose=lambda: KeyChoice(KeySource.FILE))
    receiver = ScanReceiver()
    window = Window(Console(engine), receiver, None)
    receiver.install(QApplication.instance())
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.findChild(FirstStart) is not None)
    first = window.findChild(FirstStart)
    qtbot.waitUntil(first.isVisible)
    fields = first.findChildren(QLineEdit)
    fields[0].setFocus()
    for text in ("Ana Exemplo", "SUP1", "739105", "739106"):
        for char in text:
            QTest.keyClick(QApplication.focusWindow(), char, delay=50)
        qtbot.wait(60)
        QTest.keyClick(QApplication.focusWindow(), Qt.Key.Key_Return)
        qtbot.wait(80)
    assert "Os dois PINs são diferentes" in first._problem.text()
    assert engine.operators.count() == 0
    for text in ("739105", "739105"):
        for char in text:
            QTest.keyClick(QApplication.focusWindow(), char, delay=50)
        qtbot.wait(60)
        QTest.keyClick(QApplication.focusWindow(), Qt.Key.Key_Return)
        qtbot.wait(80)
    shown = "RecoveryPage"  # the key that a first start shows once
    qtbot.waitUntil(lambda: type(window._stack.currentWidget()).__name__ == shown, timeout=20_000)
    (person,) = engine.operators.list()
    assert (person.name, person.badge, person.role) == ("Ana Exemplo", "SUP1", "supervisor")
    receiver.remove()
    window.close()
    engine.close()


def test_a_code_of_two_products_asks_which_and_takes_the_answer(bench: Bench) -> None:
    with bench.engine.store.write() as c:
        for sku in (product.sku for product in products()):
            catalogue.link_code(c, "COMUM-1", sku)
    bench.sign_in()
    bench.press(Qt.Key.Key_F9)
    bench.qtbot.waitUntil(lambda: bench.console.view.pick is not None)
    for _ in range(2):
        bench.scan(pick_scan(bench.console.view.pick, TOTES))
    assert bench.scan("COMUM-1") == "AMBIGUOUS"
    assert "Qual é o produto?" in bench.texts()
    count = len(bench.answers)
    QTest.keyClick(QApplication.focusWindow(), Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    bench.qtbot.waitUntil(lambda: len(bench.answers) > count)
    assert bench.answers[-1] in ("WRONG_ITEM", "UNIT_OK", "NOT_IN_ORDER", "LINE_DONE")


def test_the_printed_falta_asks_for_the_reason_on_the_screen(bench: Bench) -> None:
    bench.sign_in()
    bench.press(Qt.Key.Key_F9)
    bench.qtbot.waitUntil(lambda: bench.console.view.pick is not None)
    for _ in range(2):
        bench.scan(pick_scan(bench.console.view.pick, TOTES))
    assert bench.scan(own_code("C", "FALTA")) == "CHOOSE_REASON"
    assert "Por que faltam unidades?" in bench.texts()


def test_a_setting_that_the_site_has_locked_says_so_and_takes_no_change(qtbot, tmp_path) -> None:
    bench = Bench(qtbot, tmp_path / "home")
    bench.engine.site = Site(locked={"company.name": "Armazém do Local"}, wanted_version="9.9.9")
    bench.engine.set_setting("theme", "dark")  # reads the settings anew
    bench.window.rebuild()
    page = bench.window.page("settings")
    fields = {w.accessibleName(): w for w in page.findChildren(QLineEdit)}
    captions = [w.text() for w in page.findChildren(QLabel)]
    bench.close()
    assert not fields["Empresa: nome"].isEnabled()
    assert fields["Empresa: nome"].text() == "Armazém do Local"
    assert fields["Empresa: cidade"].isEnabled()
    assert "Empresa: nome (definido pelo local)" in captions
    assert any("o local quer a versão 9.9.9" in caption for caption in captions)


def test_while_the_program_is_replaced_a_scan_does_not_count_and_says_why(qtbot, tmp_path) -> None:
    bench = Bench(qtbot, tmp_path / "home")
    folder = tmp_path / "program"
    folder.mkdir()
    (folder / "version").write_text(f"{__version__}\n", encoding="ascii")
    bench.window.watch_updates(folder)
    updater = ProgramLock(folder)
    assert updater.replace()
    qtbot.waitUntil(lambda: not bench.window.centralWidget().isEnabled())
    before = bench.console.view.scans_read
    bench.receiver.scanned.emit(own_code("U", "DEMO"))
    bench.console.refresh()
    qtbot.waitUntil(lambda: "atualizado" in bench.window._warnings.text())
    assert bench.console.view.session.state == "signed_out"
    assert bench.console.view.scans_read == before
    updater.release()
    qtbot.waitUntil(lambda: bench.window.centralWidget().isEnabled())
    bench.close()
