"""The second factor: time-based codes of an authenticator app (RFC 6238), and recovery codes.

Its secret is shown once, while it is being enrolled, and counts only when a first code proves
that the app has it. A code is taken once: neither it nor an older one ever counts again.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.security_entries import (
    SecondFactorFailed,
    SecondFactorPassed,
    SecondFactorRemoved,
    SecondFactorSet,
)
from app.security import roles
from app.security.audit import Audit
from app.security.operators import Operator
from app.security.pins import Tries
from app.store import second_factors as rows
from app.store.database import Store

RECOVERY_CODES = 10
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no I, O, 0 or 1: the codes are read from paper


class SecondFactorRefused(Exception):
    """`code` is SECOND_FACTOR_WRONG, _USED, _WAIT, _NONE (none is enrolled), _NEEDED or _ENROL."""

    def __init__(self, code: str, wait_s: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What the authenticator app takes in, as text and as the link that its QR code holds."""

    secret: str = field(repr=False)
    link: str = field(repr=False)


class SecondFactors:
    """Everyone's second factor."""

    def __init__(self, store: Store, audit: Audit, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._audit = audit
        self._clock = clock
        self._begun: dict[int, str] = {}  # operator id -> secret that waits for its first code

    def is_enrolled(self, operator_id: int) -> bool:
        with self._store.read() as c:
            return rows.of(c, operator_id) is not None

    def who_may(self, permission: str) -> frozenset[int]:
        """The active operators with a second factor whose role has the permission."""
        with self._store.read() as c:
            enrolled = rows.enrolled(c)
        return frozenset(i for i, role in enrolled.items() if roles.allows(role, permission))

    def begin(self, operator: Operator, warehouse: str) -> Enrolment:
        """Make a secret for a person's app; `warehouse` is the name that the app shows."""
        import pyotp

        secret = pyotp.random_base32()
        self._begun[operator.id] = secret
        link = pyotp.TOTP(secret).provisioning_uri(
            name=operator.badge, issuer_name=f"Expedita {warehouse}".strip()
        )
        return Enrolment(secret, link)

    def finish(self, operator: Operator, code: str) -> tuple[str, ...]:
        """Enrol the app that shows `code`; gives the recovery codes, which are shown only now.

        Raises:
            SecondFactorRefused: SECOND_FACTOR_WRONG (it may be tried again), _NONE (not begun).
        """
        secret = self._begun.get(operator.id)
        if secret is None:
            raise SecondFactorRefused("SECOND_FACTOR_NONE")
        step = _step_of(secret, code, self._clock())
        if step is None:
            raise SecondFactorRefused("SECOND_FACTOR_WRONG")
        codes = tuple(_recovery_code() for _ in range(RECOVERY_CODES))
        with self._store.write() as c:
            hashes = [_hash(text) for text in codes]
            rows.put(c, operator.id, secret, step, self._clock(), hashes)
            self._audit.write(c, SecondFactorSet(operator.badge), operator.id)
        del self._begun[operator.id]
        return codes

    def abandon(self, operator_id: int) -> None:
        """Forget a secret that was never proved."""
        self._begun.pop(operator_id, None)

    def check(self, operator_id: int, code: str) -> int:
        """Take a code of the app, or a recovery code.

        Returns:
            How many recovery codes are left.

        Raises:
            SecondFactorRefused: SECOND_FACTOR_WRONG, _USED, _WAIT or _NONE.
        """
        try:
            how = self._spend(operator_id, _plain(code))
        except SecondFactorRefused as refused:
            if refused.code != "SECOND_FACTOR_NONE":
                self._audit.record(SecondFactorFailed(refused.code), operator_id)
            raise
        with self._store.write() as c:
            rows.set_failures(c, operator_id, 0, None)
            self._audit.write(c, SecondFactorPassed(how), operator_id)
            return rows.recovery_codes_left(c, operator_id)

    def remove(self, operator: Operator) -> None:
        """Take a person's second factor away: the phone is lost, and another is to be enrolled."""
        with self._store.write() as c:
            if rows.remove(c, operator.id):
                self._audit.write(c, SecondFactorRemoved(operator.badge))

    def _spend(self, operator_id: int, code: str) -> str:
        now = self._clock()
        with self._store.write() as c:
            row = rows.of(c, operator_id)
            if row is None:
                raise SecondFactorRefused("SECOND_FACTOR_NONE")
            tries = Tries(row.failures, row.next_try_at)
            wait_s = tries.wait_s(now)
            if wait_s:
                raise SecondFactorRefused("SECOND_FACTOR_WAIT", wait_s)
            tries.count(now)
            # Counted before the code is looked at, as with PINs.
            rows.set_failures(c, operator_id, tries.failures, tries.next_try_at)
        if not code.isdigit():
            with self._store.write() as c:
                if rows.spend_recovery_code(c, operator_id, _hash(code)):
                    return "recovery_code"
            raise SecondFactorRefused("SECOND_FACTOR_WRONG")
        step = _step_of(row.secret, code, now)
        if step is None:
            raise SecondFactorRefused("SECOND_FACTOR_WRONG")
        with self._store.write() as c:
            if not rows.spend_step(c, operator_id, step):
                raise SecondFactorRefused("SECOND_FACTOR_USED")
        return "totp"


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is: now's, or a neighbour's for clocks that differ a little."""
    import pyotp
    from pyotp.utils import strings_equal

    totp = pyotp.TOTP(secret)
    here = totp.timecode(now)
    steps = (here, here - 1, here + 1)
    return next((n for n in steps if strings_equal(totp.generate_otp(n), _plain(code))), None)


def _plain(code: str) -> str:
    return code.replace(" ", "").replace("-", "").upper()


def _recovery_code() -> str:
    text = "".join(secrets.choice(_LETTERS) for _ in range(10))
    return f"{text[:5]}-{text[5:]}"


def _hash(code: str) -> str:
    # 50 random bits, behind waits and inside an encrypted store: no slow hash is needed.
    return hashlib.sha256(b"expedita recovery code " + _plain(code).encode()).hexdigest()
