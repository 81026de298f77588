"""Sheets of own codes: each barcode is read back as its text."""

from __future__ import annotations

import pytest

from app.domain.codes import own_code
from app.labels.sheets import KINDS, sheet
from tests.support.raster import codes, pdf_pages, pdf_text


@pytest.mark.parametrize("kind", KINDS)
def test_every_code_of_a_sheet_is_read_back(kind: str) -> None:
    items = [(own_code("B", f"A-{i:02}-01"), f"Endereço A-{i:02}-01") for i in range(14)]
    pdf = sheet(kind, items, "pt")
    read = [code for page in pdf_pages(pdf, dpi=203) for code in codes(page)]
    assert sorted(read) == sorted(code for code, _ in items)
    assert all(caption in pdf_text(pdf) for _, caption in items)


def test_a_long_code_gets_the_whole_width() -> None:
    code = own_code("U", "OPERADOR-" + "A1" * 15)
    (page,) = pdf_pages(sheet("badges", [(code, "Ana")], "en"))
    assert codes(page) == [code]


def test_the_title_follows_the_language() -> None:
    assert "Caixas de coleta" in pdf_text(sheet("totes", [], "pt"))
    assert "Totes" in pdf_text(sheet("totes", [], "en"))


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError):
        sheet("stickers", [], "pt")
