"""Small steps that several areas take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Table,
    Update,
    and_,
    bindparam,
    delete,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.entries import LineShorted
from app.domain.model import OrderState
from app.store.asking import Change, among, listed
from app.store.database import WAREHOUSE
from app.store.schema import ORDER_LINES, ORDERS, PACKAGES, STOCK, TOTES


def this(table: Table, **columns: Any) -> ColumnElement[bool]:
    """The rows of this warehouse that have these values."""
    return and_(
        table.c.warehouse_id == WAREHOUSE,
        *(table.c[name] == value for name, value in columns.items()),
    )


def set_order(c: Connection, order_id: int, **values: Any) -> None:
    set_orders(c, [order_id], None, **values)


def set_orders(c: Connection, ids: Any, states: list[OrderState] | None, **values: Any) -> None:
    """Change those of the orders that stand in one of `states`; all of them where it is None."""
    if not (ids := list(ids)):
        return
    only = {} if states is None else {"states": listed(states)}
    _set_orders(tuple(values), states is not None).run(c, ids=listed(ids), **only, **new(values))


@cache
def _set_orders(columns: tuple[str, ...], by_state: bool) -> Change:
    """Made once for each set of columns: it runs with many scans."""
    change = update(ORDERS).where(this(ORDERS), among(ORDERS.c.id, "ids"))
    if by_state:
        change = change.where(among(ORDERS.c.state, "states"))
    return changing(change, columns)


def changing(change: Update, columns: Iterable[str]) -> Change:
    """A change that gives these columns the values that it is run with (`new`)."""
    return Change(change.values({name: bindparam(f"new_{name}") for name in columns}))


def new(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values for the columns of `changing`: a column's own name may say which row is meant."""
    return {f"new_{name}": value for name, value in values.items()}


def set_line(c: Connection, order_id: int, line_id: str, **values: Any) -> None:
    c.execute(
        update(ORDER_LINES)
        .where(this(ORDER_LINES, order_id=order_id, line_id=line_id))
        .values(**values)
    )


def add_short(c: Connection, entry: LineShorted, sign: int) -> None:
    set_line(
        c,
        entry.order_id,
        entry.line_id,
        short=ORDER_LINES.c.short + sign * entry.quantity,
        short_reason=entry.reason if sign > 0 else "",
    )


def add_to_line(c: Connection, column: str, order_id: int, line_id: str, units: int) -> None:
    """Count `units` more (or fewer) in a column of an order's line: picked, verified, put_back."""
    _add_to_line(column).run(c, order=order_id, line=line_id, units=units)


@cache
def _add_to_line(column: str) -> Change:
    """Made once for each column: it runs with nearly every scan."""
    here = this(ORDER_LINES, order_id=bindparam("order"), line_id=bindparam("line"))
    counted = ORDER_LINES.c[column] + bindparam("units", type_=Integer)
    return Change(update(ORDER_LINES).where(here).values({column: counted}))


def set_package(c: Connection, order_id: int, package_no: int, **values: Any) -> None:
    row = {"order_id": order_id, "package_no": package_no, "state": "OPEN", **values}
    _set_package(tuple(values)).run(c, warehouse_id=WAREHOUSE, **row)


@cache
def _set_package(columns: tuple[str, ...]) -> Change:
    """Made once for each set of columns, as above."""
    row = upsert(PACKAGES)
    keys = ["warehouse_id", "order_id", "package_no"]
    put = row.on_conflict_do_update(
        index_elements=keys, set_={name: row.excluded[name] for name in columns}
    )
    return Change(put, list(dict.fromkeys((*keys, "state", *columns))))


def add_stock(c: Connection, bin_code: str, sku: str, lot: str, units: int) -> None:
    """Add `units` to a bin. A record that would fall below zero was wrong: it is to be counted."""
    values = {"of_bin": bin_code, "of_sku": sku, "of_lot": lot, "units": units}
    if not _ADD_STOCK.run(c, **values):
        _FOUND_WRONG.run(c, **values)


# Made once: they run with every tote. Nearly always the first is enough, and leaves alone what is
# found by `recount`.
_THERE = this(STOCK, bin=bindparam("of_bin"), sku=bindparam("of_sku"), lot=bindparam("of_lot"))
_LEFT = STOCK.c.quantity + bindparam("units", type_=Integer)
_ADD_STOCK = Change(update(STOCK).where(_THERE, _LEFT >= 0).values(quantity=_LEFT))
_FOUND_WRONG = Change(update(STOCK).where(_THERE, _LEFT < 0).values(quantity=0, recount=True))


def free_totes(c: Connection, ids: list[int]) -> None:
    if ids:
        _FREE.run(c, ids=listed(ids))


_FREE = Change(delete(TOTES).where(this(TOTES), among(TOTES.c.order_id, "ids")))
