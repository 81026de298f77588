"""A raw TCP printer: what it takes, and how it refuses."""

from __future__ import annotations

import socket

import pytest

from app.devices.printers.base import PrinterDown, PrinterState
from app.devices.printers.raw9100 import Raw9100Printer
from tests.support.socket_printer import SocketPrinter

LABEL = b"^XA" + b"^FDx^FS" * 20_000 + b"^XZ"


def to(printer: SocketPrinter, *, zebra: bool, timeout_s: float = 3.0) -> Raw9100Printer:
    return Raw9100Printer(printer.host, printer.port, timeout_s, zebra_status=zebra)


@pytest.mark.parametrize("zebra", [True, False])
def test_every_byte_of_a_label_arrives(zebra: bool) -> None:
    with SocketPrinter(answers_status=zebra) as printer:
        to(printer, zebra=zebra).send(LABEL, "Etiqueta")
        assert printer.wait_for(1) == [LABEL]


@pytest.mark.parametrize(
    ("trouble", "code", "detail"),
    [
        ("paper_out", "PRINTER_PAPER", "paper_out"),
        ("head_open", "PRINTER_DOWN", "head_open"),
        ("paused", "PRINTER_DOWN", "paused"),
    ],
)
def test_a_zebra_that_cannot_print_gets_no_label(trouble: str, code: str, detail: str) -> None:
    with SocketPrinter() as printer:
        setattr(printer, trouble, True)
        with pytest.raises(PrinterDown) as down:
            to(printer, zebra=True).send(LABEL, "Etiqueta")
        assert (down.value.code, down.value.detail) == (code, detail)
        assert not down.value.maybe_printed
        assert to(printer, zebra=True).state() == PrinterState(False, code, detail)
    assert printer.jobs == []


def test_a_zebra_tells_by_hqes_what_its_host_status_leaves_out() -> None:
    with SocketPrinter() as printer:
        printer.error_bits = 0x10
        found = to(printer, zebra=True).state()
        assert found == PrinterState(False, "PRINTER_DOWN", "head_hot")
        printer.error_bits = 0
        assert to(printer, zebra=True).state().ready


def test_paper_that_ends_with_a_label_leaves_that_label_in_doubt() -> None:
    with SocketPrinter(paper_for=1) as printer:
        with pytest.raises(PrinterDown) as down:
            to(printer, zebra=True).send(LABEL, "Etiqueta")
        assert down.value.code == "PRINTER_PAPER"
        assert down.value.maybe_printed


@pytest.mark.parametrize("zebra", [True, False])
def test_a_printer_that_dies_in_the_middle_of_a_label_is_down(zebra: bool) -> None:
    with SocketPrinter(answers_status=zebra, dies_after=100) as printer:
        with pytest.raises(PrinterDown) as down:
            to(printer, zebra=zebra).send(LABEL, "Etiqueta")
        assert down.value.code == "PRINTER_DOWN"
        assert down.value.maybe_printed
    assert printer.jobs == []


def test_a_zebra_that_says_nothing_is_given_up_in_time() -> None:
    with SocketPrinter(silent=True) as printer:
        with pytest.raises(PrinterDown) as down:
            to(printer, zebra=True, timeout_s=0.2).send(LABEL, "Etiqueta")
        assert down.value.code == "PRINTER_TIMEOUT"


def test_a_printer_that_is_not_there_is_down() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(PrinterDown) as down:
        Raw9100Printer("127.0.0.1", port).send(LABEL, "Etiqueta")
    assert (down.value.code, down.value.detail) == ("PRINTER_DOWN", "unreachable")
    assert not down.value.maybe_printed
    assert not Raw9100Printer("127.0.0.1", port).state().ready
