"""The sheet with the recovery key: text to type and a barcode to scan."""

from __future__ import annotations

from app.labels import to_pdf
from app.labels.page import Page, barcode
from app.labels.text import block, line

_WIDTH, _HEIGHT, _MARGIN = 210.0, 297.0, 20.0
_WORDS = {
    "pt": (
        "Chave de recuperação",
        "Armazém: {warehouse} · feita em {made_on}",
        "Com ela, as cópias de segurança deste armazém abrem em qualquer computador. "
        "Sem ela e sem o computador de hoje, não abrem.",
        "Guarde esta folha num cofre, longe da estação. Quem a tem pode ler as cópias.",
        "Para usar: expedita restore ARQUIVO",
    ),
    "en": (
        "Recovery key",
        "Warehouse: {warehouse} · made on {made_on}",
        "With it, the backups of this warehouse open on any computer. Without it and without "
        "today's computer they do not.",
        "Keep this sheet in a safe, away from the station. Whoever has it can read the backups.",
        "To use it: expedita restore FILE",
    ),
}


def sheet(key: str, warehouse: str, made_on: str, language: str) -> bytes:
    """A page of A4 as PDF. `key` is in groups of four; the barcode holds it without spaces."""
    title, whose, means, keep, use = _WORDS["pt" if language == "pt" else "en"]
    room = _WIDTH - 2 * _MARGIN
    whose = whose.format(warehouse=warehouse or "Expedita", made_on=made_on)
    groups = key.split()
    page = Page(
        _WIDTH,
        _HEIGHT,
        [
            line(f"Expedita · {title}", _MARGIN, 25, room, size=9, bold=True),
            line(whose, _MARGIN, 40, room, size=4.5),
            *block([("", means)], _MARGIN, 52, room, 24, size=4.5),
            line(" ".join(groups[:5]), _MARGIN, 85, room, size=8, bold=True, align="c"),
            line(" ".join(groups[5:]), _MARGIN, 98, room, size=8, bold=True, align="c"),
            barcode(_WIDTH / 2, 118, room, 22, "".join(groups)),
            *block([("", keep)], _MARGIN, 155, room, 24, size=4.5, bold=True),
            line(use, _MARGIN, 182, room, size=4.5),
        ],
    )
    return to_pdf.write([page], title=f"Expedita: {title}")
