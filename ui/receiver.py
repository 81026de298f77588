"""The one receiver of a keyboard-wedge scanner, for every window and dialog, whatever has focus.

It stands before whatever has the focus and holds each typing key for at most one inter-key gap.
A scan's keys go no further; a person's keys are replayed in their order to the window that they
came to.

What that asks of the screens: a shortcut needs a function key, Ctrl or Alt. One on a plain
letter, digit, Space, Enter or Tab would fire late, since such a key may be part of a scan.
Ctrl+] and Ctrl+J are the scanner's too: its GS and LF.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from app.devices.wedge import Key, Result, Scanned, Typed, WedgeAssembler, WedgeSettings

if TYPE_CHECKING:
    from app.config import Settings

_MODIFIER_KEYS = frozenset(
    (
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
        Qt.Key.Key_ScrollLock,
    )
)
_CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_COMMAND_MODIFIERS = _CTRL_ALT | Qt.KeyboardModifier.MetaModifier
_SCANNER_CONTROLS = ("\x1d", "\n")
_NO_TEXT = "\0"  # a key that types no text, in the middle of a scan: makes it a bad read


class _Held(Struct, frozen=True):
    """An event that may yet be replayed, and the object that it was meant for."""

    target: QObject
    event: QKeyEvent | QInputMethodEvent


class ScanReceiver(QObject):
    """Emits `scanned` with each scan's text, and lets a person's typing through unchanged."""

    scanned = Signal(str)
    reading = Signal()  # a key came that may begin a scan
    touched = Signal()  # somebody is there: a key or a touch

    def __init__(
        self, parent: QObject | None = None, *, clock_ms: Callable[[], float] | None = None
    ) -> None:
        """`clock_ms` times the events that carry no time of their own."""
        super().__init__(parent)
        self._clock_ms = clock_ms or (lambda: time.monotonic() * 1000)
        self._app: QGuiApplication | None = None
        self._last_ms = 0.0
        self._down: set[int] = set()  # held keys that are still pressed
        self._scan_down: set[int] = set()  # pressed keys of a scan: their releases go nowhere
        self._replays: deque[_Held] = deque()
        self._sending: list[QEvent] = []
        self._gap = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        # After a busy moment the gap's end and the scanner's next keys wait side by side. A timer
        # of zero runs when no event waits, so that those keys are still counted in.
        self._idle = QTimer(self, singleShot=True, interval=0)
        self._gap.timeout.connect(self._idle.start)
        self._idle.timeout.connect(self.flush)
        self._assembler = WedgeAssembler()
        self._settings: WedgeSettings | None = None
        self._deals: dict[QEvent.Type, Callable[[QObject, Any], bool]] = {
            QEvent.Type.KeyPress: self._press,
            QEvent.Type.KeyRelease: self._release,
            QEvent.Type.ShortcutOverride: self._override_shortcut,
            QEvent.Type.InputMethod: self._compose,
            QEvent.Type.MouseButtonPress: self._touch,
        }
        self.configure(WedgeSettings())

    def configure(self, settings: WedgeSettings) -> None:
        """Change how the scanner types; a code half read is let go first, if that is a change."""
        if settings == self._settings:
            return
        self.flush()
        self._settings = settings
        self._assembler = WedgeAssembler(settings)
        self._gap.setInterval(settings.max_gap_ms + 1)

    def install(self, app: QGuiApplication) -> None:
        """Stand before whatever has the focus of `app`, until it quits.

        Every key comes to the window with the focus first, be it a dialog or a list that hangs
        open; composed text comes to the object with the focus. Before the application itself this
        would be asked about every event of every object, most of them Qt's own.
        """
        app.focusWindowChanged.connect(self.stand_before)
        app.focusObjectChanged.connect(self.stand_before)
        app.aboutToQuit.connect(self.remove)
        self._app = app
        self.stand_before(app.focusWindow())
        self.stand_before(app.focusObject())

    def remove(self) -> None:
        """Stand aside: nothing is received from here on."""
        if self._app is None:
            return
        self._app.focusWindowChanged.disconnect(self.stand_before)
        self._app.focusObjectChanged.disconnect(self.stand_before)
        self._app = None
        self._deals.clear()

    def stand_before(self, target: QObject | None) -> None:
        """See what comes to a window, or to an object in it, before it does."""
        if target is not None:
            target.installEventFilter(self)  # once, however often it is said

    def flush(self) -> None:
        """Let go what is held, as when the gap has passed."""
        self._handle(self._assembler.flush())

    def eventFilter(self, target: QObject, event: QEvent) -> bool:
        deal = self._deals.get(event.type())
        return deal is not None and deal(target, event)

    def _touch(self, target: QObject, event: QEvent) -> bool:
        self.touched.emit()
        return False

    def _press(self, target: QObject, event: QKeyEvent) -> bool:
        self.touched.emit()
        if event in self._sending or event.key() in _MODIFIER_KEYS:
            return False
        at_ms = self._time_of(event)
        char = _char(event)
        if char is None:
            if not self._assembler.in_burst(at_ms):
                self.flush()
                return False
            char = _NO_TEXT if event.text().isprintable() else event.text()
        self._last_ms = at_ms
        self._down.add(_code(event))
        self._scan_down.discard(_code(event))
        if not self._assembler.is_holding:
            self.reading.emit()
        key = Key(char, at_ms, [_Held(target, _copy(event))])
        self._handle(self._assembler.feed(key, auto_repeat=event.isAutoRepeat()))
        return True

    def _release(self, target: QObject, event: QKeyEvent) -> bool:
        if event in self._sending:
            return False
        code = _code(event)
        if code in self._scan_down:
            self._scan_down.discard(code)
            return True
        if code in self._down and self._assembler.attach(_Held(target, _copy(event))):
            self._down.discard(code)
            return True
        return False

    def _override_shortcut(self, target: QObject, event: QKeyEvent) -> bool:
        """Keep shortcuts from taking a key that may be part of a scan."""
        if self._sending and not event.spontaneous():
            return False  # Qt asks about a key let go here: by this a list takes its Enter
        # The key itself goes to a list that hangs open, which gets the focus a moment later only.
        if (popup := QApplication.activePopupWidget()) is not None:
            self.stand_before(popup.windowHandle())
        if event.key() in _MODIFIER_KEYS:
            return False
        if _char(event) is None and not self._assembler.in_burst(self._time_of(event)):
            return False
        event.accept()
        return True

    def _compose(self, target: QObject, event: QInputMethodEvent) -> bool:
        """Keep text composed by dead keys (´ and ~ of ABNT2) in its place among held keys."""
        text = event.commitString()
        if event in self._sending or not text or not self._assembler.is_holding:
            return False
        copy = QInputMethodEvent()
        copy.setCommitString(text, event.replacementStart(), event.replacementLength())
        self._handle(self._assembler.feed(Key(text, self._last_ms, [_Held(target, copy)])))
        return True

    def _time_of(self, event: QKeyEvent) -> float:
        # The system's own time of the key: right even when this thread was busy.
        return float(event.timestamp()) or self._clock_ms()

    def _handle(self, results: list[Result]) -> None:
        self._idle.stop()
        if self._assembler.is_holding:
            self._gap.start()
        else:
            self._gap.stop()
        for result in results:
            pressed = {_code(held.event) for key in result.keys for held in key.tokens}
            if isinstance(result, Typed):
                self._replays.extend(held for key in result.keys for held in key.tokens)
                self._down -= pressed
                self._replay()
                continue
            self._scan_down |= self._down & pressed
            self._down -= pressed
            if isinstance(result, Scanned):
                self.scanned.emit(result.text)

    def _replay(self) -> None:
        """Send what waits, in order. A replayed Enter may open a dialog with its own event loop,
        whose keys come after what still waits here."""
        while self._replays:
            held = self._replays.popleft()
            target = held.target if _can_receive(held.target) else QGuiApplication.focusWindow()
            if target is None:
                continue
            self._sending.append(held.event)
            try:
                QCoreApplication.sendEvent(target, held.event)
            finally:
                self._sending.remove(held.event)


def typing_of(settings: Settings) -> WedgeSettings:
    """How the scanner types, by the settings."""
    return WedgeSettings(
        prefix=settings["scanner.prefix"],
        suffix=settings["scanner.suffix"],
        terminator=settings["scanner.terminator"],
        max_gap_ms=settings.number("scanner.max_gap_ms"),
    )


def _char(event: QKeyEvent) -> str | None:
    """What the key types, `\\r` for Enter; None for a key that a scan doesn't begin with."""
    text = event.text()
    if text in _SCANNER_CONTROLS:
        return text
    modifiers = event.modifiers() & _COMMAND_MODIFIERS
    # Windows says Ctrl+Alt for AltGr, which types characters.
    if modifiers and modifiers != _CTRL_ALT:
        return None
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return "\r"
    if event.key() == Qt.Key.Key_Tab:
        return "\t"
    return text if text and text.isprintable() else None


def _code(event: QEvent) -> int:
    """Names the physical key: its letter may change with Shift between press and release."""
    if not isinstance(event, QKeyEvent):
        return 0
    return event.nativeScanCode() or -int(event.key())


def _copy(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )


def _can_receive(target: QObject) -> bool:
    return isValid(target) and (not hasattr(target, "isVisible") or target.isVisible())
