"""Turns orders and stock into a walk: which units come from which bin, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct, field

from app.domain.model import BinStock, Product, Tracking

MODES = ("single", "batch", "cluster")


class Wanted(Struct, frozen=True):
    """Units that an order still asks for."""

    order_id: int
    number: str
    line_id: str
    sku: str
    quantity: int
    allow_substitution: bool = False


class _Shelves(Struct):
    """The stock of a plan in the making; `left` is what no line has been promised yet."""

    products: Mapping[str, Product]
    fit: dict[str, list[BinStock]] = field(default_factory=dict)  # by SKU, none of it expired
    left: dict[tuple[str, str, str], int] = field(default_factory=dict)
    in_bin: dict[tuple[str, str], list[BinStock]] = field(default_factory=dict)

    def add(self, place: BinStock, today: date) -> None:
        self.in_bin.setdefault((place.bin, place.sku), []).append(place)
        if place.expiry is None or place.expiry >= today:
            self.fit.setdefault(place.sku, []).append(place)
            self.left[_key(place)] = self.left.get(_key(place), 0) + place.quantity

    def best(self, sku: str, units: int) -> list[BinStock]:
        return sorted(self.fit.get(sku, ()), key=lambda place: self._preference(place, units))

    def _preference(self, place: BinStock, units: int) -> tuple[Any, ...]:
        """First expiry first; then a bin that fills the line alone; then the fullest, the nearest.

        The fullest first makes the fewest stops of a line that no bin fills alone.
        """
        left = self.left[_key(place)]
        expiry = place.expiry or date.max
        return (expiry, -min(left, units), place.pick_sequence, place.bin, place.lot)


def build(
    mode: str,
    wanted: Sequence[Wanted],
    stock: Iterable[BinStock],
    products: Mapping[str, Product],
    today: date,
) -> dict[str, Any]:
    """A pick plan as JSON-ready values, its lines in walking order.

    A line that one bin can't fill is split over several; units that no bin holds become a line
    without a bin, to be reported short. What has an expiry leaves by first expiry, and what has
    expired never leaves. The same stock is promised once.

    Args:
        mode: single, batch (one tote for all) or cluster (a tote for each order).
        wanted: in the queue's order, which decides who gets scarce stock.
    """
    shelves = _Shelves(products)
    for place in stock:
        shelves.add(place, today)
    legs = [(want, leg) for want in wanted for leg in _allocate(want, shelves)]
    lines = [_line(want, place, units, shelves) for want, (place, units) in legs]
    lines.sort(key=lambda line: (not line["bin"], line["sequence"], line["bin"]))
    orders = dict.fromkeys((want.order_id, want.number) for want in wanted)
    return {
        "mode": mode,
        "orders": [
            {"order_id": order_id, "number": number, "priority": priority}
            for priority, (order_id, number) in enumerate(orders, 1)
        ],
        "lines": lines,
        "bench": "",
    }


def _allocate(want: Wanted, shelves: _Shelves) -> list[tuple[BinStock | None, int]]:
    """The bins that a line's units come from; None for those that can't be had."""
    legs: list[tuple[BinStock | None, int]] = []
    open_units = want.quantity
    for place in shelves.best(want.sku, want.quantity):
        units = min(open_units, shelves.left[_key(place)])
        if units <= 0:
            continue
        legs.append((place, units))
        shelves.left[_key(place)] -= units
        open_units -= units
    return [*legs, (None, open_units)] if open_units > 0 else legs


def _line(want: Wanted, place: BinStock | None, units: int, shelves: _Shelves) -> dict[str, Any]:
    return {
        "order_id": want.order_id,
        "number": want.number,
        "line_id": want.line_id,
        "quantity": units,
        **_goods(want.sku, shelves),
        **_spot(place, shelves),
        "alternatives": [
            {**_spot(other, shelves), "quantity": shelves.left[_key(other)]}
            for other in shelves.best(want.sku, units)
            if shelves.left[_key(other)] > 0 and (place is None or other.bin != place.bin)
        ],
        "substitutes": _substitutes(want, shelves),
    }


def _goods(sku: str, shelves: _Shelves) -> dict[str, Any]:
    product = shelves.products.get(sku)
    return {
        "sku": sku,
        "name": product.name if product else sku,
        "tracking": (product.tracking if product else Tracking.NONE).value,
    }


def _spot(place: BinStock | None, shelves: _Shelves) -> dict[str, Any]:
    """Where units lie. `bin_quantity` and `lots_in_bin` count all of the product in the bin."""
    if place is None:
        empty = dict.fromkeys(("bin", "zone", "lot", "expiry"), "")
        return {**empty, "sequence": 0, "bin_quantity": 0, "lots_in_bin": 0}
    there = shelves.in_bin[place.bin, place.sku]
    return {
        "bin": place.bin,
        "zone": place.zone,
        "lot": place.lot,
        "expiry": place.expiry.isoformat() if place.expiry else "",
        "sequence": place.pick_sequence,
        "bin_quantity": sum(other.quantity for other in there),
        "lots_in_bin": len({other.lot for other in there if other.quantity > 0}),
    }


def _substitutes(want: Wanted, shelves: _Shelves) -> list[dict[str, Any]]:
    """What may replace the whole line, each from one bin that has enough."""
    product = shelves.products.get(want.sku)
    if not want.allow_substitution or product is None:
        return []
    found = []
    for sku in product.substitutes:
        for place in shelves.best(sku, want.quantity):
            left = shelves.left[_key(place)]
            if left >= want.quantity:
                found.append({**_goods(sku, shelves), **_spot(place, shelves), "available": left})
                break
    return found


def _key(place: BinStock) -> tuple[str, str, str]:
    return place.bin, place.sku, place.lot
