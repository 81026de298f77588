"""The printers that the warehouse knows, and which of them a station uses for what."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from sqlalchemy import Connection

from app.devices.printers.address import open_printer
from app.devices.printers.base import Printer
from app.store import printers as stored

FOLDER = "PDF"  # the printer that every station has: a folder of PDFs
CODE = r"[A-Z0-9][A-Z0-9-]{0,19}"


class Known(Struct, frozen=True):
    """A printer of the list; `documents` are those that it is this station's choice for."""

    code: str
    name: str
    uri: str
    dpi: int
    documents: tuple[str, ...] = ()

    def open(self, home: Path) -> Printer:
        return open_printer(self.uri, name=self.name, dpi=self.dpi, home=home)


_FOLDER = Known(FOLDER, "PDF", "folder:", 300)


def known(c: Connection, station_id: str) -> tuple[Known, ...]:
    """Every printer of the warehouse, and the station's own folder at the end."""
    choices = stored.choices(c, station_id)
    rows = [Known(row.code, row.name, row.uri, row.dpi) for row in stored.everything(c)]
    return tuple(
        Known(one.code, one.name, one.uri, one.dpi, _documents(choices, one.code))
        for one in (*rows, _FOLDER)
    )


def by_code(c: Connection, code: str) -> Known | None:
    """The printer of a code, as it stands on its barcode."""
    if code == FOLDER:
        return _FOLDER
    row = stored.by_code(c, code)
    return Known(row.code, row.name, row.uri, row.dpi) if row else None


def chosen(c: Connection, station_id: str, document: str) -> Known:
    """The station's printer for a kind of document: its own choice, that for all, or the folder."""
    choices = stored.choices(c, station_id)
    code = choices.get(document) or choices.get("") or FOLDER
    return by_code(c, code) or _FOLDER


def in_use(c: Connection, station_id: str) -> tuple[Known, ...]:
    """Every printer that the station prints something on."""
    codes = dict.fromkeys((*stored.choices(c, station_id).values(), chosen(c, station_id, "").code))
    return tuple(found for code in codes if (found := by_code(c, code)))


def _documents(choices: dict[str, str], code: str) -> tuple[str, ...]:
    return tuple(sorted(document for document, choice in choices.items() if choice == code))
