"""Writes a picture as PNG (ISO/IEC 15948) beside a window that goes on."""

from __future__ import annotations

import struct
import zlib

from PySide6.QtGui import QImage

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def png(image: QImage) -> bytes:
    """The picture as a PNG file without an alpha channel.

    Qt's own writer keeps the interpreter to itself for as long as it compresses, two frames for a
    whole window; `zlib` lets other threads go on meanwhile.
    """
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    width, height, step = plain.width(), plain.height(), plain.bytesPerLine()
    pixels = bytes(plain.constBits())
    # Each row begins with the kind of its filter: none.
    rows = b"".join(b"\0" + pixels[y * step : y * step + 3 * width] for y in range(height))
    # 8 bits of each of red, green and blue; the one compression, the one filter, no interlacing.
    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))
