"""Takes orders as their source tells them: new ones in bulk, changed ones with what follows.

The same order again changes nothing, and an older version never overwrites a newer one.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct, structs
from msgspec.json import encode
from sqlalchemy import Connection

from app.domain.entries import Entry, LabelVoided, OrderCancelled, OrderReleased, ProblemRaised
from app.domain.gates import USUAL, DueBy, Policy
from app.domain.model import Gate, Order, OrderState
from app.flow import gates, invoices
from app.store import causes, erasing, journal, order_rows, orders, packages, tasks
from app.store.journal import Stamp
from app.store.order_rows import Rows

_BEFORE_MANIFEST = (OrderState.PICKED, OrderState.PACKING, OrderState.PACKED)
_RECEIVED, _RELEASED = OrderState.RECEIVED.value, OrderState.RELEASED.value
_CANCELLABLE = (
    OrderState.RECEIVED,
    OrderState.RELEASED,
    OrderState.PICKING,
    OrderState.SHORT,
    *_BEFORE_MANIFEST,
)


class Told(Struct, frozen=True):
    """An order, a digest of what its source said, and when it changed there, where known.

    `rows` are the order's own, where they were made before the transaction that takes it.
    """

    order: Order
    digest: str
    source_at: datetime | None = None
    rows: Rows | None = None


class OrderTaker:
    """Takes orders into the store.

    Args:
        cutoff_of: a carrier's pickup time ("HH:MM").
        gates_of: by which step each gate of a channel's orders must be done.
    """

    def __init__(
        self,
        *,
        station_id: str,
        clock: Callable[[], datetime],
        cutoff_of: Callable[[str], str],
        policy: invoices.Policy,
        gates_of: Callable[[str], Policy] = lambda channel: USUAL,
    ) -> None:
        self._gates_of = gates_of
        self._station_id = station_id
        self._clock = clock
        self._cutoff_of = cutoff_of
        self._policy = policy
        self._brings_new = True  # whether most orders were new when some were taken last

    def told(self, order: Order, digest: str, source_at: datetime | None = None) -> Told:
        """An order to be taken. Where it is likely to be new its rows are made now, so that the
        transaction that takes it is short."""
        rows = order_rows.rows_of(order) if self._brings_new else None
        return Told(order, digest, source_at, rows)

    def take(self, c: Connection, told: Sequence[Told]) -> Counter[str]:
        """Take orders in one transaction: how many were new, changed, unchanged."""
        now = self._clock()
        found: Counter[str] = Counter()
        newest: dict[tuple[str, str], Told] = {}
        for one in told:
            identity = (one.order.source, one.order.external_id)
            before = newest.get(identity)
            if before is not None:
                found["unchanged"] += 1
            if before is None or not _is_older(one.source_at, before.source_at):
                newest[identity] = one
        known = orders.known(c, list(newest))
        new = [one for identity, one in newest.items() if identity not in known]
        found["new"] += len(new)
        self._brings_new = len(new) * 2 > len(known)
        self._insert(c, new, now)
        for identity, before_it in known.items():
            one = newest[identity]
            if before_it.digest == one.digest or _is_older(one.source_at, before_it.source_at):
                found["unchanged"] += 1
                continue
            is_changed = self._update(c, orders.by_id(c, before_it.id), one, now)
            found["changed" if is_changed else "unchanged"] += 1
        return found

    def release_ready(self, c: Connection, ids: Iterable[int]) -> int:
        """Release those of the received orders that no gate holds any more; how many."""
        now, released = self._clock(), 0
        for order_id in ids:
            row = orders.by_id(c, order_id)
            if row is None or row.state != OrderState.RECEIVED:
                continue
            if gates.held_back(c, row, self._gates_of(row.channel), DueBy.RELEASE) is None:
                journal.append(c, self._stamp(c, order_id, now), [OrderReleased(order_id)])
                released += 1
        return released

    def correct(self, c: Connection, row: Any, order: Order) -> None:
        """Take over what a person corrected of the customer here.

        It stays until the source tells another customer or address than it had told last.
        """
        over = orders.corrected_over(c, row.id) or _digest_of_customer(orders.full(c, row))
        self._change(c, row, orders.full(c, row), Told(order, row.digest), self._clock())
        orders.keep_correction(c, row.id, over)

    def _insert(self, c: Connection, told: Sequence[Told], now: datetime) -> None:
        if not told:
            return
        first = orders.next_id(c)
        cutoffs = {carrier: self._cutoff_of(carrier) for carrier in {o.order.carrier for o in told}}
        paid_is_all = {
            channel: self._only_payment(channel) for channel in {o.order.channel for o in told}
        }
        new = [
            order_rows.NewOrder(
                first + at,
                one.order,
                one.rows or order_rows.rows_of(one.order),
                one.digest,
                _first_state(one.order, paid_is_all[one.order.channel]),
                cutoffs[one.order.carrier],
                one.source_at,
            )
            for at, one in enumerate(told)
        ]
        order_rows.insert(c, new, now)
        waiting = invoices.awaited(c, [one.order.number for one in told])
        asks = causes.Preparing(c)
        for one in new:
            if one.order.number in waiting:
                invoices.match_waiting(c, one.order_id, one.order, self._policy, now)
            if one.state == _RECEIVED and not paid_is_all[one.order.channel]:
                self.release_ready(c, [one.order_id])
            if one.state == _RELEASED and asks.concerns(one.order):
                causes.prepare(c, one.order_id, now)

    def _update(self, c: Connection, row: Any, told: Told, now: datetime) -> bool:
        """Take over what the source says now; False where it only says it in another way."""
        before = orders.full(c, row)
        order = told.order
        if not before.recipient.name and erasing.is_erased(c, row.id):
            order = _without_customer(order, before)
        elif _stays_corrected(c, row.id, order):
            order = structs.replace(order, recipient=before.recipient, address=before.address)
        return self._change(c, row, before, structs.replace(told, order=order), now)

    def _change(self, c: Connection, row: Any, before: Order, told: Told, now: datetime) -> bool:
        """Make of the order what `told` says, with all that follows."""
        order = told.order
        state = OrderState(row.state)
        entries: list[Entry] = []
        more: dict[str, Any] = {"digest": told.digest, "cutoff": self._cutoff_of(order.carrier)}
        if told.source_at is not None:
            more["source_at"] = told.source_at
        moved = before.address != order.address or before.recipient.name != order.recipient.name
        if moved:
            more["address_version"] = row.address_version + 1
            entries += [
                LabelVoided(row.id, label.id, label.tracking, "address")
                for label in packages.labels_of(c, row.id)
                if label.state != "VOIDED" and state in _BEFORE_MANIFEST
            ]
            if entries and state is OrderState.PACKED:
                # Its boxes bear a dead label: back to the bench, where a new one is printed.
                more["state"] = OrderState.PICKED.value
        untouched = state in (OrderState.RECEIVED, OrderState.RELEASED)
        orders.update_order(c, row, before, order, now, **more)
        if before.lines != order.lines:
            if untouched:
                orders.replace_lines(c, row.id, order.lines)
            elif state is not OrderState.CANCELLED:
                entries.append(ProblemRaised(row.id, "lines_changed"))
        dead = order.status == "cancelled" or order.payment_status == "refunded"
        if dead and state in _CANCELLABLE:
            entries.append(cancellation(c, row.id, order.payment_status))
        elif dead and state is OrderState.MANIFESTED:
            entries.append(ProblemRaised(row.id, "cancelled_late"))
        if entries:
            journal.append(c, self._stamp(c, row.id, now), entries)
        if state is OrderState.RECEIVED:
            self.release_ready(c, [row.id])
        if moved and not dead:
            causes.give_labels_back(c, row.id, now)  # they bear the old address
            causes.prepare(c, row.id, now)
        return before != order

    def _only_payment(self, channel: str) -> bool:
        """Whether a payment is all that must be there before the channel's orders are picked."""
        policy = self._gates_of(channel)
        asked = {gate for gate, due in policy.items() if due is DueBy.RELEASE}
        return asked == {Gate.PAYMENT}

    def _stamp(self, c: Connection, order_id: int, now: datetime) -> Stamp:
        """Entries about an order in somebody's hand join that task, so that the hand learns."""
        return Stamp(self._station_id, 0, now, tasks.task_of_order(c, order_id))


def _without_customer(order: Order, before: Order) -> Order:
    """What the source says of an order whose customer was erased here: who that was stays away."""
    return structs.replace(
        order,
        recipient=before.recipient,
        address=before.address,
        note=before.note,
        gift_text=before.gift_text,
    )


def _stays_corrected(c: Connection, order_id: int, order: Order) -> bool:
    """Whether a person corrected just what the source tells of the customer again.

    Any other word of the source ends the correction: what it tells after that is news, were it
    what it had told at first.
    """
    over = orders.corrected_over(c, order_id)
    if over is None:
        return False
    told = _digest_of_customer(order)
    stays = over in (orders.BEFORE_UNKNOWN, told)
    orders.keep_correction(c, order_id, told if stays else None)
    return stays


def _digest_of_customer(order: Order) -> str:
    return hashlib.sha256(encode((order.recipient, order.address))).hexdigest()


def cancellation(c: Connection, order_id: int, reason: str) -> OrderCancelled:
    """The entry that cancels an order, counting the units that must go back to their bins."""
    in_hand = sum(row.quantity for row in orders.placements(c, order_id))
    return OrderCancelled(order_id, reason, in_hand)


def _first_state(order: Order, paid_is_all: bool) -> str:
    """Released at once where its payment is all that is asked before, and it is paid."""
    if order.status == "cancelled" or order.payment_status == "refunded":
        return OrderState.CANCELLED.value
    if paid_is_all and order.payment_status == "paid":
        return _RELEASED
    return _RECEIVED


def _is_older(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and one < other
