"""What every connector of `Role.TRACKING` must pass.

A bed has, besides `running.Bed`: `posted(code)`, which lets a package be posted and delivered.
"""

from __future__ import annotations

from typing import Any

from app.connectors.roles import TrackingStatus
from tests.app.connectors.contracts.network import NetworkContract
from tests.app.connectors.hands import run

CODE, UNKNOWN = "PB123456785BR", "SO000641962BR"


class TrackingContract(NetworkContract):
    def test_events_come_oldest_first_in_utc(self, bed: Any) -> None:
        bed.posted(CODE)
        events = run(bed, lambda c: c.events([CODE]))[CODE]
        assert [event.at for event in events] == sorted(event.at for event in events)
        assert all(event.at.utcoffset().total_seconds() == 0 for event in events)
        assert events[-1].status is TrackingStatus.DELIVERED

    def test_the_same_question_twice_gives_the_same_events(self, bed: Any) -> None:
        bed.posted(CODE)
        one, two = (run(bed, lambda c: c.events([CODE])) for _ in range(2))
        assert one == two
        names = [(event.code, event.at) for event in one[CODE]]
        assert len(set(names)) == len(names)

    def test_a_code_that_is_not_known_yet_is_left_out_and_hides_no_other(self, bed: Any) -> None:
        bed.posted(CODE)
        assert set(run(bed, lambda c: c.events([UNKNOWN, CODE]))) == {CODE}

    def test_asking_for_nothing_is_answered(self, bed: Any) -> None:
        assert run(bed, lambda c: c.events([])) == {}
