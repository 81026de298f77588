"""Documents of one small page: the DANFE "Etiqueta" by itself, and a printer's test page."""

from __future__ import annotations

from datetime import datetime, tzinfo

from app.labels import danfe, wording
from app.labels.data import DanfeData
from app.labels.forms import Pieces
from app.labels.page import Page, Rule, barcode
from app.labels.text import block, line

_LEFT, _ROOM = 4.0, 92.0
_DANFE = Pieces(danfe.piece(_LEFT, 2, _ROOM, 56))


def danfe_page(data: DanfeData, *, zone: tzinfo | None = None) -> Page:
    """The simplified DANFE on a label of its own, 100 × 60 mm.

    Raises:
        ValueError: the key can't be a barcode.
    """
    fixed, codes, words = danfe.content(data, zone)
    return Page(100, 60, _DANFE.filled((fixed,), codes, words))


def trial_page(printer: str, station: str, at: datetime, *, zone: tzinfo | None = None) -> Page:
    """What a printer shows that works: every letter of the language, and bars to scan back."""
    return Page(
        100,
        150,
        [
            line("PÁGINA DE TESTE", _LEFT, 5, _ROOM, size=6, bold=True, align="c"),
            line(printer, _LEFT, 14, _ROOM, size=5, align="c"),
            line(station, _LEFT, 21, _ROOM, size=4, align="c"),
            line(wording.moment(at, zone), _LEFT, 27, _ROOM, size=4, align="c"),
            barcode(50, 36, 100, 16, "EXPEDITA-TESTE"),
            *block(
                [("", "ÁÀÂÃÇÉÊÍÓÔÕÚÜ áàâãçéêíóôõúü 0123456789 R$ ª º – […]")],
                _LEFT, 58, _ROOM, 20, size=5,
            ),
            line("As bordas devem aparecer inteiras.", _LEFT, 84, _ROOM, size=4, align="c"),
            Rule(1, 1, 98),
            Rule(1, 148.7, 98),
            Rule(1, 1, 0.3, 148),
            Rule(98.7, 1, 0.3, 148),
        ],
    )  # fmt: skip
