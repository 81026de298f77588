"""What a supervisor decides: links, releases, holds, pins and problems."""

from __future__ import annotations

from sqlalchemy import Connection, func, select, update

from app.domain import entries as e
from app.domain.model import OrderState
from app.store import catalogue
from app.store.projections.effects import Stamp, effect
from app.store.projections.steps import free_totes, set_order, set_orders, this
from app.store.schema import ORDER_LINES


@effect.register(e.CodeLinked)
def _(entry: e.CodeLinked, c: Connection, stamp: Stamp) -> None:
    catalogue.link_code(c, entry.code, entry.sku)


@effect.register(e.OrderReleased)
def _(entry: e.OrderReleased, c: Connection, stamp: Stamp) -> None:
    """A short order goes on with what was picked, or, with nothing picked, back to the queue."""
    set_orders(c, [entry.order_id], [OrderState.RECEIVED], state=OrderState.RELEASED)
    picked = c.scalar(
        select(func.sum(ORDER_LINES.c.picked)).where(this(ORDER_LINES, order_id=entry.order_id))
    )
    if picked:
        set_orders(c, [entry.order_id], [OrderState.SHORT], state=OrderState.PICKED)
        return
    c.execute(
        update(ORDER_LINES)
        .where(this(ORDER_LINES, order_id=entry.order_id))
        .values(short=0, short_reason="")
    )
    set_orders(c, [entry.order_id], [OrderState.SHORT], state=OrderState.RELEASED)
    free_totes(c, [entry.order_id])


@effect.register(e.OrderDelivered)
def _(entry: e.OrderDelivered, c: Connection, stamp: Stamp) -> None:
    set_orders(c, [entry.order_id], [OrderState.SHIPPED], state=OrderState.DELIVERED)


@effect.register(e.OrderHeld)
def _(entry: e.OrderHeld, c: Connection, stamp: Stamp) -> None:
    set_order(c, entry.order_id, hold=entry.reason, since=stamp.at)


@effect.register(e.HoldLifted)
def _(entry: e.HoldLifted, c: Connection, stamp: Stamp) -> None:
    set_order(c, entry.order_id, hold="")


@effect.register(e.OrderPinned)
def _(entry: e.OrderPinned, c: Connection, stamp: Stamp) -> None:
    set_order(c, entry.order_id, pinned=entry.pinned)


@effect.register(e.ProblemRaised)
def _(entry: e.ProblemRaised, c: Connection, stamp: Stamp) -> None:
    set_order(c, entry.order_id, problem=entry.text, since=stamp.at)


@effect.register(e.ProblemSettled)
def _(entry: e.ProblemSettled, c: Connection, stamp: Stamp) -> None:
    set_order(c, entry.order_id, problem="")
