"""What a scan or an action comes to: one outcome, with the entries that make it durable."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from app.domain.entries import Entry


class Outcome(StrEnum):
    """The four answers an operator can get; each has its own tone, colour, icon and text."""

    OK = "OK"
    DONE = "DONE"
    WARN = "WARN"
    BLOCK = "BLOCK"


class Accepted(Struct, frozen=True, gc=False):
    """Something happened: `entries` must be durable before anyone sees `code` in green."""

    entries: tuple[Entry, ...]
    code: str = "OK"
    params: Mapping[str, object] = field(default_factory=dict)
    outcome: Outcome = Outcome.OK


class Refused(Struct, frozen=True, gc=False):
    """Nothing changed. `code` names the reason (see `app.domain.texts`); `params` fill its text.

    A BLOCK waits for an acknowledgement before another scan is taken.
    """

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    outcome: Outcome = Outcome.BLOCK


Decision = Accepted | Refused


class Prompt(Struct, frozen=True, gc=False):
    """What the person must do next, as a code of `app.domain.texts.PROMPTS` and its parameters."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
