"""Queries over packages, their labels, and the tracking codes given out for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from app.store.asking import Change, Lookup, Question
from app.store.database import WAREHOUSE
from app.store.schema import (
    LABELS,
    ORDERS,
    PACKAGES,
    SERIALS,
    SUPPLIED_LABELS,
    TRACKING_RANGES,
)

# Of a label all but its bytes, and what lies behind them: to come by them a row of a dozen pages is
# deciphered.
_LABEL_FACTS = [
    column for column in LABELS.c if column.name not in ("zpl", "pdf", "dpi", "supplied")
]
_LABELS_OF = Lookup(
    select(*_LABEL_FACTS)
    .where(LABELS.c.warehouse_id == WAREHOUSE, LABELS.c.order_id == bindparam("order"))
    .order_by(LABELS.c.created_at)
)

# Made once: they run with every scan.
_BY_TRACKING = Lookup(
    select(*_LABEL_FACTS, ORDERS.c.number, ORDERS.c.claimed_by)
    .join(
        ORDERS,
        (ORDERS.c.warehouse_id == LABELS.c.warehouse_id) & (ORDERS.c.id == LABELS.c.order_id),
    )
    .where(LABELS.c.warehouse_id == WAREHOUSE, LABELS.c.tracking == bindparam("tracking"))
)
_SERIALS_LEFT = Question(
    select(
        TRACKING_RANGES.c.carrier,
        func.sum(TRACKING_RANGES.c.last_serial - TRACKING_RANGES.c.next_serial + 1),
    )
    .where(TRACKING_RANGES.c.warehouse_id == WAREHOUSE)
    .group_by(TRACKING_RANGES.c.carrier)
)
_OF_ORDER = Lookup(
    select(PACKAGES)
    .where(PACKAGES.c.warehouse_id == WAREHOUSE, PACKAGES.c.order_id == bindparam("order"))
    .order_by(PACKAGES.c.package_no)
)


# Made once: they run with every label.
_THIS_LABEL = (LABELS.c.warehouse_id == WAREHOUSE) & (LABELS.c.id == bindparam("label"))
_LABEL = Lookup(select(*_LABEL_FACTS).where(_THIS_LABEL))
_WHOLE_LABEL = Lookup(select(LABELS).where(_THIS_LABEL))
_STORE = Change.row_of(LABELS)
_TAKEN = select(PACKAGES.c.label_id).where(
    PACKAGES.c.warehouse_id == WAREHOUSE, PACKAGES.c.order_id == bindparam("order")
)
_PREPARED = Lookup(
    select(*_LABEL_FACTS)
    .where(
        LABELS.c.warehouse_id == WAREHOUSE,
        LABELS.c.order_id == bindparam("order"),
        LABELS.c.package_no == bindparam("package"),
        LABELS.c.state != "VOIDED",
        LABELS.c.state != "VERIFIED",
        LABELS.c.id.not_in(_TAKEN),
    )
    .limit(1)
)
_SUPPLIED = Lookup(
    select(SUPPLIED_LABELS).where(
        SUPPLIED_LABELS.c.warehouse_id == WAREHOUSE,
        SUPPLIED_LABELS.c.order_id == bindparam("order"),
        SUPPLIED_LABELS.c.package_no == bindparam("package"),
        SUPPLIED_LABELS.c.address_version == bindparam("version"),
    )
)
_USABLE = Lookup(
    select(TRACKING_RANGES)
    .where(
        TRACKING_RANGES.c.warehouse_id == WAREHOUSE,
        func.upper(TRACKING_RANGES.c.carrier) == bindparam("carrier"),
        (TRACKING_RANGES.c.service_code == bindparam("service"))
        | (TRACKING_RANGES.c.service_code == ""),
        TRACKING_RANGES.c.next_serial <= TRACKING_RANGES.c.last_serial,
    )
    .order_by(TRACKING_RANGES.c.service_code.desc(), TRACKING_RANGES.c.id)
    .limit(1)
)
_TAKE = Change(
    update(TRACKING_RANGES)
    .where(TRACKING_RANGES.c.warehouse_id == WAREHOUSE, TRACKING_RANGES.c.id == bindparam("range"))
    .values(next_serial=TRACKING_RANGES.c.next_serial + 1)
)


def of_order(c: Connection, order_id: int) -> Sequence[Row[Any]]:
    return _OF_ORDER.rows(c, order=order_id)


def serial_owner(c: Connection, sku: str, serial: str) -> tuple[str, datetime] | None:
    """The order that a serial number was packed in, and when."""
    row = c.execute(
        select(ORDERS.c.number, SERIALS.c.packed_at)
        .join(
            SERIALS,
            (SERIALS.c.warehouse_id == ORDERS.c.warehouse_id) & (SERIALS.c.order_id == ORDERS.c.id),
        )
        .where(ORDERS.c.warehouse_id == WAREHOUSE, SERIALS.c.sku == sku, SERIALS.c.serial == serial)
    ).first()
    return (row[0], row[1]) if row else None


def label(c: Connection, label_id: str) -> Row[Any] | None:
    """A label, without its bytes; neither have the labels that other questions find."""
    return _LABEL.first(c, label=label_id)


def whole_label(c: Connection, label_id: str) -> Row[Any] | None:
    """A label with its bytes: ZPL for a printer of `dpi`, PDF, or both."""
    return _WHOLE_LABEL.first(c, label=label_id)


def label_by_tracking(c: Connection, tracking: str) -> Row[Any] | None:
    """The label that bears a tracking code, with its order's number and packages."""
    return _BY_TRACKING.first(c, tracking=tracking)


def labels_of(c: Connection, order_id: int) -> Sequence[Row[Any]]:
    return _LABELS_OF.rows(c, order=order_id)


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
    _STORE.run(
        c,
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


def prepared_label(c: Connection, order_id: int, package_no: int) -> Row[Any] | None:
    """The label that was made before its box, and that no box has taken over."""
    return _PREPARED.first(c, order=order_id, package=package_no)


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
        SUPPLIED_LABELS.c.warehouse_id == WAREHOUSE,
        SUPPLIED_LABELS.c.order_id == order_id,
        SUPPLIED_LABELS.c.package_no == package_no,
    )
    c.execute(delete(SUPPLIED_LABELS).where(*where))
    c.execute(
        insert(SUPPLIED_LABELS).values(
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
        delete(SUPPLIED_LABELS).where(
            SUPPLIED_LABELS.c.warehouse_id == WAREHOUSE,
            SUPPLIED_LABELS.c.order_id == order_id,
            SUPPLIED_LABELS.c.package_no == package_no,
        )
    )


def supplied_label(
    c: Connection, order_id: int, package_no: int, address_version: int
) -> Row[Any] | None:
    """The carrier's own label for a box, unless it was made for an address of before."""
    return _SUPPLIED.first(c, order=order_id, package=package_no, version=address_version)


def tracking_is_free(c: Connection, tracking: str, order_id: int) -> bool:
    """Whether no label of another order bears the code."""
    known = select(LABELS.c.order_id).where(
        LABELS.c.warehouse_id == WAREHOUSE, LABELS.c.tracking == tracking
    )
    kept = select(SUPPLIED_LABELS.c.order_id).where(
        SUPPLIED_LABELS.c.warehouse_id == WAREHOUSE, SUPPLIED_LABELS.c.tracking == tracking
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
        select(func.max(TRACKING_RANGES.c.id)).where(TRACKING_RANGES.c.warehouse_id == WAREHOUSE)
    )
    c.execute(
        insert(TRACKING_RANGES).values(
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
    query = select(TRACKING_RANGES.c.id).where(
        TRACKING_RANGES.c.warehouse_id == WAREHOUSE,
        TRACKING_RANGES.c.prefix == prefix,
        TRACKING_RANGES.c.country == country,
        TRACKING_RANGES.c.last_serial >= first,
        TRACKING_RANGES.c.next_serial <= last,
    )
    spent = select(LABELS.c.id).where(
        LABELS.c.warehouse_id == WAREHOUSE,
        LABELS.c.tracking >= f"{prefix}{first:08d}",
        LABELS.c.tracking <= f"{prefix}{last:08d}9{country}",
        LABELS.c.tracking.endswith(country),
    )
    return any(c.execute(found.limit(1)).first() is not None for found in (query, spent))


def take_serial(c: Connection, carrier: str, service_code: str) -> tuple[str, int, str] | None:
    """Spend the next serial: (prefix, serial, country), or None when the ranges are used up."""
    row = _USABLE.first(c, carrier=carrier.upper(), service=service_code)
    if row is None:
        return None
    _TAKE.run(c, range=row.id)
    return row.prefix, row.next_serial, row.country


def serials_left(c: Connection) -> dict[str, int]:
    """How many tracking codes each carrier has left."""
    return {row[0]: int(row[1]) for row in _SERIALS_LEFT.rows(c)}
