"""The carrier manifest (romaneio) as pages, on A4 or on label paper, in two copies."""

from __future__ import annotations

from datetime import tzinfo

from msgspec import Struct

from app.labels import wording
from app.labels.data import RomaneioData, RomaneioRow
from app.labels.page import Mark, Page, Rule, barcode
from app.labels.text import block, line

COPIES = ("1ª via", "2ª via")
_SIGNATURES = ("Expedição", "Motorista", "Documento e placa")
_TITLES = ("Nº", "PEDIDO", "RASTREIO", "VOL", "PESO", "CEP")
_SHARES = (0.07, 0.24, 0.31, 0.09, 0.14, 0.15)
_ALIGN = ("r", "l", "l", "c", "r", "r")


class Paper(Struct, frozen=True):
    """A page's size and how large the table's letters are, in millimetres."""

    width: float
    height: float
    margin: float
    letter: float

    @property
    def room(self) -> float:
        return self.width - 2 * self.margin

    @property
    def row_height(self) -> float:
        return self.letter * 1.55

    @property
    def head_height(self) -> float:
        return self.letter * 5 + 26

    @property
    def foot_height(self) -> float:
        return self.letter * 2 + 22

    @property
    def rows_a_page(self) -> int:
        table = self.height - 2 * self.margin - self.head_height - self.foot_height
        return int(table / self.row_height)


A4 = Paper(210, 297, 12, 3.4)
LABEL = Paper(100, 150, 4, 2.4)


def pages(data: RomaneioData, zone: tzinfo, paper: Paper) -> list[Page]:
    """All pages of the first copy, then all of the second; times stand in `zone`.

    Raises:
        ValueError: the manifest's number can't be a barcode.
    """
    frame = [*_head(data, zone, paper), *_titles(paper), *_foot(data, paper)]
    step = paper.rows_a_page
    sheets = [_rows(data, paper, first, step) for first in range(0, len(data.rows) or 1, step)]
    return [
        Page(
            paper.width,
            paper.height,
            [_corner(paper, f"{copy} · página {number}/{len(sheets)}"), *frame, *rows],
        )
        for copy in COPIES
        for number, rows in enumerate(sheets, 1)
    ]


def _corner(paper: Paper, text: str) -> Mark:
    half = paper.room / 2 - 1
    return line(text, paper.margin + half + 2, paper.margin, half, size=paper.letter, align="r")


def _head(data: RomaneioData, zone: tzinfo, paper: Paper) -> list[Mark]:
    x, y, room, size = paper.margin, paper.margin, paper.room, paper.letter
    closed = wording.moment(data.closed_at, zone) if data.closed_at else "-"
    facts = [
        ("TRANSPORTADORA:", f"{data.carrier} · {data.service}"),
        ("DOCA:", f"{data.dock} · {data.warehouse_name}"),
        ("ABERTO:", wording.moment(data.opened_at, zone), "FECHADO:", closed),
    ]
    bars_y = y + size * 1.6
    return [
        line(f"ROMANEIO {data.manifest_id}", x, y, room / 2 - 1, size=size * 1.3, bold=True),
        barcode(paper.width / 2, bars_y + 0.8, paper.width, 12, data.manifest_id),
        *block(facts, x, bars_y + 14, room, size * 3.7, size=size),
    ]


def _titles(paper: Paper) -> list[Mark]:
    y = paper.margin + paper.head_height - paper.row_height
    return [*_cells(paper, y, _TITLES, bold=True), Rule(paper.margin, y, paper.room)]


def _rows(data: RomaneioData, paper: Paper, first: int, most: int) -> list[Mark]:
    """The rows of one sheet, laid out once for both copies."""
    marks: list[Mark] = []
    for place, row in enumerate(data.rows[first : first + most]):
        y = paper.margin + paper.head_height + place * paper.row_height
        marks += _row(paper, y, first + place + 1, row)
    return marks


def _row(paper: Paper, y: float, number: int, row: RomaneioRow) -> list[Mark]:
    package = f"{row.package_no}/{row.package_count}"
    weight, cep = wording.kilos(row.weight_g), wording.cep(row.cep)
    texts = (str(number), row.order_number, row.tracking, package, weight, cep)
    return _cells(paper, y, texts, bold=False)


def _cells(paper: Paper, y: float, texts: tuple[str, ...], *, bold: bool) -> list[Mark]:
    marks: list[Mark] = [Rule(paper.margin, y + paper.row_height, paper.room, 0.15)]
    x = paper.margin
    for text, share, align in zip(texts, _SHARES, _ALIGN, strict=True):
        room = paper.room * share
        top, size = y + paper.letter * 0.2, paper.letter
        marks.append(line(text, x + 0.5, top, room - 1, size=size, bold=bold, align=align))
        x += room
    return marks


def _foot(data: RomaneioData, paper: Paper) -> list[Mark]:
    y = paper.height - paper.margin - paper.foot_height + paper.letter
    total = f"TOTAL: {data.total_packages} volumes · {wording.kilos(data.total_weight_g)}"
    marks: list[Mark] = [
        line(total, paper.margin, y, paper.room, size=paper.letter * 1.2, bold=True)
    ]
    share = paper.room / len(_SIGNATURES)
    signed_y = paper.height - paper.margin - paper.letter * 1.4
    for i, who in enumerate(_SIGNATURES):
        x = paper.margin + i * share + 1
        marks.append(Rule(x, signed_y - 1, share - 2, 0.2))
        marks.append(line(who, x, signed_y, share - 2, size=paper.letter, align="c"))
    return marks
