"""The store's key from a chosen passphrase, by argon2id."""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from collections.abc import Mapping
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from msgspec import Struct

from app.security.key_errors import KeyError_

MIN_LENGTH = 12


class KdfCost(Struct, frozen=True):
    """What one guess costs. The default is RFC 9106's second recommendation (2021)."""

    time_cost: int = 3
    memory_kib: int = 65536
    parallelism: int = 4


COST = KdfCost()


def new_record(passphrase: str, cost: KdfCost = COST) -> tuple[dict[str, Any], bytes]:
    """A fresh salt's record, to be stored, and the key. The record doesn't give the key away.

    Raises:
        KeyError_: KEY_PASSPHRASE_SHORT, below 12 characters.
    """
    if len(passphrase) < MIN_LENGTH:
        raise KeyError_("KEY_PASSPHRASE_SHORT")
    salt = secrets.token_bytes(16)
    key, check = _derive(passphrase, salt, cost)
    record = {
        "salt": salt.hex(),
        "time_cost": cost.time_cost,
        "memory_kib": cost.memory_kib,
        "parallelism": cost.parallelism,
        "check": check.hex(),
    }
    return record, key


def key_of(passphrase: str, record: Mapping[str, Any]) -> bytes:
    """The key that `passphrase` gives under a stored record.

    Raises:
        KeyError_: KEY_WRONG_PASSPHRASE, KEY_DAMAGED (the record can't be read).
    """
    try:
        cost = KdfCost(record["time_cost"], record["memory_kib"], record["parallelism"])
        stored = bytes.fromhex(record["check"])
        key, check = _derive(passphrase, bytes.fromhex(record["salt"]), cost)
    except Exception:  # whatever a damaged record makes argon2 say
        raise KeyError_("KEY_DAMAGED") from None
    if not hmac.compare_digest(check, stored):
        raise KeyError_("KEY_WRONG_PASSPHRASE")
    return key


def _derive(passphrase: str, salt: bytes, cost: KdfCost) -> tuple[bytes, bytes]:
    # NFKC: the same letters give the same bytes whatever keyboard or system they were typed on.
    secret = unicodedata.normalize("NFKC", passphrase).encode()
    root = hash_secret_raw(
        secret, salt, cost.time_cost, cost.memory_kib, cost.parallelism, 32, Type.ID
    )
    return hmac.digest(root, b"expedita store key", "sha256"), hmac.digest(
        root, b"expedita check value", "sha256"
    )
