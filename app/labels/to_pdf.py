"""Pages as PDF with embedded fonts. The same pages give the same bytes.

Written object by object (ISO 32000-1): all that labels have in common, their letters before all, is
ready and put in as it is, so that a label takes a small part of the time of a general writer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import accumulate, groupby
from typing import Any

from app.labels import code128, forms, pdf_letters
from app.labels.page import Bars, Filled, Form, Mark, Matrix, Page, Rule, Run, Slot, Text
from app.labels.pdf_letters import Codes, OtherLetters, numbered, packed

_ASCENT = 0.93  # of DejaVu Sans: from the top of a line to its baseline
_POINTS = 72 / 25.4  # in a millimetre
_HEAD = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
_CATALOG, _RESOURCES, _REGULAR = 1, 2, 3
_BOLD = _REGULAR + pdf_letters.OBJECTS
_PAGES = _BOLD + pdf_letters.OBJECTS
_INFO, _NEXT = _PAGES + 1, _PAGES + 2
_FONTS = ("/F0 1 Tf", "/F1 1 Tf")
_USUAL = Codes(pdf_letters.USUAL)


def write(pages: Iterable[Page], *, title: str, small: bool = False) -> bytes:
    """A PDF of the pages in their own sizes. `title` must not hold personal data.

    `small` compresses what is drawn: a sixth of the size, for half as much time again.
    """
    others = _Others()
    drawn = [(_box(page), _content(page, others)) for page in pages]
    more = others.objects(_NEXT)
    resources = _NEXT if more else _RESOURCES
    first = _NEXT + len(more)
    kids = " ".join([f"{first + 2 * i} 0 R" for i in range(len(drawn))])
    objects = [
        numbered(_PAGES, f"<</Type/Pages/Count {len(drawn)}/Kids[{kids}]>>"),
        numbered(_INFO, f"<</Title{_string(title)}/Creator(Expedita)>>"),
        *more,
    ]
    for i, (box, content) in enumerate(drawn):
        number = first + 2 * i
        about = f"<</Type/Page/Parent {_PAGES} 0 R/MediaBox{box}/Resources {resources} 0 R"
        objects.append(numbered(number, f"{about}/Contents {number + 1} 0 R>>"))
        if small:
            objects.append(packed(number + 1, content.encode("latin-1"), level=6))
        else:
            stream = f"<</Length {len(content)}>>\nstream\n{content}\nendstream"
            objects.append(numbered(number + 1, stream))
    return _file(objects)


def _box(page: Page) -> str:
    return f"[0 0 {page.width * _POINTS:.2f} {page.height * _POINTS:.2f}]"


def _file(objects: list[bytes]) -> bytes:
    """The objects behind those that every file has, and the table of where each begins."""
    front, front_table = _front()
    starts = list(accumulate(map(len, objects), initial=len(front)))
    table = "".join([f"{start:010} 00000 n \n" for start in starts[:-1]])
    size = _PAGES + len(objects)
    end = (
        f"xref\n0 {size}\n{front_table}{table}"
        f"trailer\n<</Size {size}/Root {_CATALOG} 0 R/Info {_INFO} 0 R>>\n"
        f"startxref\n{starts[-1]}\n%%EOF\n"
    )
    return b"".join([front, *objects, end.encode("ascii")])


@cache
def _front() -> tuple[bytes, str]:
    """What every file begins with, ready to be put in, and its part of the table."""
    parts = [
        _HEAD,
        numbered(_CATALOG, f"<</Type/Catalog/Pages {_PAGES} 0 R>>"),
        numbered(_RESOURCES, _fonts([_REGULAR, _BOLD])),
        *pdf_letters.objects(pdf_letters.USUAL, False, _REGULAR, "USUAL"),
        *pdf_letters.objects(pdf_letters.USUAL, True, _BOLD, "USUAL"),
    ]
    starts = list(accumulate(map(len, parts)))[:-1]
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    return b"".join(parts), f"{0:010} 65535 f \n{table}"


def _fonts(objects: Iterable[int]) -> str:
    """Fonts as a page's resources: F0 regular, F1 bold, F2 regular, and so on."""
    named = "".join(f"/F{i} {number} 0 R" for i, number in enumerate(objects))
    return f"<</Font<<{named}>>>>"


class _Others:
    """The letters of one file that aren't among the usual ones, in the order of their coming."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}

    def shown(self, words: str, bold: bool) -> str:
        """A text of any letters, shown by as many fonts as it takes."""
        parts = []
        for char in words:
            if ord(char) in _USUAL:
                font, shown = int(bold), _USUAL[ord(char)]
            else:
                number, place = divmod(
                    self._codes.setdefault(char, len(self._codes)), pdf_letters.MOST
                )
                font, shown = 2 * (number + 1) + bold, pdf_letters.code(place)
            parts.append(f"/F{font} 1 Tf({shown})Tj ")
        return "".join(parts)

    def objects(self, first: int) -> list[bytes]:
        """The resources that name all fonts, as the object `first`, and the fonts; or nothing."""
        chars, most = "".join(self._codes), pdf_letters.MOST
        made: list[bytes] = []
        fonts = [_REGULAR, _BOLD]
        for at in range(0, len(chars), most):
            for bold in (False, True):
                fonts.append(first + 1 + len(made))
                made += pdf_letters.objects(chars[at : at + most], bold, fonts[-1], "OTHER")
        return [numbered(first, _fonts(fonts)), *made] if made else []

    def __bool__(self) -> bool:
        return bool(self._codes)


def _string(text: str) -> str:
    """Any text as a PDF's text string."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex()}>"


def _content(page: Page, others: _Others) -> str:
    """What is drawn, in millimetres from the page's bottom left."""
    top = page.height
    return f"{_POINTS:.6f} 0 0 {_POINTS:.6f} 0 0 cm\n{_drawn(page.marks, top, others)}"


def _drawn(marks: Iterable[Mark], top: float, others: _Others) -> str:
    return "".join([_WRITERS[type(mark)](mark, top, others) for mark in marks])


def _text(mark: Text, top: float, others: _Others) -> str:
    x, y, size, runs, _ = mark
    if len(runs) == 1:
        ((words, bold),) = runs
        shown = _run(words, bold, others)
    else:
        shown = _runs(runs, others)
    return f"BT {_place(x, top - y, size)}{shown} ET\n"


@lru_cache(maxsize=4096)
def _place(x: float, up: float, size: float) -> str:
    """The size and base of a line with this left and height of its top; the same on many labels."""
    return f"{size:.3f} 0 0 {size:.3f} {x:.3f} {up - size * _ASCENT:.3f} Tm"


def _runs(runs: tuple[Run, ...], others: _Others) -> str:
    """Runs with a bold space between each two, which ends or begins the bold one."""
    shown = ""
    last, was_bold = len(runs) - 1, True
    for i, (words, bold) in enumerate(runs):
        before = " " if bold and not was_bold else ""
        after = " " if bold and i < last else ""
        shown += _run(words, bold, others, before, after)
        was_bold = bold
    return shown


def _run(words: str, bold: bool, others: _Others, before: str = "", after: str = "") -> str:
    """Words with spaces around them, which stand for themselves in a PDF's text."""
    try:
        shown = forms.marker(words) if isinstance(words, Slot) else words.translate(_USUAL)
    except OtherLetters:
        return others.shown(f"{before}{words}{after}", bold)
    return f"{_FONTS[bold]}({before}{shown}{after})Tj"


def _rule(mark: Rule, top: float, others: _Others) -> str:
    x, y, width, height = mark
    return f"{x:.3f} {top - y - height:.3f} {width:.3f} {height:.3f} re f\n"


def _matrix(mark: Matrix, top: float, others: _Others) -> str:
    from ppf.datamatrix import DataMatrix  # slow to import, and only some carriers' labels need it

    x, y, module, text = mark
    cells = "".join(
        f"{left} {-row - 1} {width} 1 re "
        for row, dark in enumerate(DataMatrix(text).matrix)
        for left, width in _dark(dark)
    )
    return f"q {module} 0 0 {module} {x:.3f} {top - y:.3f} cm {cells}f Q\n"


def _dark(cells: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Where dark cells follow each other in a row, and how many."""
    at = 0
    for is_dark, some in groupby(cells, bool):
        width = len(list(some))
        if is_dark:
            yield at, width
        at += width


def _bars(mark: Bars, top: float, others: _Others) -> str:
    center, y, height, code, module = mark
    left = center - code128.modules(code) * module / 2
    symbols = forms.marker(code, "bars") if isinstance(code, Slot) else _symbols(code)
    return f"q {module} 0 0 {height:.3f} {left:.4f} {top - y - height:.3f} cm\n{symbols}Q\n"


def _symbols(code: str) -> str:
    return "".join([_SYMBOLS[value] for value in code128.symbols(code)])


def _symbol(widths: str) -> str:
    """A symbol's bars, one module wide and high, and the step to the next symbol."""
    x, bars = 0, []
    for i, width in enumerate(map(int, widths)):
        if i % 2 == 0:
            bars.append(f"{x} 0 {width} 1 re ")
        x += width
    return f"{''.join(bars)}f 1 0 0 1 {x} 0 cm\n"


_SYMBOLS = [_symbol(widths) for widths in code128.WIDTHS]


def _filled(mark: Filled, top: float, others: _Others) -> str:
    try:
        written, slots = _form(mark.form, top)
        texts = mark.codes + mark.words
        shown = "\n".join(texts).translate(_USUAL).split("\n")
    except OtherLetters:  # their place depends on what else the file holds
        return _drawn(forms.marks(mark), top, others)
    return forms.put_in(
        written,
        [_symbols(texts[number]) if in_bars else shown[number] for number, in_bars in slots],
    )


@lru_cache(maxsize=256)
def _form(form: Form, top: float) -> tuple[list[str], list[tuple[int, bool]]]:
    """A form for `forms.put_in`, and which texts it takes in turn, as words or in bars.

    Raises:
        OtherLetters: not all of its own letters are usual.
    """
    others = _Others()
    written, slots = forms.template(_drawn(form.marks, top, others))
    if others:
        raise OtherLetters
    return written, [(int(slot.removeprefix("bars")), slot.startswith("bars")) for slot in slots]


_WRITERS: dict[type, Callable[[Any, float, _Others], str]] = {
    Text: _text,
    Rule: _rule,
    Bars: _bars,
    Matrix: _matrix,
    Filled: _filled,
}
