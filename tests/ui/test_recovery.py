"""The recovery key is shown once, and a store that can't be opened is brought back by a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.backups.helping import Rescue
from app.domain.entries import OrderPinned
from app.engine import Engine
from app.security.keys import store_key
from app.security.recovery import backup_key
from app.security.roles import Role
from app.store import integrity, journal
from app.store.database import StoreError
from app.store.journal import Stamp
from tests.support import homes
from ui.console import Console
from ui.receiver import ScanReceiver
from ui.recovery import RecoveryWindow
from ui.window import Window

PIN = "739105"


def make(home: Path) -> Engine:
    engine = homes.empty(home)
    engine.set_setting("security.second_factor", "off")
    engine.operators.add_first_supervisor("Ana Exemplo", "SUP1", PIN)
    engine.operators.add("Bia Exemplo", "PICK1", Role.PICKER, PIN)
    return engine


class Bench:
    def __init__(self, qtbot, home: Path) -> None:
        self.qtbot = qtbot
        self.engine = make(home)
        self.window = Window(Console(self.engine), ScanReceiver(), None)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitExposed(self.window)

    def sign_in(self, badge: str) -> None:
        console = self.window._console
        console.do(console.station.sign_in, badge, PIN)
        self.qtbot.waitUntil(lambda: console.view and console.view.session.state == "signed_in")
        self.qtbot.waitUntil(lambda: self.page() != "SignInPage", timeout=20_000)
        self.window.dismiss_answer()

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWindow(), key)
        self.qtbot.wait(100)

    def page(self) -> str:
        return type(self.window._stack.currentWidget()).__name__

    def texts(self) -> str:
        page = self.window._stack.currentWidget()
        return "\n".join(x.text() for x in page.findChildren(QLabel) if x.isVisible())


@pytest.fixture
def bench(qtbot, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, tmp_path / "home")
    yield made
    made.window.close()
    made.engine.close()


def test_a_supervisor_sees_the_recovery_key_until_it_is_kept(bench: Bench) -> None:
    bench.sign_in("SUP1")
    bench.qtbot.waitUntil(lambda: bench.page() == "RecoveryPage", timeout=20_000)
    key = bench.engine.backups.recovery_key()
    first = key.split()[0]
    bench.qtbot.waitUntil(lambda: first in bench.texts())
    assert backup_key(key)
    bench.press(Qt.Key.Key_F11)
    bench.qtbot.waitUntil(lambda: bench.page() == "PickPage", timeout=20_000)
    bench.press(Qt.Key.Key_F7)
    bench.sign_in("SUP1")
    bench.qtbot.waitUntil(lambda: bench.page() == "RecoveryPage", timeout=20_000)
    bench.press(Qt.Key.Key_F10)
    bench.qtbot.waitUntil(lambda: not bench.engine.backups.key_is_due)
    bench.qtbot.waitUntil(lambda: bench.page() == "PickPage", timeout=20_000)
    bench.press(Qt.Key.Key_F7)
    bench.sign_in("SUP1")
    bench.qtbot.waitUntil(lambda: bench.page() == "PickPage", timeout=20_000)
    assert bench.engine.recovery_key() == "", "and never again"


def test_whoever_only_picks_never_sees_it(bench: Bench) -> None:
    bench.sign_in("PICK1")
    bench.qtbot.waitUntil(lambda: bench.page() == "PickPage", timeout=20_000)
    assert bench.engine.recovery_key() == ""
    bench.window.open("recovery")
    bench.qtbot.wait(100)
    assert bench.engine.backups.recovery_key().split()[0] not in bench.texts()


def test_the_settings_page_tells_the_backups_age_and_makes_one(bench: Bench) -> None:
    bench.sign_in("SUP1")
    bench.press(Qt.Key.Key_F6)
    bench.qtbot.waitUntil(lambda: "Nenhuma cópia ainda" in bench.texts())
    bench.press(Qt.Key.Key_F11)
    bench.qtbot.waitUntil(lambda: "conferida" in bench.texts(), timeout=15_000)
    assert bench.engine.backups.status().count == 1


def test_a_damaged_store_is_brought_back_with_a_key_press(
    qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(integrity, "PAUSE_S", 0)  # nobody works beside this
    home = tmp_path / "home"
    engine = make(home)
    engine.backups.make()
    with engine.store.write() as c:
        stamp = Stamp(engine.station.id, 1, datetime.now(UTC))
        journal.append(c, stamp, (OrderPinned(1, True),))
    engine.close()
    with (home / "expedita.db").open("r+b") as file:
        file.seek(4096 * 3 + 100)
        file.write(b"\xff" * 4096)
    error = StoreError("STORE_DAMAGED")
    window = RecoveryWindow(error, Rescue(home, store_key(home)[0]), "pt")
    qtbot.addWidget(window)
    seen: list[str] = []

    def read() -> str:
        return "\n".join(x.text() for x in window.findChildren(QLabel))

    def press() -> None:
        if window._restore.isEnabled():
            seen.append(read())
            QTest.keyClick(window, Qt.Key.Key_F2)
            seen.append(read())
            QTest.keyClick(window, Qt.Key.Key_F2)
            QTest.keyClick(window, Qt.Key.Key_F10)

    timer = QTimer()
    timer.timeout.connect(press)
    timer.start(100)
    assert window.run()
    timer.stop()
    assert "A última cópia boa é de" in seen[0]
    assert "The last good backup is of" in seen[1]
    assert "Recuperado da cópia de" in seen[-2]
    assert "Recovered from the backup of" in seen[-1]
    engine = Engine.open(home)
    assert engine.station.sign_in("SUP1", PIN).code == "SIGNED_IN"
    engine.close()
