"""Asks again whether an order's NF-e stands, before its box leaves.

An NF-e can be cancelled within a day, and no more once the goods circulate (Ajuste SINIEF 07/05,
2005): so it is asked for when a box is loaded and again when its manifest closes. Nothing changes
at the other side, so a lost answer is simply asked for once more.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Row

from app.connectors.roles import InvoiceAnswer, Invoices, InvoiceStatus, OrderRef
from app.domain.entries import ProblemRaised
from app.flow.calls.call import Done, Gone, Settled
from app.flow.calls.issue import reference
from app.store import invoices, journal, orders, outbox, tasks
from app.store.journal import Stamp


class _Question(Struct, frozen=True):
    ref: OrderRef
    invoice_key: str
    key: str  # of the call that had it issued, empty where it came by another way


class Recheck:
    def __init__(self, station: str) -> None:
        self._station = station

    def compose(self, c: Connection, message: Row[Any]) -> _Question:
        row = orders.by_id(c, message.order_id)
        known = invoices.of_order(c, message.order_id)
        if row is None or known is None or known.status != "AUTHORIZED":
            raise Gone
        issued = [m for m in outbox.of_order(c, row.id) if m.kind == "issue" and m.state == "done"]
        return _Question(reference(row), known.key, issued[-1].key if issued else "")

    async def find(self, connector: Invoices, request: _Question, message: Row[Any]) -> None:
        """A question is asked again without harm."""

    async def send(
        self, connector: Invoices, request: _Question, message: Row[Any]
    ) -> tuple[_Question, InvoiceAnswer | None]:
        return request, await connector.find_invoice(request.ref, request.key)

    def settle(
        self,
        c: Connection,
        message: Row[Any],
        answer: tuple[_Question, InvoiceAnswer | None],
        at: datetime,
    ) -> Settled:
        question, found = answer
        if found is None or found.key not in ("", question.invoice_key):
            return Done("unknown")  # it came from elsewhere: this service can't speak of it
        if found.status is InvoiceStatus.CANCELLED:
            invoices.cancel(c, question.invoice_key)
            stamp = Stamp(self._station, 0, at, tasks.task_of_order(c, message.order_id))
            journal.append(c, stamp, [ProblemRaised(message.order_id, "invoice_cancelled")])
        return Done(found.status.value)
