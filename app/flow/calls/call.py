"""What a kind of call is to the one that delivers it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct
from sqlalchemy import Connection, Row


class Gone(Exception):
    """The call has lost its cause: the order is cancelled, the invoice is there already."""


class NotYet(Exception):
    """Something is missing that will come; `code` says what. Asked again after `wait_s`."""

    def __init__(self, code: str, wait_s: float = 60.0) -> None:
        super().__init__(code)
        self.code = code
        self.wait_s = wait_s


class Done(Struct, frozen=True):
    reference: str = ""


class Pending(Struct, frozen=True):
    """The other side isn't ready: look it up again after `wait_s`. It has it already, unless
    `sent` says otherwise."""

    reference: str
    wait_s: float = 10.0
    code: str = "CALL_PENDING"
    sent: bool = True


class Rejected(Struct, frozen=True):
    """The other side has done with it, and it came to nothing: a person decides."""

    code: str
    detail: str


Settled = Done | Pending | Rejected


class Call(Protocol):
    """One kind. `compose` and `settle` run in a transaction; `find` and `send` on the network."""

    def compose(self, c: Connection, message: Row[Any]) -> Any:
        """What is to be sent, from the order's own rows as they are now.

        Raises:
            Gone, NotYet.
        """
        ...

    async def find(self, connector: Any, request: Any, message: Row[Any]) -> Any | None:
        """The answer of an earlier try; None when it was surely not done."""
        ...

    async def send(self, connector: Any, request: Any, message: Row[Any]) -> Any: ...

    def settle(self, c: Connection, message: Row[Any], answer: Any, at: datetime) -> Settled:
        """Keep what was answered."""
        ...
