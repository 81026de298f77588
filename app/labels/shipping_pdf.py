"""The shipping label as PDF."""

from __future__ import annotations

from datetime import tzinfo

from app.labels import shipping, to_pdf
from app.labels.data import LabelData


def render(label: LabelData, *, copy: int = 1, zone: tzinfo | None = None) -> bytes:
    """The label as a one-page PDF of 100 × 150 mm; see `shipping.page` for the rest."""
    page = shipping.page(label, copy=copy, zone=zone)
    return to_pdf.write([page], title=f"Etiqueta {label.tracking}")
