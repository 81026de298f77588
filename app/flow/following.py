"""Follows what others do meanwhile: payments of orders that wait for one, packages on their way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from app.connectors.roles import OrderRef, Payment, Payments, TrackingEvent, TrackingSource
from app.domain.entries import OrderDelivered
from app.domain.model import OrderState
from app.domain.texts.notices import OCCASIONS
from app.flow.taking import OrderTaker, cancellation
from app.flow.threads import off_loop
from app.store import carrier_labels, causes, connectors, journal, orders, tasks
from app.store.database import Store
from app.store.journal import Stamp

_TOLD = frozenset(OCCASIONS) - {"delivered", "shipped"}  # told by their own entries


class Follower:
    def __init__(
        self,
        store: Store,
        taker: OrderTaker,
        *,
        station_id: str,
        clock: Callable[[], datetime],
        guard: Callable[[Connection], None] = lambda c: None,
    ) -> None:
        self._store = store
        self._taker = taker
        self._station_id = station_id
        self._clock = clock
        self._guard = guard

    async def payments(self, row: Row[Any], gateway: Payments) -> int:
        """Ask for every order that waits for its payment; how many came in or were refunded."""
        settled = 0
        for ref, order_id in await off_loop(self._unpaid, row.name):
            payment = await gateway.payment(ref)
            if payment is not None and payment.status != "pending":
                settled += await off_loop(self._pay, order_id, payment)
        return settled

    async def tracking(self, row: Row[Any], source: TrackingSource) -> int:
        """Ask for every package on its way; how many events were new."""
        codes = await off_loop(self._under_way, row.name)
        new = 0
        names = sorted(codes)
        for at in range(0, len(names), source.most):
            events = await source.events(names[at : at + source.most])
            if events:
                new += await off_loop(self._keep, codes, events)
        return new

    # --- in the store -----------------------------------------------------------------------

    def _unpaid(self, connector: str) -> list[tuple[OrderRef, int]]:
        with self._store.read() as c:
            found = []
            for row in orders.unpaid(c):
                serving = connectors.serving(c, "payments", row.channel)
                if serving is not None and serving.name == connector:
                    ref = OrderRef(row.source, row.external_id, row.number, row.channel)
                    found.append((ref, row.id))
            return found

    def _pay(self, order_id: int, payment: Payment) -> int:
        now = self._clock()
        with self._store.write() as c:
            self._guard(c)
            row = orders.by_id(c, order_id)
            if row is None or row.payment_status == payment.status:
                return 0
            orders.set_payment(c, order_id, payment.status, payment.paid_at or now, now)
            if payment.status == "refunded":
                stamp = Stamp(self._station_id, 0, now, tasks.task_of_order(c, order_id))
                journal.append(c, stamp, [cancellation(c, order_id, "refunded")])
            else:
                self._taker.release_ready(c, [order_id])
        return 1

    async def releases(self, row: Row[Any]) -> int:
        """Release what no gate holds any more: stock that came, an invoice that was authorised."""
        return await off_loop(self._release, row.name)

    def _release(self, source: str) -> int:
        with self._store.read() as c:
            waiting = orders.received_of(c, source)
        if not waiting:
            return 0
        with self._store.write() as c:
            self._guard(c)
            return self._taker.release_ready(c, waiting)

    def _under_way(self, connector: str) -> dict[str, int]:
        with self._store.read() as c:
            found = {}
            for row in carrier_labels.under_way(c):
                serving = connectors.serving(c, "tracking", row.channel, row.carrier)
                if serving is not None and serving.name == connector:
                    found[row.tracking] = row.order_id
            return found

    def _keep(self, codes: Mapping[str, int], events: Mapping[str, Sequence[TrackingEvent]]) -> int:
        now, new = self._clock(), 0
        with self._store.write() as c:
            self._guard(c)
            for tracking, found in events.items():
                order_id = codes.get(tracking)
                if order_id is None:
                    continue
                fresh = [event for event in found if _add(c, tracking, order_id, event)]
                new += len(fresh)
                self._follow(c, order_id, fresh, now)
        return new

    def _follow(
        self, c: Connection, order_id: int, fresh: Iterable[TrackingEvent], now: datetime
    ) -> None:
        """What follows from news of a package: notices, and the end of the order's way."""
        statuses = {event.status.value for event in fresh}
        for status in sorted(statuses & _TOLD):
            causes.notify(c, (order_id,), status, now)
        if "delivered" not in statuses:
            return
        row = orders.by_id(c, order_id)
        waiting = {r.tracking for r in carrier_labels.under_way(c) if r.order_id == order_id}
        arrived = {
            event.tracking
            for event in carrier_labels.events_of(c, order_id)
            if event.status == "delivered"
        }
        if row is not None and row.state == OrderState.SHIPPED and waiting <= arrived:
            journal.append(c, Stamp(self._station_id, 0, now), [OrderDelivered(order_id)])


def _add(c: Connection, tracking: str, order_id: int, event: TrackingEvent) -> bool:
    return carrier_labels.add_event(
        c,
        tracking=tracking,
        order_id=order_id,
        code=event.code,
        at=event.at,
        status=event.status.value,
        text=event.text,
        place=event.place,
    )
