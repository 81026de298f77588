"""Pages as ZPL II. Nothing that stands in the data can become a command."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from app.labels import code128, forms
from app.labels.page import Bars, Filled, Form, Mark, Matrix, Page, Rule, Slot, Text
from app.labels.text import PLAIN

_HEX = "expedita-zpl-hex"
_PLAIN = PLAIN + b"_"
_PLAIN_IN_LINES = _PLAIN + b"\n"
_ASCII = frozenset(map(chr, range(128)))
_MM_PER_INCH = 25.4
_WIDEN = 1.1  # font 0 is condensed: so much wider, it still stays within DejaVu's measure


def write(pages: Iterable[Page], *, dpi: int = 203) -> bytes:
    """One ^XA…^XZ format a page, in UTF-8 (^CI28); the bytes themselves are plain ASCII."""
    scale = dpi / _MM_PER_INCH  # dots in a millimetre
    written: list[bytes] = []
    for page in pages:
        written.append(_begin(page.width, page.height, scale))
        for mark in page.marks:
            written.append(_field(mark, scale))
        written.append(b"^XZ\n")
    return b"".join(written)


def escape(text: str, plain: bytes = _PLAIN) -> str:
    """Field data for ^FH: all but letters, digits and harmless signs as _hex of its UTF-8."""
    if "_" in text:  # what stands for others has it too, and so it comes first
        text = text.replace("_", "_5F")
    data = text.encode("latin-1", _HEX)
    for sign in set(data.translate(None, plain).decode("latin-1")):
        data = data.replace(*_ESCAPES[sign])
    return data.decode("ascii")


def _hex(text: str) -> bytes:
    return b"".join([b"_%02X" % byte for byte in text.encode("utf-8", "replace")])


def _beyond_latin_1(error: UnicodeError) -> tuple[bytes, int]:
    assert isinstance(error, UnicodeEncodeError)
    return _hex(error.object[error.start : error.end]), error.end


codecs.register_error(_HEX, _beyond_latin_1)
_ESCAPES = {sign: (sign.encode("latin-1"), _hex(sign)) for sign in map(chr, range(256))}


@lru_cache(maxsize=256)
def _begin(width: float, height: float, scale: float) -> bytes:
    size = f"^PW{round(width * scale)}^LL{round(height * scale)}"
    return f"^XA^CI28^LH0,0{size}^PQ1\n".encode("ascii")


def _field(mark: Mark, scale: float) -> bytes:
    if isinstance(mark, Filled):
        return _filled(mark, scale)
    return _WRITERS[type(mark)](mark, scale).encode("ascii")


def _text(mark: Text, scale: float) -> str:
    """Its runs as one field: font 0 has no bold, and narrower letters want narrower spaces."""
    x, y, size, runs, _ = mark
    words = " ".join([_shown(words) for words, _ in runs])
    return f"{_place(x, y, size, scale)}^FH_^FD{words}^FS\n"


def _shown(words: str) -> str:
    if isinstance(words, Slot):
        return forms.marker(words, "" if escape(words) == words else "odd")
    return escape(words)


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


def _filled(mark: Filled, scale: float) -> bytes:
    written, put, is_plain = _form(mark.form, scale)
    codes = mark.codes if is_plain else tuple(map(escape, mark.codes))
    words, signs = mark.words, set(mark.signs)
    if not signs.isdisjoint(_ASCII):  # what a command may have too
        words, signs = tuple(escape("\n".join(words), _PLAIN_IN_LINES).split("\n")), set()
    data = forms.put_in(written, put(codes + words)).encode("latin-1")
    for sign in signs:
        data = data.replace(*_ESCAPES[sign])
    return data


@lru_cache(maxsize=512)
def _form(
    form: Form, scale: float
) -> tuple[list[str], Callable[[Sequence[str]], Sequence[str]], bool]:
    """A form for `forms.put_in`, what puts its texts into their order there, and whether its
    codes need no escapes."""
    written, slots = forms.template(
        b"".join([_field(mark, scale) for mark in form.marks]).decode("ascii")
    )
    numbers = [int(slot.removeprefix("odd")) for slot in slots]
    is_plain = not any(slot.startswith("odd") for slot in slots)
    if len(numbers) > 1:
        return written, itemgetter(*numbers), is_plain  # of one number it would give no sequence
    return written, lambda texts: [texts[number] for number in numbers], is_plain


_WRITERS: dict[type, Callable[[Any, float], str]] = {
    Text: _text,
    Rule: _rule,
    Matrix: _matrix,
    Bars: _bars,
}
