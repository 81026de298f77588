"""What a call for help is about: known at the click, before anything is collected."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from msgspec import Struct

# Digits and capitals that nobody mistakes for another when reading a tag over the phone.
_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


class Picture(Protocol):
    """The screen at the click, not yet fit to leave the house."""

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that can be read in it."""

    def png(self, is_personal: Callable[[str], bool]) -> bytes:
        """The picture with each place painted over that is personal by its kind or its text."""


class Case(Struct, frozen=True):
    """Who asks for help, where, and about what.

    `code` is that of the last answer that was no success, `detail` and `system` what its
    parameters say of the cause; `trouble` is one of the floor's common ones. `cause` is button,
    command (the printed PROBLEMA), crash or shell.
    """

    tag: str
    made_at: datetime
    station: str
    cause: str
    operator_id: int = 0
    order_number: str = ""
    code: str = ""
    detail: str = ""
    system: str = ""
    trouble: str = ""
    words: str = ""
    page: str = ""
    prompt: str = ""
    language: str = "pt"


def new_tag(now: datetime) -> str:
    """A name that no other ticket has, short enough to say: `EXP-261125-7K3QFDWX`."""
    signs = "".join(secrets.choice(_SIGNS) for _ in range(8))
    return f"EXP-{now:%y%m%d}-{signs}"
