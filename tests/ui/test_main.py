"""The sign-in stands before the engine does: what is scanned and typed until then is not lost."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from app import look
from app.demo import PIN
from app.domain.codes import own_code
from app.engine import Engine
from app.rehearsal import Clock
from app.security.key_errors import KeyError_
from app.store.errors import StoreError
from app.store.home_lock import HomeLock
from tests.support import homes
from ui import main, recovery
from ui.bar import Bar
from ui.entrance import Entrance
from ui.main import Front, look_for
from ui.pages.badge import Badge
from ui.theme import THEMES
from ui.window import Window

BADGE = own_code("U", "DEMO")


typed_at = [0]  # the last key's time, in ms


def keys(text: str, pause_ms: int) -> None:
    """Type, with the keys' own times so far apart; the window's events are served meanwhile."""
    for char in text:
        at_ms = typed_at[0] = max(typed_at[0] + pause_ms, int(time.monotonic() * 1000))
        key = Qt.Key.Key_Return if char == "\r" else ord(char.upper())
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, char)
            event.setTimestamp(at_ms)
            QCoreApplication.sendEvent(QApplication.focusWindow(), event)


def scan(code: str) -> None:
    keys(f"{code}\r", 1)


def type_(text: str) -> None:
    keys(text, 100)
    QTest.qWait(100)  # until the last is no more held


class Start:
    """A start whose engine opens when `opens` is set."""

    def __init__(self, qtbot, home: Path) -> None:
        self.qtbot = qtbot
        self.home = home
        self.opens = Event()
        self.front = Front(QApplication.instance(), look_for(home))
        qtbot.addWidget(self.front.frame)
        if self.front.entrance:
            self.front.frame.showNormal()
            self.front.frame.resize(1366, 768)
        self.engine: Engine | None = None
        self.window: Window | None = None

    def open_engine(self, ask: object) -> Engine:
        assert self.opens.wait(20)
        return Engine.open(self.home, demo=True, exclusive=True, clock=Clock())

    def go_on(self, meanwhile: Callable[[], object]) -> Window:
        """Open the engine while somebody does something, and let the console take over."""

        def act() -> None:
            meanwhile()
            self.opens.set()

        QTimer.singleShot(300, act)
        self.engine = self.front.open(self.open_engine, None)
        self.window = self.front.furnish(self.engine, sound=False)
        self.codes: list[str] = []
        self.window.console.answered.connect(lambda feedback: self.codes.append(feedback.code))
        self.qtbot.waitUntil(lambda: self.front.entrance is None, timeout=20_000)
        return self.window

    def fields(self) -> list[QLineEdit]:
        """Badge and PIN, as they stand in the window now."""
        shown = [x for x in self.front.frame.findChildren(Badge) if x.isVisible()]
        return shown[0].findChildren(QLineEdit) if shown else []

    def texts(self) -> str:
        shown = self.front.frame.inside.findChildren(QLabel)
        return "\n".join(x.text() for x in shown if x.isVisible())

    def is_signed_in(self) -> bool:
        assert self.window is not None
        view = self.window.console.view
        return view is not None and view.session.state == "signed_in"

    def close(self) -> None:
        self.front.receiver.remove()
        self.front.frame.close()
        if self.engine:
            self.engine.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "home"
    homes.demo_home(made, today=False)
    Engine.open(made, demo=True, exclusive=True, clock=Clock()).close()
    return made


@pytest.fixture
def start(qtbot, home: Path) -> Iterator[Start]:
    made = Start(qtbot, home)
    yield made
    made.close()


def test_a_badge_and_a_pin_given_before_the_engine_stands_sign_in(start: Start) -> None:
    def sign_in() -> None:
        scan(BADGE)
        assert "Digite seu PIN" in start.texts()
        type_(PIN)
        type_("\r")
        start.qtbot.wait(60)
        assert [field.text() for field in start.fields()] == ["", ""]

    window = start.go_on(sign_in)
    start.qtbot.waitUntil(start.is_signed_in, timeout=20_000)
    assert start.codes == ["BADGE_READ", "SIGNED_IN"]
    assert not start.front.kept
    assert start.front.frame.inside is window
    scan(own_code("T", "T-01"))  # scans come to the console now, each once
    start.qtbot.waitUntil(lambda: len(start.codes) == 3)
    start.qtbot.wait(100)
    assert start.codes[2:] == ["TOTE_EMPTY"]


def test_scans_after_the_pin_are_done_after_the_sign_in(start: Start) -> None:
    def hurry() -> None:
        scan(BADGE)
        start.front.kept.sign_in("", PIN)
        scan(own_code("T", "T-01"))

    start.go_on(hurry)
    assert start.codes == ["BADGE_READ", "SIGNED_IN", "TOTE_EMPTY"]


def test_half_a_pin_and_the_focus_stay_when_the_console_takes_over(start: Start) -> None:
    def begin() -> None:
        assert start.fields()[0].hasFocus()
        scan(BADGE)
        type_(PIN[:2])

    start.go_on(begin)
    badge, pin = start.fields()
    assert (badge.isVisible(), pin.text(), pin.hasFocus()) == (False, PIN[:2], True)
    type_(PIN[2:])
    type_("\r")
    start.qtbot.waitUntil(start.is_signed_in, timeout=20_000)


def test_half_a_typed_badge_stays_too(start: Start) -> None:
    start.go_on(lambda: type_("DE"))
    assert [field.text() for field in start.fields()] == ["DE", ""]
    assert start.fields()[0].hasFocus()


def test_a_code_half_read_when_the_console_takes_over_is_read_whole(start: Start) -> None:
    window = start.go_on(lambda: None)
    half = len(BADGE) // 2
    keys(BADGE[:half], 1)
    start.front.frame.put(QWidget())  # as at the hand-over
    start.front.frame.put(window)
    window._connect_scanners()
    keys(BADGE[half:] + "\r", 1)
    start.qtbot.waitUntil(lambda: start.codes == ["BADGE_READ"])


def test_a_badge_that_nobody_has_is_refused_as_ever(start: Start) -> None:
    def guess() -> None:
        scan(own_code("U", "NOBODY"))
        start.front.kept.sign_in("", "0000")

    start.go_on(guess)
    assert start.codes == ["BADGE_READ", "BADGE_UNKNOWN"]
    assert not start.is_signed_in()


def test_the_keypad_under_a_finger_is_not_taken_away(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    down = [Qt.MouseButton.LeftButton]
    monkeypatch.setattr(QApplication, "mouseButtons", lambda: down[0] if down else None)
    frame = start.front.frame

    def let_go() -> None:
        assert isinstance(frame.inside, Entrance)
        five = [x for x in frame.findChildren(QPushButton) if x.text() == "5" and x.isVisible()]
        QTest.mouseClick(five[0], Qt.MouseButton.LeftButton)
        down.clear()

    QTimer.singleShot(2500, let_go)
    start.go_on(lambda: scan(BADGE))
    assert start.fields()[1].text() == "5"


def test_help_that_is_asked_for_before_comes_when_the_console_stands(start: Start) -> None:
    window = start.go_on(
        lambda: QTest.keyClick(QApplication.focusWindow(), Qt.Key.Key_H,
                               Qt.KeyboardModifier.ControlModifier)
    )  # fmt: skip
    start.qtbot.waitUntil(lambda: type(window._stack.currentWidget()).__name__ == "HelpPage")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("lang", ["pt", "en"])
def test_the_console_takes_over_without_a_change_to_be_seen(
    qtbot, home: Path, theme: str, lang: str
) -> None:
    engine = Engine.open(home, demo=True)
    engine.set_setting("theme", theme)
    engine.set_setting("language", lang)
    engine.close()
    start = Start(qtbot, home)
    pictures = []

    def picture() -> None:
        for one in start.fields():
            one.clearFocus()  # a cursor blinks
        image = start.front.frame.grab().toImage()
        bars = [x.height() for x in start.front.frame.findChildren(Bar) if x.isVisible()]
        top = bars[0] + 15  # with the clock in it
        pictures.append(image.copy(0, top, image.width(), image.height() - top))

    start.go_on(picture)
    assert ("Scan your badge" if lang == "en" else "Bipe seu crachá") in start.texts()
    start.qtbot.wait(50)
    picture()
    assert pictures[0].size() == pictures[1].size()
    assert pictures[0] == pictures[1]
    start.close()


def test_a_start_that_takes_long_says_why(
    qtbot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.entrance.SAY_AFTER_MS", 600_000)
    monkeypatch.setattr("ui.entrance.SAY_AFTER_PIN_MS", 50)
    start = Start(qtbot, home)
    said: list[str] = []

    def wait() -> None:
        assert "abrindo" not in start.texts()
        scan(BADGE)
        type_(PIN)
        type_("\r")
        start.qtbot.wait(200)
        said.append(start.texts())

    start.go_on(wait)
    assert "O armazém ainda está abrindo" in said[0]
    assert "abrindo" not in start.texts()
    start.close()


def test_a_scanner_of_another_kind_is_understood_before_the_store_is_open(
    qtbot, home: Path
) -> None:
    engine = Engine.open(home, demo=True)
    engine.set_setting("scanner.prefix", "~")
    engine.close()
    start = Start(qtbot, home)
    start.go_on(lambda: scan(f"~{BADGE}"))
    assert start.codes == ["BADGE_READ"]
    start.close()


# --- a start that has to wait for the store, or fails ---------------------------------------


def test_no_sign_in_stands_before_the_store_where_the_look_is_not_known(qtbot, home: Path) -> None:
    assert look_for(home) is not None
    lock = HomeLock(home)  # another console has the folder, and the keys
    assert look_for(home) is None
    lock.release()
    (home / look.COPY).write_text("{")
    start = Start(qtbot, home)
    assert start.front.entrance is None
    assert not start.front.frame.isVisible()
    start.opens.set()
    start.engine = start.front.open(start.open_engine, None)
    start.window = start.front.furnish(start.engine, sound=False)
    qtbot.waitUntil(lambda: "Bipe seu crachá" in start.texts())
    start.front.frame.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWindow() is start.front.frame.windowHandle())
    codes: list[str] = []
    start.window.console.answered.connect(lambda feedback: codes.append(feedback.code))
    scan(BADGE)
    qtbot.waitUntil(lambda: codes == ["BADGE_READ"])
    start.close()


RESCUE = SimpleNamespace(is_done=False, is_busy=False, can_restore=False)


class Run:
    """The whole of `run`, which ends by itself."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home = home
        self.told: list[str] = []
        self.closed = 0
        self.asked: list[bool] = []
        monkeypatch.setattr(main, "tell", lambda error: self.told.append(error.code))
        monkeypatch.setattr(main, "WATCH_AFTER_MS", 600_000)

    def __call__(self, open_engine: Callable[[object], Engine]) -> int:
        return main.run(self.home, open_engine, lambda ask: RESCUE)  # type: ignore[arg-type]

    def engine(self) -> Engine:
        engine = Engine.open(self.home, demo=True, exclusive=True, clock=Clock())
        close = engine.close

        def closed() -> None:
            self.closed += 1
            close()

        engine.close = closed  # type: ignore[method-assign]
        return engine


@pytest.fixture
def run(qapp, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    before = signal.getsignal(signal.SIGTERM)
    yield Run(home, monkeypatch)
    signal.signal(signal.SIGTERM, before)
    qapp.setQuitOnLastWindowClosed(True)
    for one in QApplication.topLevelWidgets():
        one.close()


def frames() -> list[main.Frame]:
    return [x for x in QApplication.topLevelWidgets() if isinstance(x, main.Frame)]


@pytest.mark.parametrize(
    "error",
    [
        KeyError_("KEY_LOCKED"),
        KeyError_("KEY_MISSING"),
        StoreError("HOME_IN_USE"),
        StoreError("STORE_KEY_WRONG"),
        StoreError("STORE_FULL"),
        StoreError("STORE_NEWER"),
    ],
)
def test_a_start_that_fails_says_so_and_leaves_no_window(run: Run, error: Exception) -> None:
    def fail(ask: object) -> Engine:
        raise error

    with pytest.raises(type(error)) as refused:
        run(fail)
    assert refused.value is error
    assert run.told == [error.code]  # type: ignore[attr-defined]
    assert not any(frame.isVisible() for frame in frames())


def test_an_error_of_the_program_itself_is_not_swallowed(run: Run) -> None:
    def fail(ask: object) -> Engine:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(fail)


def test_a_damaged_store_is_brought_back_and_what_was_typed_before_is_forgotten(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = 0
    shown: list[bool] = []

    def open_(ask: object) -> Engine:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise StoreError("STORE_DAMAGED")
        return run.engine()

    def brought_back(window: recovery.RecoveryWindow) -> bool:
        shown.append(any(frame.isVisible() for frame in frames()))
        QTimer.singleShot(1500, lambda: [frame.close() for frame in frames()])
        return True

    monkeypatch.setattr(recovery.RecoveryWindow, "run", brought_back)
    assert run(open_) == 0
    assert (tries, shown, run.closed, run.told) == (2, [False], 1, [])


def test_closing_the_window_while_the_engine_opens_ends_well(run: Run) -> None:
    opens = Event()

    def open_(ask: object) -> Engine:
        assert opens.wait(20)
        return run.engine()

    def leave() -> None:
        for frame in frames():
            frame.close()
        opens.set()

    QTimer.singleShot(600, leave)
    assert run(open_) == 0
    assert run.closed == 1
    assert not (run.home / "support" / "running.json").exists()
    HomeLock(run.home).release()


def test_the_desktop_that_ends_while_the_engine_opens_is_heard(run: Run) -> None:
    opens = Event()

    def open_(ask: object) -> Engine:
        assert opens.wait(20)
        return run.engine()

    def end() -> None:
        signal.raise_signal(signal.SIGTERM)
        QTimer.singleShot(100, opens.set)

    QTimer.singleShot(600, end)
    assert run(open_) == 0
    assert run.closed == 1


def test_a_secret_is_asked_on_the_windows_own_thread(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[bool] = []

    def ask_secret(question: str) -> str:
        threads.append(QApplication.instance().thread().isCurrentThread())
        return f"{question} yes"

    monkeypatch.setattr(main, "ask_secret", ask_secret)

    def open_(ask: Callable[[str], str]) -> Engine:
        assert ask("open?") == "open? yes"
        raise KeyError_("KEY_WRONG_PASSPHRASE")

    with pytest.raises(KeyError_):
        run(open_)
    assert threads == [True]


def test_a_console_that_is_closed_leaves_its_look_and_no_note_of_a_crash(run: Run) -> None:
    QTimer.singleShot(2500, lambda: [frame.close() for frame in frames()])
    assert run(lambda ask: run.engine()) == 0
    assert run.closed == 1
    assert not (run.home / "support" / "running.json").exists()
    assert "theme" in json.loads((run.home / look.COPY).read_text())["settings"]
