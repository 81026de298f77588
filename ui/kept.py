"""What was scanned, typed and asked for while nobody could take it yet."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

Entry = tuple[str, ...]  # "scan" or "sign_in", and its words
LEAVES_S = 60.0  # whoever did nothing for so long may have gone: nobody is signed in for them


class Kept:
    """Scans and sign-ins in their order, each to be taken once; and what else was wished for.

    It holds a PIN: it is shown and logged nowhere.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last = clock()
        self._entries: deque[Entry] = deque()
        self.wishes: list[str] = []  # guides, or a ticket: no order of theirs matters

    def __len__(self) -> int:
        return len(self._entries)

    def scan(self, raw: str) -> None:
        self._keep("scan", raw)

    def sign_in(self, badge: str, pin: str) -> None:
        """Who types the PIN again means that one: it takes the place of the one before."""
        if self._entries and self._entries[-1][0] == "sign_in":
            self._entries.pop()
        self._keep("sign_in", badge, pin)

    def wish(self, what: str) -> None:
        """Asked for again and again it is wanted once."""
        if what not in self.wishes:
            self.wishes.append(what)

    def forget_who_left(self) -> None:
        """A store that is brought up to date can take minutes to open."""
        if self._clock() > self._last + LEAVES_S:
            self._entries.clear()

    def take(self) -> Entry:
        return self._entries.popleft()

    def clear(self) -> None:
        self._entries.clear()
        self.wishes.clear()

    def _keep(self, *entry: str) -> None:
        self._entries.append(entry)
        self._last = self._clock()
