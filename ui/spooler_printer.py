"""Printers of the operating system, through Qt's print support: spooler:NAME.

What the system does with a document after it took it, it does not tell; a printer that it knows to
be stopped is not ready. Where a printer's own state and a job's end matter, use its ipp: address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote

from app.devices.printers.address import Place, register
from app.devices.printers.base import Held, PrinterDown, PrinterState, give_up
from app.labels import raster

if TYPE_CHECKING:  # Qt's printing is not loaded before something is printed
    from PySide6.QtGui import QImage

SCHEME = "spooler"


class SpoolerPrinter:
    """See `app.devices.printers.base.Printer`. Pages go as pictures of the printer's resolution."""

    format = "pdf"

    def __init__(self, system_name: str, *, name: str, dpi: int) -> None:
        self.name = name
        self.dpi = dpi
        self._system_name = system_name

    def state(self) -> PrinterState:
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

        found = QPrinterInfo.printerInfo(self._system_name)
        if found.isNull():
            return PrinterState(False, "PRINTER_DOWN", "not_connected")
        if found.state() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
            return PrinterState(False, "PRINTER_DOWN", "stopped")
        return PrinterState()

    def send(self, data: bytes, title: str, held: Held = give_up) -> None:
        from PySide6.QtCore import QMarginsF, QRectF, QSizeF
        from PySide6.QtGui import QPageLayout, QPageSize, QPainter
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

        no_margins = QMarginsF(0, 0, 0, 0)
        state = self.state()
        if not state.ready:
            raise PrinterDown(state.code, state.detail)
        printer = QPrinter(QPrinterInfo.printerInfo(self._system_name))
        printer.setDocName(title)
        printer.setResolution(self.dpi)
        printer.setFullPage(True)
        painter = QPainter()
        for picture in raster.pictures(data, dpi=self.dpi):
            size_mm = QSizeF(picture.width * 25.4 / self.dpi, picture.height * 25.4 / self.dpi)
            page = QPageSize(size_mm, QPageSize.Unit.Millimeter)
            printer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, no_margins))
            if painter.isActive():
                printer.newPage()
            elif not painter.begin(printer):
                raise PrinterDown("PRINTER_DOWN", "rejected")
            painter.drawImage(QRectF(0, 0, picture.width, picture.height), _image(picture))
        painter.end()
        if printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
            raise PrinterDown("PRINTER_DOWN", "aborted", maybe_printed=True)


def _image(picture: raster.Picture) -> QImage:
    from PySide6.QtGui import QImage

    shape = picture.width, picture.height, picture.width
    return QImage(b"".join(picture.rows), *shape, QImage.Format.Format_Grayscale8).copy()


def _make(parts: SplitResult, options: dict[str, str], place: Place) -> SpoolerPrinter:
    system_name = unquote(parts.path)
    if not system_name:
        raise ValueError("spooler:NAME needs the system's name of a printer")
    return SpoolerPrinter(system_name, name=place.name, dpi=place.dpi)


def names() -> list[str]:
    """The printers that the system knows."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return QPrinterInfo.availablePrinterNames()


def install() -> None:
    """Let addresses name the system's printers."""
    register(SCHEME, _make)
