"""Pages as ZPL II. Nothing that stands in the data can become a command."""

from __future__ import annotations

from collections.abc import Iterable

from app.labels import code128
from app.labels.page import Bars, Mark, Matrix, Page, Rule, Text

_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 ")
_WIDEN = 1.1  # font 0 is condensed: so much wider, it still stays within DejaVu's measure


def write(pages: Iterable[Page], *, dpi: int = 203) -> bytes:
    """One ^XA…^XZ format a page, in UTF-8 (^CI28); the bytes themselves are plain ASCII."""
    return "".join(_format(page, dpi) for page in pages).encode("ascii")


class _Escapes(dict[int, str]):
    """Code point -> what stands for it in field data; each is worked out once."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char not in _PLAIN:
            char = "".join(f"_{byte:02X}" for byte in char.encode("utf-8", "replace"))
        self[code] = char
        return char


_ESCAPES = _Escapes()


def escape(text: str) -> str:
    """Field data for ^FH: all but letters, digits and spaces as _hex of its UTF-8."""
    return text.translate(_ESCAPES)


def _format(page: Page, dpi: int) -> str:
    scale = dpi / 25.4  # dots in a millimetre
    wide, high = round(page.width * scale), round(page.height * scale)
    marks = "".join([_mark(mark, scale) for mark in page.marks])
    return f"^XA^CI28^LH0,0^PW{wide}^LL{high}^PQ1\n{marks}^XZ\n"


def _mark(mark: Mark, scale: float) -> str:
    match mark:
        case Text(x, y, text, size):
            letter, wide = round(size * scale), round(size * _WIDEN * scale)
            return (
                f"^FO{round(x * scale)},{round(y * scale)}"
                f"^A0N,{letter},{wide}^FH_^FD{escape(text)}^FS\n"
            )
        case Rule(x, y, width, height):
            thick, wide = max(1, round(height * scale)), max(1, round(width * scale))
            return (
                f"^FO{round(x * scale)},{round(y * scale)}^GB{wide},{thick},{min(wide, thick)}^FS\n"
            )
        case Matrix(x, y, module, text):
            dots = max(1, int(module * scale + 0.5))
            return (
                f"^FO{round(x * scale)},{round(y * scale)}^BXN,{dots},200^FH_^FD{escape(text)}^FS\n"
            )
        case Bars(center, y, height, code, module):
            dots = max(1, int(module * scale + 0.5))
            left = round(center * scale) - code128.modules(code) * dots // 2
            return (
                f"^FO{left},{round(y * scale)}^BY{dots}^BCN,{round(height * scale)},N,N,N,A"
                f"^FH_^FD{escape(code)}^FS\n"
            )
