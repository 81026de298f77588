"""What each journal entry does to the tables: the one place where an order's state changes.

The same function runs for the entry of a scan, of a supervisor and of a replay.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import singledispatch
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain import entries as e
from app.domain.entries import Entry
from app.domain.model import OrderState
from app.store import catalogue
from app.store.database import WAREHOUSE
from app.store.schema import (
    LabelRow,
    LineRow,
    ManifestRow,
    OrderRow,
    PackageRow,
    PlacementRow,
    SerialRow,
    StockRow,
    TaskRow,
    ToteRow,
)


def apply(
    connection: Connection,
    entry: Entry,
    station_id: str,
    operator_id: int,
    task_id: str,
    at: datetime,
) -> None:
    """Bring the tables to what `entry` says. Entries that only steer a task change nothing."""
    if isinstance(entry, e.TaskClaimed):
        _claim(connection, entry, station_id, operator_id, task_id, at)
    elif isinstance(entry, e.TaskClosed):
        _close_task(connection, entry, task_id)
    elif isinstance(entry, e.Undone):
        reverse = _REVERSALS.get(entry.entry_kind)
        if reverse:
            reverse(connection, e.load(entry.entry_kind, entry.fields))
    elif isinstance(entry, e.ToteLoaded) and not entry.order_id:
        for order_id in claimed_orders(connection, task_id):  # a batch shares it among its orders
            _apply(e.ToteLoaded(order_id, entry.tote), connection)
    elif isinstance(entry, e.ManifestOpened | e.ManifestClosed):
        _manifest(connection, entry, at)
    else:
        _apply(entry, connection)
        if isinstance(entry, e.UnitsVerified) and entry.serial:
            connection.execute(
                insert(SerialRow).values(
                    warehouse_id=WAREHOUSE,
                    sku=entry.sku,
                    serial=entry.serial,
                    order_id=entry.order_id,
                    packed_at=at,
                )
            )


@singledispatch
def _apply(entry: Entry, c: Connection) -> None:
    """Entries without a rule here only steer their task."""


# --- pick -----------------------------------------------------------------------------------


@_apply.register
def _(entry: e.ToteLoaded, c: Connection) -> None:
    c.execute(
        upsert(ToteRow)
        .values(
            warehouse_id=WAREHOUSE,
            code=entry.tote,
            order_id=entry.order_id,
            state="ASSIGNED",
        )
        .on_conflict_do_nothing()
    )


@_apply.register
def _(entry: e.UnitsPlaced, c: Connection) -> None:
    _place(c, entry, 1)


def _place(c: Connection, entry: e.UnitsPlaced, sign: int) -> None:
    units = sign * entry.quantity
    _line(c, entry.order_id, entry.line_id, picked=LineRow.picked + units)
    _stock(c, entry.bin, entry.sku, entry.lot, -units)
    c.execute(
        upsert(PlacementRow)
        .values(
            warehouse_id=WAREHOUSE,
            order_id=entry.order_id,
            line_id=entry.line_id,
            bin=entry.bin,
            lot=entry.lot,
            sku=entry.sku,
            tote=entry.tote,
            quantity=units,
        )
        .on_conflict_do_update(
            index_elements=["warehouse_id", "order_id", "line_id", "bin", "lot"],
            set_={"quantity": PlacementRow.quantity + units, "tote": entry.tote},
        )
    )
    if sign > 0:
        _apply(e.ToteLoaded(entry.order_id, entry.tote), c)


@_apply.register
def _(entry: e.LineShorted, c: Connection) -> None:
    _short(c, entry, 1)
    if entry.bin:
        c.execute(
            update(StockRow).where(_is(StockRow, bin=entry.bin, sku=entry.sku)).values(recount=True)
        )


def _short(c: Connection, entry: e.LineShorted, sign: int) -> None:
    _line(
        c,
        entry.order_id,
        entry.line_id,
        short=LineRow.short + sign * entry.quantity,
        short_reason=entry.reason if sign > 0 else "",
    )


@_apply.register
def _(entry: e.LineSubstituted, c: Connection) -> None:
    _line(c, entry.order_id, entry.line_id, substituted_by=entry.sku)


@_apply.register
def _(entry: e.BinChecked, c: Connection) -> None:
    values: dict[str, Any] = {"quantity": 0} if entry.empty else {"recount": True}
    c.execute(update(StockRow).where(_is(StockRow, bin=entry.bin, sku=entry.sku)).values(**values))


@_apply.register
def _(entry: e.CountOpened, c: Connection) -> None:
    open_too = update(StockRow).where(_is(StockRow, bin=entry.bin, sku=entry.sku))
    if c.execute(open_too.values(recount=True)).rowcount:
        return
    c.execute(
        insert(StockRow).values(
            warehouse_id=WAREHOUSE,
            bin=entry.bin,
            sku=entry.sku,
            lot="",
            expiry=None,
            quantity=0,
            recount=True,
        )
    )


@_apply.register
def _(entry: e.StockCounted, c: Connection) -> None:
    c.execute(
        update(StockRow)
        .where(_is(StockRow, bin=entry.bin, sku=entry.sku, lot=entry.lot))
        .values(quantity=entry.quantity, recount=False)
    )


@_apply.register
def _(entry: e.PickDropped, c: Connection) -> None:
    whole = [o for o in entry.orders if o not in entry.short_orders]
    for state, ids in (
        (OrderState.PICKED, whole),
        (OrderState.SHORT, entry.short_orders),
    ):
        _orders(c, ids, [OrderState.PICKING], state=state)
    ids = [*entry.orders, *entry.short_orders]
    filled = c.scalars(
        select(PlacementRow.order_id).where(
            _is(PlacementRow), PlacementRow.order_id.in_(ids), PlacementRow.quantity > 0
        )
    ).all()
    _free_totes(c, [order_id for order_id in ids if order_id not in filled])
    c.execute(
        update(ToteRow).where(_is(ToteRow), ToteRow.order_id.in_(ids)).values(state="AT_BENCH")
    )


# --- pack -----------------------------------------------------------------------------------


@_apply.register
def _(entry: e.PackOpened, c: Connection) -> None:
    _order(c, entry.order_id, state=OrderState.PACKING, parked="")
    _package(c, entry.order_id, 1, state="OPEN")


@_apply.register
def _(entry: e.UnitsVerified, c: Connection) -> None:
    _line(c, entry.order_id, entry.line_id, verified=LineRow.verified + entry.quantity)


def _unverify(c: Connection, entry: e.UnitsVerified) -> None:
    _line(c, entry.order_id, entry.line_id, verified=LineRow.verified - entry.quantity)
    c.execute(delete(SerialRow).where(_is(SerialRow, sku=entry.sku, serial=entry.serial)))


@_apply.register
def _(entry: e.BoxChosen, c: Connection) -> None:
    _package(c, entry.order_id, entry.package_no, box=entry.box)


@_apply.register
def _(entry: e.PackageOpened, c: Connection) -> None:
    _package(c, entry.order_id, entry.package_no, state="OPEN")


@_apply.register
def _(entry: e.PackageClosed, c: Connection) -> None:
    _package(c, entry.order_id, entry.package_no, state="CLOSED")


@_apply.register
def _(entry: e.PackageWeighed, c: Connection) -> None:
    _package(c, entry.order_id, entry.package_no, weight_g=entry.weight_g)


@_apply.register
def _(entry: e.LabelCreated, c: Connection) -> None:
    _package(c, entry.order_id, entry.package_no, state="LABELLED", label_id=entry.label_id)


@_apply.register
def _(entry: e.LabelPrinted, c: Connection) -> None:
    _label(c, entry.label_id, copies=entry.copy)
    c.execute(
        update(LabelRow)
        .where(_is(LabelRow, id=entry.label_id), LabelRow.state == "READY")
        .values(state="PRINTED_UNVERIFIED")
    )


@_apply.register
def _(entry: e.LabelVoided, c: Connection) -> None:
    _label(c, entry.label_id, state="VOIDED")
    c.execute(
        update(PackageRow)
        .where(_is(PackageRow, order_id=entry.order_id, label_id=entry.label_id))
        .values(label_id="", state="CLOSED")
    )


@_apply.register
def _(entry: e.LabelVerified, c: Connection) -> None:
    _label(c, entry.label_id, state="VERIFIED")
    _package(c, entry.order_id, entry.package_no, state="VERIFIED")


@_apply.register
def _(entry: e.OrderPacked, c: Connection) -> None:
    _order(c, entry.order_id, state=OrderState.PACKED, parked="")
    _free_totes(c, [entry.order_id])


@_apply.register
def _(entry: e.PackParked, c: Connection) -> None:
    _order(c, entry.order_id, parked=entry.reason)


# --- dispatch -------------------------------------------------------------------------------


@_apply.register
def _(entry: e.PackageLoaded, c: Connection) -> None:
    _package(
        c,
        entry.order_id,
        entry.package_no,
        state="LOADED",
        manifest_id=entry.manifest_id,
    )
    c.execute(
        update(ManifestRow).where(_is(ManifestRow, id=entry.manifest_id)).values(state="LOADING")
    )


@_apply.register
def _(entry: e.PackageUnloaded, c: Connection) -> None:
    _package(c, entry.order_id, entry.package_no, state="VERIFIED", manifest_id="")


@_apply.register
def _(entry: e.ManifestHandedOver, c: Connection) -> None:
    c.execute(
        update(ManifestRow)
        .where(_is(ManifestRow, id=entry.manifest_id))
        .values(state="HANDED_OVER", plate=entry.plate)
    )
    loaded = _is(PackageRow, manifest_id=entry.manifest_id)
    ids = c.scalars(select(PackageRow.order_id).where(loaded).distinct()).all()
    _orders(c, list(ids), [OrderState.MANIFESTED], state=OrderState.SHIPPED)
    c.execute(update(PackageRow).where(loaded).values(state="HANDED_OVER"))


def _manifest(c: Connection, entry: e.ManifestOpened | e.ManifestClosed, at: datetime) -> None:
    if isinstance(entry, e.ManifestClosed):
        c.execute(
            update(ManifestRow)
            .where(_is(ManifestRow, id=entry.manifest_id))
            .values(state="CLOSED", closed_at=at)
        )
        _orders(c, list(entry.orders), [OrderState.PACKED], state=OrderState.MANIFESTED)
        return
    c.execute(
        insert(ManifestRow).values(
            warehouse_id=WAREHOUSE,
            id=entry.manifest_id,
            carrier=entry.carrier,
            service_code=entry.service_code,
            service_name="",
            dock=entry.dock,
            state="OPEN",
            opened_at=at,
        )
    )


# --- exceptions and supervision -------------------------------------------------------------


@_apply.register
def _(entry: e.CodeLinked, c: Connection) -> None:
    catalogue.link_code(c, entry.code, entry.sku)


@_apply.register
def _(entry: e.OrderCancelled, c: Connection) -> None:
    owed = OrderState.PUTBACK_PENDING if entry.in_hand else OrderState.CANCELLED
    _order(c, entry.order_id, state=owed, parked="")
    c.execute(delete(SerialRow).where(_is(SerialRow, order_id=entry.order_id)))
    if not entry.in_hand:
        _free_totes(c, [entry.order_id])


@_apply.register
def _(entry: e.UnitsPutBack, c: Connection) -> None:
    _put_back(c, entry, 1)


def _put_back(c: Connection, entry: e.UnitsPutBack, sign: int) -> None:
    left = sign * entry.quantity
    _stock(c, entry.bin, entry.sku, entry.lot, left)
    owed = c.execute(
        select(PlacementRow)
        .where(_is(PlacementRow, order_id=entry.order_id, bin=entry.bin, sku=entry.sku))
        .order_by(PlacementRow.line_id)
    ).all()
    for row in owed:
        units = min(left, row.quantity) if sign > 0 else left
        if not units:
            continue
        left -= units
        c.execute(
            update(PlacementRow)
            .where(
                _is(
                    PlacementRow,
                    order_id=row.order_id,
                    line_id=row.line_id,
                    bin=row.bin,
                    lot=row.lot,
                )
            )
            .values(quantity=PlacementRow.quantity - units)
        )
        _line(c, row.order_id, row.line_id, put_back=LineRow.put_back + units)


@_apply.register
def _(entry: e.PutBackDone, c: Connection) -> None:
    _order(c, entry.order_id, state=OrderState.PUTBACK_DONE)
    _free_totes(c, [entry.order_id])


@_apply.register
def _(entry: e.OrderReleased, c: Connection) -> None:
    """A short order goes on with what was picked, or, with nothing picked, back to the queue."""
    _orders(c, [entry.order_id], [OrderState.RECEIVED], state=OrderState.RELEASED)
    picked = c.scalar(select(func.sum(LineRow.picked)).where(_is(LineRow, order_id=entry.order_id)))
    if picked:
        _orders(c, [entry.order_id], [OrderState.SHORT], state=OrderState.PICKED)
        return
    c.execute(
        update(LineRow)
        .where(_is(LineRow, order_id=entry.order_id))
        .values(short=0, short_reason="")
    )
    _orders(c, [entry.order_id], [OrderState.SHORT], state=OrderState.RELEASED)
    _free_totes(c, [entry.order_id])


@_apply.register
def _(entry: e.OrderHeld, c: Connection) -> None:
    _order(c, entry.order_id, hold=entry.reason)


@_apply.register
def _(entry: e.HoldLifted, c: Connection) -> None:
    _order(c, entry.order_id, hold="")


@_apply.register
def _(entry: e.OrderPinned, c: Connection) -> None:
    _order(c, entry.order_id, pinned=entry.pinned)


@_apply.register
def _(entry: e.ProblemRaised, c: Connection) -> None:
    _order(c, entry.order_id, problem=entry.text)


@_apply.register
def _(entry: e.ProblemSettled, c: Connection) -> None:
    _order(c, entry.order_id, problem="")


# --- tasks ----------------------------------------------------------------------------------


def _claim(
    c: Connection,
    entry: e.TaskClaimed,
    station_id: str,
    operator_id: int,
    task_id: str,
    at: datetime,
) -> None:
    fencing = c.scalar(select(func.max(TaskRow.fencing)).where(_is(TaskRow))) or 0
    c.execute(
        upsert(TaskRow)
        .values(
            warehouse_id=WAREHOUSE,
            id=task_id,
            kind=entry.task_kind,
            station_id=station_id,
            operator_id=operator_id,
            fencing=fencing + 1,
            claimed_at=at,
            open=True,
        )
        .on_conflict_do_update(
            index_elements=["warehouse_id", "id"],
            set_={"open": True, "station_id": station_id, "fencing": fencing + 1},
        )
    )
    _orders(c, list(entry.orders), None, claimed_by=station_id)
    if entry.task_kind == "pick":
        _orders(c, list(entry.orders), [OrderState.RELEASED], state=OrderState.PICKING)
    if entry.task_kind == "pack" and entry.plan:
        _unpack(c, list(entry.orders))


def _unpack(c: Connection, ids: list[int]) -> None:
    """A new pack begins with nothing verified, whatever an earlier one had done."""
    c.execute(update(LineRow).where(_is(LineRow), LineRow.order_id.in_(ids)).values(verified=0))
    c.execute(delete(PackageRow).where(_is(PackageRow), PackageRow.order_id.in_(ids)))
    c.execute(delete(SerialRow).where(_is(SerialRow), SerialRow.order_id.in_(ids)))


def _close_task(c: Connection, entry: e.TaskClosed, task_id: str) -> None:
    c.execute(update(TaskRow).where(_is(TaskRow, id=task_id)).values(open=False))
    ids = claimed_orders(c, task_id)
    _orders(c, ids, None, claimed_by="")
    if entry.outcome != "released":
        return
    if entry.task_kind == "pick":
        _orders(c, ids, [OrderState.PICKING], state=OrderState.RELEASED)
        _free_totes(c, ids)
        _forget_shorts(c, task_id)
    elif entry.task_kind == "pack":
        _orders(c, ids, [OrderState.PACKING], state=OrderState.PICKED)
        _unpack(c, ids)


def _forget_shorts(c: Connection, task_id: str) -> None:
    """A pick given back before its first unit found nothing missing: the next one looks anew."""
    from app.store.schema import JournalRow

    rows = c.execute(
        select(JournalRow.kind, JournalRow.payload)
        .where(
            _is(JournalRow, task_id=task_id),
            JournalRow.kind.in_([e.LineShorted.__name__, e.Undone.__name__]),
        )
        .order_by(JournalRow.station_id, JournalRow.station_seq)
    ).all()
    standing: list[e.LineShorted] = []
    for row in rows:
        if row.kind == e.LineShorted.__name__:
            shorted = e.load(row.kind, row.payload)
            assert isinstance(shorted, e.LineShorted)
            standing.append(shorted)
        elif row.payload["entry_kind"] == e.LineShorted.__name__ and standing:
            standing.pop()
    for entry in standing:
        _short(c, entry, -1)


def claimed_orders(c: Connection, task_id: str) -> list[int]:
    """The orders that a task took in hand."""
    from app.store.schema import JournalRow

    row = c.execute(
        select(JournalRow.payload).where(
            _is(JournalRow, task_id=task_id, kind=e.TaskClaimed.__name__)
        )
    ).first()
    return list(row.payload["orders"]) if row else []


# --- small steps ----------------------------------------------------------------------------


def _is(table: Any, **columns: Any) -> ColumnElement[bool]:
    return and_(
        table.warehouse_id == WAREHOUSE,
        *(getattr(table, name) == value for name, value in columns.items()),
    )


def _order(c: Connection, order_id: int, **values: Any) -> None:
    _orders(c, [order_id], None, **values)


def _orders(c: Connection, ids: Any, states: list[OrderState] | None, **values: Any) -> None:
    where = [_is(OrderRow), OrderRow.id.in_(list(ids))]
    if states is not None:
        where.append(OrderRow.state.in_([state.value for state in states]))
    c.execute(update(OrderRow).where(*where).values(**values))


def _line(c: Connection, order_id: int, line_id: str, **values: Any) -> None:
    c.execute(
        update(LineRow).where(_is(LineRow, order_id=order_id, line_id=line_id)).values(**values)
    )


def _label(c: Connection, label_id: str, **values: Any) -> None:
    c.execute(update(LabelRow).where(_is(LabelRow, id=label_id)).values(**values))


def _package(c: Connection, order_id: int, package_no: int, **values: Any) -> None:
    c.execute(
        upsert(PackageRow)
        .values(
            warehouse_id=WAREHOUSE,
            order_id=order_id,
            package_no=package_no,
            **{"state": "OPEN", **values},
        )
        .on_conflict_do_update(
            index_elements=["warehouse_id", "order_id", "package_no"], set_=values
        )
    )


def _stock(c: Connection, bin_code: str, sku: str, lot: str, units: int) -> None:
    """Add `units` to a bin. A record that would fall below zero was wrong: it is to be counted."""
    c.execute(
        update(StockRow)
        .where(_is(StockRow, bin=bin_code, sku=sku, lot=lot))
        .values(
            quantity=func.max(0, StockRow.quantity + units),
            recount=StockRow.recount | (StockRow.quantity + units < 0),
        )
    )


def _free_totes(c: Connection, ids: list[int]) -> None:
    c.execute(delete(ToteRow).where(_is(ToteRow), ToteRow.order_id.in_(ids)))


_REVERSALS: dict[str, Callable[[Connection, Any], None]] = {
    "UnitsPlaced": lambda c, entry: _place(c, entry, -1),
    "LineShorted": lambda c, entry: _short(c, entry, -1),
    "UnitsVerified": lambda c, entry: _unverify(c, entry),
    "BoxChosen": lambda c, entry: _package(c, entry.order_id, entry.package_no, box=""),
    "PackageWeighed": lambda c, entry: _package(c, entry.order_id, entry.package_no, weight_g=None),
    "PackageLoaded": lambda c, entry: _package(
        c, entry.order_id, entry.package_no, state="VERIFIED", manifest_id=""
    ),
    "UnitsPutBack": lambda c, entry: _put_back(c, entry, -1),
}
