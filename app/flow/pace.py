"""How much long work does in one transaction: as much as a scan can wait for."""

from __future__ import annotations

LONGEST_S = 0.05  # a transaction that took longer is followed by a smaller one
FEWEST = 20  # each transaction costs something of its own, which smaller ones only repeat


class Pace:
    """`size` is how many records the next transaction takes; it follows what the last ones took."""

    def __init__(self, size: int, most: int) -> None:
        self.size = size
        self._fewest, self._most = min(FEWEST, most), most

    def took(self, seconds: float) -> None:
        """Hear how long a transaction of `size` records took."""
        if seconds > LONGEST_S:
            self.size = max(int(self.size * LONGEST_S / seconds), self._fewest)
        elif seconds < LONGEST_S / 2:
            self.size = min(self.size + self.size // 4 + 1, self._most)
