"""How an order's gates stand, each worked out from its owner's facts and from what is owed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row

from app.domain.gates import HOLDING, DueBy, GateState, Policy, is_due
from app.domain.model import Gate, GateStatus, OrderState
from app.store import carrier_labels, catalogue, connectors, invoices, orders, outbox, packages

_PAID, _AUTHORIZED = "paid", "AUTHORIZED"
_GONE = (OrderState.SHIPPED, OrderState.DELIVERED)
_LOST = ("returning", "returned", "lost")


def of_order(c: Connection, row: Row[Any]) -> tuple[GateState, ...]:
    """Every gate of the order that concerns it, in the order of its way."""
    owed = outbox.of_order(c, row.id)
    found: list[GateState | None] = [
        _payment(row),
        _stock(c, row),
        _invoice(c, row, owed),
        _label(c, row, owed),
        _fulfilment(c, row, owed),
        _tracking(c, row),
        _notice(row, owed),
    ]
    return tuple(state for state in found if state is not None)


def held_back(c: Connection, row: Row[Any], policy: Policy, step: DueBy) -> GateState | None:
    """The first gate that keeps the order from `step`; one due by an earlier step counts too.
    Nothing is read for a gate that isn't asked for."""
    for gate in HOLDING:
        if not is_due(policy.get(gate, DueBy.NEVER), step):
            continue
        state = _holding(c, row, gate)
        if state.status is not GateStatus.DONE:
            return state
    return None


def may_hold(policy: Policy, step: DueBy, payment: str, invoice: str) -> bool:
    """Whether `held_back` could name a gate, by an order's status of payment and of its NF-e: for
    most orders there is no more to read."""
    done = {Gate.PAYMENT: payment == _PAID, Gate.INVOICE: invoice == _AUTHORIZED}
    return any(
        is_due(policy.get(gate, DueBy.NEVER), step) and not done.get(gate) for gate in HOLDING
    )


def _holding(c: Connection, row: Row[Any], gate: Gate) -> GateState:
    match gate:
        case Gate.PAYMENT:
            return _payment(row)
        case Gate.STOCK:
            return _stock(c, row)
        case Gate.INVOICE:
            return _invoice(c, row, outbox.of_order(c, row.id))
        case _:
            return _label(c, row, outbox.of_order(c, row.id))


def _payment(row: Row[Any]) -> GateState:
    status = {_PAID: GateStatus.DONE, "refunded": GateStatus.FAILED}.get(
        row.payment_status, GateStatus.WAITING
    )
    since = row.paid_at if status is GateStatus.DONE else row.placed_at
    reason = "" if status is GateStatus.DONE else row.payment_status
    return GateState(Gate.PAYMENT, status, reason, row.source, since)


def _stock(c: Connection, row: Row[Any]) -> GateState:
    lines = orders.lines(c, row.id)
    open_lines = [line for line in lines if line.picked + line.short < line.quantity]
    if not open_lines or row.state in _GONE:
        return GateState(Gate.STOCK, GateStatus.DONE, "", "estoque", row.changed_at)
    have: dict[str, int] = {}
    for stock in catalogue.stock_of(c, {line.sku for line in open_lines}):
        have[stock.sku] = have.get(stock.sku, 0) + stock.quantity
    missing = [
        line.sku
        for line in open_lines
        if have.get(line.sku, 0) < line.quantity - line.picked - line.short
    ]
    if missing:
        return GateState(
            Gate.STOCK, GateStatus.WAITING, ", ".join(missing), "estoque", row.changed_at
        )
    return GateState(Gate.STOCK, GateStatus.DONE, "", "estoque", row.changed_at)


def _invoice(c: Connection, row: Row[Any], owed: Sequence[Row[Any]]) -> GateState:
    invoice = invoices.of_order(c, row.id)
    if invoice is not None and invoice.status == _AUTHORIZED:
        return GateState(Gate.INVOICE, GateStatus.DONE, "", "NF-e", invoice.received_at)
    asked = _owed(Gate.INVOICE, owed, "issue")
    if asked is not None and asked.status is not GateStatus.DONE:
        return asked
    if invoice is None:
        return GateState(Gate.INVOICE, GateStatus.WAITING, "", "NF-e", row.placed_at)
    codes = ", ".join(difference[0] for difference in invoice.differences)
    return GateState(
        Gate.INVOICE, GateStatus.FAILED, codes or invoice.status, "NF-e", invoice.received_at
    )


def _label(c: Connection, row: Row[Any], owed: Sequence[Row[Any]]) -> GateState:
    live = [label for label in packages.labels_of(c, row.id) if label.state != "VOIDED"]
    if live and all(label.state == "VERIFIED" for label in live):
        return GateState(Gate.LABEL, GateStatus.DONE, "", row.carrier, live[-1].created_at)
    if live:
        return GateState(
            Gate.LABEL, GateStatus.WAITING, live[-1].state, row.carrier, live[-1].created_at
        )
    asked = _owed(Gate.LABEL, owed, "label")
    if asked is not None and asked.status is not GateStatus.DONE:
        return asked
    ready = carrier_labels.living(c, row.id, 1, 0, row.address_version)
    if ready is not None:
        reason = "READY" if ready.state == "ready" else ready.state
        return GateState(Gate.LABEL, GateStatus.WAITING, reason, ready.connector, ready.received_at)
    return GateState(Gate.LABEL, GateStatus.WAITING, "", row.carrier, row.placed_at)


def _fulfilment(c: Connection, row: Row[Any], owed: Sequence[Row[Any]]) -> GateState | None:
    source = connectors.named(c, row.source)
    if source is None or not source.steps:
        return None
    told = _owed(Gate.FULFILMENT, owed, "tell")
    if told is not None and (told.status is not GateStatus.DONE or row.state in _GONE):
        return told
    return GateState(Gate.FULFILMENT, GateStatus.WAITING, "", row.source)


def _tracking(c: Connection, row: Row[Any]) -> GateState | None:
    if row.state not in _GONE:
        return None
    events = carrier_labels.events_of(c, row.id)
    if row.state == OrderState.DELIVERED:
        at = events[0].at if events else row.changed_at
        return GateState(Gate.TRACKING, GateStatus.DONE, "delivered", row.carrier, at)
    if not events:
        return GateState(Gate.TRACKING, GateStatus.WAITING, "", row.carrier)
    newest = events[0]
    status = GateStatus.FAILED if newest.status in _LOST else GateStatus.WAITING
    return GateState(Gate.TRACKING, status, newest.status, row.carrier, newest.at)


def _notice(row: Row[Any], owed: Sequence[Row[Any]]) -> GateState | None:
    return _owed(Gate.NOTICE, owed, "notify")


def _owed(gate: Gate, owed: Sequence[Row[Any]], kind: str) -> GateState | None:
    """How the calls of a kind stand: the first that waits or is dead, else the last done."""
    mine = [call for call in owed if call.kind == kind and call.state != "discarded"]
    if not mine:
        return None
    for call in mine:
        since = call.failing_since or call.created_at
        if call.state == "dead":
            return GateState(gate, GateStatus.FAILED, call.code, call.connector, since)
        if call.state in outbox.OPEN:
            return GateState(
                gate, GateStatus.WAITING, call.code, call.connector, since, call.next_try_at
            )
    return GateState(gate, GateStatus.DONE, mine[-1].topic, mine[-1].connector, mine[-1].done_at)
