"""Who stands at the station: badge, PIN, lock. A lock or a change of hands keeps the task."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.domain.decision import Outcome
from app.domain.security_entries import SignedOut
from app.security.audit import Audit
from app.security.operators import Operator, OperatorRefused, Operators, SignInRefused
from app.station.views import Feedback, SessionView


class Session:
    """The signed-in operator, or what is still missing."""

    def __init__(
        self, operators: Operators, audit: Audit, station: str, clock: Callable[[], datetime]
    ) -> None:
        self._operators = operators
        self._audit = audit
        self._station = station
        self._clock = clock
        self._badge = ""
        self._locked = False
        self._wait_s = 0
        self.operator: Operator | None = None

    @property
    def operator_id(self) -> int:
        return self.operator.id if self.operator else 0

    @property
    def is_open(self) -> bool:
        """Whether somebody is signed in and the station is not locked."""
        return self.operator is not None and not self._locked

    @property
    def permissions(self) -> frozenset[str]:
        if self.operator is None or self._locked:
            return frozenset()
        return self.operator.permissions

    def allows(self, permission: str) -> bool:
        return permission in self.permissions

    def badge_read(self, badge: str) -> Feedback:
        """A badge was scanned: its PIN is asked for, and whoever was here steps aside."""
        self._badge = badge
        if self.operator is not None:
            self._locked = True
        return Feedback(Outcome.OK, "BADGE_READ")

    def sign_in(self, badge: str, pin: str) -> Feedback:
        known = self._operators.sign_in(badge or self._badge, pin, self._clock())
        if isinstance(known, SignInRefused):
            self._wait_s = known.wait_s
            return Feedback(Outcome.WARN, known.code, {"wait_s": known.wait_s})
        self.operator = known
        self._badge, self._locked, self._wait_s = "", False, 0
        return Feedback(Outcome.OK, "SIGNED_IN", {"operator": self.operator.name})

    def create_first(self, name: str, badge: str, pin: str) -> Feedback:
        """Make the first supervisor of a new warehouse, and sign that person in."""
        try:
            self._operators.add_first_supervisor(name, badge, pin)
        except OperatorRefused as refused:
            return Feedback(Outcome.WARN, refused.code, refused.params)
        return self.sign_in(badge, pin)

    def sign_out(self) -> Feedback:
        left = self.operator
        self.operator, self._badge, self._locked = None, "", False
        if left:  # whoever left is out even where the store can't keep it
            self._audit.record(SignedOut(), left.id)
        return Feedback(Outcome.OK, "SIGNED_OUT")

    def lock(self) -> None:
        self._locked = self.operator is not None
        self._badge = ""

    def view(self) -> SessionView:
        if self.is_open and self.operator:
            state = "signed_in"
        elif self._badge:
            state = "awaiting_pin"
        elif self._locked:
            state = "locked"
        else:
            state = "signed_out" if self._operators.count() else "first_start"
        return SessionView(
            state=state,
            operator=self.operator.name if self.operator else "",
            role=str(self.operator.role) if self.operator else "",
            permissions=self.permissions,
            station=self._station,
            wait_s=self._wait_s,
        )
