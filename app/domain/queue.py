"""When an order must leave, whether it is late, and who goes first.

A carrier's cut-off is a time of day in the warehouse's zone, the same every day. The queue ranks
pinned orders first, then by the carrier's next cut-off, then by what is due first, then by age
(the id, which grows with arrival).
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

RISK = timedelta(hours=1)


def cutoff_at(cutoff: str, zone: ZoneInfo, now: datetime) -> datetime:
    """The carrier's next pickup at or after `now` (UTC), for a daily time "HH:MM" in `zone`."""
    hour, minute = (int(part) for part in cutoff.split(":"))
    today = now.astimezone(zone).date()
    for day in (today, today + timedelta(days=1)):
        pickup = datetime.combine(day, time(hour, minute), zone).astimezone(UTC)
        if pickup >= now:
            break
    return pickup


def sla(
    ship_by: datetime | None,
    promised_at: datetime | None,
    pickup: datetime | None,
    zone: ZoneInfo,
    now: datetime,
) -> str:
    """on_time, at_risk or late.

    Late: the moment by which it had to leave (`ship_by`, else the promise) is past. At risk: that
    moment comes within the hour; or the next pickup does, and the order must leave that day.
    """
    due = ship_by or promised_at
    if due is None:
        return "on_time"
    if due < now:
        return "late"
    if due - now <= RISK:
        return "at_risk"
    if pickup is None or not timedelta(0) <= pickup - now <= RISK:
        return "on_time"
    leaves_then = due.astimezone(zone).date() <= pickup.astimezone(zone).date()
    return "at_risk" if leaves_then else "on_time"


def rank_key(
    pinned: bool, pickup: datetime | None, due_at: datetime, order_id: int
) -> tuple[bool, bool, datetime, datetime, int]:
    """Sorts orders into the queue's order; carriers without a pickup time come last."""
    return (not pinned, pickup is None, pickup or due_at, due_at, order_id)
