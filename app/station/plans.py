"""Makes the plan of a pack, dispatch or put-back task from what the store knows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import structs
from sqlalchemy import Connection, Row

from app.flow import invoices
from app.store import catalogue, orders


def pack_plan(
    c: Connection, row: Row[Any], *, bench: str, weigh: bool, invoice_required: bool
) -> dict[str, Any]:
    """The order as picked: what the packer must find in the tote, unit by unit."""
    lines = []
    for line in orders.lines(c, row.id):
        if line.picked <= 0:
            continue
        sku = line.substituted_by or line.sku
        product = catalogue.product(c, sku)
        lines.append(
            {
                "line_id": line.line_id,
                "sku": sku,
                "name": product.name if product else sku,
                "quantity": line.picked,
                "weight_g": product.weight_g if product else None,
                "length_mm": product.length_mm if product else None,
                "width_mm": product.width_mm if product else None,
                "height_mm": product.height_mm if product else None,
            }
        )
    return {
        "order_id": row.id,
        "number": row.number,
        "channel": row.channel,
        "note": row.note,
        "gift_text": row.gift_text,
        "lines": lines,
        "boxes": [structs.asdict(box) for box in catalogue.boxes(c)],
        "invoice_required": invoice_required,
        "invoice": invoices.of_order(c, row.id),
        "address_version": row.address_version,
        "weigh": weigh,
        "bench": bench,
    }


def dispatch_plan(
    manifest_id: str,
    *,
    carrier: str,
    service_code: str,
    service_name: str,
    dock: str,
    cutoff_at: datetime | None,
    late: bool,
) -> dict[str, Any]:
    """The manifest as it is opened; what waits for it is looked up, since it changes all day."""
    return {
        "manifest_id": manifest_id,
        "carrier": carrier,
        "service_code": service_code,
        "service_name": service_name,
        "dock": dock,
        "cutoff_at": cutoff_at.isoformat() if cutoff_at else None,
        "late": late,
    }


def putback_plan(c: Connection, row: Row[Any]) -> dict[str, Any]:
    """Every unit of a cancelled order that stands outside its bin."""
    return {
        "order_id": row.id,
        "number": row.number,
        "units": [
            {
                "sku": placed.sku,
                "name": product.name if product else placed.sku,
                "bin": placed.bin,
                "lot": placed.lot,
                "quantity": placed.quantity,
            }
            for placed in orders.placements(c, row.id)
            for product in [catalogue.product(c, placed.sku)]
        ],
    }
