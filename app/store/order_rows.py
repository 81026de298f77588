"""An order as the rows of its tables, and new orders put into them, many at a time.

What a row says of the order alone is made before its transaction begins, so that whoever waits
for the store waits for the database and for little else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection

from app.domain.model import Order, OrderLine
from app.store import bulk, order_search
from app.store.database import WAREHOUSE
from app.store.schema import ORDER_LINES, ORDERS, RECIPIENTS

Values = tuple[Any, ...]

_OWN = (
    "warehouse_id", "id", "source", "external_id", "state", "address_version", "cutoff", "lane",
    "digest", "source_at", "changed_at",
)  # fmt: skip
_KEY = ("warehouse_id", "order_id")
_LINE = ("line_id", "position", "sku", "quantity", "unit_price")


def _as_it_is(value: Any) -> Any:
    return value


def facts(order: Order, kept: Callable[[Any], Any] = _as_it_is) -> dict[str, Any]:
    """The columns of `orders` that may change whenever the source says so.

    Args:
        kept: makes of a moment or a sum of money what is asked for.
    """
    placed_at, paid_at = kept(order.placed_at), kept(order.paid_at)
    ship_by, promised_at = kept(order.ship_by), kept(order.promised_at)
    return {
        "number": order.number,
        "channel": order.channel,
        "placed_at": placed_at,
        "paid_at": paid_at,
        "ship_by": ship_by,
        "promised_at": promised_at,
        "payment_status": order.payment_status,
        "source_status": order.status,
        "carrier": order.carrier,
        "service_code": order.service_code,
        "service_name": order.service_name,
        "freight": kept(order.freight),
        "total": kept(order.total),
        "note": order.note,
        "gift_text": order.gift_text,
        "fiscal": order.fiscal or None,
        "allow_substitution": order.allow_substitution,
        "line_count": len(order.lines),
        "unit_count": sum([line.quantity for line in order.lines]),
        "due_at": promised_at or ship_by or placed_at,
        "late_at": ship_by or promised_at,
    }


def person(order: Order) -> dict[str, Any]:
    """The columns of `recipients`."""
    who, address = order.recipient, order.address
    return {
        "name": who.name,
        "document": who.document,
        "email": who.email,
        "phone": who.phone,
        "cep": address.cep,
        "street": address.street,
        "house_number": address.number,
        "complement": address.complement,
        "district": address.district,
        "city": address.city,
        "state": address.state,
    }


def _lines(lines: Iterable[OrderLine]) -> list[Values]:
    """The columns of `order_lines` that `_LINE` names."""
    return [
        (line.line_id, position, line.sku, line.quantity, bulk.kept(line.unit_price))
        for position, line in enumerate(lines)
    ]


class Rows(Struct, frozen=True):
    """What the rows of a new order say of it alone, as the database keeps it."""

    order: dict[str, Any]
    person: dict[str, Any]
    lines: list[Values]
    text: str  # what the search finds it by


def rows_of(order: Order) -> Rows:
    """The rows of an order. May be made by any thread, whoever has a transaction meanwhile."""
    return Rows(
        facts(order, bulk.kept),
        person(order),
        _lines(order.lines),
        order_search.text_of(order),
    )


class NewOrder(Struct, frozen=True):
    """An order that the warehouse sees for the first time, with the facts that are its own."""

    order_id: int
    order: Order
    rows: Rows
    digest: str
    state: str
    cutoff: str
    source_at: datetime | None = None


def insert(c: Connection, new: Sequence[NewOrder], now: datetime) -> None:
    """Add orders, table by table."""
    if not new:
        return
    lanes: dict[tuple[str, str, str], int] = {}
    at = bulk.kept(now)
    orders, people, lines, texts = [], [], [], []
    for one in new:
        order, told = one.order, one.rows
        way = (order.channel, order.carrier, order.service_name)
        if way not in lanes:
            lanes[way] = order_search.lane_of(c, order)
        key = (WAREHOUSE, one.order_id)
        own = (
            *(*key, order.source, order.external_id, one.state, 1, one.cutoff, lanes[way]),
            *(one.digest, bulk.kept(one.source_at), at),
        )
        orders.append((*own, *told.order.values()))
        people.append((*key, *told.person.values()))
        lines += [(*key, *line) for line in told.lines]
        texts.append((one.order_id, told.text))
    some = new[0].rows
    bulk.insert(c, ORDERS, (*_OWN, *some.order), orders)
    bulk.insert(c, RECIPIENTS, (*_KEY, *some.person), people)
    bulk.insert(c, ORDER_LINES, (*_KEY, *_LINE), lines)
    order_search.index(c, texts)


def insert_lines(c: Connection, order_id: int, lines: Iterable[OrderLine]) -> None:
    """Add the lines of an order that has none."""
    rows = [(WAREHOUSE, order_id, *line) for line in _lines(lines)]
    bulk.insert(c, ORDER_LINES, (*_KEY, *_LINE), rows)
