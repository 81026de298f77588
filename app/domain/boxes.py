"""Which box holds a package's units, and what the full box should weigh."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from app.domain.model import BoxType

FILL_PERCENT = 85  # goods never fill a box to its last corner
TOLERANCE_G = 50
TOLERANCE_PERCENT = 5


class Sized(Protocol):
    """What has a weight and three sides, each None where nobody measured it."""

    @property
    def weight_g(self) -> int | None: ...
    @property
    def length_mm(self) -> int | None: ...
    @property
    def width_mm(self) -> int | None: ...
    @property
    def height_mm(self) -> int | None: ...


Items = Sequence[tuple[Sized, int]]


def suggest(items: Items, boxes: Iterable[BoxType]) -> BoxType | None:
    """The smallest box that takes the items by volume, sides and weight; None if none is known to.

    An item without measures makes the answer unknowable; one without a weight only leaves the
    weight limit out.
    """
    sides = [(_sides(item), quantity) for item, quantity in items if quantity]
    if not sides:
        return None
    volume = 0
    for measures, quantity in sides:
        if measures is None:
            return None
        volume += measures[0] * measures[1] * measures[2] * quantity
    goods_g = goods_weight_g(items) or 0
    for box in sorted(boxes, key=lambda box: (_volume(box), box.code)):
        inside = sorted((box.length_mm, box.width_mm, box.height_mm))
        if (
            volume * 100 <= _volume(box) * FILL_PERCENT
            and all(_goes_in(measures, inside) for measures, _ in sides)
            and bears(box, goods_g)
        ):
            return box
    return None


def bears(box: BoxType, goods_g: int) -> bool:
    """Whether the box may carry the goods, its own weight included."""
    return goods_g + box.tare_g <= box.max_weight_g


def goods_weight_g(items: Items) -> int | None:
    """The items' weight, or None where one of them was never weighed."""
    total = 0
    for item, quantity in items:
        if not quantity:
            continue
        if item.weight_g is None:
            return None
        total += item.weight_g * quantity
    return total


def expected_weight_g(items: Items, tare_g: int) -> int | None:
    """What the full box should weigh, or None where an item was never weighed."""
    goods = goods_weight_g(items)
    return None if goods is None else goods + tare_g


def weight_ok(expected_g: int, measured_g: int) -> bool:
    """Whether a weight is within 50 g or 5 % of the expected one, whichever is more."""
    off = abs(measured_g - expected_g)
    return off <= TOLERANCE_G or off * 100 <= expected_g * TOLERANCE_PERCENT


def _volume(box: BoxType) -> int:
    return box.length_mm * box.width_mm * box.height_mm


def _sides(item: Sized) -> list[int] | None:
    """Shortest side first."""
    if item.length_mm is None or item.width_mm is None or item.height_mm is None:
        return None
    return sorted((item.length_mm, item.width_mm, item.height_mm))


def _goes_in(measures: list[int] | None, inside: list[int]) -> bool:
    return measures is not None and all(m <= i for m, i in zip(measures, inside, strict=True))
