"""A note beside the store of how far each station's journal had come.

The store alone can't tell that its newest part is gone: without its write-ahead log, or as an old
copy, it is whole and only older. The note says what must be there. It is written soon after each
transaction, beside what goes on, and not forced to the disk: a power cut may leave it older, never
newer.
"""

from __future__ import annotations

import hmac
import json
import threading
from collections.abc import Mapping
from pathlib import Path

Tails = dict[str, tuple[int, str]]  # station -> last sequence number and its entry's hash


class Mark:
    """The note of one store. Its seal is made with the store's key, so that it proves the key."""

    def __init__(self, store: Path, key: bytes) -> None:
        self.path = store.with_suffix(".mark")
        self._seal_key = hmac.digest(key, b"expedita journal mark", "sha256")
        self._owed: Tails = {}
        self._owing = threading.Lock()  # held for a moment only: a scan takes it
        self._writing = threading.Lock()

    def read(self) -> Tails:
        """What was promised; empty where there is no note under this key."""
        try:
            noted = json.loads(self.path.read_text(encoding="utf-8"))
            tails: Tails = {name: (int(seq), str(end)) for name, (seq, end) in noted["t"].items()}
            sealed = hmac.compare_digest(noted["seal"], self._seal(tails))
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return {}
        return tails if sealed else {}

    def owe(self, tails: Mapping[str, tuple[int, str]]) -> None:
        """Keep in mind what was just made durable; `write` notes it."""
        with self._owing:
            for station, tail in tails.items():
                self._owed[station] = max(tail, self._owed.get(station, tail))

    def write(self) -> None:
        """Add what is owed. Failing is no trouble: the note is then older."""
        with self._writing:
            with self._owing:
                owed, self._owed = self._owed, {}
            if owed:
                self.replace({**self.read(), **owed})

    def replace(self, tails: Tails) -> None:
        """Forget what was promised before, and promise this."""
        new = self.path.with_suffix(".mark.new")
        try:
            new.write_text(json.dumps({"t": tails, "seal": self._seal(tails)}), encoding="utf-8")
            new.replace(self.path)
        except OSError:
            pass

    def _seal(self, tails: Tails) -> str:
        text = json.dumps(tails, sort_keys=True, ensure_ascii=False)
        return hmac.digest(self._seal_key, text.encode(), "sha256").hex()
