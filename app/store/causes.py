"""Which facts cause calls to other systems: they are owed in the very transaction of the fact.

Nothing is owed where no connector is configured for it, so a warehouse without any pays nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import singledispatch
from typing import Any

from sqlalchemy import Connection, Row, bindparam, exists, literal, select

from app.domain import entries as e
from app.domain.entries import Entry
from app.domain.model import Order, OrderState
from app.store import carrier_labels, connectors, orders, outbox
from app.store.asking import Question, among, listed
from app.store.database import WAREHOUSE
from app.store.schema import CONNECTORS, INVOICES, ORDERS, OUTBOX, PACKAGES

_INVOICE = Question(
    select(INVOICES.c.status)
    .where(
        INVOICES.c.warehouse_id == WAREHOUSE,
        INVOICES.c.order_id == bindparam("order"),
        INVOICES.c.status != "CANCELLED",
        INVOICES.c.status != "REJECTED",
    )
    .order_by((INVOICES.c.status == "AUTHORIZED").desc())
    .limit(1)
)
_SOURCES = Question(
    select(ORDERS.c.id, CONNECTORS.c.name, CONNECTORS.c.steps)
    .join(
        CONNECTORS,
        (CONNECTORS.c.warehouse_id == ORDERS.c.warehouse_id)
        & (CONNECTORS.c.name == ORDERS.c.source),
    )
    .where(ORDERS.c.warehouse_id == WAREHOUSE, among(ORDERS.c.id, "orders"))
    .order_by(ORDERS.c.id)
)
# Of orders, those with an NF-e that stands here.
_STANDING = Question(
    select(ORDERS.c.id, ORDERS.c.number, ORDERS.c.channel)
    .where(
        ORDERS.c.warehouse_id == WAREHOUSE,
        among(ORDERS.c.id, "orders"),
        exists().where(
            INVOICES.c.warehouse_id == WAREHOUSE,
            INVOICES.c.order_id == ORDERS.c.id,
            INVOICES.c.status == literal("AUTHORIZED"),
        ),
    )
    .order_by(ORDERS.c.id)
)
# Of orders, those whose customer was not told of an occasion, nor is to be.
_UNTOLD = Question(
    select(ORDERS.c.id, ORDERS.c.channel)
    .where(
        ORDERS.c.warehouse_id == WAREHOUSE,
        among(ORDERS.c.id, "orders"),
        ~exists().where(
            OUTBOX.c.warehouse_id == WAREHOUSE,
            OUTBOX.c.order_id == ORDERS.c.id,
            OUTBOX.c.kind == literal("notify"),
            OUTBOX.c.topic == bindparam("occasion"),
            OUTBOX.c.state != literal("discarded"),
        ),
    )
    .order_by(ORDERS.c.id)
)
_BEFORE_PACKED = (
    OrderState.RELEASED,
    OrderState.PICKING,
    OrderState.PICKED,
    OrderState.PACKING,
    OrderState.SHORT,
)


@singledispatch
def follow(entry: Entry, c: Connection, at: datetime) -> None:
    """What `entry` makes the warehouse owe; most entries concern nobody outside."""


@follow.register(e.PickDropped)
def _(entry: e.PickDropped, c: Connection, at: datetime) -> None:
    tell(c, (*entry.orders, *entry.short_orders), "picked", at)


@follow.register(e.OrderPacked)
def _(entry: e.OrderPacked, c: Connection, at: datetime) -> None:
    tell(c, (entry.order_id,), "packed", at)


@follow.register(e.ManifestHandedOver)
def _(entry: e.ManifestHandedOver, c: Connection, at: datetime) -> None:
    loaded = select(PACKAGES.c.order_id).where(
        PACKAGES.c.warehouse_id == WAREHOUSE, PACKAGES.c.manifest_id == entry.manifest_id
    )
    left = set(c.scalars(loaded))
    tell(c, left, "shipped", at)
    notify(c, left, "shipped", at)


@follow.register(e.OrderDelivered)
def _(entry: e.OrderDelivered, c: Connection, at: datetime) -> None:
    notify(c, (entry.order_id,), "delivered", at)


@follow.register(e.OrderReleased)
def _(entry: e.OrderReleased, c: Connection, at: datetime) -> None:
    prepare(c, entry.order_id, at)


@follow.register(e.LabelCreated)
def _(entry: e.LabelCreated, c: Connection, at: datetime) -> None:
    for row in carrier_labels.of_order(c, entry.order_id):
        if row.tracking == entry.tracking and row.state == "ready":
            carrier_labels.set_state(c, row, "used")


@follow.register(e.PackageWeighed)
def _(entry: e.PackageWeighed, c: Connection, at: datetime) -> None:
    outbox.hurry(c, entry.order_id, "label", at)  # what it waited for may be known now


@follow.register(e.PackageClosed)
def _(entry: e.PackageClosed, c: Connection, at: datetime) -> None:
    outbox.hurry(c, entry.order_id, "label", at)


@follow.register(e.PackageLoaded)
def _(entry: e.PackageLoaded, c: Connection, at: datetime) -> None:
    recheck(c, rechecking(c, (entry.order_id,)), at)


@follow.register(e.OrderCancelled)
def _(entry: e.OrderCancelled, c: Connection, at: datetime) -> None:
    outbox.drop_unsent(
        c, entry.order_id, ("tell", "issue", "recheck", "label"), at, "order cancelled"
    )
    give_labels_back(c, entry.order_id, at)


@follow.register(e.LabelVoided)
def _(entry: e.LabelVoided, c: Connection, at: datetime) -> None:
    give_labels_back(c, entry.order_id, at, entry.tracking)


# --- what is owed ---------------------------------------------------------------------------


def tell(c: Connection, order_ids: Iterable[int], step: str, at: datetime) -> None:
    """The orders' sources want to hear of the step."""
    for order_id, name, steps in _SOURCES.rows(c, orders=listed(order_ids)):
        if step in json.loads(steps):
            outbox.add(c, connector=name, kind="tell", order_id=order_id, topic=step, at=at)


def notify(c: Connection, order_ids: Iterable[int], occasion: str, at: datetime) -> None:
    """Each of a customer's occasions is told once, however often its fact comes."""
    if not (notices := connectors.of_role(c, "notice")):
        return
    for order_id, channel in _UNTOLD.rows(c, orders=listed(order_ids), occasion=occasion):
        if serving := connectors.best(notices, "notice", channel):
            outbox.add(
                c, connector=serving.name, kind="notify", order_id=order_id, topic=occasion, at=at
            )


class Preparing:
    """Whether an invoice service or a carrier is to be asked for an order, for many orders: one
    look at the connectors for each way that orders come and go by."""

    def __init__(self, c: Connection) -> None:
        self._rows = connectors.every(c)
        self._known: dict[tuple[str, str], bool] = {}

    def concerns(self, order: Order) -> bool:
        way = (order.channel, order.carrier)
        if way not in self._known:
            self._known[way] = (
                connectors.best(self._rows, "invoices", order.channel) is not None
                or connectors.best(self._rows, "carrier", *way) is not None
            )
        return self._known[way]


def prepare(c: Connection, order_id: int, at: datetime) -> None:
    """Have invoice and label made as early as they can be, so that packing needs no network."""
    row = orders.by_id(c, order_id)
    if row is None or row.state not in _BEFORE_PACKED:
        return
    invoicing = connectors.serving(c, "invoices", row.channel)
    invoice = _invoice(c, order_id)
    if invoicing is not None and invoice != "AUTHORIZED":
        # One that differs from the order is for a person: a second one would be a second sale.
        if invoice is None and not outbox.owes(c, order_id, "issue"):
            outbox.add(c, connector=invoicing.name, kind="issue", order_id=order_id, at=at)
        return  # the label bears the invoice's key
    buy_label(c, row, 1, at)


def rechecking(c: Connection, order_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Those of the orders whose NF-e stands here, and that a service can be asked about: the
    order's number and the service, by order."""
    if not (services := connectors.of_role(c, "invoices")):
        return {}
    found = {}
    for order_id, number, channel in _STANDING.rows(c, orders=listed(order_ids)):
        if service := connectors.best(services, "invoices", channel):
            found[order_id] = (number, service.name)
    return found


def recheck(c: Connection, standing: Mapping[int, tuple[str, str]], at: datetime) -> None:
    """Have it asked whether these NF-e, as `rechecking` gives them, still stand: they may have been
    cancelled."""
    for order_id, (_, service) in standing.items():
        outbox.add(c, connector=service, kind="recheck", order_id=order_id, at=at)


def buy_label(c: Connection, row: Row[Any], package_no: int, at: datetime) -> None:
    """Ask the order's carrier for a package's label, unless it is asked for or there already."""
    carrier = connectors.serving(c, "carrier", row.channel, row.carrier)
    if carrier is None:
        return
    if carrier_labels.living(c, row.id, package_no, 0, row.address_version) is not None:
        return
    asked = (m for m in outbox.of_order(c, row.id) if m.kind == "label")
    if not any(m.package_no == package_no and m.state in outbox.UNSETTLED for m in asked):
        outbox.add(
            c,
            connector=carrier.name,
            kind="label",
            order_id=row.id,
            package_no=package_no,
            at=at,
        )


def give_labels_back(c: Connection, order_id: int, at: datetime, tracking: str = "") -> None:
    """Have the carrier cancel the labels that will not be used: those of the order that no box
    bears, and the one of `tracking` though a box bore it."""
    for row in carrier_labels.of_order(c, order_id):
        unused = row.state in ("pending", "ready") or row.tracking == tracking
        if row.state == "cancelled" or not unused:
            continue
        carrier_labels.set_state(c, row, "cancelled")
        outbox.add(
            c,
            connector=row.connector,
            kind="cancel_label",
            order_id=order_id,
            package_no=row.package_no,
            topic=row.tracking,
            reference=row.reference,
            at=at,
        )


def _invoice(c: Connection, order_id: int) -> str | None:
    """The status of the order's invoice that stands; None where there is none."""
    found = _INVOICE.first(c, order=order_id)
    return found[0] if found else None
