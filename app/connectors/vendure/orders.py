"""A Vendure order as an order here: what is read, and how it is translated."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from app.connectors.parcels import Parcel, Wanted
from app.connectors.records import Fault
from app.connectors.translate import Record, digits, state, street_and_number
from app.connectors.vendure.wire import moment

# What is open there, paid or not. `updatedAt` does not move when a payment is settled or a package
# sent, so that every pull reads all of them; only a cancellation moves it.
PAID = ("PaymentSettled", "PartiallyShipped")
OPEN = (*PAID, "PaymentAuthorized", "ArrangingAdditionalPayment", "Modifying")
DONE = ("Shipped", "PartiallyDelivered", "Delivered")
CANCELLED = "Cancelled"
# Vendure has no field of a fulfilment that is ours: its method says who made it.
OURS = " · Expedita"

LIST = "query($o: OrderListOptions!) { orders(options: $o) { items { %s } } }"
ONE = "query($id: ID!) { order(id: $id) { %s } }"
STOCK = """query($o: ProductVariantListOptions!) { productVariants(options: $o) {
  items { sku stockLevels { stockOnHand stockLocation { name } } } } }"""
_FIELDS = """id code state createdAt updatedAt orderPlacedAt totalWithTax shippingWithTax
  customer { firstName lastName emailAddress phoneNumber %s }
  shippingAddress { fullName company streetLine1 streetLine2 city province postalCode phoneNumber }
  shippingLines { shippingMethod { code name } }
  payments { state updatedAt }
  lines { id quantity orderPlacedQuantity proratedUnitPriceWithTax productVariant { sku } }
  fulfillments { id state method trackingCode lines { orderLineId quantity } }"""


def fields(document: str) -> str:
    """The selection for an order; `document` names the customer's custom field with CPF or CNPJ."""
    return _FIELDS % (f"customFields {{ document: {document} }}" if document else "")


def changed_at(row: Record) -> datetime | None:
    return moment(row.get("updatedAt"))


def is_ours(fulfilment: Record) -> bool:
    return str(fulfilment.get("method") or "").endswith(OURS)


def fulfilments(row: Record, *, ours: bool) -> list[Record]:
    """The living fulfilments of an order: those made here, or those made by others."""
    return [
        f for f in row.get("fulfillments") or () if f["state"] != CANCELLED and is_ours(f) == ours
    ]


def parcel(fulfilment: Record) -> Parcel:
    lines = frozenset((str(n["orderLineId"]), int(n["quantity"])) for n in fulfilment["lines"])
    return Parcel(str(fulfilment.get("trackingCode") or ""), lines)


def wanted(row: Record) -> dict[str, Wanted]:
    """By line id: what was ordered, less what was cancelled and what others have sent."""
    sent: dict[str, int] = {}
    for fulfilment in fulfilments(row, ours=False):
        for line in fulfilment["lines"]:
            sent[line["orderLineId"]] = sent.get(line["orderLineId"], 0) + line["quantity"]
    found = {}
    for line in row["lines"]:
        left = line["quantity"] - sent.get(line["id"], 0)
        if left > 0:
            found[str(line["id"])] = Wanted(str(line["productVariant"]["sku"] or ""), left)
    return found


def neutral(row: Record) -> dict[str, Any]:
    """An order as a record of an order file.

    Raises:
        Fault: it is finished there, not placed yet, or can't be shipped as it is.
    """
    cancelled = row["state"] == CANCELLED
    if row["state"] in DONE:
        raise Fault("ORDER_DONE_THERE", "state")
    if not cancelled and row["state"] not in OPEN:
        raise Fault("FIELD_BAD", "state")
    placed = moment(row.get("orderPlacedAt")) or moment(row["createdAt"])
    paid = row["state"] in PAID
    paid_at = max(_settled(row), default=None) if paid else None
    method = next((s["shippingMethod"] for s in row.get("shippingLines") or ()), None) or {}
    address = row.get("shippingAddress") or {}
    return {
        "source": "vendure",
        "external_id": str(row["id"]),
        "number": row["code"],
        "placed_at": placed.isoformat() if placed else None,
        "paid_at": paid_at.isoformat() if paid_at else None,
        "payment_status": "paid" if paid else "pending",
        "status": "cancelled" if cancelled else "open",
        "carrier": method.get("name"),
        "service_code": method.get("code"),
        "service_name": method.get("name"),
        "recipient": _recipient(row.get("customer") or {}, address),
        "address": _address(address),
        "lines": [_line(line, units) for line, units in _lines(row, cancelled)],
        "freight": _money(row.get("shippingWithTax")),
        "total": _money(row.get("totalWithTax")),
    }


def _settled(row: Record) -> Iterable[datetime]:
    stamps = (moment(p["updatedAt"]) for p in row.get("payments") or () if p["state"] == "Settled")
    return (at for at in stamps if at)


def _lines(row: Record, cancelled: bool) -> Iterable[tuple[Record, int]]:
    """Lines with the units to ship; of a cancelled order, those that were ordered."""
    open_lines = wanted(row)
    for line in row["lines"]:
        if cancelled:
            yield line, line["orderPlacedQuantity"]
        elif str(line["id"]) in open_lines:
            yield line, open_lines[str(line["id"])].quantity


def _line(line: Record, units: int) -> dict[str, Any]:
    return {
        "line_id": str(line["id"]),
        "sku": line["productVariant"]["sku"],
        "quantity": units,
        "unit_price": _money(line["proratedUnitPriceWithTax"]),
    }


def _recipient(customer: Record, address: Record) -> dict[str, Any]:
    name = " ".join(filter(None, (customer.get("firstName"), customer.get("lastName"))))
    return {
        "name": address.get("fullName") or name,
        "document": digits((customer.get("customFields") or {}).get("document")),
        "email": customer.get("emailAddress"),
        "phone": address.get("phoneNumber") or customer.get("phoneNumber"),
    }


def _address(address: Record) -> dict[str, Any]:
    street, number, rest = street_and_number(str(address.get("streetLine1") or ""))
    return {
        "cep": digits(address.get("postalCode")),
        "street": street,
        "number": number,
        "complement": ", ".join(filter(None, (rest, address.get("streetLine2")))),
        "district": "",  # Vendure has no field for it
        "city": address.get("city"),
        "state": state(address.get("province")),
    }


def _money(cents: Any) -> str:
    """Amounts are whole cents there."""
    return str(Decimal(int(cents or 0)) / 100)
