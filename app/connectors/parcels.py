"""What shops have in common when they are told of packages.

A shop has no package and no key of ours that it would hold against a second try. So each package is
one fulfilment there, and what a fulfilment shows, its tracking code and its lines, says whether an
earlier try was done. Shops take what makes no sense (more than was ordered, what was sent already):
that is held against the order's lines here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from app.connectors import errors
from app.connectors.roles import Fulfilment


class Parcel(Struct, frozen=True):
    """One package as both sides can see it."""

    tracking: str
    lines: frozenset[tuple[str, int]]  # (line id, units)


class Wanted(Struct, frozen=True):
    """A line of an order as the shop has it now: the units that nobody else has sent."""

    sku: str
    quantity: int


def of(done: Fulfilment) -> list[Parcel]:
    """The packages of an order, by their number.

    Raises:
        Refused: nothing was packed.
    """
    found = [Parcel(package.tracking, frozenset(package.lines)) for package in done.packages]
    if not any(parcel.lines for parcel in found):
        raise errors.Refused("nothing was packed", reason="LINES")
    return [parcel for parcel in found if parcel.lines]


def missing(wanted: Iterable[Parcel], there: Iterable[Parcel]) -> list[Parcel]:
    """Those of `wanted` that are not `there`; two alike count as two."""
    left, found = Counter(there), []
    for parcel in wanted:
        if left[parcel]:
            left[parcel] -= 1
        else:
            found.append(parcel)
    return found


def hold_against(done: Fulfilment, lines: Mapping[str, Wanted]) -> None:
    """See whether what was packed is still what the shop wants, by line id.

    Raises:
        Refused: LINES, QUANTITY or SUBSTITUTED.
    """
    packed = [line for line in done.lines if line.quantity]
    if not {line.line_id for line in packed} <= lines.keys():
        raise errors.Refused("the lines of the order have changed", reason="LINES")
    if any(line.quantity > lines[line.line_id].quantity for line in packed):
        raise errors.Refused("more was packed than the order asks", reason="QUANTITY")
    if any(line.sku != lines[line.line_id].sku for line in packed):
        raise errors.Refused("another product was packed", reason="SUBSTITUTED")


def shorts_text(done: Fulfilment) -> str:
    """What was missing, for the shop's own people; empty where nothing was."""
    return ", ".join(f"{line.short} × {line.sku}" for line in done.lines if line.short)
