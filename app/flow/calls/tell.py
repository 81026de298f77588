"""Tells an order's source what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from app.connectors import nfexml
from app.connectors.roles import Fulfilment, LineDone, OrderSource, PackageDone, Receipt, Step
from app.domain.entries import UnitsVerified
from app.domain.nfe import Invoice
from app.flow.calls.call import Done, Gone
from app.store import catalogue, invoices, journal, orders, packages


class Tell:
    def compose(self, c: Connection, message: Row[Any]) -> Fulfilment:
        row = orders.by_id(c, message.order_id)
        if row is None:
            raise Gone
        return fulfilment(c, row, Step(message.topic), message.created_at)

    async def find(
        self, connector: OrderSource, request: Fulfilment, message: Row[Any]
    ) -> Receipt | None:
        return await connector.find_told(request, message.key)

    async def send(self, connector: OrderSource, request: Fulfilment, message: Row[Any]) -> Receipt:
        return await connector.tell(request, message.key)

    def settle(self, c: Connection, message: Row[Any], answer: Receipt, at: datetime) -> Done:
        return Done(answer.reference)


def fulfilment(c: Connection, row: Row[Any], step: Step, at: datetime) -> Fulfilment:
    """What the floor did with an order, as its source is told it."""
    picked = step is Step.PICKED
    lines = tuple(
        LineDone(
            line.line_id,
            line.substituted_by or line.sku,
            line.picked if picked else line.verified,
            line.quantity - (line.picked if picked else line.verified),
            line.short_reason,
        )
        for line in orders.lines(c, row.id)
    )
    invoice = _invoice(c, row.id)
    return Fulfilment(
        external_id=row.external_id,
        number=row.number,
        step=step,
        at=at,
        lines=lines,
        packages=() if picked else _packages(c, row.id),
        carrier=row.carrier,
        service_code=row.service_code,
        service_name=row.service_name,
        invoice_key=invoice.key if invoice else "",
        invoice_number=invoice.number if invoice else "",
        invoice_series=invoice.series if invoice else "",
        invoice_total=invoice.total if invoice else None,
        invoice_issued_at=invoice.issued_at if invoice else None,
    )


def _packages(c: Connection, order_id: int) -> tuple[PackageDone, ...]:
    boxes = {box.code: box for box in catalogue.boxes(c)}
    held = _held(c, order_id)
    found = []
    for package in packages.of_order(c, order_id):
        label = packages.label(c, package.label_id) if package.label_id else None
        box = boxes.get(package.box)
        found.append(
            PackageDone(
                package.package_no,
                package.weight_g,
                label.tracking if label else "",
                package.box,
                box.length_mm if box else 0,
                box.width_mm if box else 0,
                box.height_mm if box else 0,
                tuple(sorted(held.get(package.package_no, {}).items())),
            )
        )
    return tuple(found)


def _held(c: Connection, order_id: int) -> dict[int, dict[str, int]]:
    """Units of each line in each package, by the last pack of the order."""
    last = journal.last_task_of_order(c, order_id, UnitsVerified.__name__)
    held: dict[int, dict[str, int]] = {}
    for entry in journal.standing(c, last) if last else ():
        if isinstance(entry, UnitsVerified) and entry.order_id == order_id:
            lines = held.setdefault(entry.package_no, {})
            lines[entry.line_id] = lines.get(entry.line_id, 0) + entry.quantity
    return held


def _invoice(c: Connection, order_id: int) -> Invoice | None:
    row = invoices.of_order(c, order_id)
    if row is None or row.status != "AUTHORIZED":
        return None
    document = nfexml.parse(row.xml)
    return document if isinstance(document, Invoice) else None
