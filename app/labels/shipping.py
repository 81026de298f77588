"""The 100 × 150 mm shipping label as a page; `shipping_zpl` and `shipping_pdf` write it."""

from __future__ import annotations

from datetime import tzinfo
from functools import lru_cache

from app.domain.model import Address
from app.labels import correios, danfe, wording
from app.labels.data import LabelData
from app.labels.page import Mark, Matrix, Page, Rule, Stationery, barcode
from app.labels.text import block, line

WIDTH_MM, HEIGHT_MM = 100.0, 150.0
_LEFT, _ROOM = 4.0, 92.0
_DANFE_MM = 53.5
_MATRIX_ROOM = 27.0  # the Data Matrix of 20 mm with its quiet zone, and the CEP in bars


def page(label: LabelData, *, copy: int = 1, zone: tzinfo | None = None) -> Page:
    """Lay the label out. The same data, copy and zone give the same page.

    Args:
        copy: above 1 the label says "2ª VIA" and so on.
        zone: where the invoice's times are told; None keeps the offset that they carry.

    Raises:
        ValueError: the tracking code or the NF-e key can't be a barcode.
    """
    foot = HEIGHT_MM - (_DANFE_MM if label.danfe else 3.0)
    order = f"{label.order_number} · {label.channel} · {wording.kilos(label.weight_g)}"
    marks: list[Mark] = [
        _head(label.carrier, label.service_name, label.package_no, label.package_count, copy),
        barcode(WIDTH_MM / 2, 13.2, WIDTH_MM, 14, label.tracking),
        line(label.tracking, _LEFT, 28, _ROOM, size=4, bold=True, align="c"),
        *_address(label, foot),
        _sender(label.sender_name, label.sender_address, foot),
        *block([("PEDIDO:", order)], _LEFT, foot - 4.6, _ROOM, 4.2, size=3.2),
    ]
    if label.danfe:
        marks += danfe.marks(label.danfe, _LEFT, foot + 1, _ROOM, _DANFE_MM - 3, zone=zone)
    return Page(WIDTH_MM, HEIGHT_MM, marks)


@lru_cache(maxsize=64)
def _head(carrier: str, service: str, package_no: int, count: int, copy: int) -> Stationery:
    """What stands on every label of a service."""
    package = f"VOLUME {package_no}/{count}"
    marks: list[Mark] = [
        line(carrier, _LEFT, 3, 50, size=4.6, bold=True),
        line(service, _LEFT, 8.6, 50, size=3.8, bold=True),
        line(package, 56, 3, 40, size=4.6, bold=True, align="r"),
        Rule(_LEFT, 33, _ROOM),
        line("DESTINATÁRIO", _LEFT, 34, _ROOM, size=2.6, bold=True),
    ]
    if copy > 1:
        marks.append(line(f"{copy}ª VIA", 56, 8.6, 40, size=3.8, bold=True, align="r"))
    return Stationery(tuple(marks))


def _address(label: LabelData, foot: float) -> list[Mark]:
    to = label.address
    cep_y = foot - 27.3
    room = _ROOM - (_MATRIX_ROOM if label.posting else 0)
    lines = (wording.street(to), to.complement, to.district)
    rows = [("", text) for text in (label.recipient_name, *lines) if text]
    # Sorting reads the CEP first: it stands alone, in the largest letters of the label.
    return [
        *block(rows, _LEFT, 37.5, room, cep_y - 38, size=5.2, bold=True),
        *_correios(label, cep_y),
        line(f"CEP {wording.cep(to.cep)}", _LEFT, cep_y, 46, size=5.8, bold=True),
        *block([("", wording.town(to))], 50, cep_y, 46, 8, size=4.6, bold=True),
    ]


def _correios(label: LabelData, cep_y: float) -> list[Mark]:
    """The carrier's own symbols, at the right of the address."""
    if label.posting is None:
        return []
    text = correios.matrix_text(label.tracking, label.address, label.sender_address, label.posting)
    left = _LEFT + _ROOM - _MATRIX_ROOM + 3
    bars_y = cep_y - 9
    return [
        Matrix(left, 35, 0.5, text),
        barcode(left + 11, bars_y, 26, 8, label.address.cep),
    ]


@lru_cache(maxsize=64)
def _sender(name: str, address: Address, foot: float) -> Stationery:
    """What stands on every label of a sender, and the rules around it."""
    rows = [("REMETENTE:", f"{name} · {_one_line(address)}")]
    marks: list[Mark] = [
        Rule(_LEFT, foot - 18.8, _ROOM),
        *block(rows, _LEFT, foot - 18, _ROOM, 13.1, size=2.6),
    ]
    if foot < HEIGHT_MM - 3:
        marks.append(Rule(_LEFT, foot, _ROOM))
    return Stationery(tuple(marks))


def _one_line(address: Address) -> str:
    district = " - ".join(part for part in (address.complement, address.district) if part)
    place = f"CEP {wording.cep(address.cep)}"
    parts = (wording.street(address), district, place, wording.town(address))
    return " · ".join(part for part in parts if part)
