"""A connector's secrets, in the encrypted store."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from app.store import connectors, leases
from app.store.database import Store

TURN = timedelta(seconds=60)  # longer than any call to a token endpoint may take


class StoreSecrets:
    """What `app.connectors.kinds.Secrets` asks for. A turn is a lease in the store, so that two
    processes never renew the same token."""

    def __init__(self, store: Store, connector: str, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._connector = connector
        self._clock = clock
        self._here = asyncio.Lock()

    def get(self, name: str) -> str:
        with self._store.read() as c:
            return connectors.secret(c, self._connector, name)

    def put(self, name: str, value: str) -> None:
        with self._store.write() as c:
            connectors.put_secret(c, self._connector, name, value)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        lease, me = f"token:{self._connector}", uuid.uuid4().hex
        async with self._here:
            while not await asyncio.to_thread(self._take, lease, me):
                await asyncio.sleep(0.2)
            try:
                yield
            finally:
                await asyncio.to_thread(self._give_back, lease, me)

    def _take(self, lease: str, me: str) -> bool:
        with self._store.write() as c:
            return leases.take(c, lease, me, self._clock(), TURN) is not None

    def _give_back(self, lease: str, me: str) -> None:
        with self._store.write() as c:
            leases.give_back(c, lease, me)
