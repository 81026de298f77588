"""What the dock asks of packages, thousands at a time: a manifest holds as many."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, bindparam, func, literal, select

from app.domain.dispatch_task import ExpectedPackage
from app.store.asking import Question, among, listed
from app.store.database import WAREHOUSE
from app.store.schema import (
    INVOICES,
    LABELS,
    LANES,
    ORDERS,
    PACKAGES,
    PLACEMENTS,
    RECIPIENTS,
)


class Seen(Struct, frozen=True):
    """What the store holds of a labelled package and its order; "" and 0 where it has nothing.

    `invoice` is the status of the order's newest NF-e, an authorised one before any other.
    """

    tracking: str
    package_no: int
    label_state: str
    order_id: int
    number: str
    channel: str
    carrier: str
    service_code: str
    service_name: str
    order_state: str
    hold: str
    problem: str
    payment_status: str
    packages: int
    units: int
    invoice: str
    state: str
    manifest_id: str


def for_manifest(
    c: Connection, manifest_id: str, carrier: str, service_code: str
) -> dict[str, ExpectedPackage]:
    """Every package that stands on the manifest, and every one that could: those of the packed
    orders of its carrier and service, most urgent first; by tracking code."""
    # Step by step, each with its index: in one query SQLite reads every package there is.
    packed = _PACKED.rows(c, carrier=carrier, service=service_code)
    on_it = _LABELLED_ON.rows(c, manifest=manifest_id)
    could_be = _LABELLED_OF.rows(c, orders=listed(row[0] for row in packed))
    found = [ExpectedPackage(*row) for row in (*on_it, *could_be)]
    return {package.tracking: package for package in found}


def seen(c: Connection, trackings: Iterable[str]) -> list[Seen]:
    """What is known of the packages that bear these tracking codes."""
    return [Seen(*row) for row in _SEEN.rows(c, trackings=listed(trackings))]


def on_manifest(c: Connection, manifest_id: str) -> list[tuple[str, str, int, int, int, str]]:
    """Each package of a manifest, order by order: the order's number, the tracking code, volume,
    volumes, grams (0: not weighed) and CEP (empty: erased)."""
    found: list[Any] = _ON_MANIFEST.rows(c, manifest=manifest_id)
    return found


# Made once: they run with every scan at the dock.
_PACKED = Question(
    select(ORDERS.c.id).where(
        ORDERS.c.warehouse_id == WAREHOUSE,
        ORDERS.c.queue == "packed",
        ORDERS.c.carrier == bindparam("carrier"),
        ORDERS.c.service_code == bindparam("service"),
        ORDERS.c.lane.in_(  # the index of lanes leads to the carrier's own orders alone
            select(LANES.c.id).where(
                LANES.c.warehouse_id == WAREHOUSE, LANES.c.carrier == bindparam("carrier")
            )
        ),
    )
)
_OTHERS = PACKAGES.alias()
_PACKAGES = (
    select(func.count())
    .where(_OTHERS.c.warehouse_id == WAREHOUSE, _OTHERS.c.order_id == ORDERS.c.id)
    .scalar_subquery()
)
_LISTED = PACKAGES.join(
    ORDERS,
    (ORDERS.c.warehouse_id == PACKAGES.c.warehouse_id) & (ORDERS.c.id == PACKAGES.c.order_id),
).join(
    LABELS,
    (LABELS.c.warehouse_id == PACKAGES.c.warehouse_id)
    & (LABELS.c.order_id == PACKAGES.c.order_id)
    & (LABELS.c.id == PACKAGES.c.label_id),
)
_LABELLED = (
    select(ORDERS.c.id, ORDERS.c.number, PACKAGES.c.package_no, _PACKAGES, LABELS.c.tracking)
    .select_from(_LISTED)
    .where(PACKAGES.c.warehouse_id == WAREHOUSE)
    .order_by(ORDERS.c.due_at, ORDERS.c.id, PACKAGES.c.package_no)
)
_LABELLED_ON = Question(_LABELLED.where(PACKAGES.c.manifest_id == bindparam("manifest")))
_LABELLED_OF = Question(_LABELLED.where(among(PACKAGES.c.order_id, "orders")))

_ON_MANIFEST = Question(
    select(
        ORDERS.c.number,
        LABELS.c.tracking,
        PACKAGES.c.package_no,
        _PACKAGES,
        func.coalesce(PACKAGES.c.weight_g, literal(0)),
        RECIPIENTS.c.cep,
    )
    .select_from(_LISTED)
    .join(
        RECIPIENTS,
        (RECIPIENTS.c.warehouse_id == ORDERS.c.warehouse_id)
        & (RECIPIENTS.c.order_id == ORDERS.c.id),
    )
    .where(PACKAGES.c.warehouse_id == WAREHOUSE, PACKAGES.c.manifest_id == bindparam("manifest"))
    .order_by(PACKAGES.c.order_id, PACKAGES.c.package_no)
)


def _of_order(value: Any, table: Any, *where: Any, empty: Any) -> Any:
    """One value of another table about the order; `empty` where it has none."""
    found = value.where(table.c.warehouse_id == WAREHOUSE, table.c.order_id == ORDERS.c.id, *where)
    return func.coalesce(found.correlate(ORDERS).scalar_subquery(), literal(empty))


_SEEN = Question(
    select(
        LABELS.c.tracking,
        LABELS.c.package_no,
        LABELS.c.state,
        ORDERS.c.id,
        ORDERS.c.number,
        ORDERS.c.channel,
        ORDERS.c.carrier,
        ORDERS.c.service_code,
        ORDERS.c.service_name,
        ORDERS.c.state,
        ORDERS.c.hold,
        ORDERS.c.problem,
        ORDERS.c.payment_status,
        _PACKAGES,
        _of_order(
            select(func.sum(PLACEMENTS.c.quantity)),
            PLACEMENTS,
            PLACEMENTS.c.quantity > 0,
            empty=0,
        ),
        _of_order(
            select(INVOICES.c.status)
            .order_by((INVOICES.c.status == "AUTHORIZED").desc(), INVOICES.c.received_at.desc())
            .limit(1),
            INVOICES,
            empty="",
        ),
        func.coalesce(PACKAGES.c.state, literal("")),
        func.coalesce(PACKAGES.c.manifest_id, literal("")),
    )
    .select_from(LABELS)
    .join(
        ORDERS,
        (ORDERS.c.warehouse_id == LABELS.c.warehouse_id) & (ORDERS.c.id == LABELS.c.order_id),
    )
    .outerjoin(
        PACKAGES,
        (PACKAGES.c.warehouse_id == LABELS.c.warehouse_id)
        & (PACKAGES.c.order_id == LABELS.c.order_id)
        & (PACKAGES.c.package_no == LABELS.c.package_no),
    )
    .where(LABELS.c.warehouse_id == WAREHOUSE, among(LABELS.c.tracking, "trackings"))
)
