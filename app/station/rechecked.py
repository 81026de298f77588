"""Whether the NF-e of all that is loaded were asked for again, at the moment a manifest closes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row

from app.domain.decision import Outcome, Refused
from app.domain.dispatch_task import DispatchTask
from app.store import causes, connectors, outbox

FRESH = timedelta(minutes=10)  # an answer that old still counts
PATIENCE = timedelta(seconds=30)  # a service that answers others is waited for that long


def check(c: Connection, task: DispatchTask, now: datetime) -> Refused | None:
    """Why the manifest can't close now; None where it can.

    What was not asked for in the last minutes is asked for now, and the first press says so. The
    next press closes once the answers are there; or without them, where the service is gone or has
    answered nothing for a while: a cancellation that is learnt later stands on the order as a
    problem.
    """
    asked, new = _asked(c, task, now)
    breakers = connectors.breakers(c)
    answered: dict[str, datetime] = {}  # when each service last did
    for _, call in asked:
        if call.state == "done":
            before = answered.get(call.connector, call.done_at)
            answered[call.connector] = max(before, call.done_at)
    waiting = []
    for number, call in asked:
        breaker = breakers.get(call.connector)
        gone = breaker is not None and breaker.state == "open"
        heard = max(answered.get(call.connector, call.created_at), call.created_at)
        if call.state in outbox.OPEN and not gone and heard > now - PATIENCE:
            waiting.append(number)
    if not new and not waiting:
        return None
    if new:
        return Refused("INVOICES_ASKED", {"count": len(new), "order": new[0]}, Outcome.WARN)
    params: dict[str, object] = {"count": len(waiting), "order": waiting[0]}
    return Refused("INVOICES_WAITED_FOR", params, Outcome.WARN)


def _asked(
    c: Connection, task: DispatchTask, now: datetime
) -> tuple[list[tuple[str, Row[Any]]], list[str]]:
    """The loaded orders' newest questions, and the numbers of those that are asked for only now."""
    standing = causes.rechecking(c, {entry.order_id for entry in task.loaded.values()})
    questions = outbox.newest(c, standing, "recheck")
    asked: list[tuple[str, Row[Any]]] = []
    new: dict[int, tuple[str, str]] = {}
    for order_id, known in standing.items():
        last = questions.get(order_id)
        if last is None or (last.state == "done" and last.done_at < now - FRESH):
            new[order_id] = known
        else:
            asked.append((known[0], last))
    causes.recheck(c, new, now)
    return asked, [number for number, _ in new.values()]
