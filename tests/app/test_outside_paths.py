"""Names that come from outside lead nowhere but into the folder that they belong in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.connectors.records import files_in
from app.devices.printers.pdf_folder import PdfFolderPrinter
from app.engine import Engine
from app.rehearsal import Clock
from app.station.pictures import Pictures
from tests.support import homes, warehouse

HOSTILE = ["../../x", "/etc/passwd", "..", "a/../../b", "..\\..\\x", "C:\\x", "~/x", "x\x00y", "."]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = homes.demo(tmp_path / "home", Clock())
    yield engine
    engine.close()


@pytest.mark.parametrize("sku", HOSTILE)
def test_a_sku_names_no_picture_outside_of_its_folder(tmp_path: Path, sku: str) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    (tmp_path / "x.png").write_bytes(b"secret")
    (tmp_path.parent / "x.png").write_bytes(b"secret")
    assert Pictures(lambda: str(folder)).path(sku) == ""


@pytest.mark.parametrize("number", HOSTILE)
def test_an_orders_number_names_no_document_outside_of_its_folder(
    tmp_path: Path, number: str
) -> None:
    folder = tmp_path / "a" / "printed"
    PdfFolderPrinter(folder).send(b"%PDF", f"etiqueta-{number}-1")
    made = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(made) == 1
    assert made[0].parent == folder
    assert made[0].suffix == ".pdf"


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_a_link_out_of_an_import_folder_is_not_followed(engine: Engine, tmp_path: Path) -> None:
    elsewhere = warehouse.write(tmp_path / "private", 3)
    folder = tmp_path / "incoming"
    folder.mkdir()
    (folder / "orders.jsonl").symlink_to(elsewhere / "orders.jsonl")
    os.mkfifo(folder / "pipe.jsonl")
    assert files_in(folder) == []
    assert engine.import_unattended(folder).code == "IMPORT_UNKNOWN_FORMAT"
    (folder / "own.jsonl").write_bytes((elsewhere / "orders.jsonl").read_bytes())
    (folder / "again.jsonl").symlink_to(folder / "own.jsonl")
    assert [path.name for path in files_in(folder)] == ["again.jsonl", "own.jsonl"]
    assert engine.import_unattended(folder).params["new"] == 3
