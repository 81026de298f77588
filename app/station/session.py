"""Who stands at the station: badge, PIN, lock. A lock or a change of hands keeps the task."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from app.domain.decision import Outcome
from app.domain.security_entries import PermissionRefused, SignedOut
from app.security.audit import Audit
from app.security.operators import Operator, OperatorRefused, Operators, SignInRefused
from app.security.roles import GUARDED, REVEALED
from app.security.second_factor import SecondFactorRefused, SecondFactors
from app.station.views import Feedback, SessionView

HOLDS = timedelta(minutes=5)  # a confirmed second factor, and a reveal


class Session:
    """The signed-in operator, or what is still missing.

    `asks_second_factor` tells whether the warehouse's policy wants one for guarded actions.
    """

    def __init__(
        self,
        operators: Operators,
        factors: SecondFactors,
        audit: Audit,
        station: str,
        clock: Callable[[], datetime],
        asks_second_factor: Callable[[], bool],
    ) -> None:
        self._operators = operators
        self._factors = factors
        self._audit = audit
        self._station = station
        self._clock = clock
        self._asks_second_factor = asks_second_factor
        self._badge = ""
        self._locked = False
        self._wait_s = 0
        self._confirmed_at: datetime | None = None
        self._revealed: tuple[str, datetime] | None = None  # order number, since
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

    def refuses(self, permission: str) -> Feedback | None:
        """Why whoever stands here may not do this now; None where they may."""
        if not self.is_open:
            return Feedback(Outcome.WARN, "SIGN_IN_FIRST")
        if not self.allows(permission):
            return Feedback(Outcome.WARN, "NOT_PERMITTED", {"permission": permission})
        if permission not in GUARDED or not self._asks_second_factor() or self.is_confirmed:
            return None
        if not self._factors.is_enrolled(self.operator_id):
            return Feedback(Outcome.WARN, "SECOND_FACTOR_ENROL")
        return Feedback(Outcome.WARN, "SECOND_FACTOR_NEEDED")

    def guarded(self, permission: str, work: Callable[[], Feedback]) -> Feedback:
        """Do `work` if whoever stands here may; a permission refused is kept for the audit."""
        if self.end_if_disabled():
            return Feedback(Outcome.WARN, "OPERATOR_DISABLED")
        refused = self.refuses(permission)
        if refused and refused.code == "NOT_PERMITTED":
            self._audit.record(PermissionRefused(permission))
        return refused or work()

    # --- coming and going -------------------------------------------------------------------

    def badge_read(self, badge: str) -> Feedback:
        """A badge was scanned: its PIN is asked for, and whoever was here steps aside."""
        self.lock()
        self._badge = badge
        return Feedback(Outcome.OK, "BADGE_READ")

    def sign_in(self, badge: str, pin: str) -> Feedback:
        known = self._operators.sign_in(badge or self._badge, pin, self._clock())
        if isinstance(known, SignInRefused):
            self._wait_s = known.wait_s
            return Feedback(Outcome.WARN, known.code, {"wait_s": known.wait_s})
        self._end()
        self.operator = known
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
        self._end()
        if left:  # whoever left is out even where the store can't keep it
            self._audit.record(SignedOut(), left.id)
        return Feedback(Outcome.OK, "SIGNED_OUT")

    def is_disabled(self, c: Connection | None = None) -> bool:
        """Whether the access of whoever stands here was taken away since they came; `c` is read
        where it is given."""
        return self.operator is not None and self._operators.is_disabled(self.operator.badge, c)

    def end_if_disabled(self) -> bool:
        """Sign them out where that is so; whether it was. A badge that was just read still waits
        for its PIN."""
        if not self.is_disabled():
            return False
        badge = self._badge
        self.sign_out()
        self._badge = badge
        return True

    def lock(self) -> None:
        self._locked = self.operator is not None
        self._badge = ""
        self._confirmed_at = self._revealed = None

    def _end(self) -> None:
        self.operator, self._badge, self._locked, self._wait_s = None, "", False, 0
        self._confirmed_at = self._revealed = None

    # --- the second factor and what it opens ------------------------------------------------

    @property
    def is_confirmed(self) -> bool:
        """Whether the second factor was confirmed a short time ago, by whoever is here."""
        return _holds(self._confirmed_at, self._clock())

    def confirm(self, code: str) -> Feedback:
        """Take a code of the second factor; it then holds for some minutes."""
        if not self.is_open:
            return Feedback(Outcome.WARN, "SIGN_IN_FIRST")
        try:
            left = self._factors.check(self.operator_id, code)
        except SecondFactorRefused as refused:
            return Feedback(Outcome.WARN, refused.code, {"wait_s": refused.wait_s})
        self._confirmed_at = self._clock()
        if code.strip().isdigit():
            return Feedback(Outcome.OK, "SECOND_FACTOR_OK")
        return Feedback(Outcome.DONE, "SECOND_FACTOR_RECOVERED", {"left": left})

    def reveal(self, number: str) -> None:
        """Let the personal data of one order be seen for some minutes."""
        self._revealed = (number, self._clock())

    def sees(self, number: str) -> bool:
        """Whether an order's customer is revealed to whoever stands here."""
        return bool(number) and self.revealed == number

    @property
    def revealed(self) -> str:
        """The order whose personal data may be seen now, or empty."""
        shown = self._revealed  # read once: lists are read beside the station's thread
        return shown[0] if shown and _holds(shown[1], self._clock()) else ""

    def permissions_on(self, number: str) -> frozenset[str]:
        """The permissions where one order is looked at: with a reveal, all of its data."""
        return self.permissions | {REVEALED} if self.revealed == number else self.permissions

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
            revealed=self.revealed,
        )


def _holds(since: datetime | None, now: datetime) -> bool:
    # A clock that was set back must not make it hold for longer.
    return since is not None and timedelta(0) <= now - since < HOLDS
