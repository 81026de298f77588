"""Text on paper: made harmless, measured, and fitted into its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from app.labels.page import Text

REGULAR, BOLD = "DejaVuSans", "DejaVuSans-Bold"
SMALLEST_MM = 2.15  # 6 pt, the least that NT 2020.004 allows
LINE = 1.2
CUT_MARK = " […]"
_FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
_STRIPPED = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


@cache
def _face(bold: bool) -> TTFont:
    font = TTFont(BOLD if bold else REGULAR, _FONTS / f"{BOLD if bold else REGULAR}.ttf")
    pdfmetrics.registerFont(font)
    return font


def font_name(bold: bool) -> str:
    """Name of the registered, embeddable font."""
    return str(_face(bold).fontName)


def clean(text: str) -> str:
    """One line without control, bidi or unassigned characters; what has no glyph shows as □."""
    composed = unicodedata.normalize("NFC", text)
    spaced = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in composed)
    kept = "".join(c for c in spaced if unicodedata.category(c) not in _STRIPPED)
    glyphs = _face(False).face.charToGlyph
    return " ".join("".join(c if ord(c) in glyphs else "□" for c in kept).split())


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Width in the unit of `size`. A Zebra's font 0 is narrower: what fits here fits there."""
    return float(pdfmetrics.stringWidth(text, font_name(bold), size))


def wrap(text: str, room: float, size: float, *, bold: bool = False, first: float = 0) -> list[str]:
    """Lines no wider than `room`, the first one shorter by `first`; long words are broken."""
    lines = [""]
    for word in clean(text).split(" "):
        space = room - (first if len(lines) == 1 else 0)
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if width(joined, size, bold=bold) <= space:
            lines[-1] = joined
            continue
        if lines[-1] or (first and width(word, size, bold=bold) <= room):
            lines.append("")
        for char in word:
            space = room - (first if len(lines) == 1 else 0)
            if lines[-1] and width(lines[-1] + char, size, bold=bold) > space:
                lines.append("")
            lines[-1] += char
    return lines


Row = tuple[str, str]


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
    """Rows of (bold title, text) fitted into a box by smaller letters and more lines.

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
    line = 0
    for title, value in rows:
        indent = width(title + " ", size, bold=True) if title else 0.0
        if title:
            marks.append(Text(x, y + line * size * LINE, title, size, True))
        for i, part in enumerate(wrap(value, room, size, bold=bold, first=indent)):
            if part:
                left = x + (indent if i == 0 else 0)
                marks.append(Text(left, y + line * size * LINE, part, size, bold))
            line += 1
    return marks, line


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
