"""What is usual for a call, learnt from the call itself: no fixed number says what is slow.

Times of calls spread by factors, not by sums, so that mean and spread are of their logarithm.
Weights fall until each new time counts 1/5000: the usual follows a lasting change within days,
and an hour of trouble doesn't become the usual.
"""

from __future__ import annotations

import math

from msgspec import Struct

LEARNT = 20  # so many times must be seen before any is called slow
_LIGHTEST = 1 / 5000
_FASTEST_S = 0.0001
# How far above the usual is slow: four spreads, but no less than 3 times and no more than 10.
_SPREADS, _LEAST, _MOST = 4.0, math.log(3), math.log(10)


class Baseline(Struct, frozen=True):
    """Of `seen` times: the mean and the variance of ln(seconds)."""

    seen: int = 0
    mean: float = 0.0
    variance: float = 0.0

    @property
    def usual_s(self) -> float | None:
        """The usual time, None until enough was seen."""
        return math.exp(self.mean) if self.seen >= LEARNT else None

    def slow_above_s(self, noise_s: float) -> float:
        """What is longer than this is slow; infinite until enough was seen."""
        usual = self.usual_s
        if usual is None:
            return math.inf
        return max(math.exp(self.mean + self._reach()), usual + noise_s)

    def calm_below_s(self, noise_s: float) -> float:
        """What is shorter than this speaks against slowness: half way (by factors) to slow."""
        usual = self.usual_s
        if usual is None:
            return math.inf
        return max(math.exp(self.mean + self._reach() / 2), usual + noise_s / 2)

    def _reach(self) -> float:
        return min(max(_SPREADS * math.sqrt(self.variance), _LEAST), _MOST)


def learn(known: Baseline, seconds: float) -> Baseline:
    """`known` with one more time. An outlier counts as the limit, so that it can't carry the
    usual away."""
    x = math.log(max(seconds, _FASTEST_S))
    if known.seen >= LEARNT:
        reach = known._reach()
        x = min(max(x, known.mean - reach), known.mean + reach)
    weight = max(1 / (known.seen + 1), _LIGHTEST)
    gap = x - known.mean
    mean = known.mean + weight * gap
    variance = (1 - weight) * (known.variance + weight * gap * gap)
    return Baseline(known.seen + 1, mean, variance)
