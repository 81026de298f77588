"""The buttons of the packing bench."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConfirmNote:
    """The packer has read the note and the gift text."""


@dataclass(frozen=True, slots=True)
class ChooseBox:
    box: str


@dataclass(frozen=True, slots=True)
class Weigh:
    weight_g: int


@dataclass(frozen=True, slots=True)
class OverrideWeight:
    """A weight outside the tolerance, accepted for a reason."""

    weight_g: int
    reason: str


@dataclass(frozen=True, slots=True)
class NewPackage:
    """The present package is full; the next unit goes in another."""


@dataclass(frozen=True, slots=True)
class ClosePackage:
    """The same as `NewPackage`: where units are left, another package follows."""


@dataclass(frozen=True, slots=True)
class Park:
    """The order leaves the bench: `reason` is invoice or problem."""

    reason: str


@dataclass(frozen=True, slots=True)
class Reprint:
    """A "2ª via" of the label that waits. Accepted without entries: the station prints it."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotPrinted:
    """The label that was sent when the station stopped is nowhere to be seen."""


@dataclass(frozen=True, slots=True)
class Undo:
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
