"""The romaneio on A4, as PDF."""

from __future__ import annotations

from datetime import tzinfo

from app.labels import romaneio, to_pdf
from app.labels.data import RomaneioData


def render(data: RomaneioData, zone: tzinfo) -> bytes:
    """Both copies in one PDF; see `romaneio.pages`."""
    pages = romaneio.pages(data, zone, romaneio.A4)
    return to_pdf.write(pages, title=f"Romaneio {data.manifest_id}")
