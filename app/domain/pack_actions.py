"""The buttons of the packing bench."""

from __future__ import annotations

from msgspec import Struct


class ConfirmNote(Struct, frozen=True):
    """The packer has read the note and the gift text."""


class ChooseBox(Struct, frozen=True):
    box: str


class Weigh(Struct, frozen=True):
    weight_g: int


class OverrideWeight(Struct, frozen=True):
    """A weight outside the tolerance, accepted for a reason."""

    weight_g: int
    reason: str


class NewPackage(Struct, frozen=True):
    """The present package is full; the next unit goes in another."""


class ClosePackage(Struct, frozen=True):
    """The same as `NewPackage`: where units are left, another package follows."""


class Park(Struct, frozen=True):
    """The order leaves the bench: `reason` is invoice or problem."""

    reason: str


class Reprint(Struct, frozen=True):
    """A "2ª via" of the label that waits. Accepted without entries: the station prints it."""

    reason: str


class NotPrinted(Struct, frozen=True):
    """The label that was sent when the station stopped is nowhere to be seen."""


class Undo(Struct, frozen=True):
    pass


Action = (
    ConfirmNote
    | ChooseBox
    | Weigh
    | OverrideWeight
    | NewPackage
    | ClosePackage
    | Park
    | Reprint
    | NotPrinted
    | Undo
)
