"""PDF pages as pictures: for a ZPL printer, dot by dot, and for a look at them on the screen."""

from __future__ import annotations

import zlib
from base64 import b64encode
from binascii import crc_hqx
from collections.abc import Iterator

from msgspec import Struct

# pdfium lets a bar cover every dot that it touches: drawn finer, bars keep their width.
_FINER = 3
_THRESHOLD = 160  # lighter is paper: the thin grey lines of a carrier's label stay
_TO_BITS = bytes.maketrans(
    bytes(range(256)), b"1" * _THRESHOLD + b"0" * (256 - _THRESHOLD)
)  # a grey of 0 to 255 to the digit of a dot: 1 is black


class Picture(Struct, frozen=True):
    """A page in grey: `rows` hold `width` bytes each, 0 is black and 255 paper."""

    width: int
    height: int
    rows: tuple[bytes, ...]


def pictures(pdf: bytes, *, dpi: int) -> Iterator[Picture]:
    """Each page of a PDF, as large as on paper.

    Raises:
        ValueError: no PDF that can be read.
    """
    import pypdfium2  # slow to import, and most stations print what they made themselves

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        raise ValueError("not a PDF that can be read") from None
    try:
        for page in document:
            drawn = page.render(scale=dpi / 72, grayscale=True)
            grey, step = bytes(drawn.buffer), drawn.stride
            rows = tuple(grey[y * step : y * step + drawn.width] for y in range(drawn.height))
            yield Picture(drawn.width, drawn.height, rows)
    finally:
        document.close()


def to_zpl(pdf: bytes, *, dpi: int) -> bytes:
    """Each page as one ZPL format that holds its picture, as large as on paper.

    Raises:
        ValueError: no PDF that can be read.
    """
    return b"".join(_format(_thinned(picture)) for picture in pictures(pdf, dpi=dpi * _FINER))


def _thinned(fine: Picture) -> Picture:
    """One dot of each square of `_FINER` by `_FINER`, its middle."""
    middle = _FINER // 2
    rows = tuple(row[middle::_FINER] for row in fine.rows[middle::_FINER])
    return Picture(len(rows[0]), len(rows), rows)


def _format(picture: Picture) -> bytes:
    """One ^GFA of compressed dots (Z64: deflate, base64, CRC-16; ZPL II Programming Guide, ^GF)."""
    across = (picture.width + 7) // 8
    spare = "0" * (across * 8 - picture.width)
    dots = b"".join(
        int(row.translate(_TO_BITS).decode() + spare, 2).to_bytes(across, "big")
        for row in picture.rows
    )
    packed = b64encode(zlib.compress(dots, 9))
    head = f"^XA^LH0,0^PW{picture.width}^LL{picture.height}^PQ1^FO0,0"
    field = f"^GFA,{len(dots)},{len(dots)},{across},:Z64:"
    return f"{head}{field}{packed.decode()}:{crc_hqx(packed, 0):04X}^FS^XZ\n".encode()
