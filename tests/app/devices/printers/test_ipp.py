"""Printing by IPP, to a real IPP printer and through a real CUPS queue."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.devices.printers.base import PrinterDown
from app.devices.printers.ipp import IppPrinter
from app.labels import shipping_pdf
from tests.support.cups import IppDevice, ipp_device
from tests.support.labels import label
from tests.support.raster import codes, pdf_pages

LABEL = shipping_pdf.render(label())
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="CUPS can only be started by root")
pytestmark = needs_root


@pytest.fixture(scope="module")
def device() -> Iterator[IppDevice]:
    with ipp_device() as started:
        yield started


@pytest.fixture(params=["printer", "queue"])
def uri(request: pytest.FixtureRequest, device: IppDevice) -> str:
    return device.uri if request.param == "printer" else device.queue_uri


def test_a_label_comes_out_whole_and_its_end_is_known(uri: str, device: IppDevice) -> None:
    before = len(device.printed())
    printer = IppPrinter(uri)
    assert printer.state().ready
    printer.send(LABEL, "etiqueta-1042-1-1")
    after = device.printed()
    assert len(after) == before + 1
    assert codes(pdf_pages(after[-1])[0]) == [label().tracking]


def test_a_printer_out_of_paper_holds_the_label_and_prints_it_once(
    uri: str, device: IppDevice
) -> None:
    before, told = len(device.printed()), []
    device.take_paper()

    def held(trouble: PrinterDown) -> bool:
        if not told:
            threading.Timer(0.2, device.load_paper).start()
        told.append((trouble.code, trouble.detail))
        return len(told) < 100

    IppPrinter(uri).send(LABEL, "etiqueta-1042-1-1", held)
    assert set(told) == {("PRINTER_PAPER", "paper_out")}
    assert len(device.printed()) == before + 1


def test_a_label_that_is_given_up_is_cancelled_at_the_printer(uri: str, device: IppDevice) -> None:
    device.take_paper()
    try:
        with pytest.raises(PrinterDown) as down:
            IppPrinter(uri).send(LABEL, "etiqueta-1042-1-1")
        assert (down.value.code, down.value.detail) == ("PRINTER_PAPER", "paper_out")
        assert down.value.maybe_printed  # it was at the printer when it was cancelled
    finally:
        device.load_paper()


def test_a_queue_that_is_not_there_refuses_before_any_byte(device: IppDevice) -> None:
    with pytest.raises(PrinterDown) as down:
        IppPrinter(device.queue_uri + "-nenhuma").send(LABEL, "etiqueta")
    assert not down.value.maybe_printed
    assert not IppPrinter("ipp://127.0.0.1:1/ipp/print").state().ready


def test_the_systems_spooler_takes_a_label_through_qt(device: IppDevice) -> None:
    before = len(device.printed())
    program = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
app = QApplication([])
from app.devices.printers.address import open_printer
from ui import spooler_printer
spooler_printer.install()
assert "etiquetas" in spooler_printer.names()
printer = open_printer("spooler:etiquetas", name="Sistema", dpi=300, home=Path("."))
assert printer.state().ready
printer.send(Path(sys.argv[1]).read_bytes(), "etiqueta-1042")
assert not open_printer("spooler:outra", name="x", dpi=300, home=Path(".")).state().ready
"""
    pdf = device.folder / "label.pdf"
    pdf.write_bytes(LABEL)
    environment = {**os.environ, "CUPS_SERVER": device.server, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(
        [sys.executable, "-c", program, pdf], env=environment, check=True, timeout=60,
        cwd=Path(__file__).parents[4],
    )  # fmt: skip
    wait_for(device, before + 1)
    assert codes(pdf_pages(device.printed()[-1])[0]) == [label().tracking]


def wait_for(device: IppDevice, count: int) -> None:
    for _ in range(300):
        if len(device.printed()) >= count:
            return
        threading.Event().wait(0.1)
    raise AssertionError("the spooler's document never came out")
