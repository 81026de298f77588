"""The order list as a screen shows it: ranked, with lateness, and without personal data."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row

from app.domain.queue import cutoff_at, sla
from app.station import holds
from app.station.views import ExceptionRow, QueueCounts, QueueRow
from app.store import catalogue, connectors, imports, order_search, orders, outbox

_OVER = ("shipped", "closed")  # nothing of these can be late any more
MOST_FOUND = order_search.MOST_FOUND
AT_RISK = timedelta(hours=1)


def row_view(row: Row[Any], zone: ZoneInfo, now: datetime) -> QueueRow:
    pickup = cutoff_at(row.cutoff, zone, now) if row.cutoff < "24" else None
    return QueueRow(
        order_id=row.id,
        number=row.number,
        channel=row.channel,
        state=row.state,
        carrier=row.carrier,
        service=row.service_name,
        cutoff_at=pickup,
        ship_by=row.ship_by,
        promised_at=row.promised_at,
        lines=row.line_count,
        units=row.unit_count,
        pinned=row.pinned,
        hold=row.hold,
        sla=(
            "over" if row.queue in _OVER else sla(row.ship_by, row.promised_at, pickup, zone, now)
        ),
        problem=row.problem or row.parked,
        claimed_by=row.claimed_by,
    )


def page(
    c: Connection, words: str, queue: str, offset: int, limit: int, zone: ZoneInfo, now: datetime
) -> tuple[tuple[QueueRow, ...], int]:
    """One page of the list and the size of the whole, as `order_search.page` counts it."""
    local_time = now.astimezone(zone).strftime("%H:%M")
    rows, total = order_search.page(c, words, queue, offset, limit, local_time)
    return tuple(row_view(row, zone, now) for row in rows), total


def counts(c: Connection, now: datetime) -> QueueCounts:
    by_queue = order_search.counts(c)
    return QueueCounts(
        by_queue=by_queue,
        late=orders.late_between(c, None, now),
        at_risk=orders.late_between(c, now, now + AT_RISK),
        total=sum(by_queue.values()),
    )


def exceptions(c: Connection, zone: ZoneInfo, limit: int = 500) -> tuple[ExceptionRow, ...]:
    """What waits for a person (pendências), longest first; then systems that don't answer, calls
    that ended badly, and records kept aside."""
    rows = orders.exceptions(c, limit)
    held = holds.told(c, rows, zone)
    missing = orders.short_lines(c, [row.id for row in rows if row.state == "SHORT"])
    found = [
        ExceptionRow(
            _kind(row),
            row.number,
            row.since or row.changed_at,
            _code(row),
            {
                "reason": _reason(row),
                "goods": ", ".join(f"{n} × {sku}" for sku, n in missing.get(row.id, ())) or "—",
                **held.get(row.id, {}),
            },
        )
        for row in rows
    ]
    found += [
        ExceptionRow(
            "count",
            "",
            None,
            "COUNT_OPEN",
            {
                "bin": row.bin,
                "sku": row.sku,
                "lot": row.lot,
                "name": row.name or row.sku,
                "units": row.quantity,
            },
        )
        for row in catalogue.to_count(c, limit)
    ]
    found += _away(c)
    found += [
        ExceptionRow(
            "call",
            row.number or "",
            row.failing_since or row.created_at,
            row.code,
            {"connector": row.connector, "detail": row.detail, "order": row.number or "—"},
            f"c{row.id}",
            row.exchange,
        )
        for row in outbox.dead(c, limit)
    ]
    found += [
        ExceptionRow(
            "rejected",
            "",
            row.rejected_at,
            row.code,
            {"file": row.file, "line": row.line_no, "detail": row.detail},
            f"r{row.id}",
        )
        for row in imports.rejected(c, limit)
    ]
    return tuple(found)


def _away(c: Connection) -> list[ExceptionRow]:
    """The systems that are left alone for now, with how many calls wait for each."""
    waiting = outbox.waiting_by_connector(c)
    return [
        ExceptionRow(
            "system",
            "",
            row.opened_at,
            "SYSTEM_AWAY" if row.code == "CONNECTOR_DOWN" else row.code,
            {
                "connector": name,
                "waiting": waiting.get(name, 0),
                "detail": row.detail,
                "order": "—",
                "file": name,
            },
        )
        for name, row in sorted(connectors.breakers(c).items())
        if row.state == "open"
    ]


def _kind(row: Row[Any]) -> str:
    if row.queue == "putback":
        return "putback"
    if row.hold:
        return "hold"
    if row.problem:
        return "problem"
    if row.state == "SHORT":
        return "short"
    return "invoice" if row.parked == "invoice" else "printing"


def _code(row: Row[Any]) -> str:
    return {
        "putback": "PUTBACK_OWED",
        "hold": "ON_HOLD",
        "problem": "PROBLEM_WAITS",
        "short": "SHORT_WAITS",
        "invoice": "NFE_MISSING",
        "printing": "LABEL_WAITS",
    }[_kind(row)]


def _reason(row: Row[Any]) -> str:
    return str(row.hold or row.problem or row.parked or row.state)
