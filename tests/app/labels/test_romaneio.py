"""The romaneio: every package stands on both copies, and its number can be scanned."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from app.labels import romaneio as layout
from app.labels import to_pdf, to_zpl
from app.labels.data import RomaneioData
from tests.support.labels import romaneio
from tests.support.raster import codes, pdf_pages, pdf_text, zpl_pages

ZONE = ZoneInfo("America/Sao_Paulo")


def pdf(data: RomaneioData) -> bytes:
    return to_pdf.write(layout.pages(data, ZONE, layout.A4), title="Romaneio", small=True)


@pytest.mark.parametrize("count", [0, 1, 100])
def test_every_package_stands_on_both_copies(count: int) -> None:
    data = romaneio(count)
    text = pdf_text(pdf(data))
    assert [row for row in data.rows if text.count(row.tracking) != 2] == []
    assert "1ª via" in text
    assert "2ª via" in text
    assert f"TOTAL: {count} volumes" in text


def test_times_are_told_in_the_zone_of_the_warehouse() -> None:
    text = pdf_text(pdf(romaneio(1)))
    assert "ABERTO: 23/11/2026 23:30:00 FECHADO: 23/11/2026 23:30:00" in text


def test_the_number_is_read_back_from_each_page_of_zpl_and_pdf() -> None:
    data: RomaneioData = romaneio(40)
    on_labels = zpl_pages(to_zpl.write(layout.pages(data, ZONE, layout.LABEL)))
    on_a4 = pdf_pages(pdf(data), dpi=203)
    assert len(on_labels) == 4
    assert all(codes(page) == [data.manifest_id] for page in [*on_labels, *on_a4])


@pytest.mark.parametrize("paper", [layout.A4, layout.LABEL])
def test_a_full_page_leaves_room_for_the_signatures(paper: layout.Paper) -> None:
    used = paper.margin + paper.head_height + paper.rows_a_page * paper.row_height
    assert used <= paper.height - paper.margin - paper.foot_height
