"""A scanner on a serial port (or USB in its COM mode): a thread that reads lines."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable

import serial

_END_OF_LINE = re.compile(rb"[\r\n\t]")
_POLL_S = 0.2
_RETRY_S = 1.0
_LONGEST = 16_384  # a line beyond this is noise; its rest is cut, and the engine refuses it


class SerialScanner:
    """Calls `on_scan(text)` for each line, and `on_connected(bool)` when the port comes or goes.

    Both are called on the scanner's own thread. A port that vanishes is opened again as soon as
    it is back; half a line from before is dropped.
    """

    def __init__(
        self,
        port: str,
        on_scan: Callable[[str], None],
        *,
        baud: int = 9600,
        on_connected: Callable[[bool], None] | None = None,
        retry_s: float = _RETRY_S,
    ) -> None:
        self._port = port
        self._baud = baud
        self._on_scan = on_scan
        self._on_connected = on_connected or (lambda _: None)
        self._retry_s = retry_s
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="serial-scanner", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End the thread and close the port; no scan is reported afterwards."""
        self._stopping.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self) -> None:
        was_connected = True  # so that a port missing from the start is told once
        while not self._stopping.is_set():
            try:
                with serial.Serial(self._port, self._baud, timeout=_POLL_S) as port:
                    self._on_connected(True)
                    was_connected = True
                    self._read(port)
            except (serial.SerialException, OSError):
                if was_connected:
                    self._on_connected(False)
                was_connected = False
                self._stopping.wait(self._retry_s)

    def _read(self, port: serial.Serial) -> None:
        rest = b""
        while not self._stopping.is_set():
            *lines, rest = _END_OF_LINE.split(rest + port.read(port.in_waiting or 1))
            rest = rest[:_LONGEST]
            for line in lines:
                if line and not self._stopping.is_set():
                    self._on_scan(_decode(line))


def _decode(line: bytes) -> str:
    """UTF-8, or else Latin-1, which has a character for every byte."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")
