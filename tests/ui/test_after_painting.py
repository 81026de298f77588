from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.after_painting import AfterPainting


class Painted(QWidget):
    def __init__(self, happened: list[str]) -> None:
        super().__init__()
        self._happened = happened

    def paintEvent(self, event: QPaintEvent) -> None:
        self._happened.append("painted")


def test_work_waits_for_the_painting_and_a_timer_of_zero_does_not(qtbot: QtBot) -> None:
    happened: list[str] = []
    widget = Painted(happened)
    qtbot.addWidget(widget)
    after = AfterPainting(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    happened.clear()
    after.do(lambda: happened.append("first"))
    after.do(lambda: happened.append("second"))
    QTimer.singleShot(0, lambda: happened.append("timer"))
    widget.update()
    qtbot.waitUntil(lambda: "second" in happened)
    assert happened == ["timer", "painted", "first", "second"]


def test_what_fails_does_not_keep_the_rest_from_being_done(qtbot: QtBot) -> None:
    happened: list[str] = []
    widget = QWidget()
    qtbot.addWidget(widget)
    after = AfterPainting(widget)
    with qtbot.captureExceptions() as raised:
        after.do(lambda: happened[0])
        after.do(lambda: happened.append("second"))
        qtbot.waitUntil(lambda: happened == ["second"])
    assert [kind for kind, _, _ in raised] == [IndexError]
