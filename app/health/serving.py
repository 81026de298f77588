"""Starts the page that a monitoring system reads, over a store and a watch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.health.model import STORE, State
from app.health.server import StatusServer
from app.health.watch import Watch
from app.store.database import Store


def serve(
    port: int,
    store: Store,
    watch: Watch,
    clock: Callable[[], datetime],
    more_ailments: Callable[[], list[str]] = list,
) -> StatusServer:
    """`/metrics` and `/healthz` on loopback.

    Args:
        port: 0 takes any free one.
        more_ailments: what else is wrong with this process, as codes.

    Raises:
        OSError: the port is taken.
    """
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

    from app.health.metrics import SystemsCollector

    registry = CollectorRegistry(auto_describe=False)
    registry.register(SystemsCollector(store, watch.states, clock))

    def ailments() -> list[str]:
        found = [] if watch.is_running else ["NOT_WATCHING"]
        store_is_down = any(s.system.id == STORE and s.state is State.DOWN for s in watch.states())
        return found + (["STORE_DOWN"] if store_is_down else []) + more_ailments()

    return StatusServer(port, lambda: (generate_latest(registry), CONTENT_TYPE_LATEST), ailments)
