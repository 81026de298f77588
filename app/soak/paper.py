"""A label printer that outlives the console: a port that takes jobs and keeps what came whole."""

from __future__ import annotations

import re
import socket
import threading
from collections import Counter
from types import TracebackType

from msgspec import Struct

_TRACKING = re.compile(rb"\^BC[^\^]*(?:\^FH_)?\^FD([A-Z]{2}[0-9]{9}[A-Z]{2})\^FS")
_COPY = re.compile(rb"[0-9]+_C2_AA VIA")  # "2ª VIA" as ^FH writes it


class Sheet(Struct, frozen=True):
    """One label that came out of the printer."""

    tracking: str
    is_copy: bool


class Paper:
    """A simulated raw 9100 printer. It prints each whole format; half a format prints nothing."""

    def __enter__(self) -> Paper:
        self._sheets: list[Sheet] = []
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(0.1)
        self.port = int(self._server.getsockname()[1])
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopping.set()
        self._thread.join(5)
        self._server.close()

    def sheets(self) -> list[Sheet]:
        """Every label that came out until now."""
        with self._lock:
            return list(self._sheets)

    def has(self, tracking: str) -> bool:
        """Whether a label with the code lies in the tray."""
        return any(sheet.tracking == tracking for sheet in self.sheets())

    def twice(self) -> list[str]:
        """Tracking codes of labels that came out more than once without saying so."""
        count = Counter(sheet.tracking for sheet in self.sheets() if not sheet.is_copy)
        return [tracking for tracking, times in count.items() if times > 1]

    def _serve(self) -> None:
        while not self._stopping.is_set():
            try:
                line, _ = self._server.accept()
            except TimeoutError:
                continue
            with line:
                line.settimeout(10)
                self._print(_all(line))

    def _print(self, job: bytes) -> None:
        for page in re.findall(rb"\^XA.*?\^XZ", job, re.DOTALL):
            found = _TRACKING.search(page)
            if found and b"ROMANEIO" not in page.upper():
                sheet = Sheet(found[1].decode(), bool(_COPY.search(page)))
                with self._lock:
                    self._sheets.append(sheet)


def _all(line: socket.socket) -> bytes:
    job = b""
    try:
        while part := line.recv(65536):
            job += part
    except OSError:
        pass  # the console died while it sent: what came whole is printed
    return job
