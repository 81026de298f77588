from __future__ import annotations

import os
import time
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.devices.wedge import WedgeSettings
from ui.receiver import ScanReceiver

HUMAN_MS = 60
CODE = "XB.A-03-02.47"


class Screen:
    """A window with a line edit and two buttons, the receiver before it."""

    def __init__(self, qtbot) -> None:
        self.qtbot = qtbot
        self.window = QWidget()
        layout = QVBoxLayout(self.window)
        self.edit, self.other = QLineEdit(), QLineEdit()
        self.button = QPushButton("+1")
        self.clicks: list[bool] = []
        self.button.clicked.connect(lambda: self.clicks.append(True))
        self.button.setAutoDefault(True)
        for widget in (self.edit, self.other, self.button):
            layout.addWidget(widget)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitExposed(self.window)
        self.receiver = ScanReceiver()
        self.scans: list[str] = []
        self.receiver.scanned.connect(self.scans.append)
        self.receiver.install(QApplication.instance())

    def focus(self, widget: QWidget) -> None:
        widget.setFocus()
        self.qtbot.waitUntil(lambda: widget.hasFocus())

    def scan(self, text: str, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
        for char in text:
            QTest.keyClick(QApplication.focusWindow(), char)
        if end is not None:
            QTest.keyClick(QApplication.focusWindow(), end)

    def type(self, *keys: str | Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(
                QApplication.focusWindow(), key, Qt.KeyboardModifier.NoModifier, HUMAN_MS
            )
        self.settle()

    def settle(self) -> None:
        """A person's pause, until all that was held for it has been let go."""
        QTest.qWait(HUMAN_MS)
        self.qtbot.waitUntil(lambda: not self.receiver._assembler.is_holding)


@pytest.fixture
def screen(qtbot) -> Iterator[Screen]:
    screen = Screen(qtbot)
    yield screen
    screen.receiver.remove()


def test_a_scan_is_told_and_its_letters_stay_out_of_the_line_edit(screen: Screen) -> None:
    screen.focus(screen.edit)
    returns: list[bool] = []
    screen.edit.returnPressed.connect(lambda: returns.append(True))
    screen.scan(CODE)
    screen.settle()
    assert screen.scans == [CODE]
    assert screen.edit.text() == ""
    assert returns == []


def test_the_enter_of_a_scan_presses_no_button(screen: Screen) -> None:
    screen.focus(screen.button)
    for end in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        screen.scan("A B C", end)
    screen.settle()
    assert screen.scans == ["A B C", "A B C"]
    assert screen.clicks == []
    assert not screen.button.isDown()


def test_enter_and_space_of_a_person_press_the_button(screen: Screen) -> None:
    screen.focus(screen.button)
    screen.type(Qt.Key.Key_Space)
    screen.qtbot.waitUntil(lambda: len(screen.clicks) == 1)
    dialog = QDialog(screen.window)
    default = QPushButton("ok", dialog)
    default.setDefault(True)
    default.clicked.connect(lambda: screen.clicks.append(True))
    dialog.open()
    screen.qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    screen.type(Qt.Key.Key_Return)
    screen.qtbot.waitUntil(lambda: len(screen.clicks) == 2)
    dialog.close()


def test_what_a_person_types_arrives_whole_and_in_order(screen: Screen) -> None:
    screen.focus(screen.edit)
    screen.type(*"Ab1", Qt.Key.Key_Backspace, *"2", Qt.Key.Key_Left, *"x", Qt.Key.Key_Tab, *"yz")
    assert screen.edit.text() == "Abx2"
    assert screen.other.text() == "yz"
    assert screen.scans == []


def test_keys_rolled_over_by_a_fast_typist_keep_their_order(screen: Screen) -> None:
    screen.focus(screen.edit)
    window = screen.window.windowHandle()
    QTest.keyPress(window, "a")
    QTest.keyPress(window, "b")
    QTest.keyRelease(window, "a")
    QTest.keyRelease(window, "b")
    QTest.keyClick(window, Qt.Key.Key_Backspace)
    screen.settle()
    assert screen.edit.text() == "a"


def test_typed_text_before_and_after_a_scan_is_kept(screen: Screen) -> None:
    screen.focus(screen.edit)
    screen.type(*"ab")
    screen.scan(CODE)
    screen.type(*"cd")
    assert screen.edit.text() == "abcd"
    assert screen.scans == [CODE]


def test_a_scan_is_read_with_a_dialog_open_and_presses_nothing_there(screen: Screen) -> None:
    dialog = QDialog(screen.window)
    edit, default = QLineEdit(dialog), QPushButton("ok", dialog)
    default.setDefault(True)
    default.clicked.connect(lambda: screen.clicks.append(True))
    dialog.accepted.connect(lambda: screen.clicks.append(True))
    dialog.open()
    screen.qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    edit.setFocus()
    screen.scan(CODE)
    screen.settle()
    assert screen.scans == [CODE]
    assert screen.clicks == []
    assert edit.text() == ""
    dialog.close()


def test_a_focus_change_in_the_middle_splits_no_scan(screen: Screen) -> None:
    screen.focus(screen.edit)
    screen.scan("ABC", None)
    screen.other.setFocus()
    screen.scan("DEF", None)
    dialog = QDialog(screen.window)
    dialog.show()
    dialog.activateWindow()
    screen.scan("GHI")
    screen.settle()
    assert screen.scans == ["ABCDEFGHI"]
    assert screen.edit.text() == screen.other.text() == ""
    dialog.close()


def test_a_scan_while_a_list_hangs_open_is_told_and_chooses_nothing(screen: Screen) -> None:
    choice = QComboBox()
    choice.addItems(["ABC", "DEF", "GHI"])
    screen.window.layout().addWidget(choice)
    screen.focus(choice)
    choice.showPopup()
    screen.qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    screen.scan("GHI")
    assert screen.scans == ["GHI"]
    assert choice.currentText() == "ABC"
    assert QApplication.activePopupWidget() is not None
    choice.hidePopup()


def test_a_person_chooses_from_a_list_with_the_keyboard_alone(screen: Screen) -> None:
    choice = QComboBox()
    choice.addItems(["ABC", "DEF", "GHI"])
    screen.window.layout().addWidget(choice)
    screen.focus(choice)
    screen.type(Qt.Key.Key_Space)
    screen.qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    screen.type(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert choice.currentText() == "DEF"
    assert QApplication.activePopupWidget() is None
    screen.type(Qt.Key.Key_Space)
    screen.qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    screen.type("g", Qt.Key.Key_Escape)
    assert choice.currentText() == "DEF"
    assert QApplication.activePopupWidget() is None


def test_who_stands_aside_receives_nothing(screen: Screen) -> None:
    screen.focus(screen.edit)
    screen.receiver.remove()
    screen.scan("ABC")
    screen.focus(screen.other)
    screen.scan("DEF")
    assert screen.scans == []
    assert (screen.edit.text(), screen.other.text()) == ("ABC", "DEF")


def test_two_scans_back_to_back_are_two(screen: Screen) -> None:
    screen.focus(screen.button)
    screen.scan("AAA")
    screen.scan("BBB")
    assert screen.scans == ["AAA", "BBB"]


def test_keys_sent_straight_to_the_widget_with_the_focus_are_received_too(screen: Screen) -> None:
    screen.focus(screen.edit)
    QTest.keyClicks(screen.edit, CODE)
    QTest.keyClick(screen.edit, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert screen.scans == [CODE]
    assert screen.edit.text() == ""


def test_digits_of_the_keypad_are_scanned_and_typed(screen: Screen) -> None:
    screen.focus(screen.edit)
    keypad = Qt.KeyboardModifier.KeypadModifier
    for char in "789":
        QTest.keyClick(screen.window.windowHandle(), char, keypad)
    QTest.keyClick(screen.window.windowHandle(), Qt.Key.Key_Enter, keypad)
    QTest.keyClick(screen.window.windowHandle(), "7", keypad, HUMAN_MS)
    screen.settle()
    assert screen.scans == ["789"]
    assert screen.edit.text() == "7"


def test_without_terminator_a_pause_ends_the_scan(screen: Screen) -> None:
    screen.receiver.configure(WedgeSettings(terminator="none"))
    screen.focus(screen.edit)
    screen.scan(CODE, None)
    screen.qtbot.waitUntil(lambda: screen.scans == [CODE])
    screen.type(*"ab")
    assert screen.edit.text() == "ab"


def test_prefix_suffix_and_tab_are_taken_off(screen: Screen) -> None:
    screen.receiver.configure(WedgeSettings(prefix="~", suffix="$", terminator="tab"))
    screen.focus(screen.edit)
    screen.scan("~ABC$", Qt.Key.Key_Tab)
    screen.settle()
    assert screen.scans == ["ABC"]
    assert screen.edit.hasFocus()
    assert screen.edit.text() == ""


def test_a_shortcut_takes_no_key_of_a_scan_and_still_works_by_hand(screen: Screen) -> None:
    fired: list[str] = []
    for keys in ("A", "Ctrl+W", "F2"):
        shortcut = QShortcut(QKeySequence(keys), screen.window)
        shortcut.activated.connect(lambda keys=keys: fired.append(keys))
    window = screen.window.windowHandle()
    screen.scan("BAA", None)
    QTest.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    screen.scan("AB")
    assert fired == []
    assert len(screen.scans) == 1
    assert len(screen.scans[0]) == 6
    assert not screen.scans[0].isprintable()  # so that it is refused as a bad read
    QTest.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier, HUMAN_MS)
    QTest.keyClick(window, Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier, HUMAN_MS)
    assert fired == ["Ctrl+W", "F2"]


def test_shift_between_the_keys_of_a_scan_is_harmless(screen: Screen) -> None:
    screen.focus(screen.edit)
    window = screen.window.windowHandle()
    for char in "AbC":
        QTest.keyPress(window, Qt.Key.Key_Shift)
        QTest.keyClick(window, char, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyRelease(window, Qt.Key.Key_Shift)
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert len(screen.scans) == 1
    assert len(screen.scans[0]) == 3
    assert screen.edit.text() == ""


def test_a_composed_letter_keeps_its_place_and_a_dead_key_passes(screen: Screen) -> None:
    screen.focus(screen.edit)
    window = screen.window.windowHandle()
    QTest.keyClick(window, "c")
    QTest.keyClick(window, Qt.Key.Key_Dead_Acute)
    composed = QInputMethodEvent()
    composed.setCommitString("á")
    QApplication.sendEvent(screen.edit, composed)
    QTest.keyClick(window, "x")
    composed = QInputMethodEvent()
    composed.setCommitString("ã")
    QApplication.sendEvent(screen.edit, composed)
    screen.settle()
    assert screen.edit.text() == "cáxã"


def test_releases_of_a_scan_go_nowhere_and_of_typing_arrive(screen: Screen) -> None:
    releases: list[str] = []

    class Spy(QLineEdit):
        def keyReleaseEvent(self, event: QKeyEvent) -> None:
            releases.append(event.text())

    spy = Spy()
    screen.window.layout().addWidget(spy)
    screen.focus(spy)
    window = screen.window.windowHandle()
    for char in "XYZ":
        QTest.keyPress(window, char)
    QTest.keyClick(window, Qt.Key.Key_Return)
    for char in "XYZ":
        QTest.keyRelease(window, char)
    assert releases == []
    screen.type("q")
    QTest.keyPress(window, "w", Qt.KeyboardModifier.NoModifier, HUMAN_MS)
    QTest.keyRelease(window, "w", Qt.KeyboardModifier.NoModifier, HUMAN_MS)
    screen.settle()
    assert releases == ["q", "w"]
    assert spy.text() == "qw"


def test_a_busy_screen_splits_no_scan(screen: Screen) -> None:
    screen.focus(screen.edit)
    at_ms = 1000
    for char in (*"ABC", None, *"DEF", "\r"):
        if char is None:
            time.sleep(0.1)  # busy: the gap's timer is overdue while keys wait in the queue
            continue
        key = Qt.Key.Key_Return if char == "\r" else Qt.Key(ord(char))
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, char)
        at_ms += 5
        event.setTimestamp(at_ms)
        QApplication.postEvent(screen.edit, event)
        if char == "C":
            QApplication.sendPostedEvents()
    screen.settle()
    assert screen.scans == ["ABCDEF"]
    assert screen.edit.text() == ""


def test_a_typed_enter_that_opens_a_dialog_loses_no_later_key(screen: Screen) -> None:
    dialog = QDialog(screen.window)
    edit = QLineEdit(dialog)
    screen.button.clicked.connect(lambda: (screen.clicks.append(True), dialog.exec()))
    screen.focus(screen.button)

    def in_dialog() -> None:
        edit.setFocus()
        screen.type(*"hi")
        screen.scan(CODE)
        screen.clicks.append(edit.text())
        dialog.reject()

    QTimer.singleShot(250, in_dialog)
    screen.type(Qt.Key.Key_Space)
    assert screen.clicks[-1] == "hi"
    assert screen.scans == [CODE]


def test_a_window_closed_before_its_typing_is_replayed_harms_nothing(screen: Screen) -> None:
    dialog = QDialog()
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    edit = QLineEdit(dialog)
    dialog.show()
    QTest.keyClick(edit, "a")
    dialog.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    screen.settle()
    assert screen.scans == []
