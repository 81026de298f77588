"""Pages as ZPL II. Nothing that stands in the data can become a command."""

from __future__ import annotations

from collections.abc import Iterable

from app.labels import code128
from app.labels.page import Bars, Mark, Matrix, Page, Rule, Text

_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 ")
_WIDEN = 1.1  # font 0 is condensed: so much wider, it still stays within DejaVu's measure


def write(pages: Iterable[Page], *, dpi: int = 203) -> bytes:
    """One ^XA…^XZ format a page, in UTF-8 (^CI28); the bytes themselves are plain ASCII."""
    return "".join(_format(page, dpi) for page in pages).encode("ascii")


def escape(text: str) -> str:
    """Field data for ^FH: all but letters, digits and spaces as _hex of its UTF-8."""
    return "".join(
        chr(byte) if byte in _PLAIN else f"_{byte:02X}" for byte in text.encode("utf-8", "replace")
    )


def _format(page: Page, dpi: int) -> str:
    head = f"^XA^CI28^LH0,0^PW{_dots(page.width, dpi)}^LL{_dots(page.height, dpi)}^PQ1\n"
    return head + "".join(_mark(mark, dpi) for mark in page.marks) + "^XZ\n"


def _mark(mark: Mark, dpi: int) -> str:
    match mark:
        case Text(x, y, text, size):
            letter = _dots(size, dpi)
            wide = _dots(size * _WIDEN, dpi)
            return f"{_at(x, y, dpi)}^A0N,{letter},{wide}^FH_^FD{escape(text)}^FS\n"
        case Rule(x, y, width, height):
            thick, wide = max(1, _dots(height, dpi)), max(1, _dots(width, dpi))
            return f"{_at(x, y, dpi)}^GB{wide},{thick},{min(wide, thick)}^FS\n"
        case Matrix(x, y, module, text):
            dots = max(1, int(module * dpi / 25.4 + 0.5))
            return f"{_at(x, y, dpi)}^BXN,{dots},200^FH_^FD{escape(text)}^FS\n"
        case Bars(center, y, height, code, module):
            dots = max(1, int(module * dpi / 25.4 + 0.5))
            left = _dots(center, dpi) - code128.modules(code) * dots // 2
            return (
                f"^FO{left},{_dots(y, dpi)}^BY{dots}^BCN,{_dots(height, dpi)},N,N,N,A"
                f"^FH_^FD{escape(code)}^FS\n"
            )


def _at(x: float, y: float, dpi: int) -> str:
    return f"^FO{_dots(x, dpi)},{_dots(y, dpi)}"


def _dots(mm: float, dpi: int) -> int:
    return round(mm * dpi / 25.4)
