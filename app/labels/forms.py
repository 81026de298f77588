"""Forms: what many pages have in common, laid out once and filled with each page's own texts.

A form is what a layout gives for short samples. Texts that fit into the samples' lines would be
laid out the same, so they are only put in; all others are laid out by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from app.labels.page import Bars, Filled, Form, Mark, Slot, Text
from app.labels.text import WIDEST, clean_all, surely_fits, width

Layout = Callable[..., list[Mark]]
"""Lays texts out: `layout(texts, *fixed)`. A text that is "" has no place."""

_SAMPLE = "."
_ZEROS = str.maketrans("123456789", "0" * 9)  # all digits are equally wide, on paper and in bars
_MARKER = re.compile("\0([a-z]*[0-9]+)\0")
_ROUNDING = 1e-6  # letters


class _Line(NamedTuple):
    """Slots that share a line, and the room that is left for them, in letters of size 1."""

    number: int
    others: tuple[int, ...]
    room: float
    bold: bool


class _Kind:
    """Pieces that have their form in common; it is made when the second one is asked for."""

    def __init__(self) -> None:
        self.asked = 0
        self.texts = 0
        self.marks: list[Mark] = []
        self.lines: list[_Line] | None = None  # none where a text has no line of its own


class Piece(NamedTuple):
    """A piece of a page: what `layout(texts, *fixed)` gives.

    Args:
        texts: as they came; `layout` gets them cleaned.
        fixed: what is the same on many pages; never a person's.
        codes: how many of the first texts are codes, which are not cleaned. They are drawn in bars
            or have to be measured, so those that differ in more than their digits have other forms.
    """

    layout: Layout
    texts: tuple[str, ...]
    fixed: tuple[Hashable, ...] = ()
    codes: int = 0


def filled(*pieces: Piece) -> list[Mark]:
    """What the pieces' layouts give, in their order; what can be filled in comes as a form."""
    made: list[Mark] = []
    kinds: list[_Kind] = []  # one after the other they are filled in as one form
    put: list[str] = []
    for piece, texts in zip(pieces, _cleaned(pieces), strict=True):
        kind = _kind_of(piece, texts)
        if kind.lines is not None and _fit(texts, kind.lines):
            kinds.append(kind)
            put += texts
            continue
        if kinds:
            made.append(Filled(_joined(tuple(kinds)), tuple(put)))
            kinds, put = [], []
        made += piece.layout(texts, *piece.fixed)
    if kinds:
        made.append(Filled(_joined(tuple(kinds)), tuple(put)))
    return made


def _cleaned(pieces: Sequence[Piece]) -> list[tuple[str, ...]]:
    """The texts of each piece, all but the codes clean."""
    given = tuple([text for piece in pieces for text in piece.texts])
    if clean_all(given) is given:
        return [piece.texts for piece in pieces]
    return [
        (*piece.texts[: piece.codes], *clean_all(piece.texts[piece.codes :])) for piece in pieces
    ]


def marks(filled: Filled) -> list[Mark]:
    """The marks of a form with the texts in their slots."""
    return _with(filled.form.marks, lambda slot: filled.texts[slot.number])


def _with(marks: Iterable[Mark], words: Callable[[Slot], str]) -> list[Mark]:
    """Marks with other words in place of their slots."""

    def put(there: str) -> str:
        return words(there) if isinstance(there, Slot) else there

    made: list[Mark] = []
    for mark in marks:
        if isinstance(mark, Text):
            mark = mark._replace(runs=tuple((put(there), bold) for there, bold in mark.runs))
        elif isinstance(mark, Bars):
            mark = mark._replace(code=put(mark.code))
        made.append(mark)
    return made


def marker(slot: Slot, kind: str = "") -> str:
    """What a writer writes for a slot; no text has such characters."""
    return f"\0{kind}{slot.number}\0"


def template(written: str) -> tuple[str, list[str]]:
    """A written form for `%`, and what its slots' markers hold, in their order."""
    parts = _MARKER.split(written)
    return "%s".join([part.replace("%", "%%") for part in parts[::2]]), parts[1::2]


@lru_cache(maxsize=256)
def _joined(kinds: tuple[_Kind, ...]) -> Form:
    """The forms of several kinds as one, which takes the texts of all."""
    marks: list[Mark] = []
    before = 0
    for kind in kinds:

        def later(slot: Slot, before: int = before) -> Slot:
            return Slot(slot, before + slot.number, exact=slot.exact)

        marks += _with(kind.marks, later)
        before += kind.texts
    return Form(tuple(marks))


def _kind_of(piece: Piece, texts: tuple[str, ...]) -> _Kind:
    layout, _, fixed, codes = piece
    alike = "\n".join(texts[:codes]).translate(_ZEROS) if codes else ""
    kind = _kind(layout, fixed, alike, tuple(map(bool, texts)))
    if kind.asked < 2:
        kind.asked += 1
        if kind.asked == 2:
            _make(kind, piece, texts)
    return kind


@lru_cache(maxsize=256)
def _kind(*what: Hashable) -> _Kind:
    return _Kind()


def _make(kind: _Kind, piece: Piece, texts: tuple[str, ...]) -> None:
    codes = texts[: piece.codes]
    if clean_all(codes) != codes:
        return
    samples = [Slot(code.translate(_ZEROS), i, exact=True) for i, code in enumerate(codes)]
    for number, text in enumerate(texts[len(codes) :], len(codes)):
        samples.append(Slot(_SAMPLE if text else "", number, exact=False))
    kind.texts = len(samples)
    kind.marks = piece.layout(tuple(samples), *piece.fixed)
    drawn = {slot.number for mark in kind.marks for slot in _slots(mark)}
    if all(sample.number in drawn for sample in samples if sample):
        kind.lines = [line for mark in kind.marks if (line := _line(mark))]


def _slots(mark: Mark) -> list[Slot]:
    if isinstance(mark, Bars):
        return [mark.code] if isinstance(mark.code, Slot) else []
    runs = mark.runs if isinstance(mark, Text) else ()
    return [words for words, _ in runs if isinstance(words, Slot)]


def _line(mark: Mark) -> _Line | None:
    """What a line takes, if it has slots that any text may fill: they are all bold, or none is."""
    slots = [slot for slot in _slots(mark) if not slot.exact]
    if not slots or not isinstance(mark, Text):
        return None
    bold = mark.runs[-1][1]
    room = mark.spare - _ROUNDING + sum(width(slot, 1, bold=bold) for slot in slots)
    number, *others = [slot.number for slot in slots]
    return _Line(number, tuple(others), room, bold)


def _fit(texts: tuple[str, ...], lines: list[_Line]) -> bool:
    for number, others, room, bold in lines:
        text = texts[number]
        for other in others:
            text += texts[other]
        if len(text) * WIDEST > room and not surely_fits(text, room, bold=bold):
            return False
    return True
