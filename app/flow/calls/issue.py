"""Has an order's NF-e issued."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from app.connectors.errors import Unreadable
from app.connectors.nfexml import NfeError
from app.connectors.roles import (
    InvoiceAnswer,
    InvoiceRequest,
    Invoices,
    InvoiceStatus,
    OrderRef,
)
from app.flow import invoices as intake
from app.flow.calls.call import Done, Gone, Pending, Rejected, Settled
from app.store import catalogue, invoices, orders

POLL_S, POLL_MOST_S = 10.0, 600.0


class Issue:
    def __init__(self, policy: intake.Policy) -> None:
        self._policy = policy

    def compose(self, c: Connection, message: Row[Any]) -> InvoiceRequest:
        row = orders.by_id(c, message.order_id)
        known = invoices.of_order(c, message.order_id)
        if row is None or (known is not None and known.status == "AUTHORIZED"):
            raise Gone
        order = orders.full(c, row)
        names = {
            line.sku: product.name
            for line in order.lines
            if (product := catalogue.product(c, line.sku)) is not None
        }
        return InvoiceRequest(reference(row), order, 1, _weight_g(c, row.id), names)

    async def find(
        self, connector: Invoices, request: InvoiceRequest, message: Row[Any]
    ) -> InvoiceAnswer | None:
        return await connector.find_invoice(request.ref, message.key)

    async def send(
        self, connector: Invoices, request: InvoiceRequest, message: Row[Any]
    ) -> InvoiceAnswer:
        return await connector.issue(request, message.key)

    def settle(
        self, c: Connection, message: Row[Any], answer: InvoiceAnswer, at: datetime
    ) -> Settled:
        match answer.status:
            case InvoiceStatus.AWAITED:
                return Pending("", _patience_s(message, at), "INVOICE_AWAITED", sent=False)
            case InvoiceStatus.PROCESSING:
                return Pending(answer.reference, _patience_s(message, at))
            case InvoiceStatus.AUTHORISED:
                try:
                    intake.take_for(c, message.order_id, answer.xml, self._policy, at)
                except NfeError as error:
                    raise Unreadable(error.code) from None
                return Done(answer.reference or answer.key)
            case InvoiceStatus.CANCELLED:
                return Rejected("INVOICE_CANCELLED", answer.detail)
            case InvoiceStatus.REJECTED:
                return Rejected("INVOICE_REJECTED", f"{answer.reason} {answer.detail}".strip())


def reference(row: Row[Any]) -> OrderRef:
    return OrderRef(row.source, row.external_id, row.number, row.channel)


def _patience_s(message: Row[Any], now: datetime) -> float:
    """The longer it takes, the longer until it is asked for again."""
    age: float = (now - message.created_at).total_seconds()
    return min(max(POLL_S, age / 20), POLL_MOST_S)


def _weight_g(c: Connection, order_id: int) -> int | None:
    """The goods' weight by the catalogue; None where a product has none."""
    total = 0
    for line in orders.lines(c, order_id):
        product = catalogue.product(c, line.substituted_by or line.sku)
        if product is None or product.weight_g is None:
            return None
        total += product.weight_g * line.quantity
    return total
