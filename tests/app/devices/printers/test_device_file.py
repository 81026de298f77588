"""Printers on a device file and on a serial port, with real ones of the system."""

from __future__ import annotations

import os
import pty
import threading
import tty
from pathlib import Path

import pytest

from app.devices.printers.base import PrinterDown
from app.devices.printers.device_file import DeviceFilePrinter, SerialPrinter

LABEL = b"^XA" + b"^FDx^FS" * 20_000 + b"^XZ"


def test_every_byte_goes_through_the_device_file(tmp_path: Path) -> None:
    path, came = tmp_path / "lp0", bytearray()
    os.mkfifo(path)
    reading = threading.Thread(target=lambda: came.extend(path.read_bytes()))
    reading.start()
    holding = os.open(path, os.O_RDWR)  # until the reader is there, as a device always is
    DeviceFilePrinter(path).send(LABEL, "Etiqueta")
    os.close(holding)
    reading.join(10)
    assert bytes(came) == LABEL


def test_a_device_that_takes_no_more_is_given_up_in_time_and_in_doubt(tmp_path: Path) -> None:
    path = tmp_path / "lp0"
    os.mkfifo(path)
    holding = os.open(path, os.O_RDWR)
    try:
        with pytest.raises(PrinterDown) as down:
            DeviceFilePrinter(path, timeout_s=0.2).send(LABEL, "Etiqueta")
    finally:
        os.close(holding)
    assert (down.value.code, down.value.maybe_printed) == ("PRINTER_TIMEOUT", True)


def test_a_device_that_is_not_plugged_in_gets_nothing(tmp_path: Path) -> None:
    printer = DeviceFilePrinter(tmp_path / "lp0")
    assert printer.state().detail == "not_connected"
    with pytest.raises(PrinterDown) as down:
        printer.send(LABEL, "Etiqueta")
    assert not down.value.maybe_printed


def test_every_byte_goes_through_the_serial_port() -> None:
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    came = bytearray()

    def read() -> None:
        while len(came) < len(LABEL):
            came.extend(os.read(ours, 65536))

    reading = threading.Thread(target=read, daemon=True)
    reading.start()
    printer = SerialPrinter(os.ttyname(theirs))
    assert printer.state().ready
    printer.send(LABEL, "Etiqueta")
    reading.join(20)
    assert bytes(came) == LABEL
    os.close(ours)
    os.close(theirs)


def test_a_serial_port_that_is_not_there_gets_nothing() -> None:
    printer = SerialPrinter("/dev/ttyNONE9")
    assert not printer.state().ready
    with pytest.raises(PrinterDown) as down:
        printer.send(LABEL, "Etiqueta")
    assert not down.value.maybe_printed
