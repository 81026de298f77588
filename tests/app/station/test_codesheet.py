"""Sheets of codes, as a scanner and the station read them."""

from __future__ import annotations

import pytest

from app.domain.scan import ProductScan, classify
from app.engine import Engine
from app.station.codesheet import UnknownKind, make
from app.station.lookups import StoreLookups
from app.store import catalogue
from tests.support.raster import codes, pdf_pages, pdf_text


def test_a_sheet_of_products_is_read_as_those_products(engine: Engine) -> None:
    with engine.store.read() as c:
        pdf = make(c, "products", (), engine.operators, "pt")
        read = [code for page in pdf_pages(pdf, dpi=203) for code in codes(page)]
        scans = [classify(code, StoreLookups(c)) for code in read]
        known = sorted(catalogue.digests(c))
        named = catalogue.product(c, known[0])
    assert sorted(scan.sku for scan in scans if isinstance(scan, ProductScan)) == known
    assert named
    assert f"{named.name} ({named.sku})" in pdf_text(pdf)


def test_a_sheet_of_a_product_that_nobody_has_is_refused(engine: Engine) -> None:
    with engine.store.read() as c, pytest.raises(UnknownKind):
        make(c, "products", ["NAO-EXISTE"], engine.operators, "pt")
