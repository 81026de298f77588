"""Types a whole code into an X display in one piece, as a scanner does.

xdotool sends key by key: on a loaded computer it is put off between two of them for longer than
any scanner pauses. The X server stamps each key when it takes it, and takes what comes in one
piece at once.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from ctypes import CDLL, c_char_p, c_int, c_uint, c_ulong, c_void_p

_RETURN, _SHIFT = 0xFF0D, 0xFFE1


def type_at_once(display: str, text: str) -> bool:
    """Press and release the keys of `text`; False, and nothing typed, where the keyboard of
    `display` lacks one of them.

    Raises:
        AssertionError: the display doesn't answer.
    """
    xlib, xtest = _libraries()
    with _opened(xlib, display) as connection:
        shift = xlib.XKeysymToKeycode(connection, _SHIFT)
        strokes: list[tuple[int, int]] = []
        for char in text:
            symbol = _RETURN if char == "\n" else ord(char)
            key = xlib.XKeysymToKeycode(connection, symbol)
            plain, shifted = (xlib.XkbKeycodeToKeysym(connection, key, 0, at) for at in (0, 1))
            if not key or symbol not in (plain, shifted):
                return False
            stroke = [(key, 1), (key, 0)]
            strokes += stroke if symbol == plain else [(shift, 1), *stroke, (shift, 0)]
        for code, is_press in strokes:
            xtest.XTestFakeKeyEvent(connection, code, is_press, 0)
        xlib.XSync(connection, 0)
    return True


@contextlib.contextmanager
def _opened(xlib: CDLL, display: str) -> Iterator[c_void_p]:
    connection = c_void_p(xlib.XOpenDisplay(display.encode()))
    assert connection, f"no display {display}"
    try:
        yield connection
    finally:
        xlib.XCloseDisplay(connection)


def _libraries() -> tuple[CDLL, CDLL]:
    xlib, xtest = CDLL("libX11.so.6"), CDLL("libXtst.so.6")
    xlib.XOpenDisplay.restype, xlib.XOpenDisplay.argtypes = c_void_p, [c_char_p]
    xlib.XCloseDisplay.argtypes = [c_void_p]
    xlib.XSync.argtypes = [c_void_p, c_int]
    xlib.XKeysymToKeycode.restype, xlib.XKeysymToKeycode.argtypes = c_uint, [c_void_p, c_ulong]
    xlib.XkbKeycodeToKeysym.restype = c_ulong
    xlib.XkbKeycodeToKeysym.argtypes = [c_void_p, c_uint, c_int, c_int]
    xtest.XTestFakeKeyEvent.argtypes = [c_void_p, c_uint, c_int, c_ulong]
    return xlib, xtest
