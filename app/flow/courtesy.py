"""Long work stands aside while an operator's scan is on its way."""

from __future__ import annotations

import time
from collections.abc import Callable

HOLDS_S = (
    1.0  # a scan, from its first key to the page that follows it, on a machine with much to do
)
MOST_S = 1.0  # that one piece of work waits, so that it gets on however fast somebody scans
REMEMBERS_S = 10.0  # whoever scanned so lately will scan again
_LOOKS_S = 0.002


class Courtesy:
    """Whoever waits for an answer asks for the machine; whoever has time gives way.

    Threads of one Python share its lock: a thread that reads orders from a file makes each step
    of a scan wait for it, and a scan has hundreds of steps.

    Args:
        is_somebody_there: whether somebody may scan at any moment: an operator stands at this
            station, or this process was just in the way of another's.
    """

    def __init__(self, is_somebody_there: Callable[[], bool] = lambda: False) -> None:
        self._is_somebody_there = is_somebody_there
        self._until = 0.0
        self._asked = -REMEMBERS_S

    def ask(self) -> None:
        """A scan has begun: keep long work away until `over`, or for a short while."""
        self._asked = time.monotonic()
        self._until = self._asked + HOLDS_S

    def over(self) -> None:
        self._until = 0.0

    @property
    def is_near(self) -> bool:
        """Whether somebody may scan these seconds, so that long work should take short turns."""
        return self._is_somebody_there() or time.monotonic() < self._asked + REMEMBERS_S

    def give_way(self) -> None:
        """Wait while somebody asked; long work calls this between its small pieces."""
        now = time.monotonic()
        if now >= self._until:
            return
        end = now + MOST_S
        while now < min(self._until, end):
            time.sleep(_LOOKS_S)
            now = time.monotonic()
