"""The folder of PDFs."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.devices.printers.base import PrinterDown
from app.devices.printers.pdf_folder import PdfFolderPrinter


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
    assert not down.value.maybe_printed
