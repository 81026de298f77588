"""Puts a flow together for one store."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime

from app.config import Settings
from app.flow import invoices
from app.flow.calls.call import Call
from app.flow.calls.issue import Issue
from app.flow.calls.label import BuyLabel, CancelLabel
from app.flow.calls.notify import Notify
from app.flow.calls.recheck import Recheck
from app.flow.calls.tell import Tell
from app.flow.courtesy import Courtesy
from app.flow.delivery import Delivery
from app.flow.following import Follower
from app.flow.pulling import Puller
from app.flow.runner import Flow
from app.flow.stocking import Stocker
from app.flow.systems import Heard
from app.flow.taking import OrderTaker
from app.store.database import Store


def flow_of(
    store: Store,
    settings: Callable[[], Settings],
    taker: OrderTaker,
    policy: invoices.Policy,
    clock: Callable[[], datetime],
    changed: Callable[[], None] = lambda: None,
    heard: Heard = lambda name, operation, seconds, error: None,
    courtesy: Courtesy | None = None,
) -> Flow:
    """The flow of `store`, under this process's name. Made on the loop that runs it."""
    station = settings()["station.name"]
    calls: dict[str, Call] = {
        "tell": Tell(),
        "issue": Issue(policy),
        "recheck": Recheck(station),
        "label": BuyLabel(settings),
        "cancel_label": CancelLabel(),
        "notify": Notify(),
    }
    return Flow(
        store,
        lambda guard: Puller(
            store,
            taker,
            station_id=station,
            policy=policy,
            clock=clock,
            guard=guard,
            courtesy=courtesy,
        ),
        lambda guard: Follower(store, taker, station_id=station, clock=clock, guard=guard),
        lambda guard: Stocker(store, guard=guard),
        lambda systems: Delivery(store, systems, calls, clock),
        holder=f"{station} #{os.getpid()}",
        clock=clock,
        changed=changed,
        heard=heard,
    )
