"""The gates of an order: what must be true of it besides where its goods are, and by which step.

A gate never moves the box; it holds the box back at the step by which it must be done.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from app.domain.model import Gate, GateStatus


class DueBy(StrEnum):
    """The step that a gate holds back, or none."""

    RELEASE = "release"
    PACK = "pack"
    DISPATCH = "dispatch"
    NEVER = "never"


Policy = Mapping[Gate, DueBy]

HOLDING = (Gate.PAYMENT, Gate.STOCK, Gate.INVOICE, Gate.LABEL)  # the others come after the box left
USUAL: Policy = {
    Gate.PAYMENT: DueBy.RELEASE,
    Gate.STOCK: DueBy.NEVER,
    Gate.INVOICE: DueBy.NEVER,
    Gate.LABEL: DueBy.DISPATCH,
}
_ORDER = (DueBy.RELEASE, DueBy.PACK, DueBy.DISPATCH)


class GateState(Struct, frozen=True):
    """How one gate stands: `system` is who has it, `since` when it came to stand so."""

    gate: Gate
    status: GateStatus
    reason: str = ""
    system: str = ""
    since: datetime | None = None
    next_try_at: datetime | None = None


def parse(text: str) -> dict[Gate, DueBy]:
    """What "payment:pack,invoice:release" says.

    Raises:
        ValueError: it names no such gate or step, or asks what can't be: a label before packing.
    """
    found: dict[Gate, DueBy] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, _, step = part.partition(":")
        gate, due = Gate(name.strip()), DueBy(step.strip())
        if gate not in HOLDING or (gate is Gate.LABEL and due is not DueBy.DISPATCH):
            raise ValueError(part)
        found[gate] = due
    return found


def is_due(due: DueBy, step: DueBy) -> bool:
    """Whether a gate due by `due` must be done for an order to reach `step`."""
    return due is not DueBy.NEVER and _ORDER.index(due) <= _ORDER.index(step)
