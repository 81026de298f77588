"""What the bar says while other systems are away: what goes on without them, until when, which
orders will miss their carrier if it lasts; and once they are back, how much is still to be told.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from app.config import Settings
from app.domain.decision import Outcome
from app.domain.queue import cutoff_at
from app.station.views import Feedback
from app.store import connectors, outages, outbox

KEPT = timedelta(seconds=5)  # the bar is drawn after every scan; this is not read as often
NAMED = 5  # orders that are named; the others are counted
WORTH_SAYING = 5  # calls on their way, below which nobody needs to know


class Outlook:
    """Read by the station's thread with each view; looks into the store every few seconds."""

    def __init__(self, settings: Callable[[], Settings], clock: Callable[[], datetime]) -> None:
        self._settings = settings
        self._clock = clock
        self._read_at: datetime | None = None
        self._said: tuple[Feedback, ...] = ()

    def warnings(self, c: Connection) -> tuple[Feedback, ...]:
        """What is to be said now; nothing while every system answers."""
        now = self._clock()
        if self._read_at is None or not timedelta(0) <= now - self._read_at < KEPT:
            self._read_at = now
            self._said = self._look(c, now)
        return self._said

    def _look(self, c: Connection, now: datetime) -> tuple[Feedback, ...]:
        away = {n: row for n, row in connectors.breakers(c).items() if row.state == "open"}
        waiting = outbox.waiting_by_connector(c)
        if not away:
            left = sum(waiting.values())
            if left < WORTH_SAYING:
                return ()
            return (Feedback(Outcome.WARN, "CARRYING_OVER", {"left": left}),)
        zone = self._settings().zone()
        since = min(row.opened_at or now for row in away.values()).astimezone(zone)
        held = outages.held_by(c, sorted(away))
        params: dict[str, object] = {
            "systems": ", ".join(sorted(away)),
            "since": f"{since:%H:%M}",
            "ready": max(outages.in_hand(c) - len(held), 0),
            "calls": sum(waiting.get(name, 0) for name in away),
        }
        if not held:
            return (Feedback(Outcome.WARN, "OUTAGE", params),)
        pickups = sorted(
            (cutoff_at(row.cutoff, zone, now), row.number) for row in held if row.cutoff < "24"
        )
        until = pickups[0][0].astimezone(zone) if pickups else None
        first = [number for at, number in pickups if at == pickups[0][0]]
        more = f" +{len(first) - NAMED}" if len(first) > NAMED else ""
        params |= {
            "held": len(held),
            "until": f"{until:%H:%M}" if until else "—",
            "missing": ", ".join(first[:NAMED]) + more if first else "—",
        }
        return (Feedback(Outcome.WARN, "OUTAGE_HOLDS", params),)
