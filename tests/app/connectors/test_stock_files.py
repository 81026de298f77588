from __future__ import annotations

import json
from pathlib import Path

from app.connectors import binsfile, cataloguefile
from app.connectors.records import Bad, Good, detect


def test_a_product_may_lack_gtin_weight_and_size(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.jsonl"
    record = {"sku": "A", "name": "Caneca", "gtins": [], "weight_g": None, "packs": []}
    path.write_text(json.dumps(record) + "\n")
    assert detect(path) == "catalogue"
    (good,) = cataloguefile.read(path)
    assert isinstance(good, Good)
    assert (good.value.gtins, good.value.weight_g, good.value.length_mm) == ((), None, None)


def test_packs_and_aliases_are_read(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.jsonl"
    record = {
        "sku": "A", "name": "Caneca", "gtins": ["7896759790797"], "aliases": ["FORN-1"],
        "packs": [{"barcode": "17891352034023", "quantity": 12}],
    }  # fmt: skip
    path.write_text(json.dumps(record) + "\n" + json.dumps(record | {"packs": [1]}) + "\n")
    good, bad = cataloguefile.read(path)
    assert isinstance(good, Good)
    assert (good.value.packs[0].quantity, good.value.aliases) == (12, ("FORN-1",))
    assert isinstance(bad, Bad)
    assert (bad.line_no, bad.detail) == (2, "packs")


def test_bins_hold_counted_units_and_never_less_than_none(tmp_path: Path) -> None:
    path = tmp_path / "bins.csv"
    path.write_text("bin,zone,pick_sequence,sku,quantity\nA-01,A,1,X,5\nA-02,A,2,Y,-3\n")
    assert detect(path) == "bins"
    good, bad = binsfile.read(path)
    assert isinstance(good, Good)
    assert (good.value.bin, good.value.quantity) == ("A-01", 5)
    assert isinstance(bad, Bad)
    assert bad.line_no == 3


def test_a_row_with_more_cells_than_columns_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "bins.csv"
    path.write_text("bin,zone,pick_sequence,sku,quantity\nA-01,A,1,X,5,7\n")
    (bad,) = binsfile.read(path)
    assert isinstance(bad, Bad)
    assert bad.code == "FIELD_MISSING"
