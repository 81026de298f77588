"""The recovery key: what opens a warehouse's backups where its own key is not.

It is made from the store's key and gives nothing of it away: who finds the sheet with it can open
backups, not the store. Backups are encrypted under it, so that each of them is whole by itself.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from datetime import datetime
from pathlib import Path

from app.security.key_file import write_private

# Crockford's base 32: no I, L, O or U, so that nobody mistakes a letter for a digit.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SECRET_BYTES = 20
_LETTERS = 32  # of the secret; two more prove that it was typed right


def recovery_key(store_key: bytes, number: int) -> str:
    """The key as 34 letters and digits; a new `number` gives a new one."""
    text = f"expedita recovery key {number}".encode()
    return _write(hmac.digest(store_key, text, "sha256")[:_SECRET_BYTES])


def grouped(key: str) -> str:
    """As it is shown to people: groups of four."""
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))


def backup_key(key: str) -> bytes | None:
    """The 32 bytes that open backups; None where `key` was not typed right."""
    letters = re.sub(r"[\s-]", "", key.upper()).translate(str.maketrans("ILO", "110"))
    if len(letters) != _LETTERS + 2 or any(letter not in _ALPHABET for letter in letters):
        return None
    number = 0
    for letter in letters[:_LETTERS]:
        number = number * 32 + _ALPHABET.index(letter)
    secret = number.to_bytes(_SECRET_BYTES, "big")
    if not hmac.compare_digest(_write(secret), letters):
        return None
    return hmac.digest(secret, b"expedita backups", "sha256")


def _write(secret: bytes) -> str:
    number = int.from_bytes(secret, "big")
    letters = [_ALPHABET[number >> 5 * at & 31] for at in reversed(range(_LETTERS))]
    check = int.from_bytes(hashlib.sha256(secret).digest()[:2], "big")
    return "".join(letters) + _ALPHABET[check >> 5 & 31] + _ALPHABET[check & 31]


class RecoveryNote:
    """What a data folder must know of its backups when its store can't be read. No secret:
    which recovery key is in use, whether it was shown, and where the backups lie."""

    def __init__(self, home: Path) -> None:
        self._path = home / "recovery.json"

    @property
    def number(self) -> int:
        number = self._read().get("number")
        return number if isinstance(number, int) else 1

    @property
    def was_shown(self) -> bool:
        return bool(self._read().get("shown_at"))

    @property
    def folder(self) -> str:
        """As the setting `backup.folder` last said; empty: in the data folder."""
        return str(self._read().get("folder", ""))

    def shown(self, at: datetime) -> None:
        """Somebody has the key on paper."""
        self._keep(shown_at=at.isoformat())

    def renew(self) -> None:
        """From here on another key: new backups open with it alone."""
        self._keep(number=self.number + 1, shown_at="")

    def lies_in(self, folder: str) -> None:
        if folder != self.folder:
            self._keep(folder=folder)

    def _read(self) -> dict[str, object]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _keep(self, **changed: object) -> None:
        write_private(self._path, json.dumps({**self._read(), **changed}) + "\n")
