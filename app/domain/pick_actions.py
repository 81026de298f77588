"""The buttons of a pick, and what a decision about it needs from outside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from app.domain.model import Product, ShortReason


class PickContext(Struct, frozen=True):
    """What a decision needs from outside the task.

    `tote_owner` gives the number of the order whose goods stand in a tote; `bins_of` the bins
    of a product. `wrong_bin` is the bin that was just scanned in place of the asked one;
    `also_wanted` gives the other open orders that still need a product.
    """

    permissions: frozenset[str]
    today: date
    tote_owner: Callable[[str], str | None]
    product: Callable[[str], Product | None]
    bins_of: Callable[[str], tuple[str, ...]]
    wrong_bin: str = ""
    also_wanted: Callable[[str], tuple[str, ...]] = lambda sku: ()


class TypedQuantity(Struct, frozen=True):
    """Units counted by eye; needs pick.typed_quantity."""

    quantity: int


class Short(Struct, frozen=True):
    """What is neither in the tote nor in the hand can't be had here."""

    reason: ShortReason


class Skip(Struct, frozen=True):
    """The line comes again at the end of the walk."""


class ZeroCheck(Struct, frozen=True):
    """Is the bin empty, as the stock says it should be?"""

    empty: bool


class UseAlternative(Struct, frozen=True):
    """What remains of the line comes from another bin."""

    bin: str


class ConfirmBin(Struct, frozen=True):
    """The product does stand in the bin that was scanned; needs pick.confirm_bin."""


class Substitute(Struct, frozen=True):
    """Another product goes in place of the whole line."""

    sku: str


class SetAside(Struct, frozen=True):
    """The tote of a cancelled order is off the cart, and its units in hand are in their bin."""


class Undo(Struct, frozen=True):
    pass


Action = (
    TypedQuantity
    | Short
    | Skip
    | ZeroCheck
    | UseAlternative
    | ConfirmBin
    | Substitute
    | SetAside
    | Undo
)
