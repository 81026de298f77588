"""Queries over packages, their labels, and the tracking codes given out for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, update
from sqlalchemy.orm import aliased

from app.store.database import WAREHOUSE
from app.store.schema import (
    LabelRow,
    OrderRow,
    PackageRow,
    SerialRow,
    SuppliedLabelRow,
    TrackingRangeRow,
)


def of_order(c: Connection, order_id: int) -> Sequence[Row[Any]]:
    return c.execute(
        select(PackageRow)
        .where(PackageRow.warehouse_id == WAREHOUSE, PackageRow.order_id == order_id)
        .order_by(PackageRow.package_no)
    ).all()


def serial_owner(c: Connection, sku: str, serial: str) -> tuple[str, datetime] | None:
    """The order that a serial number was packed in, and when."""
    row = c.execute(
        select(OrderRow.number, SerialRow.packed_at)
        .join(
            SerialRow,
            (SerialRow.warehouse_id == OrderRow.warehouse_id) & (SerialRow.order_id == OrderRow.id),
        )
        .where(OrderRow.warehouse_id == WAREHOUSE, SerialRow.sku == sku, SerialRow.serial == serial)
    ).first()
    return (row[0], row[1]) if row else None


def for_manifest(
    c: Connection, manifest_id: str, carrier: str, service_code: str
) -> list[dict[str, Any]]:
    """Every package that stands on the manifest, and every one that could: those of the packed
    orders of its carrier and service, most urgent first."""
    packed = select(OrderRow.id).where(
        OrderRow.warehouse_id == WAREHOUSE,
        OrderRow.queue == "packed",
        OrderRow.carrier == carrier,
        OrderRow.service_code == service_code,
    )
    # Step by step, each with its index: in one query SQLite reads every package there is.
    on_it = _labelled(c, PackageRow.manifest_id == manifest_id)
    could_be = _labelled(c, OrderRow.id.in_(c.scalars(packed).all()))
    return list({row["tracking"]: row for row in (*on_it, *could_be)}.values())


def _labelled(c: Connection, where: ColumnElement[bool]) -> list[dict[str, Any]]:
    other = aliased(PackageRow)
    count = (
        select(func.count())
        .where(other.warehouse_id == WAREHOUSE, other.order_id == OrderRow.id)
        .scalar_subquery()
    )
    rows = c.execute(
        select(
            OrderRow.id.label("order_id"),
            OrderRow.number,
            PackageRow.package_no,
            count.label("packages"),
            LabelRow.tracking,
        )
        .join(
            PackageRow,
            (PackageRow.warehouse_id == OrderRow.warehouse_id)
            & (PackageRow.order_id == OrderRow.id),
        )
        .join(
            LabelRow,
            (LabelRow.warehouse_id == PackageRow.warehouse_id)
            & (LabelRow.id == PackageRow.label_id),
        )
        .where(OrderRow.warehouse_id == WAREHOUSE, where)
        .order_by(OrderRow.due_at, OrderRow.id, PackageRow.package_no)
    )
    return [dict(row._mapping) for row in rows]


def of_manifest(c: Connection, manifest_id: str) -> Sequence[Row[Any]]:
    return c.execute(
        select(PackageRow)
        .where(PackageRow.warehouse_id == WAREHOUSE, PackageRow.manifest_id == manifest_id)
        .order_by(PackageRow.order_id, PackageRow.package_no)
    ).all()


def label(c: Connection, label_id: str) -> Row[Any] | None:
    return c.execute(
        select(LabelRow).where(LabelRow.warehouse_id == WAREHOUSE, LabelRow.id == label_id)
    ).first()


def label_by_tracking(c: Connection, tracking: str) -> Row[LabelRow, str, str] | None:
    """The label that bears a tracking code, with its order's number and packages."""
    return c.execute(
        select(LabelRow, OrderRow.number, OrderRow.claimed_by)
        .join(
            OrderRow,
            (OrderRow.warehouse_id == LabelRow.warehouse_id) & (OrderRow.id == LabelRow.order_id),
        )
        .where(LabelRow.warehouse_id == WAREHOUSE, LabelRow.tracking == tracking)
    ).first()


def labels_of(c: Connection, order_id: int) -> Sequence[Row[Any]]:
    return c.execute(
        select(LabelRow)
        .where(LabelRow.warehouse_id == WAREHOUSE, LabelRow.order_id == order_id)
        .order_by(LabelRow.created_at)
    ).all()


def store_label(
    c: Connection,
    *,
    label_id: str,
    order_id: int,
    package_no: int,
    tracking: str,
    address_version: int,
    zpl: bytes,
    pdf: bytes,
    dpi: int,
    at: datetime,
    supplied: str = "",
) -> None:
    """Keep a label's very bytes, in the transaction that spends its tracking code."""
    c.execute(
        insert(LabelRow).values(
            warehouse_id=WAREHOUSE,
            id=label_id,
            order_id=order_id,
            package_no=package_no,
            tracking=tracking,
            address_version=address_version,
            state="READY",
            copies=0,
            created_at=at,
            zpl=zpl,
            pdf=pdf,
            dpi=dpi,
            supplied=supplied,
        )
    )


def prepared_label(c: Connection, order_id: int, package_no: int) -> Row[Any] | None:
    """The label that was made before its box, and that no box has taken over."""
    taken = select(PackageRow.label_id).where(
        PackageRow.warehouse_id == WAREHOUSE, PackageRow.order_id == order_id
    )
    return c.execute(
        select(LabelRow).where(
            LabelRow.warehouse_id == WAREHOUSE,
            LabelRow.order_id == order_id,
            LabelRow.package_no == package_no,
            LabelRow.state.not_in(["VOIDED", "VERIFIED"]),
            LabelRow.id.not_in(taken),
        )
    ).first()


def supply(
    c: Connection,
    *,
    order_id: int,
    package_no: int,
    tracking: str,
    address_version: int,
    format: str,
    data: bytes,
    at: datetime,
) -> None:
    """Keep the carrier's own label for a box to come; a newer one takes the place of an older."""
    where = (
        SuppliedLabelRow.warehouse_id == WAREHOUSE,
        SuppliedLabelRow.order_id == order_id,
        SuppliedLabelRow.package_no == package_no,
    )
    c.execute(delete(SuppliedLabelRow).where(*where))
    c.execute(
        insert(SuppliedLabelRow).values(
            warehouse_id=WAREHOUSE,
            order_id=order_id,
            package_no=package_no,
            tracking=tracking,
            address_version=address_version,
            format=format,
            data=data,
            received_at=at,
        )
    )


def drop_supplied(c: Connection, order_id: int, package_no: int) -> None:
    """Forget a label that turned out to be another box's."""
    c.execute(
        delete(SuppliedLabelRow).where(
            SuppliedLabelRow.warehouse_id == WAREHOUSE,
            SuppliedLabelRow.order_id == order_id,
            SuppliedLabelRow.package_no == package_no,
        )
    )


def supplied_label(
    c: Connection, order_id: int, package_no: int, address_version: int
) -> Row[Any] | None:
    """The carrier's own label for a box, unless it was made for an address of before."""
    return c.execute(
        select(SuppliedLabelRow).where(
            SuppliedLabelRow.warehouse_id == WAREHOUSE,
            SuppliedLabelRow.order_id == order_id,
            SuppliedLabelRow.package_no == package_no,
            SuppliedLabelRow.address_version == address_version,
        )
    ).first()


def tracking_is_free(c: Connection, tracking: str, order_id: int) -> bool:
    """Whether no label of another order bears the code."""
    known = select(LabelRow.order_id).where(
        LabelRow.warehouse_id == WAREHOUSE, LabelRow.tracking == tracking
    )
    kept = select(SuppliedLabelRow.order_id).where(
        SuppliedLabelRow.warehouse_id == WAREHOUSE, SuppliedLabelRow.tracking == tracking
    )
    owners = {*c.scalars(known), *c.scalars(kept)}
    return not owners - {order_id}


def add_range(
    c: Connection,
    *,
    carrier: str,
    service_code: str,
    prefix: str,
    country: str,
    first: int,
    last: int,
) -> None:
    """Load a carrier's range of S10 serials (eight digits, without check digit)."""
    top = c.scalar(
        select(func.max(TrackingRangeRow.id)).where(TrackingRangeRow.warehouse_id == WAREHOUSE)
    )
    c.execute(
        insert(TrackingRangeRow).values(
            warehouse_id=WAREHOUSE,
            id=(top or 0) + 1,
            carrier=carrier,
            service_code=service_code,
            prefix=prefix,
            country=country,
            next_serial=first,
            last_serial=last,
        )
    )


def overlaps(c: Connection, prefix: str, country: str, first: int, last: int) -> bool:
    """Whether a code of the given range is loaded already, or was ever on a label."""
    query = select(TrackingRangeRow.id).where(
        TrackingRangeRow.warehouse_id == WAREHOUSE,
        TrackingRangeRow.prefix == prefix,
        TrackingRangeRow.country == country,
        TrackingRangeRow.last_serial >= first,
        TrackingRangeRow.next_serial <= last,
    )
    spent = select(LabelRow.id).where(
        LabelRow.warehouse_id == WAREHOUSE,
        LabelRow.tracking >= f"{prefix}{first:08d}",
        LabelRow.tracking <= f"{prefix}{last:08d}9{country}",
        LabelRow.tracking.endswith(country),
    )
    return any(c.execute(found.limit(1)).first() is not None for found in (query, spent))


def take_serial(c: Connection, carrier: str, service_code: str) -> tuple[str, int, str] | None:
    """Spend the next serial: (prefix, serial, country), or None when the ranges are used up."""
    row = c.execute(_usable(carrier, service_code).limit(1)).first()
    if row is None:
        return None
    c.execute(
        update(TrackingRangeRow)
        .where(TrackingRangeRow.warehouse_id == WAREHOUSE, TrackingRangeRow.id == row.id)
        .values(next_serial=row.next_serial + 1)
    )
    return row.prefix, row.next_serial, row.country


def serials_left(c: Connection) -> dict[str, int]:
    """How many tracking codes each carrier has left."""
    rows = c.execute(
        select(
            TrackingRangeRow.carrier,
            func.sum(TrackingRangeRow.last_serial - TrackingRangeRow.next_serial + 1),
        )
        .where(TrackingRangeRow.warehouse_id == WAREHOUSE)
        .group_by(TrackingRangeRow.carrier)
    )
    return {row[0]: int(row[1]) for row in rows}


def _usable(carrier: str, service_code: str) -> Any:
    return (
        select(TrackingRangeRow)
        .where(
            TrackingRangeRow.warehouse_id == WAREHOUSE,
            func.upper(TrackingRangeRow.carrier) == carrier.upper(),
            TrackingRangeRow.service_code.in_([service_code, ""]),
            TrackingRangeRow.next_serial <= TrackingRangeRow.last_serial,
        )
        .order_by(TrackingRangeRow.service_code.desc(), TrackingRangeRow.id)
    )
