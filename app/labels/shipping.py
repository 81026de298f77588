"""The 100 × 150 mm shipping label as a page; `shipping_zpl` and `shipping_pdf` write it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from app.domain.model import Address
from app.labels import correios, danfe, wording
from app.labels.correios import Posting
from app.labels.data import LabelData
from app.labels.forms import Piece, filled
from app.labels.page import Mark, Matrix, Page, Rule, barcode
from app.labels.text import block, line

WIDTH_MM, HEIGHT_MM = 100.0, 150.0
_LEFT, _ROOM = 4.0, 92.0
_DANFE_MM = 53.5
_CEP_MM = 27.3  # above the foot
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
    to = label.address
    order = f"{label.order_number} · {label.channel} · {wording.kilos(label.weight_g)}"
    common = (
        label.carrier, label.service_name, label.package_no, label.package_count, copy,
        label.sender_name, label.sender_address, foot,
    )  # fmt: skip
    whom = (label.recipient_name, wording.street(to), to.complement, to.district)
    room = _ROOM - (_MATRIX_ROOM if label.posting else 0)
    pieces = [
        Piece(_tracking, (label.tracking,), codes=1),
        Piece(_frame, (f"CEP {wording.cep(to.cep)}", order), common, codes=1),
        Piece(_recipient, whom, (room, foot)),
        Piece(_town, (wording.town(to),), (foot,)),
    ]
    if label.danfe:
        at = (_LEFT, foot + 1, _ROOM, _DANFE_MM - 3)
        pieces.append(danfe.piece(label.danfe, *at, zone=zone))
    marks = filled(*pieces)
    if label.posting:
        marks += _correios(label, label.posting, foot)
    return Page(WIDTH_MM, HEIGHT_MM, marks)


def _tracking(texts: Sequence[str]) -> list[Mark]:
    (code,) = texts
    return [
        barcode(WIDTH_MM / 2, 13.2, WIDTH_MM, 14, code),
        line(code, _LEFT, 28, _ROOM, size=4, bold=True, align="c"),
    ]


def _frame(
    texts: Sequence[str],
    carrier: str,
    service: str,
    package_no: int,
    count: int,
    copy: int,
    sender: str,
    sender_address: Address,
    foot: float,
) -> list[Mark]:
    """What surrounds the recipient: head, sender and order."""
    cep, order = texts
    package = f"VOLUME {package_no}/{count}"
    rows = [("REMETENTE:", f"{sender} · {_one_line(sender_address)}")]
    marks: list[Mark] = [
        line(carrier, _LEFT, 3, 50, size=4.6, bold=True),
        line(service, _LEFT, 8.6, 50, size=3.8, bold=True),
        line(package, 56, 3, 40, size=4.6, bold=True, align="r"),
        Rule(_LEFT, 33, _ROOM),
        line("DESTINATÁRIO", _LEFT, 34, _ROOM, size=2.6, bold=True),
        # Sorting reads the CEP first: it stands alone, in the largest letters of the label.
        line(cep, _LEFT, foot - _CEP_MM, 46, size=5.8, bold=True),
        Rule(_LEFT, foot - 18.8, _ROOM),
        *block(rows, _LEFT, foot - 18, _ROOM, 13.1, size=2.6),
        *block([("PEDIDO:", order)], _LEFT, foot - 4.6, _ROOM, 4.2, size=3.2),
    ]
    if copy > 1:
        marks.append(line(f"{copy}ª VIA", 56, 8.6, 40, size=3.8, bold=True, align="r"))
    if foot < HEIGHT_MM - 3:
        marks.append(Rule(_LEFT, foot, _ROOM))
    return marks


def _recipient(texts: Sequence[str], room: float, foot: float) -> list[Mark]:
    rows = [("", text) for text in texts]
    return [*block(rows, _LEFT, 37.5, room, foot - _CEP_MM - 38, size=5.2, bold=True)]


def _town(texts: Sequence[str], foot: float) -> list[Mark]:
    rows = [("", text) for text in texts]
    return [*block(rows, 50, foot - _CEP_MM, 46, 8, size=4.6, bold=True)]


def _correios(label: LabelData, posting: Posting, foot: float) -> list[Mark]:
    """The carrier's own symbols, at the right of the address."""
    text = correios.matrix_text(label.tracking, label.address, label.sender_address, posting)
    left = _LEFT + _ROOM - _MATRIX_ROOM + 3
    bars_y = foot - _CEP_MM - 9
    return [
        Matrix(left, 35, 0.5, text),
        barcode(left + 11, bars_y, 26, 8, label.address.cep),
    ]


def _one_line(address: Address) -> str:
    district = " - ".join(part for part in (address.complement, address.district) if part)
    place = f"CEP {wording.cep(address.cep)}"
    parts = (wording.street(address), district, place, wording.town(address))
    return " · ".join(part for part in parts if part)
