"""A Tryton shipment as an order here: what is asked for, and how it is read.

The unit of work is one outgoing shipment, not one sale: Tryton splits and backorders by itself.
Lines are the outgoing moves, which keep their numbers; the inventory moves are made anew whenever
a shipment waits again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from app.connectors.records import Fault
from app.connectors.translate import Record, digits, state, street_and_number, units
from app.connectors.tryton.wire import Domain, day, decimal, moment

SHIPMENT = "stock.shipment.out"
OPEN = ("waiting", "assigned")  # from `picked` on a shipment is frozen there
DOCUMENTS = ("br_cpf", "br_cnpj", "br_vat")  # br_vat is the CNPJ
BRASILIA = timezone(timedelta(hours=-3))  # planned dates are days of the company

_PLAIN = (
    "number", "state", "planned_date", "write_date", "create_date",
    "customer.name", "customer.identifiers.type", "customer.identifiers.code",
    "customer.contact_mechanisms.type", "customer.contact_mechanisms.value",
    "delivery_address.party_name", "delivery_address.street", "delivery_address.postal_code",
    "delivery_address.city", "delivery_address.subdivision.code", "delivery_address.write_date",
    "outgoing_moves.product.code", "outgoing_moves.quantity", "outgoing_moves.internal_quantity",
    "outgoing_moves.unit_price", "outgoing_moves.state", "outgoing_moves.write_date",
)  # fmt: skip
# By model: the fields that only some versions or modules have, and what is asked for then.
_OPTIONAL: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    SHIPMENT: {
        "carrier": ("carrier.party.name", "carrier.carrier_product.name"),
    },
    "party.address": {
        "street_name": ("delivery_address.street_name",),
        "building_number": ("delivery_address.building_number",),
        "unit_number": ("delivery_address.unit_number",),
        "building_name": ("delivery_address.building_name",),
        "floor_number": ("delivery_address.floor_number",),
    },
    "stock.move": {
        "sale": (
            "outgoing_moves.sale.number", "outgoing_moves.sale.reference",
            "outgoing_moves.sale.create_date", "outgoing_moves.sale.comment",
        ),
    },
    "sale.sale": {"web_shop": ("outgoing_moves.sale.web_shop.name",)},
}  # fmt: skip


def fields(known: Mapping[str, frozenset[str]]) -> list[str]:
    """What to ask of a shipment, given the names that each model of `MODELS` has."""
    wanted = list(_PLAIN)
    for model, choices in _OPTIONAL.items():
        for name, asked in choices.items():
            if name in known.get(model, frozenset()):
                wanted += asked
    return wanted


MODELS = tuple(_OPTIONAL)


def changed_since(since: datetime | None) -> Domain:
    """Shipments to pull. A shipment's stamp does not move with its moves' or its address's, so
    those are asked too; and Tryton leaves the stamp empty until something is written."""
    if since is None:
        return [["state", "in", list(OPEN)]]
    stamps = ("write_date", "create_date", "moves.write_date", "moves.create_date",
              "delivery_address.write_date", "customer.write_date")  # fmt: skip
    return [
        ["state", "in", [*OPEN, "cancelled"]],
        ["OR", *([name, ">=", since] for name in stamps)],
    ]


def changed_at(row: Record) -> datetime | None:
    """The newest stamp of the shipment and its lines."""
    stamps = [row.get("write_date"), row.get("create_date")]
    stamps += [move.get("write_date") for move in row.get("outgoing_moves") or ()]
    return max((at for at in map(moment, stamps) if at), default=None)


def neutral(row: Record) -> dict[str, Any]:
    """A shipment as a record of an order file.

    Raises:
        Fault: it is finished there, or can't be shipped as it is.
    """
    if row["state"] in ("done", "shipped"):
        raise Fault("ORDER_DONE_THERE", "state")
    cancelled = row["state"] == "cancelled"
    moves = [
        move
        for move in sorted(row.get("outgoing_moves") or (), key=lambda move: int(move["id"]))
        if cancelled or (move["state"] != "cancelled" and move["quantity"])
    ]
    sale: Record = next((move["sale"] for move in moves if move.get("sale")), {})
    carrier = row.get("carrier") or {}
    placed = moment(sale.get("create_date")) or moment(row["create_date"])
    if placed is None:
        raise Fault("FIELD_MISSING", "create_date")
    planned = day(row.get("planned_date"))
    lines = [_line(move) for move in moves]
    return {
        "source": "tryton",
        "external_id": str(row["id"]),
        "number": row.get("number"),
        "channel": ((sale.get("web_shop") or {}).get("name") or "").lower(),
        "placed_at": placed.isoformat(),
        # A sale makes its shipments once it is confirmed and, where it is so set, paid.
        "payment_status": "paid",
        "status": "cancelled" if cancelled else "open",
        "ship_by": f"{planned.isoformat()}T23:59:59-03:00" if planned else None,
        "carrier": (carrier.get("party") or {}).get("name"),
        "service_name": (carrier.get("carrier_product") or {}).get("name"),
        "recipient": _recipient(row),
        "address": _address(row.get("delivery_address") or {}),
        "lines": lines,
        "freight": "0",
        "total": str(sum((Decimal(n["unit_price"]) * n["quantity"] for n in lines), Decimal(0))),
        "note": sale.get("comment"),
    }


def _line(move: Record) -> dict[str, Any]:
    return {
        "line_id": str(move["id"]),
        "sku": (move.get("product") or {}).get("code"),
        "quantity": units(move["internal_quantity"]),
        "unit_price": str(decimal(move.get("unit_price"))),
    }


def _recipient(row: Record) -> dict[str, Any]:
    customer = row.get("customer") or {}
    identifiers = {i["type"]: i["code"] for i in customer.get("identifiers") or ()}
    ways = customer.get("contact_mechanisms") or ()
    return {
        "name": (row.get("delivery_address") or {}).get("party_name") or customer.get("name"),
        "document": digits(_first(identifiers.get(kind) for kind in DOCUMENTS)),
        "email": _first(way["value"] for way in ways if way["type"] == "email"),
        "phone": _first(way["value"] for way in ways if way["type"] in ("mobile", "phone")),
    }


def _address(address: Record) -> dict[str, Any]:
    first, _, more = str(address.get("street") or "").partition("\n")
    street, number, rest = street_and_number(first)
    complement = ", ".join(part.strip() for part in (rest, *more.splitlines()) if part.strip())
    if address.get("street_name"):
        street, number = address["street_name"], address.get("building_number") or ""
        parts = (address.get(n) for n in ("building_name", "floor_number", "unit_number"))
        complement = ", ".join(part for part in parts if part)
    return {
        "cep": digits(address.get("postal_code")),
        "street": street,
        "number": number,
        "complement": complement,
        "district": "",  # Tryton has no field for it
        "city": address.get("city"),
        "state": state((address.get("subdivision") or {}).get("code")),
    }


def _first(values: Iterable[Any]) -> str:
    return next((str(value) for value in values if value), "")
