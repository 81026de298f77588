"""The journal's entries about access: who came in, what was refused, seen, taken out or changed.

They stand in the same chain as the work. `user` names the system's user where a command did it
and no operator stood there. `badge` is an operator's own; a badge that nobody has is never kept,
since people type PINs into the wrong field.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.entry import Entry


@dataclass(frozen=True, slots=True)
class SignedIn(Entry):
    role: str


@dataclass(frozen=True, slots=True)
class SignedOut(Entry):
    pass


@dataclass(frozen=True, slots=True)
class SignInFailed(Entry):
    """`code` is the refusal: PIN_WRONG, PIN_WAIT, BADGE_UNKNOWN or OPERATOR_DISABLED."""

    code: str
    badge: str = ""


@dataclass(frozen=True, slots=True)
class PermissionRefused(Entry):
    permission: str


@dataclass(frozen=True, slots=True)
class PersonalDataRevealed(Entry):
    """A customer's whole data was shown to the operator, for a reason that they gave."""

    order_id: int
    reason: str
    user: str = ""


@dataclass(frozen=True, slots=True)
class DataExported(Entry):
    """Rows left the warehouse as a file. `what` names the kind of export."""

    what: str
    rows: int
    user: str = ""


@dataclass(frozen=True, slots=True)
class PersonalDataErased(Entry):
    """Personal data had been kept for as long as it may be: of how many orders, manifests, records
    kept aside and printed files."""

    orders: int
    manifests: int
    records: int
    files: int
    user: str = ""


@dataclass(frozen=True, slots=True)
class SettingChanged(Entry):
    key: str
    before: str
    after: str
    user: str = ""


@dataclass(frozen=True, slots=True)
class OperatorAdded(Entry):
    badge: str
    role: str
    user: str = ""


@dataclass(frozen=True, slots=True)
class OperatorDisabled(Entry):
    badge: str
    user: str = ""


@dataclass(frozen=True, slots=True)
class OperatorEnabled(Entry):
    badge: str
    user: str = ""


@dataclass(frozen=True, slots=True)
class PinChanged(Entry):
    badge: str
    user: str = ""


@dataclass(frozen=True, slots=True)
class SecondFactorSet(Entry):
    """An authenticator was enrolled, for the first time or in place of another."""

    badge: str


@dataclass(frozen=True, slots=True)
class SecondFactorRemoved(Entry):
    badge: str
    user: str = ""


@dataclass(frozen=True, slots=True)
class SecondFactorPassed(Entry):
    """`how` is "totp" or "recovery_code"."""

    how: str
    user: str = ""


@dataclass(frozen=True, slots=True)
class SecondFactorFailed(Entry):
    """`code` is the refusal: SECOND_FACTOR_WRONG, _USED or _WAIT."""

    code: str
    user: str = ""


@dataclass(frozen=True, slots=True)
class RestoreBegun(Entry):
    """A backup is to take the place of a store that works."""

    file: str
    user: str = ""
