"""A page as a list of marks, in millimetres from its top left corner.

A document is laid out once and written twice: `to_zpl` and `to_pdf` draw the same marks, so a
label says the same on every printer. Marks are named tuples and structures, which are made in a
fraction of the time of other frozen classes: a label has some twenty.
"""

from __future__ import annotations

from typing import NamedTuple, Self

from msgspec import Struct, field

from app.labels import code128

_MODULES_MM = (0.375, 0.25, 0.19)

Run = tuple[str, bool]
"""Cleaned words, and whether they are bold."""


class Slot(str):
    """A short sample that keeps the place of a form's text number `number`.

    `exact` says that the text is as wide as the sample, and its bars too.
    """

    number: int
    exact: bool

    def __new__(cls, sample: str, number: int, *, exact: bool) -> Self:
        made = super().__new__(cls, sample)
        made.number, made.exact = number, exact
        return made


class Text(NamedTuple):
    """One line of runs, a bold space between each two; `y` is its top, `size` its letter size.

    `spare` is what its place has room for besides, in letters of size 1.
    """

    x: float
    y: float
    size: float
    runs: tuple[Run, ...]
    spare: float = 0


class Bars(NamedTuple):
    """A Code 128 centred on `center`."""

    center: float
    y: float
    height: float
    code: str
    module: float


class Rule(NamedTuple):
    """A filled rectangle: a line, thick or thin."""

    x: float
    y: float
    width: float
    height: float = 0.3


class Matrix(NamedTuple):
    """A square Data Matrix (ECC 200) of ASCII text with its top left corner at `x`, `y`.

    `module` is the side of one of its cells; the quiet zone around it is the page's to keep.
    """

    x: float
    y: float
    module: float
    text: str


class Form(Struct, frozen=True, eq=False):
    """Marks that many pages share, some with slots: laid out once, and written once by each
    writer."""

    marks: tuple[Mark, ...]


class Filled(Struct, frozen=True, gc=False):
    """A form with the texts of its slots, codes before words; all are clean and fit.

    The codes differ from the form's samples in their digits alone. The words are of Latin-1;
    `signs` are all of their characters that aren't in `text.PLAIN`. See `forms.Pieces`.
    """

    form: Form
    codes: tuple[str, ...]
    words: tuple[str, ...]
    signs: str


Mark = Text | Bars | Matrix | Rule | Filled


class Page(Struct):
    width: float
    height: float
    marks: list[Mark] = field(default_factory=list)


def barcode(
    center: float, y: float, width: float, height: float, code: str, *, smallest: float = 0.25
) -> Bars:
    """A barcode with the widest bars whose quiet zones too fit in `width`.

    `smallest` is the narrowest bar: 0.25 mm is two dots of a 203 dpi printer.

    Raises:
        ValueError: not printable ASCII, or too long for the width.
    """
    count = code128.modules(code) + 2 * code128.QUIET_MODULES
    for module in _MODULES_MM:
        if module >= smallest and count * module <= width:
            return Bars(center, y, height, code, module)
    raise ValueError("the code is too long for its place")
