"""The people of the warehouse, managed at the screen: operators, PINs and second factors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.decision import Outcome
from app.security.operators import OperatorRefused, Operators, SignInRefused
from app.security.roles import GUARDED
from app.security.second_factor import Enrolment, SecondFactorRefused, SecondFactors
from app.station.session import Session
from app.station.views import Feedback, OperatorView

MANAGE = "operators.manage"


@dataclass(frozen=True, slots=True)
class RecoveryCodes:
    """Shown once, right after the second factor was set up."""

    codes: tuple[str, ...] = field(repr=False)


class People:
    """Called on the station's thread, as the station is. Every change is audited."""

    def __init__(
        self,
        operators: Operators,
        factors: SecondFactors,
        session: Session,
        warehouse: Callable[[], str],
        clock: Callable[[], datetime],
    ) -> None:
        self._operators = operators
        self._factors = factors
        self._session = session
        self._warehouse = warehouse
        self._clock = clock

    def list(self) -> tuple[OperatorView, ...]:
        """Everyone, for who may manage them; nobody for others."""
        if not self._session.allows(MANAGE):
            return ()
        return tuple(
            OperatorView(
                name=person.name,
                badge=person.badge,
                role=person.role.value,
                disabled=person.disabled,
                second_factor=self._factors.is_enrolled(person.id),
            )
            for person in self._operators.list()
        )

    def add(self, name: str, badge: str, role: str, pin: str) -> Feedback:
        def work() -> Feedback:
            made = self._operators.add(name, badge, role, pin)
            return Feedback(
                Outcome.DONE, "OPERATOR_ADDED", {"name": made.name, "badge": made.badge}
            )

        return self._managed(work)

    def disable(self, badge: str) -> Feedback:
        def work() -> Feedback:
            me = self._session.operator
            if me and me.badge == badge:
                return Feedback(Outcome.WARN, "OPERATOR_SELF")
            gone = self._operators.disable(badge)
            return Feedback(Outcome.DONE, "OPERATOR_REMOVED", {"name": gone.name})

        return self._managed(work)

    def enable(self, badge: str) -> Feedback:
        def work() -> Feedback:
            back = self._operators.enable(badge)
            return Feedback(Outcome.DONE, "OPERATOR_ENABLED", {"name": back.name})

        return self._managed(work)

    def set_pin(self, badge: str, pin: str) -> Feedback:
        def work() -> Feedback:
            self._operators.set_pin(badge, pin)
            person = self._operators.by_badge(badge)
            return Feedback(Outcome.DONE, "PIN_CHANGED", {"name": person.name if person else ""})

        return self._managed(work)

    def remove_second_factor(self, badge: str) -> Feedback:
        """For a person whose phone and recovery codes are lost."""

        def work() -> Feedback:
            person = self._operators.by_badge(badge)
            if person is None:
                return Feedback(Outcome.WARN, "OPERATOR_UNKNOWN", {"badge": badge})
            self._factors.remove(person)
            return Feedback(Outcome.DONE, "SECOND_FACTOR_REMOVED", {"name": person.name})

        return self._managed(work)

    # --- one's own second factor ------------------------------------------------------------

    def has_second_factor(self) -> bool:
        return self._factors.is_enrolled(self._session.operator_id)

    def begin_second_factor(self, pin: str) -> Enrolment | Feedback:
        """What the app must take in, after the PIN showed that it is still the same person.

        In place of an older one it also asks that the older one was just confirmed.
        """
        me = self._session.operator
        if me is None or not self._session.is_open:
            return Feedback(Outcome.WARN, "SIGN_IN_FIRST")
        if not me.permissions & GUARDED:
            return Feedback(Outcome.WARN, "NOT_PERMITTED", {"permission": "personal.reveal"})
        replaceable = self.may_replace()
        if replaceable.outcome is not Outcome.OK:
            return replaceable
        known = self._operators.check_pin(me.badge, pin, self._clock())
        if isinstance(known, SignInRefused):
            code = "PIN_NOT_YOURS" if known.code == "PIN_WRONG" else known.code
            return Feedback(Outcome.WARN, code, {"wait_s": known.wait_s})
        return self._factors.begin(me, self._warehouse())

    def may_replace(self) -> Feedback:
        """Whether the older second factor was just confirmed, so that a new one may be begun."""
        if self.has_second_factor() and not self._session.is_confirmed:
            return Feedback(Outcome.WARN, "SECOND_FACTOR_NEEDED")
        return Feedback(Outcome.OK, "SECOND_FACTOR_OK")

    def finish_second_factor(self, code: str) -> RecoveryCodes | Feedback:
        """Set it up with the first code of the app."""
        me = self._session.operator
        if me is None or not self._session.is_open:
            return Feedback(Outcome.WARN, "SIGN_IN_FIRST")
        try:
            return RecoveryCodes(self._factors.finish(me, code))
        except SecondFactorRefused as refused:
            return Feedback(Outcome.WARN, refused.code)

    def abandon_second_factor(self) -> None:
        self._factors.abandon(self._session.operator_id)

    def confirm(self, code: str) -> Feedback:
        """Take a code for the guarded actions that follow."""
        return self._session.confirm(code)

    # --- inside -----------------------------------------------------------------------------

    def _managed(self, work: Callable[[], Feedback]) -> Feedback:
        try:
            return self._session.guarded(MANAGE, work)
        except OperatorRefused as error:
            return Feedback(Outcome.WARN, error.code, error.params)
