"""Real key events with times of their own, as a scanner or a person would press them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent


def press(to: QObject, char: str, pressed_ms: int, released_ms: int) -> None:
    """Press and release the key of `char`, "\\r" for Enter, in the window `to` (its QWindow)."""
    key = Qt.Key.Key_Return if char == "\r" else ord(char.upper())
    for kind, at_ms in (
        (QEvent.Type.KeyPress, pressed_ms),
        (QEvent.Type.KeyRelease, released_ms),
    ):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, char)
        event.setTimestamp(at_ms)
        QCoreApplication.sendEvent(to, event)
