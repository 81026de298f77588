"""Dispatch: manifests and what is loaded onto them."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, insert, select, update

from app.domain import entries as e
from app.domain.model import OrderState
from app.store.asking import Change
from app.store.database import WAREHOUSE
from app.store.projections.effects import Stamp, effect, take_back
from app.store.projections.steps import set_orders, set_package, this
from app.store.schema import MANIFESTS, PACKAGES

# Made once: it runs with every package at the dock, and changes something with the first.
_LOADING = Change(
    update(MANIFESTS)
    .where(this(MANIFESTS, id=bindparam("manifest"), state="OPEN"))
    .values(state="LOADING")
)


@effect.register(e.ManifestOpened)
def _(entry: e.ManifestOpened, c: Connection, stamp: Stamp) -> None:
    c.execute(
        insert(MANIFESTS).values(
            warehouse_id=WAREHOUSE,
            id=entry.manifest_id,
            carrier=entry.carrier,
            service_code=entry.service_code,
            service_name="",
            dock=entry.dock,
            state="OPEN",
            opened_at=stamp.at,
        )
    )


@effect.register(e.PackageLoaded)
def _(entry: e.PackageLoaded, c: Connection, stamp: Stamp) -> None:
    set_package(
        c,
        entry.order_id,
        entry.package_no,
        state="LOADED",
        manifest_id=entry.manifest_id,
    )
    _LOADING.run(c, manifest=entry.manifest_id)


@take_back.register(e.PackageLoaded)
def _(entry: e.PackageLoaded, c: Connection) -> None:
    _unload(c, entry.order_id, entry.package_no)


@effect.register(e.PackageUnloaded)
def _(entry: e.PackageUnloaded, c: Connection, stamp: Stamp) -> None:
    _unload(c, entry.order_id, entry.package_no)


def _unload(c: Connection, order_id: int, package_no: int) -> None:
    set_package(c, order_id, package_no, state="VERIFIED", manifest_id="")


@effect.register(e.ManifestClosed)
def _(entry: e.ManifestClosed, c: Connection, stamp: Stamp) -> None:
    c.execute(
        update(MANIFESTS)
        .where(this(MANIFESTS, id=entry.manifest_id))
        .values(state="CLOSED", closed_at=stamp.at)
    )
    set_orders(c, list(entry.orders), [OrderState.PACKED], state=OrderState.MANIFESTED)


@effect.register(e.ManifestHandedOver)
def _(entry: e.ManifestHandedOver, c: Connection, stamp: Stamp) -> None:
    c.execute(
        update(MANIFESTS)
        .where(this(MANIFESTS, id=entry.manifest_id))
        .values(state="HANDED_OVER", plate=entry.plate)
    )
    loaded = this(PACKAGES, manifest_id=entry.manifest_id)
    ids = c.scalars(select(PACKAGES.c.order_id).where(loaded).distinct()).all()
    set_orders(c, list(ids), [OrderState.MANIFESTED], state=OrderState.SHIPPED)
    c.execute(update(PACKAGES).where(loaded).values(state="HANDED_OVER"))
