"""Second factor, reveals, operators and the audit through the window, by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableWidget

from app.demo import PIN
from app.domain.codes import own_code
from tests.support.bench import Bench

ALT = Qt.KeyboardModifier.AltModifier


class Access(Bench):
    """A bench whose supervisor holds a phone with an authenticator app."""

    def alt(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWindow(), key, ALT)
        self.qtbot.wait(60)

    def until(self, found) -> None:
        self.qtbot.waitUntil(found, timeout=20_000)

    def open_settings(self, key: Qt.Key) -> None:
        self.window.dismiss_answer()
        self.press(Qt.Key.Key_F6)
        self.alt(key)

    def enrol(self) -> None:
        self.open_settings(Qt.Key.Key_F)
        page = self.window.page("second_factor")
        self.type(PIN)
        self.press(Qt.Key.Key_Return)
        self.until(page._qr.isVisible)
        self.app = pyotp.TOTP(page._secret.text().replace(" ", ""))
        self.enter(lambda: "-" in page._recovery.text(), steps=-1)

    def is_asked(self) -> bool:
        """An empty field waits for what is typed."""
        field = QApplication.focusWidget()
        return isinstance(field, QLineEdit) and not field.text()

    def code(self, steps: int = 0) -> str:
        return self.app.at(self.engine.clock(), counter_offset=steps)

    def enter(self, taken: Callable[[], bool], steps: int = 0) -> None:
        """A code into the field that waits, until it is taken: at the beginning of its time, which
        stands still, since the made-up clock would move on by a code's whole life meanwhile."""
        clock = self.engine.clock
        clock.now += timedelta(seconds=-clock.now.timestamp() % 30)
        with clock.stopped():
            QApplication.focusWidget().setText(self.code(steps))
            self.press(Qt.Key.Key_Return)
            self.until(taken)

    def story(self) -> str:
        return self.window.page("orders")._story._text.toPlainText()


@pytest.fixture
def desk(qtbot, tmp_path: Path) -> Iterator[Access]:
    made = Access(qtbot, tmp_path / "home")
    try:
        made.sign_in()
        yield made
    finally:
        made.close()


def test_the_qr_code_is_shown_once_and_leaves_nothing_behind(desk: Access) -> None:
    desk.enrol()
    page = desk.window.page("second_factor")
    assert not page._qr.isVisible()
    assert page._secret.text() == ""
    assert len(page._recovery.text().split()) == 10
    desk.press(Qt.Key.Key_F11)
    assert page._recovery.text() == ""
    desk.until(lambda: "✔ Cadastrado" in desk.texts())


def test_a_lock_takes_a_half_made_second_factor_off_the_screen(desk: Access) -> None:
    desk.open_settings(Qt.Key.Key_F)
    page = desk.window.page("second_factor")
    desk.type(PIN)
    desk.press(Qt.Key.Key_Return)
    desk.until(page._qr.isVisible)
    desk.press(Qt.Key.Key_F7)
    desk.until(lambda: desk.page() == "SignInPage")
    assert page._secret.text() == ""
    assert page._qr._modules == []


def test_a_customer_is_seen_for_a_reason_with_a_code_and_hidden_again_by_the_lock(
    desk: Access,
) -> None:
    desk.enrol()
    desk.console.show_story("10001")
    desk.until(lambda: "Cliente: dados ocultos" in desk.story())
    desk.alt(Qt.Key.Key_M)
    assert "Por que ver os dados do cliente?" in desk.texts()
    desk.alt(Qt.Key.Key_1)
    desk.until(lambda: "Código do seu aplicativo" in desk.texts())
    desk.type("000000")
    desk.press(Qt.Key.Key_Return)
    desk.until(lambda: "SECOND_FACTOR_WRONG" in desk.answers)
    assert "dados ocultos" in desk.story()
    desk.until(desk.is_asked)
    desk.enter(lambda: "REVEALED" in desk.answers)
    desk.until(lambda: "dados ocultos" not in desk.story())
    assert "- São Paulo/SP" in desk.story()
    desk.press(Qt.Key.Key_F7)
    desk.until(lambda: desk.page() == "SignInPage")
    assert "São Paulo/SP" not in desk.story()


def test_an_empty_form_is_answered_too(desk: Access) -> None:
    desk.open_settings(Qt.Key.Key_O)
    desk.until(lambda: desk.window.page("operators")._table.rowCount() == 4)
    desk.press(Qt.Key.Key_F9)
    desk.until(lambda: desk.answers[-1].startswith(("OPERATOR_", "SECOND_FACTOR_")))


def test_a_supervisor_adds_an_operator_who_then_signs_in(desk: Access) -> None:
    desk.enrol()
    desk.open_settings(Qt.Key.Key_O)
    page = desk.window.page("operators")
    assert isinstance(page._table, QTableWidget)
    desk.until(lambda: page._table.rowCount() == 4)
    for field, text in (
        (page._name, "Bia"), (page._badge, "B-1"), (page._pin, "4917"), (page._again, "4918"),
    ):  # fmt: skip
        field.setFocus()
        desk.type(text)
    desk.press(Qt.Key.Key_F9)
    desk.until(lambda: "PIN_DIFFERENT" in desk.answers)
    for field in (page._pin, page._again):
        assert field.text() == ""
        field.setFocus()
        desk.type("4917")
    desk.press(Qt.Key.Key_F9)
    desk.until(lambda: "Código do seu aplicativo" in desk.texts())
    desk.enter(lambda: "OPERATOR_ADDED" in desk.answers)
    desk.until(lambda: page._table.rowCount() == 5)
    desk.scan(own_code("U", "B-1"))
    desk.type("4917")
    desk.press(Qt.Key.Key_Return)
    desk.until(lambda: desk.console.view.session.operator == "Bia")


def test_the_audit_is_read_and_checked_and_who_may_not_sees_no_way_to_it(desk: Access) -> None:
    desk.open_settings(Qt.Key.Key_A)
    page = desk.window.page("audit")
    desk.until(lambda: page._table.rowCount() >= 5)
    desk.press(Qt.Key.Key_F9)
    desk.until(lambda: "JOURNAL_WHOLE" in desk.answers)
    desk.scan(own_code("U", "SEP"))
    desk.type(PIN)
    desk.press(Qt.Key.Key_Return)
    desk.until(lambda: desk.console.view.session.operator == "Separador Demo")
    assert page._table.rowCount() == 0
    desk.open_settings(Qt.Key.Key_A)
    assert desk.page() == "SettingsPage"
    assert "Pessoas e segurança" not in desk.texts()
