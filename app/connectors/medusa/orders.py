"""A Medusa order as an order here: what is read, and how it is translated."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec import Struct

from app.connectors.medusa.wire import moment
from app.connectors.parcels import Wanted
from app.connectors.records import Fault
from app.connectors.translate import Record, digits, state, street_and_number, units

FIELDS = ",".join(
    (
        "id,display_id,status,email,created_at,updated_at,payment_status,total,shipping_total",
        "metadata,*items,*shipping_address,*shipping_methods,*customer",
        "*fulfillments,*fulfillments.items,*fulfillments.labels,*payment_collections.payments",
    )
)
CANCELLED = "canceled"
OPEN = ("pending", "requires_action")
PAID = ("captured", "partially_refunded")
# Under this name a fulfilment's metadata has the number of the package that it was made for.
OURS = "expedita_package"


class Names(Struct, frozen=True):
    """Where a shop keeps what Medusa has no field for: names of metadata."""

    document: str = "cpf"
    district: str = "bairro"


def changed_at(row: Record) -> datetime | None:
    """The newest stamp of the order and its payments: a capture does not move the order's."""
    stamps = [row.get("updated_at"), *(p.get("updated_at") for p in _payments(row))]
    return max((at for at in map(moment, stamps) if at), default=None)


def is_open(row: Record) -> bool:
    """Whether something of the order is to be sent, or was before it was cancelled."""
    return row["status"] == CANCELLED or (row["status"] in OPEN and bool(wanted(row)))


def fulfilments(row: Record, *, ours: bool) -> list[Record]:
    """The living fulfilments of an order: those made here, or those made by others."""
    return [
        f
        for f in row.get("fulfillments") or ()
        if not f.get("canceled_at") and (OURS in (f.get("metadata") or {})) == ours
    ]


def wanted(row: Record) -> dict[str, Wanted]:
    """By line id: what is to be shipped, less what others have sent."""
    sent: dict[str, int] = {}
    for fulfilment in fulfilments(row, ours=False):
        for item in fulfilment.get("items") or ():
            sent[item["line_item_id"]] = sent.get(item["line_item_id"], 0) + units(item["quantity"])
    found = {}
    for item in _shipped(row):
        left = units(item["quantity"]) - sent.get(item["id"], 0)
        if left > 0:
            found[str(item["id"])] = Wanted(str(item.get("variant_sku") or ""), left)
    return found


def neutral(names: Names, row: Record) -> dict[str, Any]:
    """An order as a record of an order file.

    Raises:
        Fault: it is finished there, or can't be shipped as it is.
    """
    cancelled = row["status"] == CANCELLED
    if not cancelled and not is_open(row):
        raise Fault("ORDER_DONE_THERE", "status")
    address = row.get("shipping_address") or {}
    paid = _payment_status(row["payment_status"])
    captured = (moment(p.get("captured_at")) for p in _payments(row))
    paid_at = max((at for at in captured if at), default=None) if paid == "paid" else None
    method = next((m.get("name") for m in row.get("shipping_methods") or ()), None)
    return {
        "source": "medusa",
        "external_id": row["id"],
        "number": str(row["display_id"]),
        "placed_at": row["created_at"],
        "paid_at": paid_at.isoformat() if paid_at else None,
        "payment_status": paid,
        "status": "cancelled" if cancelled else "open",
        "carrier": method,
        "service_name": method,
        "recipient": _recipient(row, address, names),
        "address": _address(address, names),
        "lines": [_line(item, count) for item, count in _lines(row, cancelled)],
        "freight": str(row.get("shipping_total") or 0),
        "total": str(row.get("total") or 0),
    }


def _payment_status(status: str) -> str:
    if status in PAID:
        return "paid"
    return "refunded" if status == "refunded" else "pending"


def _payments(row: Record) -> Iterable[Record]:
    for collection in row.get("payment_collections") or ():
        yield from collection.get("payments") or ()


def _shipped(row: Record) -> Iterable[Record]:
    """The items that go into a box; a gift card or a download does not."""
    return (item for item in row["items"] if item.get("requires_shipping") is not False)


def _lines(row: Record, cancelled: bool) -> Iterable[tuple[Record, int]]:
    open_lines = wanted(row)
    for item in sorted(_shipped(row), key=lambda item: str(item["id"])):
        if cancelled:
            yield item, units(item["quantity"])
        elif item["id"] in open_lines:
            yield item, open_lines[item["id"]].quantity


def _line(item: Record, count: int) -> dict[str, Any]:
    return {
        "line_id": item["id"],
        "sku": item.get("variant_sku"),
        "quantity": count,
        "unit_price": str(item.get("unit_price") or 0),
    }


def _recipient(row: Record, address: Record, names: Names) -> dict[str, Any]:
    name = " ".join(filter(None, (address.get("first_name"), address.get("last_name"))))
    customer = row.get("customer") or {}
    kept = [(place.get("metadata") or {}).get(names.document) for place in (row, address, customer)]
    return {
        "name": name or address.get("company"),
        "document": digits(next(filter(None, kept), "")),
        "email": row.get("email"),
        "phone": address.get("phone"),
    }


def _address(address: Record, names: Names) -> dict[str, Any]:
    street, number, rest = street_and_number(str(address.get("address_1") or ""))
    return {
        "cep": digits(address.get("postal_code")),
        "street": street,
        "number": number,
        "complement": ", ".join(filter(None, (rest, address.get("address_2")))),
        "district": (address.get("metadata") or {}).get(names.district),
        "city": address.get("city"),
        "state": state(address.get("province")),
    }
