"""Orders as most lines of a file tell them, read by a short way.

A line whose every field is plainly right gives the very order that `orderfile.order_of` makes of
it, in a third of the time. Any other goes the careful way there, which knows the reason too.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import DecodeError, Meta, Struct
from msgspec.json import Decoder

from app.connectors.records import MAX_LINE, MAX_QUANTITY, Fault, can_be_kept, moment, money
from app.domain.model import Address, Order, OrderLine, Recipient

_Text30 = Annotated[str, Meta(max_length=30)]
_Text40 = Annotated[str, Meta(max_length=40)]
_Text60 = Annotated[str, Meta(max_length=60)]
_Text = Annotated[str, Meta(max_length=500)]
_Long = Annotated[str, Meta(max_length=2000)]
_Key = Annotated[str, Meta(min_length=1, max_length=60)]
_Needed = Annotated[str, Meta(min_length=1, max_length=500)]
_Money = str | int | float | None


class _Recipient(Struct, gc=False):
    name: _Needed
    document: _Text30 | None = None
    email: _Text | None = None
    phone: _Text40 | None = None


class _Address(Struct, gc=False):
    cep: Annotated[str, Meta(pattern=r"^[0-9]{5}-?[0-9]{3}\Z")]
    street: _Needed
    city: _Needed
    state: Annotated[str, Meta(min_length=1, max_length=2)]
    number: _Text60 | None = None
    complement: _Text | None = None
    district: _Text | None = None


class _Line(Struct, gc=False):
    line_id: _Key
    sku: _Key
    quantity: Annotated[int, Meta(ge=1, le=MAX_QUANTITY)]
    unit_price: _Money = None


class _Order(Struct):
    source: _Key
    external_id: Annotated[str, Meta(min_length=1, max_length=120)]
    number: _Key
    placed_at: _Needed
    payment_status: Literal["pending", "paid", "refunded"]
    status: Literal["open", "cancelled"]
    recipient: _Recipient
    address: _Address
    lines: Annotated[list[_Line], Meta(min_length=1)]
    channel: _Text60 | None = None
    paid_at: _Text | None = None
    ship_by: _Text | None = None
    promised_at: _Text | None = None
    carrier: _Text60 | None = None
    service_code: _Text30 | None = None
    service_name: _Text60 | None = None
    freight: _Money = None
    total: _Money = None
    note: _Long | None = None
    gift_text: _Long | None = None
    allow_substitution: bool | None = None
    fiscal: None = None


_DECODER = Decoder(_Order)


def plain_order(line: bytes) -> Order | None:
    """The order of one line of JSON; None where the line needs a careful look."""
    if len(line) >= MAX_LINE:
        return None
    try:
        line.decode()  # fields that no order has are not looked at below
        told = _DECODER.decode(line)
        return _order(told) if _is_clean(told, line) else None
    except (DecodeError, UnicodeError, RecursionError, Fault):
        return None


def _is_clean(told: _Order, line: bytes) -> bool:
    """Whether all texts can be kept just as they came, and the lines can be told apart."""
    who, where = told.recipient, told.address
    names = [one.line_id for one in told.lines]
    texts = [
        told.source, told.external_id, told.number, told.channel or "", told.carrier or "",
        told.service_code or "", told.service_name or "", told.note or "", told.gift_text or "",
        who.name, who.document or "", who.email or "", who.phone or "", where.street,
        where.number or "", where.complement or "", where.district or "", where.city, where.state,
        *names, *[one.sku for one in told.lines],
    ]  # fmt: skip
    if b"\\" in line and not can_be_kept("".join(texts)):  # only an escape makes one that can't
        return False
    return list(map(str.strip, texts)) == texts and len(set(names)) == len(names)


def _order(told: _Order) -> Order:
    who, where = told.recipient, told.address
    placed_at = moment(told.placed_at)
    assert placed_at is not None
    return Order(
        source=told.source,
        external_id=told.external_id,
        number=told.number,
        channel=told.channel or "",
        placed_at=placed_at,
        paid_at=moment(told.paid_at),
        ship_by=moment(told.ship_by),
        promised_at=moment(told.promised_at),
        payment_status=told.payment_status,
        status=told.status,
        carrier=told.carrier or "",
        service_code=told.service_code or "",
        service_name=told.service_name or "",
        recipient=Recipient(who.name, who.document or "", who.email or "", who.phone or ""),
        address=Address(
            cep=where.cep.replace("-", ""),
            street=where.street,
            number=where.number or "",
            complement=where.complement or "",
            district=where.district or "",
            city=where.city,
            state=where.state.upper(),
        ),
        lines=tuple(
            [
                OrderLine(line.line_id, line.sku, line.quantity, money(line.unit_price))
                for line in told.lines
            ]
        ),
        freight=money(told.freight),
        total=money(told.total),
        note=told.note or "",
        gift_text=told.gift_text or "",
        allow_substitution=told.allow_substitution or False,
    )
