"""A printer on a serial port or a USB device file, such as /dev/usb/lp0."""

from __future__ import annotations

import os
import select
import time
from pathlib import Path

from app.devices.printers.base import Held, PrinterDown, PrinterState, give_up


class DeviceFilePrinter:
    """See `Printer`. Writes with a deadline, so that a printer that takes no more can't hang us."""

    format = "zpl"

    def __init__(
        self, path: Path, *, name: str = "", dpi: int = 203, timeout_s: float = 10.0
    ) -> None:
        self.name = name or str(path)
        self.dpi = dpi
        self._path = path
        self._timeout_s = timeout_s

    def state(self) -> PrinterState:
        if os.access(self._path, os.W_OK):
            return PrinterState()
        return PrinterState(
            False, "PRINTER_DOWN", "no_access" if self._path.exists() else "not_connected"
        )

    def send(self, data: bytes, title: str, held: Held = give_up) -> None:
        state = self.state()
        if not state.ready:
            raise PrinterDown(state.code, state.detail)
        sent = 0
        try:
            device = os.open(self._path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
        except OSError:
            raise PrinterDown("PRINTER_DOWN", "not_connected") from None
        try:
            deadline = time.monotonic() + self._timeout_s
            while sent < len(data):
                left = deadline - time.monotonic()
                if left <= 0 or not select.select([], [device], [], left)[1]:
                    raise PrinterDown("PRINTER_TIMEOUT", "timeout", maybe_printed=sent > 0)
                sent += os.write(device, data[sent : sent + 4096])
        except OSError:
            raise PrinterDown("PRINTER_DOWN", "cut_off", maybe_printed=sent > 0) from None
        finally:
            os.close(device)


class SerialPrinter:
    """See `Printer`. A printer on a serial port, by pyserial."""

    format = "zpl"

    def __init__(
        self,
        port: str,
        *,
        baud: int = 9600,
        name: str = "",
        dpi: int = 203,
        timeout_s: float = 30.0,
    ) -> None:
        self.name = name or port
        self.dpi = dpi
        self._port = port
        self._baud = baud
        self._timeout_s = timeout_s

    def state(self) -> PrinterState:
        import serial

        try:
            serial.Serial(self._port, self._baud).close()
        except (OSError, ValueError):
            return PrinterState(False, "PRINTER_DOWN", "not_connected")
        return PrinterState()

    def send(self, data: bytes, title: str, held: Held = give_up) -> None:
        import serial

        try:
            line = serial.Serial(self._port, self._baud, write_timeout=self._timeout_s)
        except (OSError, ValueError):
            raise PrinterDown("PRINTER_DOWN", "not_connected") from None
        with line:
            try:
                line.write(data)
                line.flush()
            except serial.SerialTimeoutException:
                raise PrinterDown("PRINTER_TIMEOUT", "timeout", maybe_printed=True) from None
            except OSError:
                raise PrinterDown("PRINTER_DOWN", "cut_off", maybe_printed=True) from None
