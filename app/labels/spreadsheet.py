"""CSV that people open in a spreadsheet: what came from outside stays text, never a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# What spreadsheets take as the beginning of a formula or a command (OWASP, CSV Injection, 2023),
# with their full-width forms.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")


def csv_bytes(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with its mark and semicolons, which a Brazilian Excel opens right by a double click."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(heads)
    for row in rows:
        writer.writerow([cell(value) for value in row])
    return out.getvalue().encode("utf-8-sig", "replace")


def cell(value: object) -> str:
    """The text of one cell; numbers as they are, a would-be formula behind an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = str(value).replace("\x00", "")
    return f"'{text}" if text.lstrip(" \xa0").startswith(_FORMULA) else text
