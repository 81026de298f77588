"""What a supervisor does to an order: pin, hold, release, cancel, settle."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row

from app.domain import entries as e
from app.domain.decision import Accepted, Decision, Outcome, Refused
from app.domain.model import OrderState
from app.flow.taking import cancellation

_GONE = (OrderState.MANIFESTED, OrderState.SHIPPED, OrderState.DELIVERED)
_OVER = (OrderState.CANCELLED, OrderState.PUTBACK_PENDING, OrderState.PUTBACK_DONE)


def decide(c: Connection, row: Row[Any], action: str, reason: str) -> Decision:
    """What `action` comes to for the order of `row`; a refusal says why the order forbids it."""
    state = OrderState(row.state)
    params = {"order": row.number, "number": row.number, "state": row.state}
    if action in ("hold", "cancel") and not reason.strip():
        return Refused("REASON_NEEDED", params, Outcome.WARN)
    match action:
        case "pin" | "unpin":
            pinned = action == "pin"
            code = "ORDER_PINNED" if pinned else "ORDER_UNPINNED"
            return Accepted((e.OrderPinned(row.id, pinned),), code, params)
        case "hold" if state not in _GONE + _OVER:
            return Accepted((e.OrderHeld(row.id, reason),), "ORDER_HELD", params)
        case "lift" if row.hold:
            return Accepted((e.HoldLifted(row.id),), "ORDER_LIFTED", params)
        case "release" if state in (OrderState.RECEIVED, OrderState.SHORT):
            return Accepted((e.OrderReleased(row.id),), "ORDER_RELEASED", params)
        case "cancel" if state not in _GONE + _OVER:
            return Accepted((cancellation(c, row.id, reason),), "ORDER_CANCELLED_OK", params)
        case "settle" if row.problem:
            return Accepted((e.ProblemSettled(row.id, reason),), "ORDER_SETTLED", params)
        case _:
            return Refused("ORDER_NOT_READY", params, Outcome.WARN)
