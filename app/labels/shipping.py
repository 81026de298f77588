"""The 100 × 150 mm shipping label as a page; `shipping_zpl` and `shipping_pdf` write it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from functools import cache, partial

from app.domain.model import Address
from app.labels import correios, danfe, wording
from app.labels.correios import Posting
from app.labels.data import LabelData
from app.labels.forms import Piece, Pieces
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
    to = label.address
    common = (
        label.carrier, label.service_name, label.package_no, label.package_count, copy,
        label.sender_name, label.sender_address,
    )  # fmt: skip
    codes = (label.tracking, f"CEP {wording.cep(to.cep)}")
    words = (
        f"{label.order_number} · {label.channel} · {wording.kilos(label.weight_g)}",
        label.recipient_name, wording.street(to), to.complement, to.district, wording.town(to),
    )  # fmt: skip
    pieces = _pieces(label.danfe is not None, label.posting is not None)
    if label.danfe:
        stated, its_codes, its_words = danfe.content(label.danfe, zone)
        fixed = ((), common, (), (), stated)
        marks = pieces.filled(fixed, codes + its_codes, words + its_words)
    else:
        marks = pieces.filled(((), common, (), ()), codes, words)
    if label.posting:
        marks += _correios(label, label.posting)
    return Page(WIDTH_MM, HEIGHT_MM, marks)


@cache
def _pieces(has_danfe: bool, has_matrix: bool) -> Pieces:
    foot = _foot(has_danfe)
    room = _ROOM - (_MATRIX_ROOM if has_matrix else 0)
    pieces = [
        Piece(_tracking, codes=1),
        Piece(partial(_frame, foot=foot), codes=1, words=1),
        Piece(partial(_recipient, room=room, foot=foot), words=4),
        Piece(partial(_town, foot=foot), words=1),
    ]
    if has_danfe:
        pieces.append(danfe.piece(_LEFT, foot + 1, _ROOM, _DANFE_MM - 3))
    return Pieces(*pieces)


def _foot(has_danfe: bool) -> float:
    """Where the label's own part ends."""
    return HEIGHT_MM - (_DANFE_MM if has_danfe else 3.0)


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
    *,
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


def _recipient(texts: Sequence[str], *, room: float, foot: float) -> list[Mark]:
    rows = [("", text) for text in texts]
    return [*block(rows, _LEFT, 37.5, room, foot - _CEP_MM - 38, size=5.2, bold=True)]


def _town(texts: Sequence[str], *, foot: float) -> list[Mark]:
    rows = [("", text) for text in texts]
    return [*block(rows, 50, foot - _CEP_MM, 46, 8, size=4.6, bold=True)]


def _correios(label: LabelData, posting: Posting) -> list[Mark]:
    """The carrier's own symbols, at the right of the address."""
    text = correios.matrix_text(label.tracking, label.address, label.sender_address, posting)
    left = _LEFT + _ROOM - _MATRIX_ROOM + 3
    bars_y = _foot(label.danfe is not None) - _CEP_MM - 9
    return [
        Matrix(left, 35, 0.5, text),
        barcode(left + 11, bars_y, 26, 8, label.address.cep),
    ]


def _one_line(address: Address) -> str:
    district = " - ".join(part for part in (address.complement, address.district) if part)
    place = f"CEP {wording.cep(address.cep)}"
    parts = (wording.street(address), district, place, wording.town(address))
    return " · ".join(part for part in parts if part)
