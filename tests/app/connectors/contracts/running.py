"""Runs a connector of a bed, and as the outbox would: look up, send, look up again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeVar

import pytest

from app.connectors import errors, kinds
from app.connectors.kinds import Config, Kind

T = TypeVar("T")
CHANGES = ("POST", "PUT", "PATCH", "DELETE")


class Bed(Protocol):
    """The other system, as a test handles it. `read` is a call of the role that changes nothing;
    `url` is where the system listens."""

    kind: Kind
    url: str

    def config(self, url: str) -> Config: ...

    async def read(self, connector: Any) -> Any: ...


def run(bed: Any, work: Callable[[Any], Coroutine[Any, Any, T]], url: str = "") -> T:
    """What `work` gives for a connector of the bed, closed afterwards."""

    async def inside() -> T:
        connector = kinds.make(bed.kind, bed.config(url or bed.url))
        try:
            return await work(connector)
        finally:
            await connector.close()

    return asyncio.run(inside())


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
