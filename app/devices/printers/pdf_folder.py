"""A folder where each document becomes one PDF file: the printer that every desk has."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path

from app.devices.printers.base import Held, PrinterDown, PrinterState, give_up


class PdfFolderPrinter:
    """See `Printer`. A file appears whole or not at all, and survives a power cut."""

    format = "pdf"
    dpi = 300

    def __init__(self, folder: Path, *, name: str = "PDF") -> None:
        self.name = name
        self._folder = folder

    def state(self) -> PrinterState:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return PrinterState(False, "PRINTER_DOWN", "folder")
        writable = os.access(self._folder, os.W_OK)
        return PrinterState() if writable else PrinterState(False, "PRINTER_DOWN", "folder")

    def send(self, data: bytes, title: str, held: Held = give_up) -> None:
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
