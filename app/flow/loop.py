"""Runs a flow on a thread of its own, which also imports what the flow is made of."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.flow.runner import Flow


class FlowThread:
    """The one asyncio thread of a console or worker."""

    def __init__(self, make: Callable[[], Flow]) -> None:
        self._make = make
        self._flow: Flow | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._main, name="flow", daemon=True)
        self._thread.start()

    def kick(self) -> None:
        """Something new may be owed."""
        if self._flow is not None:
            self._flow.kick()

    def stop(self) -> None:
        """Let the calls in flight end, at most for as long as one may take."""
        self._ready.wait(10)
        if self._loop is not None and self._stop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(timeout=40)

    def _main(self) -> None:
        asyncio.run(self._run())

    async def _run(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self._flow = self._make()
        self._ready.set()
        await self._flow.run(self._stop)
