"""A bed of one role, and a change as the outbox would make it: look up, send, look up again."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeVar

import pytest

from app.connectors import errors
from tests.app.connectors import hands

T = TypeVar("T")
CHANGES = ("POST", "PUT", "PATCH", "DELETE")


class Bed(hands.Bed, Protocol):
    """The other system, as a test handles it. `read` is a call of the role that changes nothing;
    `url` is where the system listens."""

    async def read(self, connector: Any) -> Any: ...


async def persist(
    find: Callable[[], Coroutine[Any, Any, T | None]],
    send: Callable[[], Coroutine[Any, Any, T]],
    is_ready: Callable[[T], bool] = lambda answer: True,
) -> T:
    """As the outbox goes on: each try looks up first, and sends only what is surely not done."""
    looked_up = False
    for _ in range(60):
        try:
            answer = await find() if looked_up else None
            looked_up = True
            if answer is None:
                answer = await send()
            if is_ready(answer):
                return answer
        except (errors.UnknownOutcome, errors.Unreadable, errors.Down):
            continue
    pytest.fail("never done")
