"""A cancelled order, and its units on their way back to their bins."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select, update

from app.domain import entries as e
from app.domain.model import OrderState
from app.store.projections.effects import Stamp, effect, take_back
from app.store.projections.steps import add_stock, free_totes, set_line, set_order, this
from app.store.schema import ORDER_LINES, PLACEMENTS, SERIALS


@effect.register
def _(entry: e.OrderCancelled, c: Connection, stamp: Stamp) -> None:
    owed = OrderState.PUTBACK_PENDING if entry.in_hand else OrderState.CANCELLED
    set_order(c, entry.order_id, state=owed, parked="", since=stamp.at)
    c.execute(delete(SERIALS).where(this(SERIALS, order_id=entry.order_id)))
    if not entry.in_hand:
        free_totes(c, [entry.order_id])


@effect.register
def _(entry: e.UnitsPutBack, c: Connection, stamp: Stamp) -> None:
    _put_back(c, entry, 1)


@take_back.register
def _(entry: e.UnitsPutBack, c: Connection) -> None:
    _put_back(c, entry, -1)


def _put_back(c: Connection, entry: e.UnitsPutBack, sign: int) -> None:
    left = sign * entry.quantity
    add_stock(c, entry.bin, entry.sku, entry.lot, left)
    owed = c.execute(
        select(PLACEMENTS)
        .where(this(PLACEMENTS, order_id=entry.order_id, bin=entry.bin, sku=entry.sku))
        .order_by(PLACEMENTS.c.line_id)
    ).all()
    for row in owed:
        units = min(left, row.quantity) if sign > 0 else left
        if not units:
            continue
        left -= units
        c.execute(
            update(PLACEMENTS)
            .where(
                this(
                    PLACEMENTS,
                    order_id=row.order_id,
                    line_id=row.line_id,
                    bin=row.bin,
                    lot=row.lot,
                )
            )
            .values(quantity=PLACEMENTS.c.quantity - units)
        )
        set_line(c, row.order_id, row.line_id, put_back=ORDER_LINES.c.put_back + units)


@effect.register
def _(entry: e.PutBackDone, c: Connection, stamp: Stamp) -> None:
    set_order(c, entry.order_id, state=OrderState.PUTBACK_DONE)
    free_totes(c, [entry.order_id])
