"""A4 sheets of barcodes to scan: commands, badges, totes, bins, products and the like."""

from __future__ import annotations

from collections.abc import Sequence

from app.labels import code128, to_pdf
from app.labels.page import Mark, Page, Rule, barcode
from app.labels.text import block, line

_WIDTH, _HEIGHT, _MARGIN, _HEAD = 210.0, 297.0, 10.0, 12.0
_CELL_HEIGHT, _BARS_MM, _SMALLEST = 44.0, 18.0, 0.19
_TITLES = {
    "commands": {"pt": "Comandos", "en": "Commands"},
    "badges": {"pt": "Crachás", "en": "Badges"},
    "totes": {"pt": "Caixas de coleta", "en": "Totes"},
    "bins": {"pt": "Endereços", "en": "Bins"},
    "benches": {"pt": "Bancadas", "en": "Benches"},
    "docks": {"pt": "Docas", "en": "Docks"},
    "boxes": {"pt": "Embalagens", "en": "Boxes"},
    "printers": {"pt": "Impressoras", "en": "Printers"},
    "products": {"pt": "Produtos", "en": "Products"},
}
KINDS = tuple(_TITLES)


def sheet(kind: str, items: Sequence[tuple[str, str]], language: str) -> bytes:
    """A PDF of (code's text, caption) pairs, each with its Code 128.

    Args:
        kind: one of `KINDS`.
        language: "pt" or "en"; the captions come translated.

    Raises:
        ValueError: an unknown kind, or a code that can't be a barcode.
    """
    if kind not in _TITLES:
        raise ValueError(f"no such kind of sheet: {kind!r}")
    title = _TITLES[kind]["pt" if language == "pt" else "en"]
    columns = _columns(items)
    step = columns * int((_HEIGHT - 2 * _MARGIN - _HEAD) / _CELL_HEIGHT)
    groups = [items[i : i + step] for i in range(0, len(items) or 1, step)]
    pages = [
        _page(f"{title} · {number}/{len(groups)}", group, columns)
        for number, group in enumerate(groups, 1)
    ]
    return to_pdf.write(pages, title=f"Expedita: {title}")


def _columns(items: Sequence[tuple[str, str]]) -> int:
    widest = max((code128.modules(code) for code, _ in items), default=0)
    needed = (widest + 2 * code128.QUIET_MODULES) * 0.25
    return 2 if needed <= (_WIDTH - 2 * _MARGIN) / 2 else 1


def _page(title: str, items: Sequence[tuple[str, str]], columns: int) -> Page:
    room = _WIDTH - 2 * _MARGIN
    marks: list[Mark] = [line(title, _MARGIN, _MARGIN, room, size=6, bold=True)]
    for i, (code, caption) in enumerate(items):
        x = _MARGIN + (i % columns) * room / columns
        y = _MARGIN + _HEAD + (i // columns) * _CELL_HEIGHT
        marks += _cell(code, caption, x, y, room / columns)
    return Page(_WIDTH, _HEIGHT, marks)


def _cell(code: str, caption: str, x: float, y: float, room: float) -> list[Mark]:
    left, inner = x + 3, room - 6
    return [
        Rule(x, y, room, 0.2),
        *block([("", caption)], left, y + 1.5, inner, 17, size=8, bold=True),
        barcode(x + room / 2, y + 19.5, room, _BARS_MM, code, smallest=_SMALLEST),
        line(code, left, y + 38.2, inner, size=3.2, align="c"),
    ]
