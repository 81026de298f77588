"""Where documents go: a raw TCP 9100 printer, or a folder of PDFs."""

from __future__ import annotations

import os
import re
import socket
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

_STATUS_REQUEST = b"~HS"
_ETX = b"\x03"


class PrinterDown(Exception):
    """A document may not have come out. Sending it again is safe: the bytes are stored.

    Args:
        code: PRINTER_DOWN, PRINTER_PAPER or PRINTER_TIMEOUT.
        detail: why, as one word: unreachable, cut_off, no_answer, timeout, paper_out, head_open,
            paused, folder.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


class Printer(Protocol):
    """A place to print. `format` says which bytes it takes: "zpl" or "pdf"."""

    name: str
    format: str

    def send(self, data: bytes, title: str) -> None:
        """Print one document, wholly or not at all as far as can be known.

        Raises:
            PrinterDown: it did not take the document, or may not have printed it.
        """


class Raw9100Printer:
    """A printer that takes bytes on a TCP port. A Zebra is also asked whether it can print."""

    format = "zpl"

    def __init__(
        self,
        host: str,
        port: int = 9100,
        timeout_s: float = 5.0,
        *,
        zebra: bool = False,
        name: str = "",
    ) -> None:
        self.name = name or f"{host}:{port}"
        self._address = (host, port)
        self._timeout_s = timeout_s
        self._zebra = zebra

    def send(self, data: bytes, title: str) -> None:
        """See `Printer.send`. `timeout_s` is for the whole of it; the title is not sent."""
        deadline = time.monotonic() + self._timeout_s
        try:
            connection = socket.create_connection(self._address, self._timeout_s)
        except TimeoutError:
            raise PrinterDown("PRINTER_TIMEOUT", "timeout") from None
        except OSError:
            raise PrinterDown("PRINTER_DOWN", "unreachable") from None
        with connection:
            try:
                self._talk(connection, data, deadline)
            except TimeoutError:
                raise PrinterDown("PRINTER_TIMEOUT", "timeout") from None
            except OSError:
                raise PrinterDown("PRINTER_DOWN", "cut_off") from None

    def _talk(self, connection: socket.socket, data: bytes, deadline: float) -> None:
        if self._zebra:
            _refuse_unready(_status(connection, deadline))
        connection.settimeout(_left(deadline))
        connection.sendall(data)
        if self._zebra:
            # Its answer comes after the label's bytes: it proves that they all arrived.
            _refuse_unready(_status(connection, deadline))
            return
        connection.shutdown(socket.SHUT_WR)
        _await_close(connection, deadline)


class PdfFolderPrinter:
    """A folder where each document becomes one file: the printer that every desk has."""

    format = "pdf"

    def __init__(self, folder: Path, *, name: str = "PDF") -> None:
        self.name = name
        self._folder = folder

    def send(self, data: bytes, title: str) -> None:
        """See `Printer.send`. The file appears whole or not at all, and survives a power cut."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._write(data, _file_stem(title))
        except OSError:
            raise PrinterDown("PRINTER_DOWN", "folder") from None

    def _write(self, data: bytes, stem: str) -> None:
        draft = self._folder / f".{stem}.part"
        try:
            with draft.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._folder / f"{stem}.pdf")
        finally:
            draft.unlink(missing_ok=True)
        if os.name == "posix":
            folder = os.open(self._folder, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


def _file_stem(title: str) -> str:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    safe = re.sub(r"[^A-Za-z0-9_-]+", "-", title).strip("-")[:80]
    return f"{safe or 'documento'}-{stamp}"


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _status(connection: socket.socket, deadline: float) -> bytes:
    """The three lines that a Zebra answers to ~HS (ZPL II Programming Guide, host status)."""
    connection.settimeout(_left(deadline))
    connection.sendall(_STATUS_REQUEST)
    answer = b""
    while answer.count(_ETX) < 3:
        connection.settimeout(_left(deadline))
        received = connection.recv(4096)
        if not received:
            raise PrinterDown("PRINTER_DOWN", "no_answer")
        answer += received
    return answer


def _refuse_unready(answer: bytes) -> None:
    lines = [line.strip(b"\r\n\x02").split(b",") for line in answer.split(_ETX)]
    first, second = lines[0], lines[1]
    if len(first) < 3 or len(second) < 3:
        raise PrinterDown("PRINTER_DOWN", "no_answer")
    if second[2] == b"1":
        raise PrinterDown("PRINTER_DOWN", "head_open")
    if first[1] == b"1":
        raise PrinterDown("PRINTER_PAPER", "paper_out")
    if first[2] == b"1":
        raise PrinterDown("PRINTER_DOWN", "paused")


def _await_close(connection: socket.socket, deadline: float) -> None:
    """Wait a little for the printer's end: a reset in that time means that the job was lost."""
    try:
        connection.settimeout(min(0.5, _left(deadline)))
        while connection.recv(4096):
            pass
    except TimeoutError:
        pass  # many printers keep the line open; nothing says that the job failed
