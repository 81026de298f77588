"""The shipping label for a Zebra printer."""

from __future__ import annotations

from datetime import tzinfo

from app.labels import shipping, to_zpl
from app.labels.data import LabelData


def render(label: LabelData, *, dpi: int = 203, copy: int = 1, zone: tzinfo | None = None) -> bytes:
    """The label as ZPL for 203 or 300 dpi; see `shipping.page` for the rest."""
    return to_zpl.write([shipping.page(label, copy=copy, zone=zone)], dpi=dpi)
