"""Printers: what they take, and how they refuse."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from app.devices.printers import PdfFolderPrinter, PrinterDown, Raw9100Printer
from app.domain.texts import message
from app.domain.texts.printing import TEXTS, WORDS
from tests.support.socket_printer import SocketPrinter

LABEL = b"^XA" + b"^FDx^FS" * 20_000 + b"^XZ"


def to(printer: SocketPrinter, *, zebra: bool, timeout_s: float = 3.0) -> Raw9100Printer:
    return Raw9100Printer(printer.host, printer.port, timeout_s, zebra=zebra)


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
    assert printer.jobs == []


@pytest.mark.parametrize("zebra", [True, False])
def test_a_printer_that_dies_in_the_middle_of_a_label_is_down(zebra: bool) -> None:
    with SocketPrinter(answers_status=zebra, dies_after=100) as printer:
        with pytest.raises(PrinterDown) as down:
            to(printer, zebra=zebra).send(LABEL, "Etiqueta")
        assert down.value.code == "PRINTER_DOWN"
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


def test_the_pdf_folder_keeps_each_document_in_its_own_whole_file(tmp_path: Path) -> None:
    printer = PdfFolderPrinter(tmp_path / "pdf")
    printer.send(b"one", "Etiqueta ../1042")
    printer.send(b"two", "Etiqueta ../1042")
    files = sorted((tmp_path / "pdf").iterdir())
    assert [file.read_bytes() for file in files] == [b"one", b"two"]
    assert all(file.name.startswith("Etiqueta-1042-") for file in files)


def test_a_pdf_folder_that_cannot_be_written_is_down(tmp_path: Path) -> None:
    (tmp_path / "pdf").write_text("a file, not a folder")
    with pytest.raises(PrinterDown) as down:
        PdfFolderPrinter(tmp_path / "pdf").send(b"one", "Etiqueta")
    assert down.value.detail == "folder"


@pytest.mark.parametrize("lang", ["pt", "en"])
@pytest.mark.parametrize("code", TEXTS)
def test_every_printing_text_has_three_parts_with_their_parameters(code: str, lang: str) -> None:
    params = dict.fromkeys(("printer", "carrier", "service"), "X") | {"left": 3, "copy": 2}
    parts = message(code, lang, params | {"detail": "paused"})
    assert len(parts) == 3
    assert not [part for part in parts if "…" in part or "{" in part]
    assert "paused" in WORDS
