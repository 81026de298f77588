"""The buttons of a pick, and what a decision about it needs from outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.domain.model import Product, ShortReason


@dataclass(frozen=True, slots=True)
class PickContext:
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


@dataclass(frozen=True, slots=True)
class TypedQuantity:
    """Units counted by eye; needs pick.typed_quantity."""

    quantity: int


@dataclass(frozen=True, slots=True)
class Short:
    """What is neither in the tote nor in the hand can't be had here."""

    reason: ShortReason


@dataclass(frozen=True, slots=True)
class Skip:
    """The line comes again at the end of the walk."""


@dataclass(frozen=True, slots=True)
class ZeroCheck:
    """Is the bin empty, as the stock says it should be?"""

    empty: bool


@dataclass(frozen=True, slots=True)
class UseAlternative:
    """What remains of the line comes from another bin."""

    bin: str


@dataclass(frozen=True, slots=True)
class ConfirmBin:
    """The product does stand in the bin that was scanned; needs pick.confirm_bin."""


@dataclass(frozen=True, slots=True)
class Substitute:
    """Another product goes in place of the whole line."""

    sku: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """The tote of a cancelled order is off the cart, and its units in hand are in their bin."""


@dataclass(frozen=True, slots=True)
class Undo:
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
