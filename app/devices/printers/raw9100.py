"""A printer that takes bytes on a TCP port, 9100 by custom."""

from __future__ import annotations

import socket
import time

from app.devices.printers import zebra
from app.devices.printers.base import Held, PrinterDown, PrinterState, give_up


class Raw9100Printer:
    """See `Printer`. With `zebra_status` it is asked by ~HS before each document, and after it:
    that answer comes behind the document's bytes, and proves that they all arrived.

    Args:
        timeout_s: for the whole of a `send`.
    """

    format = "zpl"

    def __init__(
        self,
        host: str,
        port: int = 9100,
        timeout_s: float = 5.0,
        *,
        zebra_status: bool = False,
        name: str = "",
        dpi: int = 203,
    ) -> None:
        self.name = name or f"{host}:{port}"
        self.dpi = dpi
        self._address = (host, port)
        self._timeout_s = timeout_s
        self._zebra = zebra_status

    def state(self) -> PrinterState:
        """Ask over a line of its own; ~HQES tells what ~HS leaves out."""
        deadline = time.monotonic() + self._timeout_s
        try:
            with self._connect() as line:
                if not self._zebra:
                    return PrinterState()
                state = zebra.host_status(_ask(line, zebra.STATUS_REQUEST, 3, deadline))
                if state.ready:
                    state = zebra.error_status(_ask(line, zebra.ERRORS_REQUEST, 1, deadline))
                return state if state.detail != "no_answer" else PrinterState()
        except PrinterDown as down:
            return PrinterState(False, down.code, down.detail)
        except TimeoutError:
            return PrinterState(False, "PRINTER_TIMEOUT", "timeout")
        except OSError:
            return PrinterState(False, "PRINTER_DOWN", "cut_off")

    def send(self, data: bytes, title: str, held: Held = give_up) -> None:
        """See `Printer.send`. The title is not sent."""
        deadline = time.monotonic() + self._timeout_s
        sending = False
        with self._connect() as line:
            try:
                if self._zebra:
                    _refuse_unready(line, deadline)
                sending = True
                line.settimeout(_left(deadline))
                line.sendall(data)
                if self._zebra:
                    _refuse_unready(line, deadline)
                else:
                    line.shutdown(socket.SHUT_WR)
                    _await_close(line, deadline)
            except TimeoutError:
                raise PrinterDown("PRINTER_TIMEOUT", "timeout", maybe_printed=sending) from None
            except OSError:
                raise PrinterDown("PRINTER_DOWN", "cut_off", maybe_printed=sending) from None
            except PrinterDown as down:
                # After the bytes even "out of paper" may mean that this very label used the last.
                raise PrinterDown(down.code, down.detail, maybe_printed=sending) from None

    def _connect(self) -> socket.socket:
        try:
            return socket.create_connection(self._address, self._timeout_s)
        except TimeoutError:
            raise PrinterDown("PRINTER_TIMEOUT", "timeout") from None
        except OSError:
            raise PrinterDown("PRINTER_DOWN", "unreachable") from None


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _ask(line: socket.socket, request: bytes, ends: int, deadline: float) -> bytes:
    """The answer up to its `ends`-th ETX."""
    line.settimeout(_left(deadline))
    line.sendall(request)
    answer = b""
    while answer.count(zebra.ETX) < ends:
        line.settimeout(_left(deadline))
        received = line.recv(4096)
        if not received:
            raise PrinterDown("PRINTER_DOWN", "no_answer")
        answer += received
    return answer


def _refuse_unready(line: socket.socket, deadline: float) -> None:
    state = zebra.host_status(_ask(line, zebra.STATUS_REQUEST, 3, deadline))
    if not state.ready:
        raise PrinterDown(state.code, state.detail)


def _await_close(line: socket.socket, deadline: float) -> None:
    """Wait a little for the printer's end: a reset in that time means that the job was lost."""
    try:
        line.settimeout(min(0.5, _left(deadline)))
        while line.recv(4096):
            pass
    except TimeoutError:
        pass  # many printers keep the line open; nothing says that the job failed
