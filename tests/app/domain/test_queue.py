from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.queue import cutoff_at, rank_key, sla

ZONE = ZoneInfo("America/Sao_Paulo")
NOON = datetime(2026, 11, 24, 15, tzinfo=UTC)  # 12:00 in São Paulo


def test_a_cutoff_ahead_is_todays_and_a_passed_one_is_tomorrows() -> None:
    assert cutoff_at("14:00", ZONE, NOON) == datetime(2026, 11, 24, 17, tzinfo=UTC)
    assert cutoff_at("12:00", ZONE, NOON) == NOON
    assert cutoff_at("11:59", ZONE, NOON) == datetime(2026, 11, 25, 14, 59, tzinfo=UTC)


def test_the_day_is_the_warehouses_own() -> None:
    late_evening = datetime(2026, 11, 25, 1, tzinfo=UTC)  # still the 24th, 22:00
    assert cutoff_at("23:00", ZONE, late_evening) == datetime(2026, 11, 25, 2, tzinfo=UTC)


@given(
    st.times(),
    st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: NOON + timedelta(minutes=minutes)),
)
def test_the_next_pickup_is_never_past_and_within_a_day(at: object, now: datetime) -> None:
    pickup = cutoff_at(f"{at:%H:%M}", ZONE, now)
    assert now <= pickup <= now + timedelta(days=1)


@pytest.mark.parametrize(
    ("ship_by", "promised", "pickup", "expected"),
    [
        (None, None, None, "on_time"),
        (-1, 48, None, "late"),
        (None, -1, None, "late"),
        (48, -1, None, "on_time"),  # what it must leave by counts before the promise
        (0.5, None, None, "at_risk"),
        (5, None, 0.5, "at_risk"),  # the day's last pickup is near
        (5, None, 3, "on_time"),
        (30, None, 0.5, "on_time"),  # it may go tomorrow
        (5, None, None, "on_time"),
    ],
)
def test_lateness_follows_from_the_deadline_and_the_pickup(
    ship_by: float | None, promised: float | None, pickup: float | None, expected: str
) -> None:
    def at(hours: float | None) -> datetime | None:
        return None if hours is None else NOON + timedelta(hours=hours)

    assert sla(at(ship_by), at(promised), at(pickup), ZONE, NOON) == expected


def test_the_rank_is_pinned_then_pickup_then_due_then_age() -> None:
    def hours(n: int) -> datetime:
        return NOON + timedelta(hours=n)

    ranked = [
        rank_key(True, None, hours(90), 9),
        rank_key(False, hours(1), hours(50), 8),
        rank_key(False, hours(2), hours(10), 7),
        rank_key(False, hours(2), hours(20), 3),
        rank_key(False, hours(2), hours(20), 4),
        rank_key(False, None, hours(1), 1),
    ]
    assert sorted(ranked) == ranked
