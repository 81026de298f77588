"""Addresses of printers, as an administrator writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.devices.printers.address import open_printer
from app.devices.printers.device_file import DeviceFilePrinter, SerialPrinter
from app.devices.printers.ipp import IppPrinter
from app.devices.printers.pdf_folder import PdfFolderPrinter
from app.devices.printers.raw9100 import Raw9100Printer


@pytest.mark.parametrize(
    ("uri", "kind", "format"),
    [
        ("socket://192.168.0.50", Raw9100Printer, "zpl"),
        ("socket://192.168.0.50:6101?zebra=1", Raw9100Printer, "zpl"),
        ("ipp://localhost/printers/a6", IppPrinter, "pdf"),
        ("ipps://impressora:443/ipp/print?format=zpl", IppPrinter, "zpl"),
        ("device:/dev/usb/lp0", DeviceFilePrinter, "zpl"),
        ("serial:/dev/ttyUSB0?baud=115200", SerialPrinter, "zpl"),
        ("folder:/srv/labels", PdfFolderPrinter, "pdf"),
        (" folder: ", PdfFolderPrinter, "pdf"),
    ],
)
def test_each_kind_of_address_opens_its_printer(
    uri: str, kind: type, format: str, tmp_path: Path
) -> None:
    printer = open_printer(uri, name="Bancada", dpi=203, home=tmp_path)
    assert isinstance(printer, kind)
    assert (printer.name, printer.format) == ("Bancada", format)


@pytest.mark.parametrize(
    "uri",
    ["", "192.168.0.50", "socket://", "http://x", "ipp:///x", "device:", "serial:", "lpd://x",
     "ipp://x/y?format=ps", "socket://x:99999", "serial:/dev/x?baud=fast"],
)  # fmt: skip
def test_what_is_no_address_is_refused(uri: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        open_printer(uri, name="x", dpi=203, home=tmp_path)
