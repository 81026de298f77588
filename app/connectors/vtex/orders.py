"""A VTEX order as an order here. Values there are cents."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.connectors.records import Fault
from app.connectors.translate import Record, digits, state, units

CANCELLED = frozenset({"canceled", "cancel", "cancellation-requested", "request-cancel"})
TO_SHIP = frozenset({"ready-for-handling", "start-handling", "handling"})
UNPAID = frozenset(
    {
        "order-created", "on-order-completed", "payment-pending", "approve-payment",
        "payment-approved", "window-to-cancel", "waiting-for-seller-decision",
        "authorize-fulfillment", "waiting-ffmt-authorization",
    }
)  # fmt: skip
HANDLED = frozenset({"start-handling", "handling", "invoice", "invoiced"})


def concerns(row: Record) -> bool:
    return row.get("status") in CANCELLED | TO_SHIP | UNPAID


def neutral(row: Record, sku_field: str) -> dict[str, Any]:
    """An order as a record of an order file.

    Raises:
        Fault: it is finished there, or can't be shipped as it is.
    """
    status = str(row["status"])
    if not concerns(row):
        raise Fault("ORDER_DONE_THERE", "status")
    place = (row.get("shippingData") or {}).get("address") or {}
    client = row["clientProfileData"]
    ways = (row.get("shippingData") or {}).get("logisticsInfo") or [{}]
    way: Record = ways[0]
    couriers = [str(c.get("courierName") or "") for c in way.get("deliveryIds") or []]
    paid = status in TO_SHIP
    company = bool(client.get("isCorporate"))
    names = (client.get("firstName"), client.get("lastName"))
    name = client.get("corporateName") if company else " ".join(filter(None, names))
    return {
        "source": "vtex",
        "external_id": str(row["orderId"]),
        "number": str(row.get("sequence") or row["orderId"]),
        "channel": str(row.get("affiliateId") or row.get("salesChannel") or ""),
        "placed_at": row["creationDate"],
        "paid_at": row.get("authorizedDate") if paid else None,
        "promised_at": way.get("shippingEstimateDate"),
        "payment_status": "paid" if paid or status in CANCELLED else "pending",
        "status": "cancelled" if status in CANCELLED else "open",
        "carrier": str(way.get("deliveryCompany") or next(filter(None, couriers), "")),
        "service_code": str(way.get("selectedSla") or ""),
        "service_name": str(way.get("selectedSla") or ""),
        "recipient": {
            "name": place.get("receiverName") or name,
            "document": digits(
                client.get("corporateDocument") if company else client.get("document")
            ),
            "email": client.get("email") or "",
            "phone": client.get("phone") or "",
        },
        "address": {
            "cep": digits(place.get("postalCode")),
            "street": place.get("street"),
            "number": place.get("number"),
            "complement": place.get("complement"),
            "district": place.get("neighborhood"),
            "city": place.get("city"),
            "state": state(place.get("state")),
        },
        "lines": [_line(item, sku_field) for item in row["items"]],
        "freight": _reais(_total(row, "Shipping")),
        "total": _reais(row["value"]),
        "note": ((row.get("openTextField") or {}).get("value")) or "",
    }


def packages(row: Record) -> list[Mapping[str, Any]]:
    """The invoices that the order was told of, each with its tracking code."""
    return list((row.get("packageAttachment") or {}).get("packages") or [])


def _line(item: Record, sku_field: str) -> dict[str, Any]:
    if Decimal(str(item.get("unitMultiplier") or 1)) != 1:  # sold by weight or length
        raise Fault("FIELD_BAD", "items.unitMultiplier")
    return {
        "line_id": str(item["uniqueId"]),
        "sku": item.get(sku_field) or None,
        "quantity": units(item["quantity"]),
        "unit_price": _reais(item.get("sellingPrice") or 0),
    }


def _total(row: Record, name: str) -> Any:
    return next((t.get("value") for t in row.get("totals") or [] if t.get("id") == name), 0) or 0


def _reais(cents: Any) -> str:
    return str(Decimal(str(cents)) / 100)
