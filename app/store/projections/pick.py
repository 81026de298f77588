"""Picking: totes, units out of bins, what was missing, and what was found in a bin."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain import entries as e
from app.domain.model import OrderState
from app.store.asking import Change, Question, among, listed
from app.store.database import WAREHOUSE
from app.store.projections.effects import Stamp, effect, take_back
from app.store.projections.steps import (
    add_short,
    add_stock,
    add_to_line,
    free_totes,
    set_line,
    set_orders,
    this,
)
from app.store.projections.tasks import claimed_orders
from app.store.schema import PLACEMENTS, STOCK, TOTES

# Made once: they run with every tote.
_ASSIGN = Change.row_of(TOTES, upsert(TOTES).on_conflict_do_nothing())
_PUT = upsert(PLACEMENTS)
_PLACE = Change.row_of(
    PLACEMENTS,
    _PUT.on_conflict_do_update(
        index_elements=["warehouse_id", "order_id", "line_id", "bin", "lot"],
        set_={
            "quantity": PLACEMENTS.c.quantity + _PUT.excluded.quantity,
            "tote": _PUT.excluded.tote,
        },
    ),
)
_FILLED = Question(
    select(PLACEMENTS.c.order_id).where(
        this(PLACEMENTS), among(PLACEMENTS.c.order_id, "ids"), PLACEMENTS.c.quantity > 0
    )
)
_AT_BENCH = Change(
    update(TOTES).where(this(TOTES), among(TOTES.c.order_id, "ids")).values(state="AT_BENCH")
)


@effect.register(e.ToteLoaded)
def _(entry: e.ToteLoaded, c: Connection, stamp: Stamp) -> None:
    # A batch shares its tote among its orders.
    orders = [entry.order_id] if entry.order_id else claimed_orders(c, stamp.task_id)
    for order_id in orders:
        _assign_tote(c, order_id, entry.tote)


def _assign_tote(c: Connection, order_id: int, tote: str) -> None:
    _ASSIGN.run(c, warehouse_id=WAREHOUSE, code=tote, order_id=order_id, state="ASSIGNED")


@effect.register(e.UnitsPlaced)
def _(entry: e.UnitsPlaced, c: Connection, stamp: Stamp) -> None:
    _place(c, entry, 1)


@take_back.register(e.UnitsPlaced)
def _(entry: e.UnitsPlaced, c: Connection) -> None:
    _place(c, entry, -1)


def _place(c: Connection, entry: e.UnitsPlaced, sign: int) -> None:
    units = sign * entry.quantity
    add_to_line(c, "picked", entry.order_id, entry.line_id, units)
    add_stock(c, entry.bin, entry.sku, entry.lot, -units)
    _PLACE.run(
        c,
        warehouse_id=WAREHOUSE,
        order_id=entry.order_id,
        line_id=entry.line_id,
        bin=entry.bin,
        lot=entry.lot,
        sku=entry.sku,
        tote=entry.tote,
        quantity=units,
    )
    if sign > 0:
        _assign_tote(c, entry.order_id, entry.tote)


@effect.register(e.LineShorted)
def _(entry: e.LineShorted, c: Connection, stamp: Stamp) -> None:
    add_short(c, entry, 1)
    if entry.bin:
        c.execute(
            update(STOCK).where(this(STOCK, bin=entry.bin, sku=entry.sku)).values(recount=True)
        )


@take_back.register(e.LineShorted)
def _(entry: e.LineShorted, c: Connection) -> None:
    add_short(c, entry, -1)


@effect.register(e.LineSubstituted)
def _(entry: e.LineSubstituted, c: Connection, stamp: Stamp) -> None:
    set_line(c, entry.order_id, entry.line_id, substituted_by=entry.sku)


@effect.register(e.BinChecked)
def _(entry: e.BinChecked, c: Connection, stamp: Stamp) -> None:
    values: dict[str, Any] = {"quantity": 0} if entry.empty else {"recount": True}
    c.execute(update(STOCK).where(this(STOCK, bin=entry.bin, sku=entry.sku)).values(**values))


@effect.register(e.CountOpened)
def _(entry: e.CountOpened, c: Connection, stamp: Stamp) -> None:
    open_too = update(STOCK).where(this(STOCK, bin=entry.bin, sku=entry.sku))
    if c.execute(open_too.values(recount=True)).rowcount:
        return
    c.execute(
        insert(STOCK).values(
            warehouse_id=WAREHOUSE,
            bin=entry.bin,
            sku=entry.sku,
            lot="",
            expiry=None,
            quantity=0,
            recount=True,
        )
    )


@effect.register(e.StockCounted)
def _(entry: e.StockCounted, c: Connection, stamp: Stamp) -> None:
    c.execute(
        update(STOCK)
        .where(this(STOCK, bin=entry.bin, sku=entry.sku, lot=entry.lot))
        .values(quantity=entry.quantity, recount=False)
    )


@effect.register(e.PickDropped)
def _(entry: e.PickDropped, c: Connection, stamp: Stamp) -> None:
    whole = [o for o in entry.orders if o not in entry.short_orders]
    for state, ids in (
        (OrderState.PICKED, whole),
        (OrderState.SHORT, entry.short_orders),
    ):
        set_orders(c, ids, [OrderState.PICKING], state=state, since=stamp.at)
    ids = [*entry.orders, *entry.short_orders]
    filled = {row[0] for row in _FILLED.rows(c, ids=listed(ids))}
    free_totes(c, [order_id for order_id in ids if order_id not in filled])
    _AT_BENCH.run(c, ids=listed(ids))
