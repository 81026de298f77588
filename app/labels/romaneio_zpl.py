"""The romaneio on 100 × 150 mm labels, for a Zebra printer."""

from __future__ import annotations

from datetime import tzinfo

from app.labels import romaneio, to_zpl
from app.labels.data import RomaneioData


def render(data: RomaneioData, zone: tzinfo, *, dpi: int = 203) -> bytes:
    """Both copies, one ZPL format a page; see `romaneio.pages`."""
    return to_zpl.write(romaneio.pages(data, zone, romaneio.LABEL), dpi=dpi)
