"""Whether the NF-e of all that is loaded were asked for again, at the moment a manifest closes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row

from app.domain.decision import Outcome
from app.domain.dispatch_task import DispatchTask
from app.station.views import Feedback
from app.store import causes, connectors, orders, outbox

FRESH = timedelta(minutes=10)  # an answer that old still counts
PATIENCE = timedelta(seconds=30)  # a service that answers others is waited for that long


def check(c: Connection, task: DispatchTask, now: datetime) -> Feedback | None:
    """Why the manifest can't close now; None where it can.

    What was not asked for in the last minutes is asked for now, and the first press says so. The
    next press closes once the answers are there; or without them, where the service is gone or
    takes its time: a cancellation that is learnt later stands on the order as a problem.
    """
    breakers = connectors.breakers(c)
    open_, new = [], False
    for order_id in dict.fromkeys(entry.order_id for entry in task.loaded.values()):
        row = orders.by_id(c, order_id)
        service = causes.rechecking(c, row) if row is not None else None
        if row is None or service is None:
            continue
        last = _last(outbox.of_order(c, order_id))
        if last is None or (last.state == "done" and last.done_at < now - FRESH):
            causes.recheck(c, order_id, now)
            new = True
        elif last.state == "done" or _is_given_up(last, breakers.get(service.name), now):
            continue
        open_.append(row.number)
    if not open_:
        return None
    code = "INVOICES_ASKED" if new else "INVOICES_WAITED_FOR"
    return Feedback(Outcome.WARN, code, {"count": len(open_), "order": open_[0]})


def _last(calls: Sequence[Row[Any]]) -> Row[Any] | None:
    return next((m for m in reversed(calls) if m.kind == "recheck"), None)


def _is_given_up(call: Row[Any], breaker: Row[Any] | None, now: datetime) -> bool:
    gone = breaker is not None and breaker.state == "open"
    return call.state not in outbox.OPEN or gone or call.created_at <= now - PATIENCE
