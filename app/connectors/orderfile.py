"""Orders from JSON Lines or CSV (one row a line of the order, order fields repeated)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec.json import encode

from app.connectors.plainorder import plain_order
from app.connectors.records import (
    Bad,
    Fault,
    Good,
    can_be_kept,
    csv_rows,
    json_lines,
    json_record,
    moment_of,
    money_of,
    text_of,
    whole_of,
)
from app.domain.model import Address, Order, OrderLine, Recipient

PAYMENTS = ("pending", "paid", "refunded")
STATUSES = ("open", "cancelled")
MAX_FISCAL = 100_000  # characters
_CEP = re.compile(r"[0-9]{8}")
_LINE_FIELDS = ("line_id", "sku", "quantity", "unit_price")


def read(path: Path, start: int = 0) -> Iterator[Good[Order] | Bad]:
    """Every order of the file from byte `start`."""
    if path.suffix.lower() == ".csv":
        return _read_csv(path, start)
    return json_lines(path, start, _take)


def _take(line: bytes) -> tuple[Order, str]:
    order = plain_order(line) or order_of(json_record(line))
    return order, digest_of(order)


def digest_of(order: Order) -> str:
    """A stable hash of all that an order says, in whatever form it came."""
    return hashlib.sha256(encode(order)).hexdigest()


def order_of(record: Mapping[str, Any]) -> Order:
    """A source's record as an order.

    Raises:
        Fault: it can't be shipped or trusted as it is; `code` says why.
    """
    lines = record.get("lines")
    if not isinstance(lines, list) or not lines:
        raise Fault("ORDER_NO_LINES")
    placed_at = moment_of(record, "placed_at", needed=True)
    assert placed_at is not None
    return Order(
        source=text_of(record, "source", needed=True, limit=60),
        external_id=text_of(record, "external_id", needed=True, limit=120),
        number=text_of(record, "number", needed=True, limit=60),
        channel=text_of(record, "channel", limit=60),
        placed_at=placed_at,
        paid_at=moment_of(record, "paid_at"),
        ship_by=moment_of(record, "ship_by"),
        promised_at=moment_of(record, "promised_at"),
        payment_status=_one_of(record, "payment_status", PAYMENTS),
        status=_one_of(record, "status", STATUSES),
        carrier=text_of(record, "carrier", limit=60),
        service_code=text_of(record, "service_code", limit=30),
        service_name=text_of(record, "service_name", limit=60),
        recipient=_recipient(_part(record, "recipient")),
        address=_address(_part(record, "address")),
        lines=_lines(lines),
        freight=money_of(record, "freight"),
        total=money_of(record, "total"),
        note=text_of(record, "note", limit=2000),
        gift_text=text_of(record, "gift_text", limit=2000),
        allow_substitution=record.get("allow_substitution") in (True, "true", "1"),
        fiscal=_fiscal(record.get("fiscal")),
    )


def _one_of(record: Mapping[str, Any], name: str, choices: tuple[str, ...]) -> str:
    text = text_of(record, name, needed=True)
    if text not in choices:
        raise Fault("FIELD_BAD", name)
    return text


def _fiscal(record: Any) -> str:
    """Fields of an NF-e by the invoice service's own names, those of each line under `items` by
    its `line_id`. What they must be is known to that service alone."""
    if record in (None, {}):
        return ""
    if not isinstance(record, dict) or not isinstance(record.get("items", {}), dict):
        raise Fault("FIELD_BAD", "fiscal")
    if not all(isinstance(item, dict) for item in record.get("items", {}).values()):
        raise Fault("FIELD_BAD", "fiscal.items")
    text = json.dumps(record, ensure_ascii=False, sort_keys=True)
    if len(text) > MAX_FISCAL or not can_be_kept(text):
        raise Fault("FIELD_BAD", "fiscal")
    return text


def _part(record: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = record.get(name)
    if not isinstance(part, dict):
        raise Fault("FIELD_MISSING", name)
    return part


def _recipient(record: Mapping[str, Any]) -> Recipient:
    return Recipient(
        name=text_of(record, "name", needed=True),
        document=text_of(record, "document", limit=30),
        email=text_of(record, "email"),
        phone=text_of(record, "phone", limit=40),
    )


def _address(record: Mapping[str, Any]) -> Address:
    cep = text_of(record, "cep").replace("-", "")
    if not _CEP.fullmatch(cep):
        raise Fault("ORDER_BAD_CEP", "address.cep")
    return Address(
        cep=cep,
        street=text_of(record, "street", needed=True),
        number=text_of(record, "number", limit=60),
        complement=text_of(record, "complement"),
        district=text_of(record, "district"),
        city=text_of(record, "city", needed=True),
        state=text_of(record, "state", needed=True, limit=2).upper(),
    )


def _lines(records: list[Any]) -> tuple[OrderLine, ...]:
    lines = []
    for record in records:
        if not isinstance(record, dict):
            raise Fault("FIELD_BAD", "lines")
        lines.append(
            OrderLine(
                line_id=text_of(record, "line_id", needed=True, limit=60),
                sku=text_of(record, "sku", needed=True, limit=60),
                quantity=whole_of(record, "quantity", 1),
                unit_price=money_of(record, "unit_price"),
            )
        )
    if len({line.line_id for line in lines}) < len(lines):
        raise Fault("FIELD_BAD", "lines.line_id")
    return tuple(lines)


def _read_csv(path: Path, start: int) -> Iterator[Good[Order] | Bad]:
    """Rows of one order stand together; an order ends where the next one's rows begin."""
    record: dict[str, Any] = {}
    identity: tuple[str, str] | None = None
    line_no = end = 0
    for row_no, row, row_end in csv_rows(path, start):
        own = (row.get("source", ""), row.get("external_id", ""))
        if identity is not None and own != identity:
            yield _csv_order(record, line_no, end)
            identity = None
        if identity is None:
            identity, line_no, record = own, row_no, _nested(row)
        if row.get("line_id"):
            record["lines"].append({name: row.get(name) for name in _LINE_FIELDS})
        end = row_end
    if identity is not None:
        yield _csv_order(record, line_no, end)


def _csv_order(record: Mapping[str, Any], line_no: int, end: int) -> Good[Order] | Bad:
    try:
        order = order_of(record)
        return Good(order, line_no, digest_of(order), end)
    except Fault as fault:
        return Bad(line_no, fault.code, fault.detail, str(dict(record)), end)


def _nested(row: Mapping[str, str]) -> dict[str, Any]:
    """`recipient.name` and the like as the JSON form has them."""
    record: dict[str, Any] = {"recipient": {}, "address": {}, "lines": []}
    for name, value in row.items():
        outer, dot, inner = name.partition(".")
        if dot and outer in ("recipient", "address"):
            record[outer][inner] = value
        elif name not in _LINE_FIELDS and name not in ("recipient", "address", "lines"):
            record[name] = value
    return record
