"""Turns orders and stock into a walk: which units come from which bin, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.model import BinStock, Product, Tracking


@dataclass(frozen=True, slots=True)
class Wanted:
    """Units that an order still asks for."""

    order_id: int
    number: str
    line_id: str
    sku: str
    quantity: int
    allow_substitution: bool = False


def build(
    mode: str,
    wanted: Sequence[Wanted],
    stock: Iterable[BinStock],
    products: Mapping[str, Product],
    today: date,
) -> dict[str, Any]:
    """A pick plan as JSON-ready values, its lines in walking order.

    A line that one bin can't fill is split over several; units that no bin holds become a line
    without a bin, to be reported short. Products with expiry leave by first expiry, and an
    expired lot never leaves. The same stock is promised once.

    Args:
        mode: single, batch (one tote for all) or cluster (a tote for each order).
        wanted: in the queue's order, which decides who gets scarce stock.
    """
    left = {(s.bin, s.sku, s.lot): s.quantity for s in stock}
    by_sku: dict[str, list[BinStock]] = {}
    for place in stock:
        if place.expiry is None or place.expiry >= today:
            by_sku.setdefault(place.sku, []).append(place)
    lines: list[dict[str, Any]] = []
    for want in wanted:
        lines += _allocate(want, by_sku, left, products)
    lines.sort(key=lambda line: (not line["bin"], line["sequence"], line["bin"]))
    orders = dict.fromkeys((want.order_id, want.number) for want in wanted)
    return {
        "mode": mode,
        "orders": [{"order_id": order_id, "number": number} for order_id, number in orders],
        "lines": lines,
    }


def _allocate(
    want: Wanted,
    by_sku: Mapping[str, list[BinStock]],
    left: dict[tuple[str, str, str], int],
    products: Mapping[str, Product],
) -> list[dict[str, Any]]:
    places = by_sku.get(want.sku, [])
    open_units = want.quantity
    legs = []
    for place in sorted(places, key=lambda s: _preference(s, open_units, left)):
        units = min(open_units, left[_key(place)])
        if units <= 0:
            continue
        legs.append(_line(want, products, places, place, units, left))
        left[_key(place)] -= units
        open_units -= units
    if open_units:
        legs.append(_line(want, products, places, None, open_units, left))
    for leg in legs:
        leg["substitutes"] = _substitutes(want, by_sku, left, products)
    return legs


def _preference(
    place: BinStock, units: int, left: Mapping[tuple[str, str, str], int]
) -> tuple[Any, ...]:
    """First expiry first; then a bin that fills the line alone; then the nearest."""
    expiry = place.expiry or date.max
    return (expiry, left[_key(place)] < units, place.pick_sequence, place.bin)


def _line(
    want: Wanted,
    products: Mapping[str, Product],
    places: Sequence[BinStock],
    place: BinStock | None,
    units: int,
    left: Mapping[tuple[str, str, str], int],
) -> dict[str, Any]:
    product = products.get(want.sku)
    return {
        "order_id": want.order_id,
        "number": want.number,
        "line_id": want.line_id,
        "sku": want.sku,
        "name": product.name if product else want.sku,
        "quantity": units,
        "bin": place.bin if place else "",
        "sequence": place.pick_sequence if place else 0,
        "lot": place.lot if place else "",
        "expiry": place.expiry.isoformat() if place and place.expiry else "",
        "tracking": (product.tracking if product else Tracking.NONE).value,
        "bin_quantity": place.quantity if place else 0,
        "lots_in_bin": len({s.lot for s in places if place and s.bin == place.bin}),
        "alternatives": [
            {"bin": s.bin, "sequence": s.pick_sequence, "lot": s.lot, "quantity": s.quantity}
            for s in places
            if (place is None or s.bin != place.bin) and left[_key(s)] > 0
        ],
    }


def _substitutes(
    want: Wanted,
    by_sku: Mapping[str, list[BinStock]],
    left: Mapping[tuple[str, str, str], int],
    products: Mapping[str, Product],
) -> list[dict[str, Any]]:
    product = products.get(want.sku)
    if not want.allow_substitution or product is None:
        return []
    return [
        {
            "sku": sku,
            "name": products[sku].name if sku in products else sku,
            "bin": place.bin,
            "sequence": place.pick_sequence,
        }
        for sku in product.substitutes
        for place in by_sku.get(sku, [])[:1]
        if left[_key(place)] >= want.quantity
    ]


def _key(place: BinStock) -> tuple[str, str, str]:
    return place.bin, place.sku, place.lot
