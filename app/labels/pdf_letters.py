"""The letters of a PDF: sets of characters of a font, each ready to be embedded.

Making and packing a set takes milliseconds, more than all the rest of a label. So the letters of
Portuguese are made once and put into every file as they are; a file with other letters brings sets
of its own for these. ReportLab cuts the sets out of the fonts.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from string import ascii_letters, digits, punctuation
from threading import Lock

from reportlab.pdfbase.ttfonts import makeToUnicodeCMap

from app.labels.fonts import BOLD, REGULAR, face

MOST = 224  # characters of a set: codes are one byte, and those below the space are left alone
_FIRST = 32
_ACCENTED = "áàâãäéèêëíìîïóòôõöúùûüçñ"
USUAL = f" {digits}{ascii_letters}{punctuation}{_ACCENTED}{_ACCENTED.upper()}ªº°·§–—…×□"
_SYMBOLIC, _NONSYMBOLIC = 4, 32  # ISO 32000-1, table 123
_IN_TEXT = str.maketrans({char: f"\\{char}" for char in "()\\"})
OBJECTS = 4  # of a set in one font

_cutting = Lock()


class OtherLetters(Exception):
    """A text has characters that aren't in the set."""


def code(place: int) -> str:
    """What stands in a PDF's text for the character at a place of its set."""
    return chr(_FIRST + place).translate(_IN_TEXT)


class Codes(dict[int, str]):
    """What stands for each character of a set in a PDF's text, for `str.translate`.

    A character that isn't in the set raises `OtherLetters`.
    """

    def __init__(self, chars: Sequence[str]) -> None:
        super().__init__({ord(char): code(place) for place, char in enumerate(chars)})

    def __missing__(self, char: int) -> str:
        raise OtherLetters


def objects(chars: Sequence[str], bold: bool, first: int, tag: str) -> list[bytes]:
    """A set as PDF objects numbered from `first`: font, descriptor, letters and their meaning."""
    font = face(bold)
    name = f"{tag}{'B' if bold else 'R'}+{BOLD if bold else REGULAR}"
    codes = [ord(" ")] * _FIRST + [ord(char) for char in chars]
    widths = " ".join(f"{font.charWidths.get(code, font.defaultWidth):.0f}" for code in codes)
    box = " ".join(f"{edge:.0f}" for edge in font.bbox)
    with _cutting:
        letters = font.makeSubset(codes)
    return [
        numbered(
            first,
            f"<</Type/Font/Subtype/TrueType/BaseFont/{name}/FirstChar 0/LastChar {len(codes) - 1}"
            f"/Widths[{widths}]/FontDescriptor {first + 1} 0 R/ToUnicode {first + 3} 0 R>>",
        ),
        numbered(
            first + 1,
            f"<</Type/FontDescriptor/FontName/{name}/Flags {font.flags & ~_NONSYMBOLIC | _SYMBOLIC}"
            f"/FontBBox[{box}]/ItalicAngle {font.italicAngle:.0f}/Ascent {font.ascent:.0f}"
            f"/Descent {font.descent:.0f}/CapHeight {font.capHeight:.0f}/StemV {font.stemV:.0f}"
            f"/MissingWidth {font.defaultWidth:.0f}/FontFile2 {first + 2} 0 R>>",
        ),
        _packed(first + 2, letters, f"/Length1 {len(letters)}"),
        _packed(first + 3, makeToUnicodeCMap(name, codes).encode("ascii")),
    ]


def numbered(number: int, text: str) -> bytes:
    """An object of a PDF with its number; its text is Latin-1."""
    return f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")


def _packed(number: int, data: bytes, more: str = "") -> bytes:
    packed = zlib.compress(data, 9)
    head = f"{number} 0 obj\n<</Length {len(packed)}/Filter/FlateDecode{more}>>\nstream\n"
    return b"".join((head.encode("ascii"), packed, b"\nendstream\nendobj\n"))
