"""Forms: what many pages have in common, laid out once and filled with each page's own texts.

A form is what the layouts of a page's pieces give for short samples. Texts that fit into the
samples' lines would be laid out the same, so they are only put in. A piece with any others is laid
out by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import lru_cache
from itertools import chain, groupby, islice, repeat
from typing import NamedTuple
from zlib import adler32

from app.labels.page import Bars, Filled, Form, Mark, Slot, Text
from app.labels.text import STEPS, clean, is_usual, signs_of, steps, width

Layout = Callable[..., list[Mark]]
"""Lays texts out: `layout(texts, *fixed)`. A text that is "" has no place."""

Texts = tuple[str, ...]
Fixed = tuple[Hashable, ...]
"""What a layout takes besides its texts."""

_SAMPLE = "."
_ZEROS = bytes.maketrans(b"123456789", b"0" * 9)  # all digits are equally wide, in bars too
_MARKER = re.compile("\0([a-z]*[0-9]+)\0")
_ROUNDING = 1e-6  # letters
_SUMMED = 65_519  # the most that Adler-32 sums, which is modulo 65,521


class Piece(NamedTuple):
    """A piece of a page: what a layout gives for so many codes and, after them, words."""

    layout: Layout
    codes: int = 0
    words: int = 0


class Pieces:
    """The pieces of a page, one after the other."""

    def __init__(self, *pieces: Piece) -> None:
        self.pieces = pieces

    def filled(self, fixed: tuple[Fixed, ...], codes: Texts, words: Texts) -> list[Mark]:
        """What the pieces' layouts give, in their order; what can be filled in comes as a form.

        Args:
            fixed: for each piece what is the same on many pages; never a person's.
            codes: of all pieces; they are not cleaned. They are drawn in bars or have to be
                measured, so those that differ in more than their digits have other forms.
            words: of all pieces, as they came; the layouts get them cleaned.
        """
        signs = signs_of(words)
        if signs is None:
            words = tuple(map(clean, words))
        present = () if all(words) else tuple(map(bool, words))
        shape = _shape(self, fixed, _zeroed("\n".join(codes)), present) or _shape(
            self, fixed, tuple(map(_zeroed, codes)), present
        )
        assert shape
        if signs is not None and shape.form and _fit(words, shape.lines):
            return [Filled(shape.form, codes, words, signs)]
        made = _one_by_one(shape.kinds, codes, words)
        shape.join()
        return made


_Line = tuple[int, tuple[int, ...], int, int, int, bytes]
"""Words that share a line (one's number and the others'), how many letters have room whatever they
are, how many may have it, the room that is left for them, in steps, and how wide each letter is.

A bare tuple, since each label takes them apart: a named one takes half as long again.
"""


class _Kind:
    """Pieces that have their form in common; it is made when the second one is asked for."""

    def __init__(self, piece: Piece, fixed: Fixed) -> None:
        self.layout, self.codes, self.words = piece
        self.fixed = fixed
        self.asked = 0
        self.marks: list[Mark] = []
        self.lines: list[_Line] | None = None  # none where a text has no line of its own

    def holds(self, codes: Texts, words: Texts) -> bool:
        """Whether there is a form, and the words fit into its lines."""
        if self.asked < 2:
            self.asked += 1
            if self.asked > 1 and is_usual(codes):
                self._make(codes, words)
        return self.lines is not None and is_usual(words) and _fit(words, self.lines)

    def _make(self, codes: Texts, words: Texts) -> None:
        samples = [Slot(_zeroed(code).decode(), i, exact=True) for i, code in enumerate(codes)]
        for number, text in enumerate(words, self.codes):
            samples.append(Slot(_SAMPLE if text else "", number, exact=False))
        self.marks = self.layout(tuple(samples), *self.fixed)
        drawn = {slot.number for mark in self.marks for slot in _slots(mark)}
        if all(sample.number in drawn for sample in samples if sample):
            lines = [_line(mark, before=self.codes) for mark in self.marks]
            self.lines = [line for line in lines if line]


class _Shape:
    """Pages whose pieces are of the same kinds: their form, once each kind has its own."""

    def __init__(self, kinds: tuple[_Kind, ...]) -> None:
        self.kinds = kinds
        self.form: Form | None = None
        self.lines: list[_Line] = []

    def join(self) -> None:
        """Make the form if it can be made."""
        if self.form or any(kind.lines is None for kind in self.kinds):
            return
        lines: list[_Line] = []
        before = 0
        for kind in self.kinds:
            for number, others, letters, most, room, wide in kind.lines or ():
                later = tuple(before + other for other in others)
                lines.append((before + number, later, letters, most, room, wide))
            before += kind.words
        self.lines, self.form = lines, _joined(self.kinds)


def _one_by_one(kinds: tuple[_Kind, ...], codes: Texts, words: Texts) -> list[Mark]:
    """What pieces of these kinds give; those that follow each other are filled in as one form."""
    code, word = iter(codes), iter(words)
    each = [
        (kind, tuple(islice(code, kind.codes)), tuple(islice(word, kind.words))) for kind in kinds
    ]
    made: list[Mark] = []
    for held, pieces in groupby(each, lambda one: one[0].holds(one[1], one[2])):
        if held:
            some, their_codes, their_words = zip(*pieces, strict=True)
            texts = tuple(chain(*their_words))
            signs = signs_of(texts)
            assert signs is not None  # all of them were seen to be usual
            made.append(Filled(_joined(some), tuple(chain(*their_codes)), texts, signs))
        else:
            for kind, own_codes, own_words in pieces:
                made += kind.layout(own_codes + own_words, *kind.fixed)
    return made


def marks(filled: Filled) -> list[Mark]:
    """The marks of a form with the texts in their slots."""
    texts = filled.codes + filled.words
    return _with(filled.form.marks, lambda slot: texts[slot.number])


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


def template(written: str) -> tuple[list[str], list[str]]:
    """A written form in parts for `put_in`, and what its slots' markers hold, in their order."""
    parts = _MARKER.split(written)
    return parts, parts[1::2]


def put_in(parts: list[str], texts: Sequence[str]) -> str:
    """A written form with texts in place of its markers; `%` takes three times as long."""
    parts = parts.copy()
    parts[1::2] = texts
    return "".join(parts)


@lru_cache(maxsize=512)
def _joined(kinds: tuple[_Kind, ...]) -> Form:
    """The forms of several kinds as one, which takes the codes of all, and then their words."""
    marks: list[Mark] = []
    code, word = 0, sum(kind.codes for kind in kinds)
    for kind in kinds:
        places = (*range(code, code + kind.codes), *range(word, word + kind.words))

        def later(slot: Slot, places: tuple[int, ...] = places) -> Slot:
            return Slot(slot, places[slot.number], exact=slot.exact)

        marks += _with(kind.marks, later)
        code, word = code + kind.codes, word + kind.words
    return Form(tuple(marks))


@lru_cache(maxsize=512)
def _shape(
    pieces: Pieces,
    fixed: tuple[Fixed, ...],
    alike: bytes | tuple[bytes, ...],
    present: tuple[bool, ...],
) -> _Shape | None:
    """The shape of pages with such codes, joined, which takes less time, or each by itself; None
    where they are joined and could mean others too."""
    each = alike.split(b"\n") if isinstance(alike, bytes) else alike
    if len(each) != sum(piece.codes for piece in pieces.pieces):
        return None
    code = iter(each)
    word = iter(present or repeat(True))
    kinds = [
        _kind(piece, own, tuple(islice(code, piece.codes)), tuple(islice(word, piece.words)))
        for piece, own in zip(pieces.pieces, fixed, strict=True)
    ]
    return _Shape(tuple(kinds))


@lru_cache(maxsize=512)
def _kind(piece: Piece, fixed: Fixed, alike: tuple[bytes, ...], present: tuple[bool, ...]) -> _Kind:
    return _Kind(piece, fixed)


def _zeroed(code: str) -> bytes:
    """What codes that have a form in common have in common."""
    return code.encode("utf-8", "surrogatepass").translate(_ZEROS)


def _slots(mark: Mark) -> list[Slot]:
    if isinstance(mark, Bars):
        return [mark.code] if isinstance(mark.code, Slot) else []
    runs = mark.runs if isinstance(mark, Text) else ()
    return [words for words, _ in runs if isinstance(words, Slot)]


def _line(mark: Mark, *, before: int) -> _Line | None:
    """What a line takes, if it has slots that words may fill: they are all bold, or none is.

    Words are counted from the slot `before`.
    """
    slots = [slot for slot in _slots(mark) if not slot.exact]
    if not slots or not isinstance(mark, Text):
        return None
    bold = mark.runs[-1][1]
    spare = mark.spare - _ROUNDING + sum(width(slot, 1, bold=bold) for slot in slots)
    room, wide = int(spare * STEPS), steps(bold)
    number, *others = [slot.number - before for slot in slots]
    most = min(room // min(wide), _SUMMED // max(wide))
    return number, tuple(others), room // max(wide), most, room, wide


def _fit(words: Texts, lines: list[_Line]) -> bool:
    """Whether usual words surely fit: they are measured a little too wide, and in little time."""
    for number, others, letters, most, room, wide in lines:
        text = words[number]
        for other in others:
            text += words[other]
        if len(text) > letters:
            # Adler-32 has the sum of the bytes and one in it, in a fifth of the time of `sum`.
            needed = adler32(text.encode("latin-1").translate(wide)) & 0xFFFF
            if needed > room or len(text) > most:
                return False
    return True
