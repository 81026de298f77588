"""Packing: units verified, packages, and their labels."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, insert, update

from app.domain import entries as e
from app.domain.model import OrderState
from app.store import print_jobs
from app.store.database import WAREHOUSE
from app.store.projections.effects import Stamp, effect, take_back
from app.store.projections.steps import (
    add_to_line,
    changing,
    free_totes,
    set_order,
    set_package,
    this,
)
from app.store.schema import LABELS, PACKAGES, SERIALS


@effect.register(e.PackOpened)
def _(entry: e.PackOpened, c: Connection, stamp: Stamp) -> None:
    set_order(c, entry.order_id, state=OrderState.PACKING, parked="")
    set_package(c, entry.order_id, 1, state="OPEN")


@effect.register(e.UnitsVerified)
def _(entry: e.UnitsVerified, c: Connection, stamp: Stamp) -> None:
    add_to_line(c, "verified", entry.order_id, entry.line_id, entry.quantity)
    if entry.serial:
        c.execute(
            insert(SERIALS).values(
                warehouse_id=WAREHOUSE,
                sku=entry.sku,
                serial=entry.serial,
                order_id=entry.order_id,
                packed_at=stamp.at,
            )
        )


@take_back.register(e.UnitsVerified)
def _(entry: e.UnitsVerified, c: Connection) -> None:
    add_to_line(c, "verified", entry.order_id, entry.line_id, -entry.quantity)
    c.execute(delete(SERIALS).where(this(SERIALS, sku=entry.sku, serial=entry.serial)))


@effect.register(e.BoxChosen)
def _(entry: e.BoxChosen, c: Connection, stamp: Stamp) -> None:
    set_package(c, entry.order_id, entry.package_no, box=entry.box)


@take_back.register(e.BoxChosen)
def _(entry: e.BoxChosen, c: Connection) -> None:
    set_package(c, entry.order_id, entry.package_no, box="")


@effect.register(e.PackageOpened)
def _(entry: e.PackageOpened, c: Connection, stamp: Stamp) -> None:
    set_package(c, entry.order_id, entry.package_no, state="OPEN")


@effect.register(e.PackageClosed)
def _(entry: e.PackageClosed, c: Connection, stamp: Stamp) -> None:
    set_package(c, entry.order_id, entry.package_no, state="CLOSED")


@effect.register(e.PackageWeighed)
def _(entry: e.PackageWeighed, c: Connection, stamp: Stamp) -> None:
    set_package(c, entry.order_id, entry.package_no, weight_g=entry.weight_g)


@take_back.register(e.PackageWeighed)
def _(entry: e.PackageWeighed, c: Connection) -> None:
    set_package(c, entry.order_id, entry.package_no, weight_g=None)


@effect.register(e.LabelCreated)
def _(entry: e.LabelCreated, c: Connection, stamp: Stamp) -> None:
    set_package(c, entry.order_id, entry.package_no, state="LABELLED", label_id=entry.label_id)


@effect.register(e.LabelVoided)
def _(entry: e.LabelVoided, c: Connection, stamp: Stamp) -> None:
    _label(c, entry.label_id, state="VOIDED")
    c.execute(
        update(PACKAGES)
        .where(this(PACKAGES, order_id=entry.order_id, label_id=entry.label_id))
        .values(label_id="", state="CLOSED")
    )


@effect.register(e.LabelVerified)
def _(entry: e.LabelVerified, c: Connection, stamp: Stamp) -> None:
    _label(c, entry.label_id, state="VERIFIED")
    print_jobs.verified(c, entry.label_id)
    set_package(c, entry.order_id, entry.package_no, state="VERIFIED")


@effect.register(e.OrderPacked)
def _(entry: e.OrderPacked, c: Connection, stamp: Stamp) -> None:
    set_order(c, entry.order_id, state=OrderState.PACKED, parked="")
    free_totes(c, [entry.order_id])


@effect.register(e.PackParked)
def _(entry: e.PackParked, c: Connection, stamp: Stamp) -> None:
    set_order(c, entry.order_id, parked=entry.reason, since=stamp.at)


def _label(c: Connection, label_id: str, state: str) -> None:
    _SET_LABEL.run(c, label=label_id, new_state=state)


_SET_LABEL = changing(update(LABELS).where(this(LABELS, id=bindparam("label"))), ["state"])
