"""Pendências as a person at a station works them: who may, what it comes to, what stays written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.domain.decision import Outcome
from app.domain.security_entries import PersonalDataRevealed
from app.security.audit import Audit
from app.station.session import Session
from app.station.views import Feedback

if TYPE_CHECKING:  # asyncio and what runs on it: not before somebody works a matter
    from app.flow.repair import Repair


class Matters:
    """Safe beside the station's thread: each call is one transaction of its own.

    `kick` tells the flow that something may be sent now.
    """

    def __init__(
        self,
        repair: Callable[[], Repair],
        session: Session,
        audit: Audit,
        kick: Callable[[], None],
    ) -> None:
        self._repair = repair
        self._session = session
        self._audit = audit
        self._kick = kick

    def replay(self, matter_id: str) -> Feedback:
        """Try one again; "" tries all."""
        return self._work(lambda repair, who: self._replayed(repair, who, matter_id))

    def discard(self, matter_id: str, why: str) -> Feedback:
        def work(repair: Repair, who: int) -> Feedback:
            repair.discard(matter_id, why, who)
            return Feedback(Outcome.DONE, "MATTER_DISCARDED")

        return self._work(work)

    def correct_record(self, matter_id: str, raw: str) -> Feedback:
        """Take a record as a person corrected it."""

        def work(repair: Repair, who: int) -> Feedback:
            return Feedback(Outcome.DONE, "RECORD_TAKEN", {"order": repair.correct(matter_id, raw)})

        return self._work(work)

    def correct_recipient(self, number: str, changes: Mapping[str, str]) -> Feedback:
        """Correct where an order goes to, and who gets it."""

        def work(repair: Repair, who: int) -> Feedback:
            repair.correct_recipient(number, changes, who)
            return Feedback(Outcome.DONE, "RECIPIENT_CORRECTED", {"order": number})

        return self._work(work)

    def record(self, matter_id: str) -> str | Feedback:
        """A record as its source gave it, or why whoever stands here may not see it: it holds a
        customer's data, so that a look at it is a reveal and is recorded as one."""
        refused = self._session.refuses("flow.repair") or self._session.refuses("personal.reveal")
        if refused:
            return refused
        self._audit.record(PersonalDataRevealed(0, matter_id))
        return self._repair().record(matter_id)

    def _replayed(self, repair: Repair, who: int, matter_id: str) -> Feedback:
        count = repair.replay([matter_id] if matter_id else None, who)
        if not count:
            return Feedback(Outcome.WARN, "NOTHING_TO_REPLAY")
        return Feedback(Outcome.DONE, "REPLAYED", {"count": count})

    def _work(self, work: Callable[[Repair, int], Feedback]) -> Feedback:
        from app.flow.repair import RepairRefused

        def permitted() -> Feedback:
            try:
                feedback = work(self._repair(), self._session.operator_id)
            except RepairRefused as refused:
                return Feedback(Outcome.WARN, refused.code, refused.params)
            self._kick()
            return feedback

        return self._session.guarded("flow.repair", permitted)
