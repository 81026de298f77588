"""What a bench found: its figure beside the floor that was measured in the same run."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

from msgspec import Struct, field


class RanOut(Exception):
    """The bench's warehouse has no more orders for what was still to be measured."""


class Report(Struct, frozen=True):
    """`ratio` says how many times the floor the figure is; `n` how often the thing was done.

    `more` holds what else the run measured, by names that tell their unit.
    """

    name: str
    figure: float
    unit: str
    n: int
    floor: float | None = None
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        return ratio(self.figure, self.floor) if self.floor else None

    def as_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "figure": rounded(self.figure),
            "unit": self.unit,
            "floor": None if self.floor is None else rounded(self.floor),
            "ratio": self.ratio,
            "n": self.n,
            **{k: rounded(v) if isinstance(v, float) else v for k, v in self.more.items()},
        }


def ratio(figure: float, floor: float) -> float:
    return round(figure / floor, 2)


def rounded(value: float) -> float:
    """Three digits are all that a shared machine can tell."""
    return float(f"{value:.3g}") if abs(value) < 1000 else float(round(value))


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that `percent` of all lie below; 0 for none."""
    found = sorted(values)
    return found[min(len(found) - 1, int(len(found) * percent / 100))] if found else 0.0


def median(values: Sequence[float]) -> float:
    return statistics.median(values) if values else 0.0
