"""PINs: what makes one, how it is kept, and how long a wrong one makes a person wait."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime, timedelta
from itertools import pairwise
from math import ceil

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error
from msgspec import Struct

# About 80 ms on a 2024 desktop core: unnoticed at sign-in, dear to whoever tries all PINs.
HASHER = PasswordHasher(time_cost=3, memory_cost=40 * 1024, parallelism=1)

WAITS_S = (0, 0, 2, 5, 15, 30, 60, 120, 300, 900)


class Tries(Struct):
    """Wrong tries in a row, and when the next one may be made."""

    failures: int = 0
    next_try_at: datetime | None = None

    def count(self, now: datetime) -> None:
        self.failures += 1
        wait_s = wait_after(self.failures)
        self.next_try_at = now + timedelta(seconds=wait_s) if wait_s else None

    def wait_s(self, now: datetime) -> int:
        """Seconds until the next try."""
        if self.next_try_at is None:
            return 0
        left = ceil((self.next_try_at - now).total_seconds())
        # A clock that was set back must not lock a person out for longer than the rule says.
        return max(0, min(left, wait_after(self.failures)))


def pin_fault(pin: str) -> str:
    """Why `pin` can't be chosen: PIN_FORMAT (4 to 8 digits), PIN_TRIVIAL, or empty."""
    if not (pin.isascii() and pin.isdigit() and 4 <= len(pin) <= 8):
        return "PIN_FORMAT"
    return "PIN_TRIVIAL" if _is_run(pin) or _is_repeated(pin) else ""


def hash_pin(pin: str, hasher: PasswordHasher = HASHER) -> str:
    """The argon2id hash to keep, with its salt and cost inside."""
    return hasher.hash(pin)


def nobodys_hash(hasher: PasswordHasher = HASHER) -> str:
    """A hash that no PIN fits, as dear to verify as a real one."""
    salt, digest = (
        base64.b64encode(secrets.token_bytes(size)).decode().rstrip("=")
        for size in (hasher.salt_len, hasher.hash_len)
    )
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${cost}${salt}${digest}"


def verify_pin(pin_hash: str, pin: str, hasher: PasswordHasher = HASHER) -> bool:
    """Whether `pin` is the one that was hashed. A hash that can't be read fits none."""
    try:
        return hasher.verify(pin_hash, pin)
    except (Argon2Error, ValueError):
        return False


def wait_after(failures: int) -> int:
    """Seconds before the next try, after so many wrong ones in a row."""
    return WAITS_S[min(max(failures, 0), len(WAITS_S) - 1)]


def _is_run(pin: str) -> bool:
    """1234, 8765, 7890: each digit one step from the last, the same way."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    return steps in ({1}, {9})


def _is_repeated(pin: str) -> bool:
    """1111, 1212, 123123: one block over and over."""
    return pin in (pin + pin)[1:-1]
