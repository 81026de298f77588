"""The journal's entries about access: who came in, what was refused, seen, taken out or changed.

They stand in the same chain as the work. `user` names the system's user where a command did it
and no operator stood there. `badge` is an operator's own; a badge that nobody has is never kept,
since people type PINs into the wrong field.
"""

from __future__ import annotations

from app.domain.entry import Entry


class SignedIn(Entry, frozen=True):
    role: str


class SignedOut(Entry, frozen=True):
    pass


class SignInFailed(Entry, frozen=True):
    """`code` is the refusal: PIN_WRONG, PIN_WAIT, BADGE_UNKNOWN or OPERATOR_DISABLED."""

    code: str
    badge: str = ""


class PermissionRefused(Entry, frozen=True):
    permission: str


class PersonalDataRevealed(Entry, frozen=True):
    """A customer's whole data was shown to the operator, for a reason that they gave."""

    order_id: int
    reason: str
    user: str = ""


class DataExported(Entry, frozen=True):
    """Rows left the warehouse as a file. `what` names the kind of export."""

    what: str
    rows: int
    user: str = ""


class PersonalDataErased(Entry, frozen=True):
    """Personal data had been kept for as long as it may be: of how many orders, manifests, records
    kept aside and printed files."""

    orders: int
    manifests: int
    records: int
    files: int
    user: str = ""


class SettingChanged(Entry, frozen=True):
    key: str
    before: str
    after: str
    user: str = ""


class OperatorAdded(Entry, frozen=True):
    badge: str
    role: str
    user: str = ""


class OperatorDisabled(Entry, frozen=True):
    badge: str
    user: str = ""


class OperatorEnabled(Entry, frozen=True):
    badge: str
    user: str = ""


class PinChanged(Entry, frozen=True):
    badge: str
    user: str = ""


class SecondFactorSet(Entry, frozen=True):
    """An authenticator was enrolled, for the first time or in place of another."""

    badge: str


class SecondFactorRemoved(Entry, frozen=True):
    badge: str
    user: str = ""


class SecondFactorPassed(Entry, frozen=True):
    """`how` is "totp" or "recovery_code"."""

    how: str
    user: str = ""


class SecondFactorFailed(Entry, frozen=True):
    """`code` is the refusal: SECOND_FACTOR_WRONG, _USED or _WAIT."""

    code: str
    user: str = ""


class RestoreBegun(Entry, frozen=True):
    """A backup is to take the place of a store that works."""

    file: str
    user: str = ""
