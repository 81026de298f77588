"""Text on paper: made harmless, measured, and fitted into its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from app.labels.fonts import harmless, widths
from app.labels.page import Text

SMALLEST_MM = 2.15  # 6 pt, the least that NT 2020.004 allows
LINE = 1.17
CUT_MARK = " […]"
_STRIPPED = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def clean(text: str) -> str:
    """One line without control, bidi or unassigned characters; what has no glyph shows as □."""
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    if not harmless().issuperset(composed):
        spaced = "".join(
            " " if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Zs") else c for c in composed
        )
        kept = (c for c in spaced if unicodedata.category(c) not in _STRIPPED)
        composed = "".join(c if c in harmless() else "□" for c in kept)
    return " ".join(composed.split())


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Width in the unit of `size`. A Zebra's font 0 is narrower: what fits here fits there."""
    return sum(map(widths(bold).__getitem__, text)) * size


Row = tuple[str, ...]
"""A title in bold, its text, the next title, its text, and so on."""


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
    letters = size
    marks, lines = _set(rows, x, y, room, letters, bold)
    while lines * letters * LINE > height and letters > SMALLEST_MM:
        letters = max(SMALLEST_MM, letters * 0.95)
        marks, lines = _set(rows, x, y, room, letters, bold)
    if lines * letters * LINE > height:
        marks = _cut(marks, y + height - letters * LINE, x + room)
    return marks


def _set(
    rows: Sequence[Row], x: float, y: float, room: float, size: float, bold: bool
) -> tuple[list[Text], int]:
    marks: list[Text] = []
    lines = [runs for row in rows for runs in _flow(row, room, size, bold)]
    gap = width(" ", size, bold=True)
    for number, runs in enumerate(lines):
        left = x
        for text, heavy in runs:
            marks.append(Text(left, y + number * size * LINE, text, size, heavy))
            left += width(text, size, bold=heavy) + gap
    return marks, len(lines)


def _flow(row: Row, room: float, size: float, bold: bool) -> list[list[tuple[str, bool]]]:
    """Lines of (words, is bold) runs, each line no wider than `room`."""
    if len(row) == 1 or not any(row[:-1]):  # one text that may fit as it is
        heavy = bold or len(row) % 2 == 1
        text = clean(row[-1])
        if width(text, size, bold=heavy) <= room:
            return [[(text, heavy)] if text else []]
    gap = width(" ", size, bold=True)
    lines: list[list[tuple[str, bool]]] = [[]]
    used = 0.0
    for i, part in enumerate(row):
        heavy = bold or i % 2 == 0
        words = clean(part).split()
        for piece in (p for word in words for p in _pieces(word, room, size, heavy)):
            needed = width(piece, size, bold=heavy)
            if lines[-1] and used + gap + needed > room:
                lines.append([])
                used = 0.0
            runs = lines[-1]
            used += needed + (gap if runs else 0.0)
            if runs and runs[-1][1] == heavy:
                runs[-1] = (f"{runs[-1][0]} {piece}", heavy)
            else:
                runs.append((piece, heavy))
    return lines


def _pieces(word: str, room: float, size: float, bold: bool) -> list[str]:
    """A word, broken where it alone is wider than a line."""
    if width(word, size, bold=bold) <= room:
        return [word]
    pieces = [""]
    for char in word:
        if pieces[-1] and width(pieces[-1] + char, size, bold=bold) > room:
            pieces.append("")
        pieces[-1] += char
    return pieces


def _cut(marks: list[Text], last_y: float, right: float) -> list[Text]:
    kept = [mark for mark in marks if mark.y <= last_y + 0.01]
    if not kept:
        return []
    last = kept[-1]
    text = last.text
    while text and last.x + width(text + CUT_MARK, last.size, bold=last.bold) > right:
        text = text[:-1]
    return [*kept[:-1], Text(last.x, last.y, text + CUT_MARK, last.size, last.bold)]


def line(
    text: str, x: float, y: float, room: float, *, size: float, bold: bool = False, align: str = "l"
) -> Text:
    """One line fitted by smaller letters (and at the last by " […]"); `align` is l, c or r."""
    shown = clean(text)
    letters = size
    while width(shown, letters, bold=bold) > room and letters > SMALLEST_MM:
        letters = max(SMALLEST_MM, letters * 0.95)
    if width(shown, letters, bold=bold) > room:
        while shown and width(shown + CUT_MARK, letters, bold=bold) > room:
            shown = shown[:-1]
        shown += CUT_MARK
    spare = room - width(shown, letters, bold=bold)
    return Text(x + {"l": 0.0, "c": spare / 2, "r": spare}[align], y, shown, letters, bold)
