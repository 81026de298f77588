"""The people who may stand here: their badges, PINs and roles, and how they sign in."""

from __future__ import annotations

import re
from collections import OrderedDict
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from argon2 import PasswordHasher
from msgspec import Struct
from sqlalchemy import Connection, Row

from app.domain.security_entries import (
    OperatorAdded,
    OperatorDisabled,
    OperatorEnabled,
    PinChanged,
    SignedIn,
    SignInFailed,
)
from app.security import roles
from app.security.audit import Audit
from app.security.pins import (
    HASHER,
    Tries,
    hash_pin,
    nobodys_hash,
    pin_fault,
    verify_pin,
    wait_after,
)
from app.security.roles import Role, role_named
from app.store import operators as rows
from app.store.database import Store

BADGE = re.compile(r"[A-Z0-9-]{1,20}")
STRANGERS = 1000  # unknown badges whose wrong tries are remembered


class OperatorRefused(Exception):
    """A change of operators was refused; `code` names the text (`app.domain.texts`)."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Operator(Struct, frozen=True):
    id: int
    name: str
    badge: str
    role: Role
    disabled: bool = False

    @property
    def permissions(self) -> frozenset[str]:
        return roles.permissions(self.role)


class SignInRefused(Struct, frozen=True):
    """`code` is PIN_WRONG, PIN_WAIT, BADGE_UNKNOWN or OPERATOR_DISABLED.

    `wait_s`: seconds until another PIN may be tried.
    """

    code: str
    wait_s: int = 0


class Operators:
    """Everyone who has a badge; each sign-in and each change is audited with its own transaction.

    `hasher` is cheaper only in tests.
    """

    def __init__(self, store: Store, audit: Audit, hasher: PasswordHasher = HASHER) -> None:
        self._store = store
        self._audit = audit
        self._hasher = hasher
        self._strangers: OrderedDict[str, Tries] = OrderedDict()
        self._nobodys_hash = nobodys_hash(hasher)

    def count(self) -> int:
        """How many there are; 0 means that the first supervisor is still to be made."""
        with self._store.read() as c:
            return rows.count(c)

    def list(self) -> tuple[Operator, ...]:
        """All of them, active ones first, by name."""
        with self._store.read() as c:
            return tuple(_operator(row) for row in rows.everyone(c))

    def by_badge(self, badge: str) -> Operator | None:
        with self._store.read() as c:
            row = _find(c, _badge(badge))
        return _operator(row) if row else None

    def is_disabled(self, badge: str, c: Connection | None = None) -> bool:
        """Whether this person's access was taken away; asked in the moment of `c`, or now."""
        with nullcontext(c) if c is not None else self._store.read() as moment:
            return rows.is_disabled(moment, badge)

    def add(self, name: str, badge: str, role: Role | str, pin: str) -> Operator:
        """Make an operator.

        Raises:
            OperatorRefused: OPERATOR_NAME, BADGE_FORMAT, BADGE_TAKEN, OPERATOR_ROLE, PIN_FORMAT,
                PIN_TRIVIAL.
        """
        return self._add(name, badge, role, pin, first=False)

    def add_first_supervisor(self, name: str, badge: str, pin: str) -> Operator:
        """Make the first operator of a new store.

        Raises:
            OperatorRefused: as `add`, and OPERATOR_NOT_FIRST.
        """
        return self._add(name, badge, Role.SUPERVISOR, pin, first=True)

    def disable(self, badge: str) -> Operator:
        """Take a person's access away; their work stays in the journal under their name.

        Raises:
            OperatorRefused: OPERATOR_UNKNOWN, OPERATOR_LAST_SUPERVISOR.
        """
        with self._store.write() as c:
            row = _known(c, badge)
            last = rows.count(c, role=Role.SUPERVISOR, active=True) == 1
            if row.role == Role.SUPERVISOR and not row.disabled and last:
                raise OperatorRefused("OPERATOR_LAST_SUPERVISOR", name=row.name)
            if not row.disabled:
                rows.set_disabled(c, row.id, True)
                self._audit.write(c, OperatorDisabled(row.badge))
            return _operator(_known(c, badge))

    def enable(self, badge: str) -> Operator:
        """Give a disabled person their access back.

        Raises:
            OperatorRefused: OPERATOR_UNKNOWN.
        """
        with self._store.write() as c:
            row = _known(c, badge)
            if row.disabled:
                rows.set_disabled(c, row.id, False)
                self._audit.write(c, OperatorEnabled(row.badge))
            return _operator(_known(c, badge))

    def set_pin(self, badge: str, pin: str) -> None:
        """Give a person a new PIN, and a fresh start with it.

        Raises:
            OperatorRefused: OPERATOR_UNKNOWN, PIN_FORMAT, PIN_TRIVIAL.
        """
        _check_pin(pin, _badge(badge))
        pin_hash = hash_pin(pin, self._hasher)
        with self._store.write() as c:
            row = _known(c, badge)
            rows.set_pin_hash(c, row.id, pin_hash)
            rows.set_failures(c, row.id, 0, None)
            self._audit.write(c, PinChanged(row.badge))

    def sign_in(self, badge: str, pin: str, now: datetime) -> Operator | SignInRefused:
        """Take a badge and its PIN. An unknown badge costs and waits as a wrong PIN does."""
        known = self.check_pin(badge, pin, now)
        if isinstance(known, SignInRefused):
            person = self.by_badge(badge)
            self._audit.record(SignInFailed(known.code, person.badge if person else ""), 0)
        else:
            self._audit.record(SignedIn(known.role), known.id)
        return known

    def check_pin(self, badge: str, pin: str, now: datetime) -> Operator | SignInRefused:
        """The same without coming in: that it is still the person who is signed in."""
        badge = _badge(badge)
        with self._store.write() as c:
            row = _find(c, badge)
            tries = Tries(row.failures, row.next_try_at) if row else self._stranger(badge)
            wait_s = tries.wait_s(now)
            if wait_s:
                return SignInRefused("PIN_WAIT", wait_s)
            tries.count(now)
            # Counted before the PIN is looked at: pulling the plug gives no free guess.
            if row:
                rows.set_failures(c, row.id, tries.failures, tries.next_try_at)
        right = verify_pin(row.pin_hash if row else self._nobodys_hash, pin, self._hasher)
        if row is None:
            return SignInRefused("BADGE_UNKNOWN", wait_after(tries.failures))
        if not right:
            return SignInRefused("PIN_WRONG", wait_after(tries.failures))
        if row.disabled:
            return SignInRefused("OPERATOR_DISABLED")
        with self._store.write() as c:
            rows.set_failures(c, row.id, 0, None)
            if self._hasher.check_needs_rehash(row.pin_hash):
                rows.set_pin_hash(c, row.id, hash_pin(pin, self._hasher))
        return _operator(row)

    def _add(self, name: str, badge: str, role: Role | str, pin: str, *, first: bool) -> Operator:
        name, badge = " ".join(name.split()), _badge(badge)
        if not name or len(name) > 80 or not name.isprintable():
            raise OperatorRefused("OPERATOR_NAME")
        if not BADGE.fullmatch(badge):
            raise OperatorRefused("BADGE_FORMAT")
        known_role = role_named(role)
        if known_role is None:
            raise OperatorRefused("OPERATOR_ROLE", role=role, roles=", ".join(Role))
        _check_pin(pin, badge)
        pin_hash = hash_pin(pin, self._hasher)
        with self._store.write() as c:
            if first and rows.count(c):
                raise OperatorRefused("OPERATOR_NOT_FIRST")
            if rows.by_badge(c, badge):
                raise OperatorRefused("BADGE_TAKEN", badge=badge)
            operator_id = rows.add(c, name, badge, known_role.value, pin_hash)
            self._audit.write(c, OperatorAdded(badge, known_role.value))
        return Operator(operator_id, name, badge, known_role)

    def _stranger(self, badge: str) -> Tries:
        """What is remembered of an unknown badge, so that its waits are those of a known one."""
        tries = self._strangers.setdefault(badge, Tries())
        self._strangers.move_to_end(badge)
        if len(self._strangers) > STRANGERS:
            self._strangers.popitem(last=False)
        return tries


def _badge(badge: str) -> str:
    return badge.strip().upper()


def _check_pin(pin: str, badge: str) -> None:
    fault = pin_fault(pin) or ("PIN_TRIVIAL" if pin == badge else "")
    if fault:
        raise OperatorRefused(fault)


def _find(c: Connection, badge: str) -> Row[Any] | None:
    return rows.by_badge(c, badge) if BADGE.fullmatch(badge) else None


def _known(c: Connection, badge: str) -> Row[Any]:
    row = _find(c, _badge(badge))
    if row is None:
        raise OperatorRefused("OPERATOR_UNKNOWN", badge=_badge(badge))
    return row


def _operator(row: Row[Any]) -> Operator:
    return Operator(row.id, row.name, row.badge, Role(row.role), row.disabled)
