"""Forms: what many pages have in common, laid out once and filled with each page's own texts.

A form is what a layout gives for short samples. Texts that fit into the samples' lines would be
laid out the same, so they are only put in; all others are laid out by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
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
    """Texts that have their form in common; it is made when one is asked for again."""

    def __init__(self) -> None:
        self.was_seen = False
        self.form: Form | None = None
        self.lines: list[_Line] | None = None  # none where a text has no line of its own


def filled(
    layout: Layout, texts: tuple[str, ...], fixed: tuple[Hashable, ...], *, codes: int = 0
) -> list[Mark]:
    """What `layout(texts, *fixed)` gives, from its form where that can be.

    Args:
        texts: as they came; `layout` gets them cleaned.
        fixed: what is the same on many pages; never a person's.
        codes: how many of the first texts are codes, which are not cleaned. They are drawn in bars
            or have to be measured, so those that differ in more than their digits have other forms.
    """
    clean = clean_all(texts)
    if clean[:codes] != texts[:codes]:
        return layout((*texts[:codes], *clean[codes:]), *fixed)
    alike = "\n".join(texts[:codes]).translate(_ZEROS)
    kind = _kind(layout, fixed, alike, tuple(map(bool, clean)))
    if kind.form is None and kind.was_seen:
        _make(kind, layout, fixed, alike.split("\n")[:codes], clean)
    kind.was_seen = True
    if kind.form and kind.lines is not None and _fit(clean, kind.lines):
        return [Filled(kind.form, clean)]
    return layout(clean, *fixed)


def marks(filled: Filled) -> list[Mark]:
    """The marks of a form with the texts in their slots."""
    texts = filled.texts

    def put(words: str) -> str:
        return texts[words.number] if isinstance(words, Slot) else words

    made: list[Mark] = []
    for mark in filled.form.marks:
        if isinstance(mark, Text):
            mark = mark._replace(runs=tuple((put(words), bold) for words, bold in mark.runs))
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
def _kind(*what: Hashable) -> _Kind:
    return _Kind()


def _make(
    kind: _Kind, layout: Layout, fixed: tuple[Hashable, ...], codes: list[str], texts: Sequence[str]
) -> None:
    samples = [Slot(code, number, exact=True) for number, code in enumerate(codes)]
    for number, text in enumerate(texts[len(codes) :], len(codes)):
        samples.append(Slot(_SAMPLE if text else "", number, exact=False))
    kind.form = Form(tuple(layout(tuple(samples), *fixed)))
    drawn = {slot.number for mark in kind.form.marks for slot in _slots(mark)}
    if all(sample.number in drawn for sample in samples if sample):
        kind.lines = [line for mark in kind.form.marks if (line := _line(mark))]


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
