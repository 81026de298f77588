"""Matches NF-e to their orders, whichever comes first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection

from app.connectors import nfexml
from app.domain.model import Order, Product
from app.domain.nfe import Invoice, compare, item_units
from app.store import catalogue, causes, invoices, orders


class Policy(Struct, frozen=True):
    """What the warehouse asks of an invoice. No own CNPJ set: any emitter is taken."""

    own_cnpjs: frozenset[str] = frozenset()
    tolerance: Decimal = Decimal("0.05")


def take(c: Connection, xml: bytes, policy: Policy, now: datetime) -> str:
    """Keep an NF-e or its cancellation, and compare it with its order when that is known.

    Returns:
        "unchanged", "cancelled", "matched", "different" or "waiting" (no such order yet).

    Raises:
        nfexml.NfeError: the XML is no NF-e.
    """
    document = nfexml.parse(xml)
    if isinstance(document, nfexml.CancelEvent):
        invoices.cancel(c, document.key)
        return "cancelled"
    before = invoices.by_key(c, document.key)
    if before is not None and before.xml == xml:
        return "unchanged"
    row = orders.by_number(c, document.order_ref) if document.order_ref else None
    if row is None:
        invoices.put(
            c,
            key=document.key,
            order_id=0,
            order_ref=document.order_ref,
            status="WAITING",
            differences=[],
            xml=xml,
            at=now,
        )
        return "waiting"
    return _compare(c, row.id, orders.full(c, row), document, xml, policy, now)


def take_for(c: Connection, order_id: int, xml: bytes, policy: Policy, now: datetime) -> str:
    """Keep an NF-e that was issued for this very order, whatever order number it bears.

    Raises:
        nfexml.NfeError: the XML is no NF-e.
    """
    document = nfexml.parse(xml)
    row = orders.by_id(c, order_id)
    if not isinstance(document, Invoice) or row is None:
        raise nfexml.NfeError("NFE_UNKNOWN")
    return _compare(c, order_id, orders.full(c, row), document, xml, policy, now)


def awaited(c: Connection, numbers: Sequence[str]) -> set[str]:
    """Those of the order numbers that an invoice waits for."""
    return invoices.waiting_refs(c, numbers)


def match_waiting(
    c: Connection, order_id: int, order: Order, policy: Policy, now: datetime
) -> None:
    """Compare the invoices that came before their order with the order that now came."""
    for row in invoices.waiting_for(c, order.number):
        document = nfexml.parse(row.xml)
        if isinstance(document, Invoice):
            _compare(c, order_id, order, document, row.xml, policy, now)


def of_order(c: Connection, order_id: int) -> dict[str, Any]:
    """The order's invoice as the packing rules ask for it: status, item quantities, differences."""
    row = invoices.of_order(c, order_id)
    if row is None:
        return {"status": "none", "items": {}, "differences": []}
    document = nfexml.parse(row.xml)
    items: dict[str, int] = {}
    if isinstance(document, Invoice):
        ordered = {line.sku for line in orders.lines(c, order_id)}
        products = _products(c, ordered | {item.sku for item in document.items})
        items = {k: int(n) for k, n in item_units(document, products, ordered).items()}
    return {"status": row.status, "items": items, "differences": row.differences}


def _products(c: Connection, skus: set[str]) -> dict[str, Product]:
    return {sku: product for sku in skus if (product := catalogue.product(c, sku))}


def _compare(
    c: Connection,
    order_id: int,
    order: Order,
    document: Invoice,
    xml: bytes,
    policy: Policy,
    now: datetime,
) -> str:
    skus = {line.sku for line in order.lines} | {item.sku for item in document.items}
    found = compare(order, document, _products(c, skus), policy.own_cnpjs, policy.tolerance)
    codes = {difference.code for difference in found}
    if "NFE_CANCELLED" in codes:
        status = "CANCELLED"
    elif "NFE_NOT_AUTH" in codes:
        status = "REJECTED"
    else:
        status = "MISMATCH" if found else "AUTHORIZED"
    invoices.put(
        c,
        key=document.key,
        order_id=order_id,
        order_ref=document.order_ref,
        status=status,
        differences=[list(difference.as_row()) for difference in found],
        xml=xml,
        at=now,
    )
    if status == "AUTHORIZED":
        causes.prepare(c, order_id, now)  # the carrier's label waits for the invoice's key
    return "different" if found else "matched"
