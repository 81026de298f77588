"""Queries over the labels that carriers made, and over what they say of packages on their way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from app.store.asking import Lookup
from app.store.database import WAREHOUSE
from app.store.schema import CARRIER_LABELS, LABELS, ORDERS, PACKAGES, TRACKING_EVENTS

_OF_ORDER = Lookup(
    select(CARRIER_LABELS)
    .where(
        CARRIER_LABELS.c.warehouse_id == WAREHOUSE,
        CARRIER_LABELS.c.order_id == bindparam("order"),
    )
    .order_by(CARRIER_LABELS.c.package_no, CARRIER_LABELS.c.address_version)
)
_KEY = ["warehouse_id", "order_id", "package_no", "address_version"]


def of_order(c: Connection, order_id: int) -> Sequence[Row[Any]]:
    return _OF_ORDER.rows(c, order=order_id)


def living(
    c: Connection, order_id: int, package_no: int, package_count: int, address_version: int
) -> Row[Any] | None:
    """The carrier's label of a package, made or being made for this address and, where
    `package_count` isn't 0, for that many packages."""
    return next(
        (
            row
            for row in of_order(c, order_id)
            if row.package_no == package_no
            and row.address_version == address_version
            and row.state != "cancelled"
            and package_count in (0, row.package_count)
        ),
        None,
    )


def put(c: Connection, order_id: int, package_no: int, address_version: int, **facts: Any) -> None:
    """Keep a label, in place of a cancelled one of the same package."""
    c.execute(
        upsert(CARRIER_LABELS)
        .values(
            warehouse_id=WAREHOUSE,
            order_id=order_id,
            package_no=package_no,
            address_version=address_version,
            **facts,
        )
        .on_conflict_do_update(index_elements=_KEY, set_=facts)
    )


def set_state(c: Connection, row: Row[Any], state: str) -> None:
    c.execute(
        update(CARRIER_LABELS)
        .where(
            CARRIER_LABELS.c.warehouse_id == WAREHOUSE,
            CARRIER_LABELS.c.order_id == row.order_id,
            CARRIER_LABELS.c.package_no == row.package_no,
            CARRIER_LABELS.c.address_version == row.address_version,
        )
        .values(state=state)
    )


# --- on the way -----------------------------------------------------------------------------


def under_way(c: Connection) -> Sequence[Row[str, int, str, str]]:
    """Tracking codes of shipped orders, with what is needed to ask for them, longest gone first."""
    return c.execute(
        select(LABELS.c.tracking, ORDERS.c.id.label("order_id"), ORDERS.c.channel, ORDERS.c.carrier)
        .join(
            PACKAGES,
            (PACKAGES.c.warehouse_id == LABELS.c.warehouse_id)
            & (PACKAGES.c.label_id == LABELS.c.id),
        )
        .join(
            ORDERS,
            (ORDERS.c.warehouse_id == LABELS.c.warehouse_id) & (ORDERS.c.id == LABELS.c.order_id),
        )
        .where(LABELS.c.warehouse_id == WAREHOUSE, ORDERS.c.queue == "shipped")
        .order_by(ORDERS.c.id)
    ).all()


def add_event(
    c: Connection,
    *,
    tracking: str,
    order_id: int,
    code: str,
    at: datetime,
    status: str,
    text: str,
    place: str,
) -> bool:
    """Keep an event; False where it was known."""
    done = c.execute(
        upsert(TRACKING_EVENTS)
        .values(
            warehouse_id=WAREHOUSE,
            tracking=tracking,
            code=code,
            at=at,
            order_id=order_id,
            status=status,
            text=text,
            place=place,
        )
        .on_conflict_do_nothing()
    )
    return done.rowcount == 1


def events_of(c: Connection, order_id: int) -> Sequence[Row[Any]]:
    """What carriers said of the order's packages, newest first."""
    return c.execute(
        select(TRACKING_EVENTS)
        .where(TRACKING_EVENTS.c.warehouse_id == WAREHOUSE, TRACKING_EVENTS.c.order_id == order_id)
        .order_by(TRACKING_EVENTS.c.at.desc())
    ).all()
