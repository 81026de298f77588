"""The orders of a manifest, the begun ones first: thousands, of which a scan moves one."""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from app.domain.entries import PackageLoaded

if TYPE_CHECKING:
    from app.domain.dispatch_task import ExpectedPackage


class OrderOnManifest(Struct, frozen=True):
    """An order's packages, loaded and in all; `on` has number and tracking code of each loaded one.

    An order that got ready after the manifest last looked has no number, and the packages that are
    seen of it.
    """

    order_id: int
    number: str
    loaded: int
    packages: int
    on: tuple[tuple[int, str], ...]


def every(
    expected: Mapping[str, ExpectedPackage], loaded: Mapping[str, PackageLoaded]
) -> tuple[OrderOnManifest, ...]:
    """All orders of these packages, both by tracking code."""
    on: dict[int, list[tuple[int, str]]] = {}
    for entry in loaded.values():
        on.setdefault(entry.order_id, []).append((entry.package_no, entry.tracking))
    rows = {}
    for package in expected.values():
        found = tuple(sorted(on.get(package.order_id, ())))
        rows[package.order_id] = OrderOnManifest(
            package.order_id, package.number, len(found), package.packages, found
        )
    for order_id, seen in on.items():
        only = OrderOnManifest(order_id, "", len(seen), len(seen), tuple(sorted(seen)))
        rows.setdefault(order_id, only)
    return tuple(sorted(rows.values(), key=_begun_first))


def moved(
    orders: tuple[OrderOnManifest, ...],
    order_ids: Collection[int],
    loaded: Mapping[str, PackageLoaded],
) -> tuple[OrderOnManifest, ...] | None:
    """`every` once more, after packages of these orders came or went; None where too little is
    known of them."""
    were = [row for row in orders if row.order_id in order_ids]
    if len(were) < len(order_ids) or not all(row.number for row in were):
        return None
    rows = [row for row in orders if row.order_id not in order_ids]
    for row in were:
        of_it = (entry for entry in loaded.values() if entry.order_id == row.order_id)
        on = tuple(sorted((entry.package_no, entry.tracking) for entry in of_it))
        insort(rows, replace(row, loaded=len(on), on=on), key=_begun_first)
    return tuple(rows)


def _begun_first(row: OrderOnManifest) -> tuple[int, str, int]:
    rank = 2 if row.loaded >= row.packages else 0 if row.loaded else 1
    return rank, row.number, row.order_id
