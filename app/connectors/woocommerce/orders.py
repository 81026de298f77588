"""A WooCommerce order as an order here: what is read, and how it is translated.

The core has no field for CPF, number and district. The plugin that most Brazilian shops have for it
(Brazilian Market on WooCommerce) puts them into `billing` and `shipping`, and its data is in the
order's metadata as `_billing_cpf` and the like; both are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct

from app.connectors.parcels import Wanted
from app.connectors.records import Fault
from app.connectors.translate import Record, digits, state, street_and_number, units
from app.connectors.woocommerce.wire import moment

CANCELLED = ("cancelled", "failed", "trash")
REFUNDED = "refunded"
# Where the connector puts what was refunded of each line (units by line id); see `refunded`.
REFUNDS = "expedita_refunded"


class Statuses(Struct, frozen=True):
    """What a shop's own statuses mean: which are paid and to be sent, which wait for payment, and
    which one an order that left gets."""

    paid: tuple[str, ...] = ("processing",)
    waiting: tuple[str, ...] = ("on-hold",)
    done: str = "completed"

    @property
    def open(self) -> tuple[str, ...]:
        return (*self.paid, *self.waiting)


def changed_at(row: Record) -> datetime | None:
    return moment(row.get("date_modified_gmt"))


def is_told(row: Record, statuses: Statuses) -> bool:
    """Whether a pull brings the order: it is open, or was paid and then called off. What was
    never paid and is called off (most often a cart that was left) is learned by the sweep."""
    off = row["status"] in (*CANCELLED, REFUNDED)
    return row["status"] in statuses.open or (off and bool(row.get("date_paid_gmt")))


def refunded(refunds: Iterable[Record]) -> dict[str, int]:
    """Units of each line that were given back: a refund has them as lines of negative quantity."""
    found: dict[str, int] = {}
    for refund in refunds:
        for line in refund.get("line_items") or ():
            item = str(meta(line).get("_refunded_item_id") or "")
            found[item] = found.get(item, 0) - units(line.get("quantity") or 0)
    return {item: count for item, count in found.items() if item and count > 0}


def wanted(row: Record) -> dict[str, Wanted]:
    """By line id: what was ordered, less what was refunded."""
    back: Mapping[str, int] = row.get(REFUNDS) or {}
    found = {}
    for line in row["line_items"]:
        left = units(line["quantity"]) - back.get(str(line["id"]), 0)
        if left > 0:
            found[str(line["id"])] = Wanted(str(line.get("sku") or ""), left)
    return found


def neutral(statuses: Statuses, row: Record) -> dict[str, Any]:
    """An order as a record of an order file.

    Raises:
        Fault: it is finished there, or can't be shipped as it is.
    """
    status = row["status"]
    cancelled = status in CANCELLED or status == REFUNDED
    if status in (statuses.done, "completed"):
        raise Fault("ORDER_DONE_THERE", "status")
    if not cancelled and status not in (*statuses.open, "pending"):
        raise Fault("FIELD_BAD", "status")
    placed, paid_at = moment(row["date_created_gmt"]), moment(row.get("date_paid_gmt"))
    paid = "paid" if status in statuses.paid else "pending"
    method: Record = next(iter(row.get("shipping_lines") or ()), {})
    shipping = row["shipping"] if row["shipping"].get("address_1") else row["billing"]
    kept = meta(row)
    return {
        "source": "woocommerce",
        "external_id": str(row["id"]),
        "number": str(row["number"]),
        "placed_at": placed.isoformat() if placed else None,
        "paid_at": paid_at.isoformat() if paid_at and paid == "paid" else None,
        "payment_status": "refunded" if status == REFUNDED else paid,
        "status": "cancelled" if cancelled else "open",
        "carrier": method.get("method_title"),
        "service_code": str(method.get("method_id") or "")[:30],
        "service_name": method.get("method_title"),
        "recipient": _recipient(row["billing"], shipping, kept),
        "address": _address(
            shipping, kept, "shipping" if shipping is row["shipping"] else "billing"
        ),
        "lines": list(_lines(row, cancelled)),
        "freight": row.get("shipping_total"),
        "total": row.get("total"),
        "note": row.get("customer_note"),
    }


def meta(row: Record) -> dict[str, Any]:
    return {str(entry["key"]): entry.get("value") for entry in row.get("meta_data") or ()}


def _lines(row: Record, cancelled: bool) -> Iterable[dict[str, Any]]:
    left = wanted(row)
    for line in row["line_items"]:
        number = str(line["id"])
        if cancelled or number in left:
            count = units(line["quantity"]) if cancelled else left[number].quantity
            each = Decimal(str(line.get("total") or 0)) / max(units(line["quantity"]), 1)
            yield {
                "line_id": number,
                "sku": line.get("sku") or None,
                "quantity": count,
                "unit_price": str(round(each, 2)),
            }


def _recipient(billing: Record, shipping: Record, kept: Record) -> dict[str, Any]:
    name = " ".join(filter(None, (shipping.get("first_name"), shipping.get("last_name"))))
    document = _extra(billing, kept, "billing", "cpf") or _extra(billing, kept, "billing", "cnpj")
    phone = shipping.get("phone") or _extra(billing, kept, "billing", "cellphone")
    return {
        "name": name or shipping.get("company"),
        "document": digits(document),
        "email": billing.get("email"),
        "phone": phone or billing.get("phone"),
    }


def _address(address: Record, kept: Record, where: str) -> dict[str, Any]:
    street, number = str(address.get("address_1") or ""), _extra(address, kept, where, "number")
    rest = ""
    if not number:
        street, number, rest = street_and_number(street)
    return {
        "cep": digits(address.get("postcode")),
        "street": street,
        "number": number,
        "complement": ", ".join(filter(None, (rest, address.get("address_2")))),
        "district": _extra(address, kept, where, "neighborhood"),
        "city": address.get("city"),
        "state": state(address.get("state")),
    }


def _extra(part: Record, kept: Record, where: str, name: str) -> str:
    return str(part.get(name) or kept.get(f"_{where}_{name}") or "")
