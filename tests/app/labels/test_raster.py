"""PDFs as pictures: what a carrier sent as PDF, on a printer of ZPL."""

from __future__ import annotations

import pytest

from app.labels import raster, shipping_pdf
from tests.support.labels import KEY, danfe, label
from tests.support.raster import codes, zpl_pages

PDF = shipping_pdf.render(label(danfe=danfe()))


@pytest.mark.parametrize(("dpi", "width", "height"), [(203, 799, 1199), (300, 1181, 1772)])
def test_a_pdf_label_is_as_large_on_a_zpl_printer_and_its_codes_are_read(
    dpi: int, width: int, height: int
) -> None:
    zpl = raster.to_zpl(PDF, dpi=dpi)
    assert f"^PW{width}^LL{height}".encode() in zpl
    (picture,) = zpl_pages(zpl, dpi=dpi)
    assert codes(picture) == [label().tracking, KEY]


def test_the_picture_for_the_screen_has_the_papers_proportions() -> None:
    (picture,) = raster.pictures(PDF, dpi=150)
    assert (picture.width, picture.height) == (591, 886)
    assert {len(row) for row in picture.rows} == {picture.width}
    assert min(min(row) for row in picture.rows) < 50
    assert max(max(row) for row in picture.rows) == 255


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4 cut", b"^XA^XZ"])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        list(raster.pictures(data, dpi=203))
