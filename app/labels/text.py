"""Text on paper: made harmless, measured, and fitted into its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from math import ceil
from string import ascii_letters, digits
from typing import NamedTuple

from app.labels.fonts import harmless, widths
from app.labels.page import Run, Slot, Text

SMALLEST_MM = 2.15  # 6 pt, the least that NT 2020.004 allows
LINE = 1.17
CUT_MARK = " […]"
STEPS = 200
PLAIN = (ascii_letters + digits + " .,:/()-").encode("ascii")  # of no command to a printer
_STRIPPED = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def clean(text: str) -> str:
    """One line without control, bidi or unassigned characters; what has no glyph shows as □."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    composed = unicodedata.normalize("NFC", text)
    if not harmless().issuperset(composed):
        spaced = "".join(
            " " if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Zs") else c for c in composed
        )
        kept = "".join(c for c in spaced if unicodedata.category(c) not in _STRIPPED)
        # What was stripped may have stood between a letter and its accent.
        composed = unicodedata.normalize("NFC", kept)
        composed = "".join(c if c in harmless() else "□" for c in composed)
    return " ".join(composed.split())


def is_usual(texts: Collection[str]) -> bool:
    """Whether all texts are of Latin-1 and as `clean` leaves them."""
    return signs_of(texts) is not None


def signs_of(texts: Collection[str]) -> str | None:
    """What usual texts hold besides `PLAIN`, seen by one look at them all; None for others."""
    joined = " ".join(texts if all(texts) else filter(None, texts))
    try:
        signs = joined.encode("latin-1").translate(None, PLAIN).decode("latin-1")
    except UnicodeEncodeError:
        return None
    usual = signs.isprintable() and "  " not in joined and joined.strip(" ") == joined
    return signs if usual else None


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Width in the unit of `size`. A Zebra's font 0 is narrower: what fits here fits there."""
    return sum(map(widths(bold).__getitem__, text)) * size


@cache
def steps(bold: bool) -> bytes:
    """How wide each character of Latin-1 is, rounded up: so many `STEPS` are a letter's size."""
    wide = widths(bold)
    return bytes(ceil(wide[chr(code)] * STEPS) for code in range(256))


Row = tuple[str, ...]
"""A title in bold, its text, the next title, its text, and so on."""


class _Line(NamedTuple):
    """Runs and their width in letters of size 1, the spaces between them included."""

    runs: tuple[Run, ...]
    width: float


def block(
    rows: Sequence[Row],
    x: float,
    y: float,
    room: float,
    height: float,
    *,
    size: float,
    bold: bool = False,
) -> list[Text]:
    """Rows of bold titles and texts fitted into a box by smaller letters and more lines.

    What does not fit at the smallest legal size ends with a visible " […]".
    """
    whole = [line for line in [_whole(row, bold) for row in rows] if line.runs]
    words_of = cache(_words)  # each run is measured once, whatever the letters' size
    letters = size
    lines = _flow(whole, room / letters, words_of)
    while len(lines) * letters * LINE > height and letters > SMALLEST_MM:
        letters = max(SMALLEST_MM, letters * 0.95)
        lines = _flow(whole, room / letters, words_of)
    if len(lines) * letters * LINE > height:
        lines = _cut(lines[: max(0, int(height / (letters * LINE) + 0.001))], room / letters)
    step = letters * LINE
    room /= letters
    return [
        Text(x, y + i * step, letters, line.runs, room - line.width) for i, line in enumerate(lines)
    ]


def _whole(row: Row, bold: bool) -> _Line:
    """A row as the one line that it would be if there were room enough."""
    gap = _gap()
    runs: list[Run] = []
    wide = -gap
    is_title = True
    for part in row:
        if part:
            words, unit = _title(part) if is_title else _measured(part, bold)
            if words:
                runs.append((words, bold or is_title))
                wide += unit + gap
        is_title = not is_title
    return _Line(tuple(runs), wide)


def _measured(text: str, bold: bool) -> tuple[str, float]:
    words = text if isinstance(text, Slot) else clean(text)
    return words, sum(map(widths(bold).__getitem__, words))


@lru_cache(maxsize=256)  # titles are the same on every page
def _title(text: str) -> tuple[str, float]:
    return _measured(text, True)


@cache
def _gap() -> float:
    return widths(bold=True)[" "]


class _Measured(NamedTuple):
    """A run's width and its words with theirs, in letters of size 1."""

    width: float
    words: list[tuple[str, float]]


def _words(run: Run) -> _Measured:
    text, bold = run
    words = [(word, width(word, 1, bold=bold)) for word in text.split()]
    return _Measured(width(text, 1, bold=bold), words)


_Words = Callable[[Run], _Measured]


def _flow(lines: list[_Line], room: float, words_of: _Words) -> list[_Line]:
    """The same words in lines no wider than `room`, which is in letters."""
    flown: list[_Line] = []
    for line in lines:
        if line.width <= room:
            flown.append(line)
        else:
            flown += _broken(line.runs, room, words_of)
    return flown


def _broken(whole: tuple[Run, ...], room: float, words_of: _Words) -> list[_Line]:
    """One row in as many lines as its words need."""
    gap = _gap()
    broken: list[_Line] = []
    runs: list[Run] = []
    used = -gap
    for run in whole:
        needed, words = words_of(run)
        bold = run[1]
        if used + gap + needed <= room:
            runs.append(run)
            used += gap + needed
            continue
        for piece, needed in _pieces(words, room, bold):
            if runs and used + gap + needed > room:
                broken.append(_Line(tuple(runs), used))
                runs, used = [], -gap
            used += gap + needed
            if runs and runs[-1][1] == bold:
                runs[-1] = (f"{runs[-1][0]} {piece}", bold)
            else:
                runs.append((piece, bold))
    return [*broken, _Line(tuple(runs), used)] if runs else broken


def _pieces(words: list[tuple[str, float]], room: float, bold: bool) -> Iterator[tuple[str, float]]:
    """Words and their widths, broken where one alone is wider than a line."""
    for word, wide in words:
        if wide <= room:
            yield word, wide
            continue
        pieces = [""]
        for char in word:
            if pieces[-1] and width(pieces[-1] + char, 1, bold=bold) > room:
                pieces.append("")
            pieces[-1] += char
        for piece in pieces:
            yield piece, width(piece, 1, bold=bold)


def _cut(lines: list[_Line], room: float) -> list[_Line]:
    """The lines that there is room for, the last with the mark that more was there."""
    if not lines:
        return []
    runs, before = list(lines[-1].runs), lines[-1].width
    while runs:
        text, bold = runs.pop()
        before -= width(text, 1, bold=bold)
        if not runs or before + width(CUT_MARK, 1, bold=bold) <= room:
            break
        before -= _gap()
    shown = _with_mark(text, room - before, bold)
    return [*lines[:-1], _Line((*runs, (shown, bold)), before + width(shown, 1, bold=bold))]


def _with_mark(text: str, room: float, bold: bool) -> str:
    """As much of the text as there is room for (in letters) with the mark behind it."""
    left = room - width(CUT_MARK, 1, bold=bold)
    for shown, reached in enumerate(accumulate(map(widths(bold).__getitem__, text))):
        if reached > left:
            return text[:shown] + CUT_MARK
    return text + CUT_MARK


def line(
    text: str, x: float, y: float, room: float, *, size: float, bold: bool = False, align: str = "l"
) -> Text:
    """One line fitted by smaller letters (and at the last by " […]"); `align` is l, c or r."""
    shown, unit = _measured(text, bold)
    letters = size
    while unit * letters > room and letters > SMALLEST_MM:
        letters = max(SMALLEST_MM, letters * 0.95)
    if unit * letters > room:
        shown = _with_mark(shown, room / letters, bold)
        unit = width(shown, 1, bold=bold)
    if align != "l":
        spare = room - unit * letters
        x += spare / 2 if align == "c" else spare
    return Text(x, y, letters, ((shown, bold),), room / letters - unit)
