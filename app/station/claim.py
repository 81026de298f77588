"""Work that a station is about to take in hand, and what the store says it consists of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct, field
from sqlalchemy import Connection, Row

from app.config import Settings
from app.domain import entries as e
from app.domain.decision import Outcome, Refused
from app.domain.entries import Entry
from app.domain.gates import DueBy, Policy
from app.domain.model import Gate
from app.domain.pick_plan import Wanted, build
from app.domain.queue import cutoff_at
from app.flow import gates
from app.station import holds, plans
from app.store import catalogue, journal, manifests, order_search, orders, tasks

MAX_WAVE = 30  # orders that one cart can carry


class Claim(Struct, frozen=True):
    """A task to begin. With a `task_id` known to the journal, that task goes on where it was.

    `extra` runs in the transaction that makes the claim durable.
    """

    kind: str
    plan: dict[str, Any]
    orders: tuple[int, ...]
    code: str
    params: dict[str, Any] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    task_id: str = ""
    extra: Callable[[Connection], None] | None = None


def pick(c: Connection, settings: Settings, now: datetime, mode: str, size: int) -> Claim | Refused:
    """The most urgent orders of the queue: one, or a wave."""
    local = now.astimezone(settings.zone())
    wave = 1 if mode == "single" else max(1, min(size, MAX_WAVE))
    rows, _ = order_search.page(c, "", "to_pick", 0, wave, local.strftime("%H:%M"))
    if not rows:
        return Refused("NOTHING_TO_PICK", {}, Outcome.WARN)
    wanted = [
        Wanted(row.id, row.number, line.line_id, line.sku, units, row.allow_substitution)
        for row in rows
        for line in orders.lines(c, row.id)
        if (units := line.quantity - line.picked - line.short) > 0
    ]
    skus = {want.sku for want in wanted}
    products = {sku: p for sku in skus if (p := catalogue.product(c, sku))}
    others = {sku for product in products.values() for sku in product.substitutes}
    products |= {sku: p for sku in others if (p := catalogue.product(c, sku))}
    stock = catalogue.stock_of(c, skus | others)
    plan = build(mode, wanted, stock, products, local.date())
    params = {"orders": len(rows), "units": sum(want.quantity for want in wanted)}
    return Claim("pick", plan, tuple(row.id for row in rows), "PICK_CLAIMED", params)


def pack(
    c: Connection, settings: Settings, now: datetime, station_id: str, number: str
) -> Claim | Refused:
    """A picked order, or one that waited on a shelf, comes to the bench."""
    row = orders.by_number(c, number)
    if row is None:
        return Refused("ORDER_UNKNOWN", {"number": number}, Outcome.WARN)
    policy = settings.gates(row.channel)
    refused = _not_for_the_bench(c, row, station_id, now, settings.zone()) or _held(c, row, policy)
    if refused:
        return refused
    bench = settings["station.bench"]
    entries = (e.PackOpened(row.id, bench),)
    params = {"order": number, "number": number}
    if row.parked:
        task_id = journal.last_task_of_order(c, row.id, e.PackOpened.__name__)
        return Claim("pack", {}, (row.id,), "PACK_OPENED", params, entries, task_id)
    plan = plans.pack_plan(
        c,
        row,
        bench=bench,
        weigh=settings.flag("pack.weigh"),
        invoice_required=policy[Gate.INVOICE] in (DueBy.RELEASE, DueBy.PACK),
    )
    return Claim("pack", plan, (row.id,), "PACK_OPENED", params, entries)


def _held(c: Connection, row: Row[Any], policy: Policy) -> Refused | None:
    """A gate that must be done by packing; a missing invoice has its own step at the bench."""
    asked = {**policy, Gate.INVOICE: DueBy.NEVER}
    gate = gates.held_back(c, row, asked, DueBy.PACK)
    if gate is None:
        return None
    params = {"order": row.number, "gate": f"gate.{gate.gate}", "system": gate.system}
    return Refused("GATE_HOLDS", params, Outcome.WARN)


def _not_for_the_bench(
    c: Connection, row: Row[Any], station_id: str, now: datetime, zone: ZoneInfo
) -> Refused | None:
    if row.state in ("CANCELLED", "PUTBACK_PENDING", "PUTBACK_DONE"):
        units = sum(placed.quantity for placed in orders.placements(c, row.id))
        return Refused("CANCELLED", {"order": row.number, "units": units})
    if row.hold:
        return Refused("ON_HOLD", {"order": row.number, **holds.of(c, row, zone)})
    if refused := _claimed(c, row, station_id, now):
        return refused
    if row.state not in ("PICKED", "PACKING"):
        return Refused("ORDER_NOT_READY", {"number": row.number, "state": row.state}, Outcome.WARN)
    return None


def _claimed(c: Connection, row: Row[Any], station_id: str, now: datetime) -> Refused | None:
    if row.claimed_by in ("", station_id):
        return None
    return _elsewhere(c, tasks.task_of_order(c, row.id), station_id, now, row.number)


def _elsewhere(
    c: Connection, task_id: str, station_id: str, now: datetime, what: str
) -> Refused | None:
    """CLAIMED where another station has the task in hand; a supervisor may take it over."""
    row = tasks.holding(c, task_id)
    if row is None or not row.open or row.station_id == station_id:
        return None
    who, since = tasks.holder(c, task_id) or ("", now)
    params: dict[str, object] = {
        "order": what,
        "work": f"work.{row.kind}",
        "bench": row.station_id,
        "operator": who or "—",
        "minutes": int((now - since).total_seconds() // 60),
        "task": task_id,
    }
    return Refused("CLAIMED", params, Outcome.WARN)


def dispatch(
    c: Connection,
    settings: Settings,
    now: datetime,
    station_id: str,
    carrier: str,
    service_code: str,
    manifest_id: str = "",
    dock: str = "",
) -> Claim | Refused:
    """The manifest of that id, else the open one of a carrier and service, else a new one at
    `dock` (the station's own place where it is empty)."""
    row = manifests.by_id(c, manifest_id) or manifests.loadable(c, carrier, service_code)
    if row:
        if refused := _elsewhere(c, row.id, station_id, now, row.id):
            return refused
        params = {"manifest": row.id, "carrier": carrier, "service": row.service_name}
        code = "MANIFEST_WAITS" if row.state == "CLOSED" else "MANIFEST_OPENED"
        return Claim("dispatch", {}, (), code, params, (), row.id)
    ready = orders.ready_for(c, carrier, service_code)
    if not ready:
        params = {"carrier": carrier, "service": service_code}
        return Refused("NOTHING_TO_SHIP", params, Outcome.WARN)
    zone = settings.zone()
    pickup = settings.cutoffs().get(carrier.lower())
    cutoff = cutoff_at(pickup, zone, now) if pickup else None
    manifest_id = manifests.next_id(c, now.astimezone(zone).date())
    name, dock = ready[0].service_name, dock or settings["station.bench"]
    plan = plans.dispatch_plan(
        manifest_id,
        carrier=carrier,
        service_code=service_code,
        service_name=name,
        dock=dock,
        cutoff_at=cutoff,
        late=False,
    )
    return Claim(
        "dispatch",
        plan,
        (),
        "MANIFEST_OPENED",
        {"manifest": manifest_id, "carrier": carrier, "service": name},
        (e.ManifestOpened(manifest_id, carrier, service_code, dock),),
        manifest_id,
        lambda conn: manifests.complete(conn, manifest_id, name, cutoff),
    )


def putback(c: Connection, now: datetime, station_id: str, number: str) -> Claim | Refused:
    """The units of a cancelled order go back to their bins."""
    row = orders.by_number(c, number)
    if row is None:
        return Refused("ORDER_UNKNOWN", {"number": number}, Outcome.WARN)
    if refused := _claimed(c, row, station_id, now):
        return refused
    if row.state != "PUTBACK_PENDING":
        return Refused("ORDER_NOT_READY", {"number": number, "state": row.state}, Outcome.WARN)
    plan = plans.putback_plan(c, row)
    units = sum(unit["quantity"] for unit in plan["units"])
    params = {"order": number, "units": units}
    return Claim("putback", plan, (row.id,), "PUTBACK_CLAIMED", params)
