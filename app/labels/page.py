"""A page as a list of marks, in millimetres from its top left corner.

A document is laid out once and written twice: `to_zpl` and `to_pdf` draw the same marks, so a
label says the same on every printer. Marks are named tuples, which are made in a fraction of the
time of other frozen classes: a label has some twenty.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct, field

from app.labels import code128

_MODULES_MM = (0.375, 0.25, 0.19)

Run = tuple[str, bool]
"""Cleaned words, and whether they are bold."""


class Text(NamedTuple):
    """One line of runs, a bold space between each two; `y` is its top, `size` its letter size."""

    x: float
    y: float
    size: float
    runs: tuple[Run, ...]


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


class Stationery(Struct, frozen=True, eq=False):
    """Marks that many pages share: laid out once, and written once by each writer."""

    marks: tuple[Mark, ...]


Mark = Text | Bars | Matrix | Rule | Stationery


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
