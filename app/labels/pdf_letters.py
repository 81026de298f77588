"""The letters of a PDF: sets of characters of a font, each ready to be embedded.

Making and packing a set takes milliseconds, more than all the rest of a label. So the letters of
Portuguese are made once and put into every file as they are; a file with other letters brings sets
of its own for these. ReportLab cuts the sets out of the fonts.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from string import ascii_letters, digits, punctuation
from struct import iter_unpack
from threading import Lock

from app.labels.fonts import BOLD, REGULAR, face

MOST = 224  # characters of a set: codes are one byte, and those below the space are left alone
_FIRST = 32
_ACCENTED = "áàâãäéèêëíìîïóòôõöúùûüçñ"
USUAL = f" {digits}{ascii_letters}{punctuation}{_ACCENTED}{_ACCENTED.upper()}ªº°·§–—…×□"
_SYMBOLIC, _NONSYMBOLIC = 4, 32  # ISO 32000-1, table 123
_IN_TEXT = str.maketrans({char: f"\\{char}" for char in "()\\"})
_NEEDED = (b"cmap", b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"prep")
OBJECTS = 4  # of a set in one font

_cutting = Lock()


class OtherLetters(Exception):
    """A text has characters that aren't in the set."""


def code(place: int) -> str:
    """What stands in a PDF's text for the character at a place of its set."""
    return chr(_FIRST + place).translate(_IN_TEXT)


class Codes(dict[int, str]):
    """What stands for each character of a set in a PDF's text, for `str.translate`.

    A line's end stays one, so that many texts can be translated at once. Any other character that
    isn't in the set raises `OtherLetters`.
    """

    def __init__(self, chars: Sequence[str]) -> None:
        super().__init__({ord(char): code(place) for place, char in enumerate(chars)})
        self[ord("\n")] = "\n"

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
        letters = _lean(font.makeSubset(codes))
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
        packed(first + 2, letters, f"/Length1 {len(letters)}"),
        packed(first + 3, _meanings(chars)),
    ]


def _meanings(chars: Sequence[str]) -> bytes:
    """The CMap from code to text (ISO 32000-1, 9.10.3); a hundred in a block is all it may have."""
    pairs = [
        f"<{_FIRST + place:02X}><{char.encode('utf-16-be').hex()}>\n"
        for place, char in enumerate(chars)
    ]
    blocks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    told = "".join(f"{len(some)} beginbfchar\n{''.join(some)}endbfchar\n" for some in blocks)
    return (
        "/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
        "/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n"
        "1 begincodespacerange\n<00><FF>\nendcodespacerange\n"
        f"{told}endcmap CMapName currentdict/CMap defineresource pop end end\n"
    ).encode("ascii")


def _lean(font: bytes) -> bytes:
    """A TrueType font without the tables that are nothing to a reader of PDF, such as its names.

    ISO 32000-1, 9.9, tells what a reader needs. They are a sixth of a label, and each is kept.
    """
    from reportlab.pdfbase.ttfonts import TTFontMaker  # slow to import

    lean = TTFontMaker()
    count = int.from_bytes(font[4:6], "big")
    for tag, _, at, size in iter_unpack(">4sLLL", font[12 : 12 + 16 * count]):
        if tag in _NEEDED:
            lean.add(tag.decode("ascii"), font[at : at + size])
    return bytes(lean.makeStream())


def numbered(number: int, text: str) -> bytes:
    """An object of a PDF with its number; its text is Latin-1."""
    return f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")


def packed(number: int, data: bytes, more: str = "", *, level: int = 9) -> bytes:
    """A stream as an object of a PDF, compressed."""
    small = zlib.compress(data, level)
    head = f"{number} 0 obj\n<</Length {len(small)}/Filter/FlateDecode{more}>>\nstream\n"
    return b"".join((head.encode("ascii"), small, b"\nendstream\nendobj\n"))
