"""Where the flow's loop meets the store: its calls block, and run beside the loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


async def off_loop(call: Callable[..., T], *args: Any) -> T:
    """Run `call` on a thread; a cancelled waiter lets it finish, since a transaction is not to
    be left half way."""
    return await asyncio.shield(asyncio.to_thread(call, *args))
