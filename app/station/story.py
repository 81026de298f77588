"""All that is known of one order, for the screen and the command line."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row

from app.domain.model import Gate, GateStatus
from app.security.masks import mask_address, mask_recipient
from app.station.queue import row_view
from app.station.views import GateView, LineView, OrderStory, PackageView, StoryEntry
from app.store import catalogue, invoices, journal, orders, packages

SHIPPED_STATES = ("SHIPPED", "DELIVERED")


def story(
    c: Connection, number: str, permissions: frozenset[str], zone: ZoneInfo, now: datetime
) -> OrderStory | None:
    """The order that people call `number`, its personal data masked; None if there is none."""
    row = orders.by_number(c, number)
    if row is None:
        return None
    person, address = orders.recipient(c, row.id)
    labels = packages.labels_of(c, row.id)
    return OrderStory(
        row=row_view(row, zone, now),
        recipient=mask_recipient(person, address, permissions, row.state),
        address=mask_address(address, permissions, row.state),
        note=row.note,
        gates=gates(c, row),
        lines=line_views(c, row),
        packages=package_views(c, row.id),
        labels=tuple((label.id, label.tracking, label.state, label.copies) for label in labels),
        journal=tuple(
            StoryEntry(r.at, r.station_id, r.operator, r.kind, _text(r.entry.payload()))
            for r in journal.order_entries(c, row.id)
        ),
    )


def gates(c: Connection, row: Row[Any]) -> tuple[GateView, ...]:
    """The order's gates, each worked out from its owner's facts."""
    return (_payment(row), _stock(c, row), _invoice(c, row), _label(c, row))


def line_views(c: Connection, row: Row[Any]) -> tuple[LineView, ...]:
    placed = {p.line_id: p.bin for p in orders.placements(c, row.id)}
    views = []
    for line in orders.lines(c, row.id):
        product = catalogue.product(c, line.substituted_by or line.sku)
        views.append(
            LineView(
                order_number=row.number,
                line_id=line.line_id,
                sku=line.substituted_by or line.sku,
                name=product.name if product else line.sku,
                bin=placed.get(line.line_id, ""),
                lot="",
                quantity=line.quantity,
                done=line.picked,
                short=line.short,
                state=_line_state(line),
                category=product.category if product else "",
            )
        )
    return tuple(views)


def package_views(c: Connection, order_id: int) -> tuple[PackageView, ...]:
    views = []
    for package in packages.of_order(c, order_id):
        label = packages.label(c, package.label_id) if package.label_id else None
        views.append(
            PackageView(
                package_no=package.package_no,
                box=package.box,
                weight_g=package.weight_g,
                expected_weight_g=None,
                tracking=label.tracking if label else "",
                state=package.state,
                copies=label.copies if label else 0,
            )
        )
    return tuple(views)


def _line_state(line: Row[Any]) -> str:
    if line.put_back:
        return "PUT_BACK"
    if line.short:
        return "SHORT"
    if line.picked >= line.quantity:
        return "SUBSTITUTED" if line.substituted_by else "PICKED"
    return "PENDING"


def _payment(row: Row[Any]) -> GateView:
    status = {"paid": GateStatus.DONE, "refunded": GateStatus.FAILED}.get(
        row.payment_status, GateStatus.WAITING
    )
    since = row.paid_at if status is GateStatus.DONE else row.placed_at
    reason = "" if status is GateStatus.DONE else row.payment_status
    return GateView(Gate.PAYMENT, status, reason, row.source, since)


def _stock(c: Connection, row: Row[Any]) -> GateView:
    lines = orders.lines(c, row.id)
    have: dict[str, int] = {}
    for stock in catalogue.stock_of(c, {line.sku for line in lines}):
        have[stock.sku] = have.get(stock.sku, 0) + stock.quantity
    missing = [
        line.sku
        for line in lines
        if line.picked < line.quantity and have.get(line.sku, 0) < line.quantity - line.picked
    ]
    if missing and row.state not in SHIPPED_STATES:
        return GateView(
            Gate.STOCK, GateStatus.WAITING, ", ".join(missing), "estoque", row.changed_at
        )
    return GateView(Gate.STOCK, GateStatus.DONE, "", "estoque", row.changed_at)


def _invoice(c: Connection, row: Row[Any]) -> GateView:
    invoice = invoices.of_order(c, row.id)
    if invoice is None:
        return GateView(Gate.INVOICE, GateStatus.WAITING, "", "NF-e", row.placed_at)
    if invoice.status == "AUTHORIZED":
        return GateView(Gate.INVOICE, GateStatus.DONE, "", "NF-e", invoice.received_at)
    codes = ", ".join(difference[0] for difference in invoice.differences)
    return GateView(
        Gate.INVOICE, GateStatus.FAILED, codes or invoice.status, "NF-e", invoice.received_at
    )


def _label(c: Connection, row: Row[Any]) -> GateView:
    live = [label for label in packages.labels_of(c, row.id) if label.state != "VOIDED"]
    if live and all(label.state == "VERIFIED" for label in live):
        return GateView(Gate.LABEL, GateStatus.DONE, "", row.carrier, live[-1].created_at)
    since = live[-1].created_at if live else row.placed_at
    return GateView(
        Gate.LABEL, GateStatus.WAITING, live[-1].state if live else "", row.carrier, since
    )


def _text(payload: dict[str, Any]) -> str:
    """An entry's fields in one line; plans are left out, being whole tasks."""
    return " · ".join(
        f"{name} {value}"
        for name, value in payload.items()
        if name not in ("order_id", "plan", "orders", "fields") and value not in ("", None)
    )
