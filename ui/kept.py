"""What was scanned, typed and asked for while nobody could take it yet."""

from __future__ import annotations

from collections import deque

Entry = tuple[str, ...]  # "scan" or "sign_in", and its words


class Kept:
    """Scans and sign-ins in their order, each to be taken once; and what else was wished for.

    It holds a PIN: it is shown and logged nowhere.
    """

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque()
        self.wishes: list[str] = []  # guides, or a ticket: no order of theirs matters

    def __len__(self) -> int:
        return len(self._entries)

    def scan(self, raw: str) -> None:
        self._entries.append(("scan", raw))

    def sign_in(self, badge: str, pin: str) -> None:
        """Who types the PIN again means that one: it takes the place of the one before."""
        if self._entries and self._entries[-1][0] == "sign_in":
            self._entries.pop()
        self._entries.append(("sign_in", badge, pin))

    def wish(self, what: str) -> None:
        """Asked for again and again it is wanted once."""
        if what not in self.wishes:
            self.wishes.append(what)

    def take(self) -> Entry:
        return self._entries.popleft()

    def clear(self) -> None:
        self._entries.clear()
        self.wishes.clear()
