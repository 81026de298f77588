"""Pages as ZPL II. Nothing that stands in the data can become a command."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from app.labels import code128, forms
from app.labels.page import Bars, Filled, Form, Mark, Matrix, Page, Rule, Slot, Text

_NOT_PLAIN = re.compile("[^A-Za-z0-9 .,:/()-]")
_NOT_PLAIN_IN_LINES = re.compile("[^A-Za-z0-9 .,:/()\n-]")
_MM_PER_INCH = 25.4
_WIDEN = 1.1  # font 0 is condensed: so much wider, it still stays within DejaVu's measure


def write(pages: Iterable[Page], *, dpi: int = 203) -> bytes:
    """One ^XA…^XZ format a page, in UTF-8 (^CI28); the bytes themselves are plain ASCII."""
    return "".join(_format(page, dpi) for page in pages).encode("ascii")


def escape(text: str) -> str:
    """Field data for ^FH: all but letters, digits and harmless signs as _hex of its UTF-8."""
    return _NOT_PLAIN.sub(_hex, text)


class _Escapes(dict[str, str]):
    """What stands for each character; it is worked out once."""

    def __missing__(self, char: str) -> str:
        escaped = "".join([f"_{byte:02X}" for byte in char.encode("utf-8", "replace")])
        return self.setdefault(char, escaped)


_ESCAPES = _Escapes()


def _hex(found: re.Match[str]) -> str:
    return _ESCAPES[found[0]]


def _format(page: Page, dpi: int) -> str:
    scale = dpi / _MM_PER_INCH  # dots in a millimetre
    wide, high = round(page.width * scale), round(page.height * scale)
    return f"^XA^CI28^LH0,0^PW{wide}^LL{high}^PQ1\n{_fields(page.marks, scale)}^XZ\n"


def _fields(marks: Iterable[Mark], scale: float) -> str:
    return "".join([_WRITERS[type(mark)](mark, scale) for mark in marks])


def _text(mark: Text, scale: float) -> str:
    """Its runs as one field: font 0 has no bold, and narrower letters want narrower spaces."""
    x, y, size, runs, _ = mark
    words = " ".join([_shown(words) for words, _ in runs])
    return f"{_place(x, y, size, scale)}^FH_^FD{words}^FS\n"


def _shown(words: str) -> str:
    return forms.marker(words) if isinstance(words, Slot) else escape(words)


@lru_cache(maxsize=4096)
def _place(x: float, y: float, size: float, scale: float) -> str:
    """The corner of a line and its letters; the same on label after label."""
    letters = f"{round(size * scale)},{round(size * _WIDEN * scale)}"
    return f"^FO{round(x * scale)},{round(y * scale)}^A0N,{letters}"


def _rule(mark: Rule, scale: float) -> str:
    thick, wide = max(1, round(mark.height * scale)), max(1, round(mark.width * scale))
    at = f"^FO{round(mark.x * scale)},{round(mark.y * scale)}"
    return f"{at}^GB{wide},{thick},{min(wide, thick)}^FS\n"


def _matrix(mark: Matrix, scale: float) -> str:
    at = f"^FO{round(mark.x * scale)},{round(mark.y * scale)}"
    return f"{at}^BXN,{_dots(mark.module, scale)},200^FH_^FD{escape(mark.text)}^FS\n"


def _bars(mark: Bars, scale: float) -> str:
    dots = _dots(mark.module, scale)
    left = round(mark.center * scale) - code128.modules(mark.code) * dots // 2
    return (
        f"^FO{left},{round(mark.y * scale)}^BY{dots}^BCN,{round(mark.height * scale)},N,N,N,A"
        f"^FH_^FD{_shown(mark.code)}^FS\n"
    )


def _dots(module: float, scale: float) -> int:
    return max(1, int(module * scale + 0.5))


def _filled(mark: Filled, scale: float) -> str:
    form, texts = mark
    written, put = _form(form, scale)
    return written % put(_NOT_PLAIN_IN_LINES.sub(_hex, "\n".join(texts)).split("\n"))


@lru_cache(maxsize=256)
def _form(form: Form, scale: float) -> tuple[str, Callable[[Sequence[str]], object]]:
    """A form for `%`, and what puts its texts into their order there."""
    written, slots = forms.template(_fields(form.marks, scale))
    return written, itemgetter(*map(int, slots)) if slots else lambda texts: ()


_WRITERS: dict[type, Callable[[Any, float], str]] = {
    Text: _text,
    Rule: _rule,
    Matrix: _matrix,
    Bars: _bars,
    Filled: _filled,
}
