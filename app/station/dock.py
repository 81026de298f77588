"""What the rules of dispatch are told of packages: the store's facts, and what holds them back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row

from app.config import Settings
from app.domain.dispatch_task import PackageInfo
from app.domain.gates import DueBy, Policy
from app.domain.model import Gate
from app.domain.packing import LABEL_ELSEWHERE
from app.flow import gates
from app.station import holds
from app.store import dock, manifests, orders
from app.store.dock import Seen


def packages_of(
    c: Connection, settings: Settings, trackings: Iterable[str]
) -> dict[str, PackageInfo]:
    """Those of the packages that the warehouse knows, by tracking code."""
    loadable = cache(lambda carrier, service: manifests.loadable(c, carrier, service))
    policy = cache(settings.gates)
    return {
        one.tracking: _info(c, one, settings, policy, loadable(one.carrier, one.service_code))
        for one in dock.seen(c, trackings)
    }


def _info(
    c: Connection,
    one: Seen,
    settings: Settings,
    policy: Callable[[str], Policy],
    loadable: Row[Any] | None,
) -> PackageInfo:
    return PackageInfo(
        order_id=one.order_id,
        number=one.number,
        package_no=one.package_no,
        packages=one.packages,
        units=one.units,
        carrier=one.carrier,
        service_code=one.service_code,
        state=one.state,
        manifest_id=one.manifest_id,
        cancelled=one.order_state in ("CANCELLED", "PUTBACK_PENDING", "PUTBACK_DONE"),
        hold=_hold(c, one, settings) if one.hold else {},
        gate=_gate(c, one, policy(one.channel)),
        label_elsewhere=one.problem == LABEL_ELSEWHERE,
        invoice_cancelled=one.invoice == "CANCELLED",
        label_void=one.label_state == "VOIDED",
        order_packed=one.order_state in ("PACKED", "MANIFESTED", "SHIPPED"),
        service_name=one.service_name,
        dock=loadable.dock if loadable else "",
        carriers_manifest=loadable.id if loadable else "",
    )


def _hold(c: Connection, one: Seen, settings: Settings) -> dict[str, str]:
    row = orders.by_id(c, one.order_id)
    return holds.of(c, row, settings.zone()) if row else {}


def _gate(c: Connection, one: Seen, policy: Policy) -> tuple[str, str]:
    """The gate that keeps a packed box from its manifest, and the system that it waits for; its
    label is what is being scanned."""
    asked = {**policy, Gate.LABEL: DueBy.NEVER}
    if not gates.may_hold(asked, DueBy.DISPATCH, one.payment_status, one.invoice):
        return "", ""
    row = orders.by_id(c, one.order_id)
    gate = gates.held_back(c, row, asked, DueBy.DISPATCH) if row else None
    return (f"gate.{gate.gate}", gate.system) if gate else ("", "")
