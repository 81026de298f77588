"""Queries over orders: one order and its lines, its intake, and who waits for what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, select, text, update

from app.domain.model import Address, Order, OrderLine, Recipient
from app.store import order_rows, order_search
from app.store.asking import Lookup
from app.store.database import WAREHOUSE
from app.store.listed import any_of
from app.store.schema import ORDER_LINES, ORDERS, PLACEMENTS, RECIPIENTS, TOTES

# Made once: they run with every scan.
_BY_NUMBER = Lookup(
    select(ORDERS)
    .where(ORDERS.c.warehouse_id == WAREHOUSE, ORDERS.c.number == bindparam("number"))
    .order_by(ORDERS.c.placed_at.desc())
    .limit(1)
)
_KNOWN = select(ORDERS.c.id, ORDERS.c.external_id, ORDERS.c.digest, ORDERS.c.source_at).where(
    ORDERS.c.warehouse_id == WAREHOUSE,
    ORDERS.c.source == bindparam("source"),
    ORDERS.c.external_id.in_(any_of("ids")),
)
_NEXT_ID = select(func.coalesce(func.max(ORDERS.c.id), 0) + 1).where(
    ORDERS.c.warehouse_id == WAREHOUSE
)
_BY_ID = Lookup(
    select(ORDERS).where(ORDERS.c.warehouse_id == WAREHOUSE, ORDERS.c.id == bindparam("id"))
)
_LINES = Lookup(
    select(ORDER_LINES)
    .where(ORDER_LINES.c.warehouse_id == WAREHOUSE, ORDER_LINES.c.order_id == bindparam("order"))
    .order_by(ORDER_LINES.c.position)
)
_PLACEMENTS = Lookup(
    select(PLACEMENTS)
    .where(
        PLACEMENTS.c.warehouse_id == WAREHOUSE,
        PLACEMENTS.c.order_id == bindparam("order"),
        PLACEMENTS.c.quantity > 0,
    )
    .order_by(PLACEMENTS.c.bin)
)
_CORRECTED_OVER = select(RECIPIENTS.c.corrected_over).where(
    RECIPIENTS.c.warehouse_id == WAREHOUSE, RECIPIENTS.c.order_id == bindparam("order")
)
_RECIPIENT = Lookup(
    select(RECIPIENTS).where(
        RECIPIENTS.c.warehouse_id == WAREHOUSE, RECIPIENTS.c.order_id == bindparam("order")
    )
)
_CHANGE = update(ORDERS).where(
    ORDERS.c.warehouse_id == WAREHOUSE, ORDERS.c.id == bindparam("order")
)
_CHANGE_RECIPIENT = update(RECIPIENTS).where(
    RECIPIENTS.c.warehouse_id == WAREHOUSE,
    RECIPIENTS.c.order_id == bindparam("order"),
    RECIPIENTS.c.erased_at.is_(None),
)
# Counted in an index that holds nothing else.
_READY = text(
    "SELECT carrier, service_code, service_name, count(*) FROM orders INDEXED BY ix_orders_packed"
    " WHERE warehouse_id = :warehouse AND queue = 'packed'"
    " GROUP BY carrier, service_code, service_name ORDER BY carrier, service_code, service_name"
)
BEFORE_UNKNOWN = "?"  # a correction of which nobody knows what the source had told before
OPEN_QUEUES = (
    "received",
    "to_pick",
    "picking",
    "picked",
    "packed",
    "awaiting_invoice",
    "awaiting_label",
    "to_ship",
    "exceptions",
    "putback",
)
WAITING_QUEUES = ("exceptions", "putback", "awaiting_invoice", "awaiting_label")
QUEUES = (*OPEN_QUEUES, "shipped", "closed")  # as `schema.QUEUE` names them


def by_number(c: Connection, number: str) -> Row[Any] | None:
    """The newest order that people call `number`."""
    return _BY_NUMBER.first(c, number=number)


def by_id(c: Connection, order_id: int) -> Row[Any] | None:
    return _BY_ID.first(c, id=order_id)


def known(
    c: Connection, identities: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], Row[Any, Any, Any, Any]]:
    """Those of the (source, external id) that the warehouse knows: id, digest, source_at."""
    wanted: dict[str, list[str]] = {}
    for source, external_id in identities:
        wanted.setdefault(source, []).append(external_id)
    found: dict[tuple[str, str], Row[Any, Any, Any, Any]] = {}
    for source, ids in wanted.items():
        rows = c.execute(_KNOWN, {"source": source, "ids": ids})
        found |= {(source, row.external_id): row for row in rows}
    return found


def unpaid(c: Connection) -> Sequence[Row[Any]]:
    """Orders that were received and wait for their payment, oldest first."""
    return c.execute(
        select(ORDERS)
        .where(
            ORDERS.c.warehouse_id == WAREHOUSE,
            ORDERS.c.queue.in_(("received", "exceptions")),
            ORDERS.c.state == "RECEIVED",
            ORDERS.c.payment_status == "pending",
        )
        .order_by(ORDERS.c.id)
    ).all()


def received(c: Connection) -> list[int]:
    """Orders that wait to be released, oldest first."""
    query = select(ORDERS.c.id).where(
        ORDERS.c.warehouse_id == WAREHOUSE,
        ORDERS.c.queue == "received",
        ORDERS.c.state == "RECEIVED",
    )
    return list(c.scalars(query.order_by(ORDERS.c.id)))


def received_of(c: Connection, source: str) -> list[int]:
    """Orders of a source that wait to be released, oldest first."""
    query = select(ORDERS.c.id).where(
        ORDERS.c.warehouse_id == WAREHOUSE,
        ORDERS.c.queue == "received",
        ORDERS.c.source == source,
        ORDERS.c.state == "RECEIVED",
    )
    return list(c.scalars(query.order_by(ORDERS.c.id)))


def set_payment(
    c: Connection, order_id: int, status: str, paid_at: datetime, now: datetime
) -> None:
    c.execute(
        update(ORDERS)
        .where(ORDERS.c.warehouse_id == WAREHOUSE, ORDERS.c.id == order_id)
        .values(payment_status=status, paid_at=paid_at, changed_at=now)
    )


def open_of_source(c: Connection, source: str) -> dict[str, int]:
    """External id → id of the source's orders that haven't left and aren't closed."""
    rows = c.execute(
        select(ORDERS.c.external_id, ORDERS.c.id).where(
            ORDERS.c.warehouse_id == WAREHOUSE,
            ORDERS.c.source == source,
            ORDERS.c.queue.in_([name for name in OPEN_QUEUES if name != "putback"]),
        )
    )
    return {row.external_id: row.id for row in rows}


def by_tote(c: Connection, tote: str) -> Sequence[Row[Any]]:
    """The orders with units in a tote, oldest first; more than one after a batch pick."""
    return c.execute(
        select(ORDERS)
        .join(
            TOTES,
            (TOTES.c.warehouse_id == ORDERS.c.warehouse_id) & (TOTES.c.order_id == ORDERS.c.id),
        )
        .where(ORDERS.c.warehouse_id == WAREHOUSE, TOTES.c.code == tote)
        .order_by(ORDERS.c.due_at, ORDERS.c.id)
    ).all()


def lines(c: Connection, order_id: int) -> Sequence[Row[Any]]:
    return _LINES.rows(c, order=order_id)


def short_lines(c: Connection, order_ids: Sequence[int]) -> dict[int, list[tuple[str, int]]]:
    """SKU and missing units of each short line of the orders."""
    found: dict[int, list[tuple[str, int]]] = {}
    line = ORDER_LINES.c
    query = (
        select(line.order_id, line.sku, line.short)
        .where(line.warehouse_id == WAREHOUSE, line.order_id.in_(order_ids), line.short > 0)
        .order_by(line.order_id, line.position)
    )
    for order_id, sku, short in c.execute(query):
        found.setdefault(order_id, []).append((sku, short))
    return found


def placements(c: Connection, order_id: int) -> Sequence[Row[Any]]:
    """Units of the order that stand outside their bin, with the bin each came from."""
    return _PLACEMENTS.rows(c, order=order_id)


def recipient(c: Connection, order_id: int) -> tuple[Recipient, Address]:
    """The customer of an order: personal data, to be masked before any screen sees it."""
    row = _RECIPIENT.first(c, order=order_id)
    assert row is not None
    return (
        Recipient(row.name, row.document, row.email, row.phone),
        Address(
            row.cep,
            row.street,
            row.house_number,
            row.complement,
            row.district,
            row.city,
            row.state,
        ),
    )


def corrected_over(c: Connection, order_id: int) -> str | None:
    """A digest of what the order's source had told of its customer when a person corrected it:
    `BEFORE_UNKNOWN` where it is not known, None where nobody did."""
    return c.scalar(_CORRECTED_OVER, {"order": order_id})


def keep_correction(c: Connection, order_id: int, over: str | None) -> None:
    """The customer of the order stays as corrected, while its source tells what it told; None
    ends that."""
    c.execute(_CHANGE_RECIPIENT, {"order": order_id, "corrected_over": over})


def full(c: Connection, row: Row[Any]) -> Order:
    """The order as the domain knows it."""
    person, address = recipient(c, row.id)
    return Order(
        source=row.source,
        external_id=row.external_id,
        number=row.number,
        channel=row.channel,
        placed_at=row.placed_at,
        paid_at=row.paid_at,
        ship_by=row.ship_by,
        promised_at=row.promised_at,
        payment_status=row.payment_status,
        status=row.source_status,
        carrier=row.carrier,
        service_code=row.service_code,
        service_name=row.service_name,
        recipient=person,
        address=address,
        lines=tuple(
            OrderLine(line.line_id, line.sku, line.quantity, line.unit_price)
            for line in lines(c, row.id)
        ),
        freight=row.freight,
        total=row.total,
        note=row.note,
        gift_text=row.gift_text,
        fiscal=row.fiscal or "",
        allow_substitution=row.allow_substitution,
    )


def late_between(c: Connection, start: datetime | None, end: datetime) -> int:
    """Open orders whose last moment lies after `start` and not after `end`."""
    where = [
        ORDERS.c.warehouse_id == WAREHOUSE,
        ORDERS.c.queue.in_(OPEN_QUEUES),
        ORDERS.c.late_at <= end,
    ]
    if start is not None:
        where.append(ORDERS.c.late_at > start)
    return c.scalar(select(func.count()).select_from(ORDERS).where(*where)) or 0


def exceptions(c: Connection, limit: int) -> Sequence[Row[Any]]:
    """Orders that wait for a person, longest first."""
    rows: list[Row[Any]] = []
    for queue in WAITING_QUEUES:  # one by one, as the index has them
        rows += c.execute(
            select(ORDERS)
            .where(ORDERS.c.warehouse_id == WAREHOUSE, ORDERS.c.queue == queue)
            .order_by(ORDERS.c.since)
            .limit(limit)
        ).all()
    return sorted(rows, key=lambda row: row.since or row.changed_at)[:limit]


def ready_by_service(c: Connection) -> Sequence[Row[str, str, str, int]]:
    """Packed orders waiting for a manifest: carrier, service code, service name, how many."""
    return c.execute(_READY, {"warehouse": WAREHOUSE}).all()


def ready_for(c: Connection, carrier: str, service_code: str) -> Sequence[Row[Any]]:
    """Packed orders of one carrier and service, most urgent first."""
    return c.execute(
        select(ORDERS)
        .where(
            ORDERS.c.warehouse_id == WAREHOUSE,
            ORDERS.c.queue == "packed",
            ORDERS.c.carrier == carrier,
            ORDERS.c.service_code == service_code,
        )
        .order_by(ORDERS.c.due_at, ORDERS.c.id)
    ).all()


def next_id(c: Connection) -> int:
    return c.scalar(_NEXT_ID) or 1


def update_order(
    c: Connection, row: Row[Any], before: Order, order: Order, now: datetime, **more: Any
) -> None:
    """Take over what the source now says; the physical state is the warehouse's own.

    Only what differs from `row` and `before` is written: each column costs its indexes.
    """
    told = {"lane": order_search.lane_of(c, order), **order_rows.facts(order), **more}
    new = {name: value for name, value in told.items() if getattr(row, name) != value}
    c.execute(_CHANGE, {"order": row.id, "changed_at": now, **new})
    if before.recipient != order.recipient or before.address != order.address:
        c.execute(_CHANGE_RECIPIENT, {"order": row.id, **order_rows.person(order)})
    if before.number != order.number or before.lines != order.lines:
        order_search.index(c, [(row.id, order_search.text_of(order))])


def replace_lines(c: Connection, order_id: int, new: Iterable[OrderLine]) -> None:
    """Set the lines of an order that nobody has begun to pick."""
    c.execute(
        delete(ORDER_LINES).where(
            ORDER_LINES.c.warehouse_id == WAREHOUSE, ORDER_LINES.c.order_id == order_id
        )
    )
    order_rows.insert_lines(c, order_id, new)


def set_cutoff(c: Connection, carrier: str, cutoff: str) -> None:
    """Give every order of a carrier its pickup time ("HH:MM")."""
    c.execute(
        update(ORDERS)
        .where(
            ORDERS.c.warehouse_id == WAREHOUSE,
            func.upper(ORDERS.c.carrier) == carrier.upper(),
        )
        .values(cutoff=cutoff)
    )
