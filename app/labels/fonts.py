"""The two letters of every document, DejaVu Sans and its bold: names, glyphs and widths."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from app.resources import resource

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFontFace

REGULAR, BOLD = "DejaVuSans", "DejaVuSans-Bold"
_HARMFUL = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs")


@cache
def face(bold: bool) -> TTFontFace:
    """The font's glyphs and measures. Cutting letters out of it is for one thread at a time."""
    from reportlab.pdfbase.ttfonts import TTFontFace  # slow to import, and a start prints nothing

    return TTFontFace(resource("fonts", f"{BOLD if bold else REGULAR}.ttf"))


@cache
def harmless() -> frozenset[str]:
    """Every character that has a glyph and is nothing but its glyph, and the space."""
    with_glyph = map(chr, face(False).charToGlyph)
    kept = (char for char in with_glyph if unicodedata.category(char) not in _HARMFUL)
    return frozenset((" ", *kept))


class Widths(dict[str, float]):
    """How wide each character is in letters of size 1; each is looked up in the font once."""

    def __init__(self, bold: bool) -> None:
        super().__init__()
        self._face = face(bold)

    def __missing__(self, char: str) -> float:
        known = self._face.charWidths.get(ord(char), self._face.defaultWidth)
        self[char] = wide = float(known) / 1000
        return wide


widths = cache(Widths)
