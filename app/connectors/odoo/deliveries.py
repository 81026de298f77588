"""An Odoo delivery (stock.picking) as an order here: what is read, and how it is translated.

Plain reads of each model, a page at a time: they are the same in every version and on both wires.
Lines are the moves (what was ordered), not the move lines (what is reserved in which bin), which
come and go with each reservation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from app.connectors.odoo.wire import Domain, Row, Wire, moment, stamp
from app.connectors.records import Fault
from app.connectors.translate import Record, digits, state, street_and_number, units

PICKING = "stock.picking"
READY = "assigned"
_OUTGOING: Domain = [["picking_type_code", "=", "outgoing"]]
_WANTED: Mapping[str, tuple[str, ...]] = {
    PICKING: ("name", "state", "origin", "partner_id", "move_ids", "write_date", "create_date",
              "date_deadline", "carrier_id", "sale_id", "note"),
    "res.partner": ("name", "vat", "email", "phone", "mobile", "street", "street2", "street_name",
                    "street_number", "street_number2", "city", "zip", "state_id", "write_date"),
    "stock.move": ("product_id", "product_qty", "state", "sale_line_id", "write_date"),
    "product.product": ("default_code",),
    "res.country.state": ("code",),
    "sale.order": ("date_order", "client_order_ref"),
    "sale.order.line": ("price_unit",),
}  # fmt: skip


def changed_since(since: datetime | None) -> Domain:
    """Deliveries to pull. A picking's stamp does not move with its moves' or its address's."""
    if since is None:
        return [*_OUTGOING, ["state", "=", READY]]
    at = stamp(since)
    stamps = ("write_date", "move_ids.write_date", "partner_id.write_date")
    changed: Domain = ["|", "|", *([name, ">=", at] for name in stamps)]
    return [*_OUTGOING, ["state", "in", [READY, "cancel"]], *changed]


class Reader:
    """Reads deliveries with all that belongs to them."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._fields: dict[str, list[str]] = {}

    async def rows(self, domain: Domain, limit: int | None = None) -> list[Row]:
        """Deliveries by ascending id, each with its partner, sale and moves inside it."""
        pickings = await self._wire.call(
            PICKING, "search_read", domain=domain, fields=await self._names(PICKING),
            order="id asc", limit=limit or 0,
        )  # fmt: skip
        partners = await self._read("res.partner", (p.get("partner_id") for p in pickings))
        states = await self._read("res.country.state", (p["state_id"] for p in partners.values()))
        sales = await self._read("sale.order", (p.get("sale_id") for p in pickings))
        moves = await self._read("stock.move", (m for p in pickings for m in p["move_ids"]))
        products = await self._read("product.product", (m["product_id"] for m in moves.values()))
        lines = (m.get("sale_line_id") for m in moves.values())
        prices = await self._read("sale.order.line", lines)
        for move in moves.values():
            move["product"] = products.get(_id(move["product_id"]), {})
            move["price_unit"] = prices.get(_id(move.get("sale_line_id")), {}).get("price_unit")
        for partner in partners.values():
            partner["state"] = states.get(_id(partner["state_id"]), {}).get("code")
        for picking in pickings:
            picking["partner"] = partners.get(_id(picking.get("partner_id")), {})
            picking["sale"] = sales.get(_id(picking.get("sale_id")), {})
            picking["moves"] = [moves[i] for i in picking["move_ids"] if i in moves]
        return list(pickings)

    async def _read(self, model: str, references: Iterable[Any]) -> dict[int, Row]:
        ids = sorted({i for i in map(_id, references) if i})
        if not ids:
            return {}
        fields = await self._names(model)
        rows = await self._wire.call(model, "read", ids, fields=fields)
        return {row["id"]: row for row in rows}

    async def _names(self, model: str) -> list[str]:
        """Those of the wanted fields that this version and its modules have."""
        if model not in self._fields:
            wanted = list(_WANTED[model])
            known = await self._wire.call(
                model, "fields_get", allfields=wanted, attributes=["type"]
            )
            self._fields[model] = [name for name in wanted if name in known]
        return self._fields[model]


def changed_at(row: Record) -> datetime | None:
    stamps = [row.get("write_date"), row["partner"].get("write_date")]
    stamps += [move.get("write_date") for move in row["moves"]]
    return max((at for at in map(moment, stamps) if at), default=None)


def neutral(row: Record) -> dict[str, Any]:
    """A delivery as a record of an order file.

    Raises:
        Fault: it is finished there, or can't be shipped as it is.
    """
    if row["state"] == "done":
        raise Fault("ORDER_DONE_THERE", "state")
    cancelled = row["state"] == "cancel"
    partner, sale = row["partner"], row["sale"]
    placed = moment(sale.get("date_order")) or moment(row["create_date"])
    if placed is None:
        raise Fault("FIELD_MISSING", "create_date")
    ship_by = moment(row.get("date_deadline"))
    lines = [
        _line(move)
        for move in sorted(row["moves"], key=lambda move: int(move["id"]))
        if cancelled or (move["state"] != "cancel" and move["product_qty"])
    ]
    carrier = (row.get("carrier_id") or [0, ""])[1]
    return {
        "source": "odoo",
        "external_id": str(row["id"]),
        "number": row["name"],
        "placed_at": placed.isoformat(),
        "payment_status": "paid",  # a sale makes its delivery once it is confirmed
        "status": "cancelled" if cancelled else "open",
        "ship_by": ship_by.isoformat() if ship_by else None,
        "carrier": carrier,
        "service_name": carrier,
        "recipient": {
            "name": _text(partner, "name"),
            "document": digits(_text(partner, "vat")),
            "email": _text(partner, "email"),
            "phone": _text(partner, "phone") or _text(partner, "mobile"),
        },
        "address": _address(partner),
        "lines": lines,
        "total": str(sum((Decimal(n["unit_price"]) * n["quantity"] for n in lines), Decimal(0))),
        "note": re.sub(r"<[^>]*>", " ", _text(row, "note")).strip(),
    }


def _line(move: Record) -> dict[str, Any]:
    return {
        "line_id": str(move["id"]),
        "sku": move["product"].get("default_code") or None,
        "quantity": units(move["product_qty"]),
        "unit_price": str(move.get("price_unit") or 0),
    }


def _address(partner: Record) -> dict[str, Any]:
    street, number, rest = street_and_number(_text(partner, "street"))
    parts: Sequence[str] = (rest, _text(partner, "street2"))
    if _text(partner, "street_name"):  # base_address_extended, which l10n_br brings
        # It parts "Rua Augusta, 1578" and leaves the comma on the name.
        street = _text(partner, "street_name").rstrip(" ,")
        number = _text(partner, "street_number")
        parts = (_text(partner, "street_number2"), _text(partner, "street2"))
    return {
        "cep": digits(_text(partner, "zip")),
        "street": street,
        "number": number,
        "complement": ", ".join(dict.fromkeys(part for part in parts if part)),
        "district": "",  # Odoo has no field for it
        "city": _text(partner, "city"),
        "state": state(partner.get("state")),
    }


def _id(reference: Any) -> int:
    """The number of a many-to-one value (`[id, name]`), of an id, or 0."""
    return int(reference[0] if isinstance(reference, list) else reference or 0)


def _text(row: Record, name: str) -> str:
    return str(row.get(name) or "")
