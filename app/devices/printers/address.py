"""Printers by their address, as an administrator writes it.

socket://192.168.0.50:9100?zebra=1    a raw TCP printer; zebra=1 asks a Zebra for its state
ipp://localhost:631/printers/a6       a CUPS queue or network printer; format=zpl for a raw one
device:/dev/usb/lp0                   a device file
serial:/dev/ttyUSB0?baud=9600         a serial port
folder:/srv/labels                    a folder of PDFs; "folder:" alone is the station's own
spooler:Etiquetas                     a printer of the operating system; only the console has it
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, urlsplit

from msgspec import Struct

from app.devices.printers.base import Printer
from app.devices.printers.device_file import DeviceFilePrinter, SerialPrinter
from app.devices.printers.ipp import IppPrinter
from app.devices.printers.pdf_folder import PdfFolderPrinter
from app.devices.printers.raw9100 import Raw9100Printer


class Place(Struct, frozen=True):
    """What a printer is made from, besides its address; `home` is the station's data folder."""

    name: str
    dpi: int
    home: Path


Maker = Callable[[SplitResult, dict[str, str], Place], Printer]


def open_printer(uri: str, *, name: str, dpi: int, home: Path) -> Printer:
    """The printer at an address; nothing is asked of it yet.

    Raises:
        ValueError: the address can't be one.
    """
    parts = urlsplit(uri.strip())
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    maker = _MAKERS.get(parts.scheme)
    if maker is None:
        raise ValueError(f"no such kind of printer: {parts.scheme or uri!r}")
    return maker(parts, options, Place(name, dpi, home))


def register(scheme: str, maker: Maker) -> None:
    """Add a kind of printer that only the screen's libraries can reach."""
    _MAKERS[scheme] = maker


def _socket(parts: SplitResult, options: dict[str, str], place: Place) -> Printer:
    if not parts.hostname:
        raise ValueError("socket://HOST:PORT needs a host")
    return Raw9100Printer(
        parts.hostname,
        parts.port or 9100,
        float(options.get("timeout", "5")),
        zebra_status=options.get("zebra") == "1",
        name=place.name,
        dpi=place.dpi,
    )


def _ipp(parts: SplitResult, options: dict[str, str], place: Place) -> Printer:
    if not parts.hostname:
        raise ValueError("ipp://HOST/PATH needs a host")
    port = parts.port or 631
    uri = f"{parts.scheme}://{parts.hostname}:{port}{parts.path or '/ipp/print'}"
    kind = options.get("format", "pdf")
    if kind not in ("pdf", "zpl"):
        raise ValueError("format is pdf or zpl")
    timeout_s = float(options.get("timeout", "20"))
    return IppPrinter(uri, name=place.name, dpi=place.dpi, format=kind, timeout_s=timeout_s)


def _device(parts: SplitResult, options: dict[str, str], place: Place) -> Printer:
    if not parts.path:
        raise ValueError("device:PATH needs a path")
    return DeviceFilePrinter(Path(parts.path), name=place.name, dpi=place.dpi)


def _serial(parts: SplitResult, options: dict[str, str], place: Place) -> Printer:
    if not parts.path:
        raise ValueError("serial:PORT needs a port")
    baud = int(options.get("baud", "9600"))
    return SerialPrinter(parts.path, baud=baud, name=place.name, dpi=place.dpi)


def _folder(parts: SplitResult, options: dict[str, str], place: Place) -> Printer:
    folder = Path(parts.path) if parts.path else place.home / "printed"
    return PdfFolderPrinter(folder, name=place.name)


_MAKERS: dict[str, Maker] = {
    "socket": _socket,
    "ipp": _ipp,
    "ipps": _ipp,
    "device": _device,
    "serial": _serial,
    "folder": _folder,
}
