"""Documents of one small page."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from app.labels import single, to_pdf, to_zpl
from tests.support.labels import AT, KEY, LETTER_KEY, danfe
from tests.support.raster import codes, pdf_pages, pdf_text, zpl_pages

ZONE = ZoneInfo("America/Sao_Paulo")


@pytest.mark.parametrize("key", [KEY, LETTER_KEY])
def test_a_danfe_of_its_own_is_read_back_from_zpl_and_pdf(key: str) -> None:
    page = single.danfe_page(danfe(key=key), zone=ZONE)
    pdf = to_pdf.write([page], title="danfe")
    assert codes(pdf_pages(pdf)[0]) == [key]
    (picture,) = zpl_pages(to_zpl.write([page]), height=60)
    assert codes(picture) == [key]
    assert "DANFE Simplificado - Etiqueta" in pdf_text(pdf)


def test_a_trial_page_shows_every_letter_and_a_code_to_scan() -> None:
    page = single.trial_page("Zebra 1", "Bancada 2", AT, zone=ZONE)
    pdf = to_pdf.write([page], title="teste")
    text = pdf_text(pdf)
    assert all(part in text for part in ("PÁGINA DE TESTE", "Zebra 1", "Bancada 2", "ÁÀÂÃÇ"))
    assert codes(pdf_pages(pdf)[0]) == ["EXPEDITA-TESTE"]
