"""The packing slip that goes into the box, and the gift slip, which tells no price."""

from __future__ import annotations

from datetime import tzinfo
from decimal import Decimal

from app.labels import wording
from app.labels.data import SlipData, SlipLine
from app.labels.page import Mark, Page, Rule, barcode
from app.labels.text import block, line

WIDTH_MM, HEIGHT_MM = 100.0, 150.0
_LEFT, _ROOM = 4.0, 92.0
_TABLE_Y, _TABLE_END = 50.0, 128.0
_ROW_MM = 8.0
_ROWS = int((_TABLE_END - _TABLE_Y - 4) / _ROW_MM)
_QUANTITY, _PRICE = 12.0, 22.0  # widths of the columns at the right


def pages(slip: SlipData, *, gift: bool = False, zone: tzinfo | None = None) -> list[Page]:
    """As many 100 × 150 mm pages as the lines need.

    Raises:
        ValueError: the order's number can't be a barcode.
    """
    sheets = [slip.lines[at : at + _ROWS] for at in range(0, len(slip.lines) or 1, _ROWS)]
    return [
        Page(
            WIDTH_MM,
            HEIGHT_MM,
            [
                *_head(slip, gift, zone, f"página {number} de {len(sheets)}"),
                *_table(sheet, gift),
                *(_foot(slip, gift) if number == len(sheets) else []),
            ],
        )
        for number, sheet in enumerate(sheets, 1)
    ]


def _head(slip: SlipData, gift: bool, zone: tzinfo | None, corner: str) -> list[Mark]:
    title = "PRESENTE" if gift else "CONTEÚDO DO PEDIDO"
    facts = [
        ("PEDIDO:", f"{slip.order_number} · {slip.channel}"),
        ("DATA:", wording.moment(slip.placed_at, zone)),
        ("PARA:", f"{slip.recipient_name} · {slip.town}"),
        ("DE:", slip.sender_name),
    ]
    return [
        line(title, _LEFT, 4, 60, size=5, bold=True),
        line(corner, 64, 5, 32, size=3, align="r"),
        barcode(WIDTH_MM / 2, 11, WIDTH_MM, 12, slip.order_number),
        *block(facts, _LEFT, 25, _ROOM, 22, size=3.4),
        Rule(_LEFT, _TABLE_Y - 1, _ROOM),
    ]


def _table(sheet: tuple[SlipLine, ...], gift: bool) -> list[Mark]:
    marks: list[Mark] = []
    for at, row in enumerate(sheet):
        y = _TABLE_Y + at * _ROW_MM
        name_room = _ROOM - _QUANTITY - (0 if gift else _PRICE) - 2
        marks += block([("", f"{row.name} · {row.sku}")], _LEFT, y, name_room, 7.2, size=3.2)
        quantity_x = _LEFT + name_room + 1
        marks.append(
            line(f"{row.quantity} ×", quantity_x, y, _QUANTITY, size=3.6, bold=True, align="r")
        )
        if not gift:
            price = money(row.unit_price)
            marks.append(line(price, quantity_x + _QUANTITY, y, _PRICE, size=3.2, align="r"))
        marks.append(Rule(_LEFT, y + _ROW_MM - 0.4, _ROOM, 0.15))
    return marks


def _foot(slip: SlipData, gift: bool) -> list[Mark]:
    units = sum(row.quantity for row in slip.lines)
    marks: list[Mark] = [
        line(f"{units} unidades", _LEFT, _TABLE_END, 40, size=3.6, bold=True),
    ]
    if not gift:
        total = f"Frete {money(slip.freight)} · Total {money(slip.total)}"
        marks.append(line(total, 44, _TABLE_END, 52, size=3.4, bold=True, align="r"))
    if slip.gift_text:
        marks += block([("", slip.gift_text)], _LEFT, _TABLE_END + 6, _ROOM, 14, size=4)
    return marks


def money(value: Decimal) -> str:
    """As Brazil writes it: R$ 1.234,50."""
    whole, cents = f"{value:,.2f}".split(".")
    return f"R$ {whole.replace(',', '.')},{cents}"
