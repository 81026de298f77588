"""When an order must leave: its carrier's next pickup, and whether it is late or at risk."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

RISK = timedelta(hours=1)


def cutoff_at(cutoff: str, zone: ZoneInfo, now: datetime) -> datetime:
    """The carrier's next pickup at or after `now`, for a daily time "HH:MM" in `zone`."""
    hour, minute = (int(part) for part in cutoff.split(":"))
    local = now.astimezone(zone)
    pickup = datetime.combine(local.date(), time(hour, minute), zone)
    if pickup < local:
        pickup = datetime.combine(local.date() + timedelta(days=1), time(hour, minute), zone)
    return pickup.astimezone(now.tzinfo)


def sla(
    ship_by: datetime | None,
    promised_at: datetime | None,
    pickup: datetime | None,
    zone: ZoneInfo,
    now: datetime,
) -> str:
    """on_time, at_risk or late.

    Late: the moment by which it had to leave (`ship_by`, else the promise) is past. At risk: that
    moment comes within the hour, or the last pickup that can still make it does.
    """
    due = ship_by or promised_at
    if due is None:
        return "on_time"
    if due < now:
        return "late"
    if due - now <= RISK:
        return "at_risk"
    if pickup and pickup - now <= RISK:
        leaves_today = due.astimezone(zone).date() <= pickup.astimezone(zone).date()
        return "at_risk" if leaves_today else "on_time"
    return "on_time"
