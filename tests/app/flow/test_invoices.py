"""What the packing rules are told of an order's NF-e."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.engine import Engine
from app.flow import invoices
from app.rehearsal import Clock
from app.store import orders
from tests.support import homes, warehouse
from tests.support.nfe import nfe_proc


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = homes.empty(tmp_path / "home", Clock())
    made.import_unattended(warehouse.write(tmp_path / "files", 4))
    yield made
    made.close()


def items_of(engine: Engine, xml: bytes, tmp_path: Path) -> dict[str, int]:
    (tmp_path / "nota.xml").write_bytes(xml)
    engine.import_unattended(tmp_path / "nota.xml")
    with engine.store.read() as c:
        row = orders.by_number(c, "5001")
        assert row is not None
        return dict(invoices.of_order(c, row.id)["items"])


def test_a_case_on_the_invoice_counts_as_the_pieces_in_it(engine: Engine, tmp_path: Path) -> None:
    xml = nfe_proc("5001", [("SKU-02", 1, "39.80"), ("SKU-05", 1, "19.90")])
    in_pairs = xml.replace(b"<uCom>UN", b"<uCom>CX2", 1)
    assert items_of(engine, in_pairs, tmp_path) == {"SKU-02": 2, "SKU-05": 1}


def test_an_invoice_that_names_a_product_by_its_gtin_counts_it(
    engine: Engine, tmp_path: Path
) -> None:
    xml = nfe_proc("5001", [("COD-NA-NOTA", 2, "39.80"), ("SKU-05", 1, "19.90")])
    by_gtin = xml.replace(b"SEM GTIN", warehouse.gtin(2).encode(), 1)
    assert items_of(engine, by_gtin, tmp_path) == {"SKU-02": 2, "SKU-05": 1}
