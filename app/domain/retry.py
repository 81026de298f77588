"""When a failed call is tried again, and when a whole system is left alone for a while.

Pure: the caller passes the time and the chance (0 to 1) that spreads tries, so that many stations
that lost the same system do not all come back in the same second.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

TRIES = 12  # with the waits below about five hours; then a person decides
FIRST_WAIT_S = 15.0
LONGEST_WAIT_S = 3600.0
OPENS_AFTER = 3  # failures in a row
PAUSE_S = 30.0
LONGEST_PAUSE_S = 600.0
KEY_PAUSE_S = 900.0  # a refused key mends itself only if the other side mends it


def wait_s(tries: int, chance: float) -> float:
    """Seconds before the next try after `tries` failed ones: doubling, and half of it by chance."""
    longest = min(FIRST_WAIT_S * (1 << min(max(tries - 1, 0), 20)), LONGEST_WAIT_S)
    return longest * (0.5 + 0.5 * chance)


class Breaker(Struct, frozen=True):
    """How a system answers. Open: nobody calls it before `next_try_at`; then one question that
    changes nothing shows whether it is back."""

    is_open: bool = False
    failures: int = 0
    opened_at: datetime | None = None
    next_try_at: datetime | None = None
    last_ok_at: datetime | None = None
    code: str = ""
    detail: str = ""

    def lets_through(self) -> bool:
        return not self.is_open

    def wants_question(self, now: datetime) -> bool:
        return self.is_open and (self.next_try_at is None or self.next_try_at <= now)

    def answered(self, now: datetime) -> Breaker:
        """It answered, be it with a refusal: it is there."""
        return Breaker(last_ok_at=now)

    def failed(self, code: str, detail: str, now: datetime, chance: float) -> Breaker:
        """It could not be reached."""
        failures = self.failures + 1
        if failures < OPENS_AFTER and not self.is_open:
            return replace(self, failures=failures, code=code, detail=detail)
        pause = min(PAUSE_S * (1 << min(max(failures - OPENS_AFTER, 0), 10)), LONGEST_PAUSE_S)
        return self._opened(code, detail, now, pause * (0.5 + 0.5 * chance), failures)

    def told_to_wait(self, code: str, detail: str, now: datetime, seconds: float) -> Breaker:
        """It said itself when to come back, or a key must be mended first."""
        return self._opened(code, detail, now, seconds, max(self.failures, 1))

    def _opened(
        self, code: str, detail: str, now: datetime, seconds: float, failures: int
    ) -> Breaker:
        return Breaker(
            True,
            failures,
            self.opened_at or now,
            now + timedelta(seconds=seconds),
            self.last_ok_at,
            code,
            detail,
        )
