"""All that is known of one order, for the screen and the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row

from app.domain.gates import USUAL, DueBy, Policy
from app.flow import gates
from app.security.masks import mask_address, mask_driver, mask_recipient
from app.station import holds
from app.station.queue import row_view
from app.station.views import GateView, HandoverView, LineView, OrderStory, PackageView, StoryEntry
from app.store import catalogue, erasing, journal, manifests, orders, packages, tasks


def story(
    c: Connection,
    number: str,
    permissions: frozenset[str],
    zone: ZoneInfo,
    now: datetime,
    policy_of: Callable[[str], Policy] = lambda channel: USUAL,
) -> OrderStory | None:
    """The order that people call `number`, its personal data masked; None if there is none.

    `policy_of` gives by which step each gate of a channel's orders must be done.
    """
    row = orders.by_number(c, number)
    if row is None:
        return None
    person, address = orders.recipient(c, row.id)
    labels = packages.labels_of(c, row.id)
    boxes = packages.of_order(c, row.id)
    manifest_ids = list(dict.fromkeys(box.manifest_id for box in boxes if box.manifest_id))
    return OrderStory(
        row=row_view(row, zone, now),
        recipient=mask_recipient(person, address, permissions, row.state),
        address=mask_address(address, permissions, row.state),
        note=row.note,
        gates=gate_views(c, row, policy_of(row.channel)),
        lines=line_views(c, row),
        packages=package_views(c, row.id),
        labels=tuple((label.id, label.tracking, label.state, label.copies) for label in labels),
        handovers=_handovers(c, manifest_ids, permissions),
        hold=holds.of(c, row, zone),
        claim=_claim(c, row),
        journal=tuple(
            StoryEntry(r.at, r.station_id, r.operator, r.kind, _text(r.entry.payload()))
            for r in _recorded(c, row.id, manifest_ids)
        ),
        erased=erasing.is_erased(c, row.id),
    )


def gate_views(c: Connection, row: Row[Any], policy: Policy) -> tuple[GateView, ...]:
    """The order's gates as a screen draws them."""
    return tuple(
        GateView(
            state.gate,
            state.status,
            state.reason,
            state.system,
            state.since,
            state.next_try_at,
            policy.get(state.gate, DueBy.NEVER).value,
        )
        for state in gates.of_order(c, row)
    )


def _claim(c: Connection, row: Row[Any]) -> dict[str, object]:
    """Who has the order in hand; empty where nobody has."""
    if not row.claimed_by:
        return {}
    task_id = tasks.task_of_order(c, row.id)
    found = tasks.holding(c, task_id)
    if found is None:
        return {}
    who, _ = tasks.holder(c, task_id) or ("", None)
    return {
        "task": task_id,
        "work": f"work.{found.kind}",
        "bench": found.station_id,
        "operator": who or "—",
    }


def _handovers(
    c: Connection, manifest_ids: list[str], permissions: frozenset[str]
) -> tuple[HandoverView, ...]:
    found = (manifests.by_id(c, manifest_id) for manifest_id in manifest_ids)
    return tuple(
        HandoverView(
            row.id,
            row.carrier,
            row.state,
            row.plate,
            mask_driver(row.driver, row.driver_document, permissions),
        )
        for row in found
        if row
    )


def _recorded(c: Connection, order_id: int, manifest_ids: list[str]) -> list[journal.Recorded]:
    """What was done to the order, and to the manifests that its boxes are on."""
    found = journal.order_entries(c, order_id)
    if manifest_ids:
        found += journal.manifest_entries(c, manifest_ids)
    return sorted(found, key=lambda entry: (entry.at, entry.seq))


def line_views(c: Connection, row: Row[Any]) -> tuple[LineView, ...]:
    placed = {p.line_id: p.bin for p in orders.placements(c, row.id)}
    views = []
    for line in orders.lines(c, row.id):
        product = catalogue.product(c, line.substituted_by or line.sku)
        views.append(
            LineView(
                order_number=row.number,
                line_id=line.line_id,
                sku=line.substituted_by or line.sku,
                name=product.name if product else line.sku,
                bin=placed.get(line.line_id, ""),
                lot="",
                quantity=line.quantity,
                done=line.picked,
                short=line.short,
                state=_line_state(line),
                category=product.category if product else "",
            )
        )
    return tuple(views)


def package_views(c: Connection, order_id: int) -> tuple[PackageView, ...]:
    views = []
    for package in packages.of_order(c, order_id):
        label = packages.label(c, package.label_id) if package.label_id else None
        views.append(
            PackageView(
                package_no=package.package_no,
                box=package.box,
                weight_g=package.weight_g,
                expected_weight_g=None,
                tracking=label.tracking if label else "",
                state=package.state,
                copies=label.copies if label else 0,
            )
        )
    return tuple(views)


def _line_state(line: Row[Any]) -> str:
    if line.put_back:
        return "PUT_BACK"
    if line.short:
        return "SHORT"
    if line.picked >= line.quantity:
        return "SUBSTITUTED" if line.substituted_by else "PICKED"
    return "PENDING"


def _text(payload: dict[str, Any]) -> str:
    """An entry's fields in one line; plans are left out, being whole tasks."""
    return " · ".join(
        f"{name} {value}"
        for name, value in payload.items()
        if name not in ("order_id", "plan", "orders", "fields") and value not in ("", None)
    )
