"""A cancelled order, and its units on their way back to their bins."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain import entries as e
from app.domain.model import OrderState
from app.store.database import WAREHOUSE
from app.store.projections.effects import Stamp, effect, take_back
from app.store.projections.steps import add_stock, add_to_line, free_totes, set_order, this
from app.store.schema import ORDER_LINES, PLACEMENTS, SERIALS, STOCK


@effect.register(e.OrderCancelled)
def _(entry: e.OrderCancelled, c: Connection, stamp: Stamp) -> None:
    owed = OrderState.PUTBACK_PENDING if entry.in_hand else OrderState.CANCELLED
    set_order(c, entry.order_id, state=owed, parked="", since=stamp.at)
    c.execute(delete(SERIALS).where(this(SERIALS, order_id=entry.order_id)))
    if not entry.in_hand:
        free_totes(c, [entry.order_id])


@effect.register(e.UnitsPutBack)
def _(entry: e.UnitsPutBack, c: Connection, stamp: Stamp) -> None:
    _put_back(c, entry, 1)


@take_back.register(e.UnitsPutBack)
def _(entry: e.UnitsPutBack, c: Connection) -> None:
    _put_back(c, entry, -1)


def _put_back(c: Connection, entry: e.UnitsPutBack, sign: int) -> None:
    """Give units of one bin and lot back to their lines, or take them from these again.

    Taken back, a line gets no more than had been put back of it.
    """
    left = entry.quantity
    if sign > 0:
        _know_lot(c, entry)
    add_stock(c, entry.bin, entry.sku, entry.lot, sign * left)
    spot = {"bin": entry.bin, "sku": entry.sku, "lot": entry.lot}
    rows = c.execute(
        select(PLACEMENTS, ORDER_LINES.c.put_back)
        .join(
            ORDER_LINES,
            (ORDER_LINES.c.warehouse_id == PLACEMENTS.c.warehouse_id)
            & (ORDER_LINES.c.order_id == PLACEMENTS.c.order_id)
            & (ORDER_LINES.c.line_id == PLACEMENTS.c.line_id),
        )
        .where(this(PLACEMENTS, order_id=entry.order_id, **spot))
        .order_by(PLACEMENTS.c.line_id)
    ).all()
    for row in rows if sign > 0 else reversed(rows):
        units = min(left, row.quantity if sign > 0 else row.put_back)
        if not units:
            continue
        left -= units
        place = this(PLACEMENTS, order_id=row.order_id, line_id=row.line_id, **spot)
        c.execute(
            update(PLACEMENTS).where(place).values(quantity=PLACEMENTS.c.quantity - sign * units)
        )
        add_to_line(c, "put_back", row.order_id, row.line_id, sign * units)


def _know_lot(c: Connection, entry: e.UnitsPutBack) -> None:
    """Goods never come back to a bin that has no record of their lot: it would lose them. The lot's
    expiry is that of its other bins; without a record, somebody has to look."""
    lot = this(STOCK, sku=entry.sku, lot=entry.lot)
    expiry = c.scalar(select(STOCK.c.expiry).where(lot, STOCK.c.expiry.is_not(None)).limit(1))
    c.execute(
        upsert(STOCK)
        .values(
            warehouse_id=WAREHOUSE,
            bin=entry.bin,
            sku=entry.sku,
            lot=entry.lot,
            expiry=expiry,
            quantity=0,
            recount=True,
        )
        .on_conflict_do_nothing()
    )


@effect.register(e.PutBackDone)
def _(entry: e.PutBackDone, c: Connection, stamp: Stamp) -> None:
    set_order(c, entry.order_id, state=OrderState.PUTBACK_DONE)
    free_totes(c, [entry.order_id])
