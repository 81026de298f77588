"""What became of an order, told to WooCommerce: tracking and NF-e in its fields, then its status.

WooCommerce takes everything: a note or a fulfilment twice, a completed order made pending again.
So what is there is listed before each call that would add something, and an order's status is
looked at before it is changed. What can be written twice without harm, fields and status, is one
call.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from app.connectors import errors, parcels
from app.connectors.parcels import Parcel
from app.connectors.roles import Fulfilment
from app.connectors.woocommerce import orders
from app.connectors.woocommerce.wire import Row, Wire


class Fields(Struct, frozen=True):
    """The order's metadata that takes what WooCommerce has no field for."""

    tracking: str = "_correios_tracking_code"
    invoice: str = "_nfe_chave"


class Steps:
    """Tells one shop.

    Args:
        fulfils: whether each package becomes a fulfilment, a feature that shops switch on.
    """

    def __init__(
        self, wire: Wire, statuses: orders.Statuses, fields: Fields, *, fulfils: bool
    ) -> None:
        self._wire = wire
        self._statuses = statuses
        self._fields = fields
        self._fulfils = fulfils

    async def order(self, external_id: str) -> Row | None:
        """An order with what was refunded of it."""
        row = await self._wire.row(f"orders/{external_id}")
        if row and row.get("refunds"):
            refunds = await self._wire.rows(f"orders/{external_id}/refunds")
            row[orders.REFUNDS] = orders.refunded(refunds)
        return row

    async def is_done(self, row: Row, done: Fulfilment) -> bool:
        if row["status"] not in self._done or self._lacking(row, done):
            return False
        return not (self._fulfils and await self._unsent(done))

    async def tell(self, done: Fulfilment) -> Row:
        """Bring the order to the status of those that left; gives it as it is then.

        Raises:
            ConnectorError: Refused where the order's status or lines don't fit.
        """
        row = await self.order(done.external_id)
        if row is None:
            raise errors.Refused("the shop has no such order", reason="GONE")
        if row["status"] in (*orders.CANCELLED, orders.REFUNDED):
            raise errors.Refused("the order is cancelled", reason="CANCELLED")
        if row["status"] not in (*self._statuses.paid, *self._done):
            raise errors.Refused("the order is not paid", reason="PAYMENT")
        parcels.hold_against(done, orders.wanted(row))
        await self._note(done)
        if self._fulfils:
            for parcel in await self._unsent(done):
                body = _fulfilment(parcel, done)
                await self._wire.change("POST", f"orders/{done.external_id}/fulfillments", body)
        lacking = self._lacking(row, done)
        if lacking or row["status"] not in self._done:
            body = {"meta_data": [{"key": k, "value": v} for k, v in lacking.items()]}
            status = {} if row["status"] in self._done else {"status": self._statuses.done}
            row = await self._wire.change("PUT", f"orders/{done.external_id}", {**body, **status})
        if row["status"] not in self._done or self._lacking(row, done):
            raise errors.Refused(str(row["status"]), reason="STATE")
        return row

    @property
    def _done(self) -> tuple[str, str]:
        return (self._statuses.done, "completed")

    def _lacking(self, row: Row, done: Fulfilment) -> Mapping[str, str]:
        """Fields that don't hold yet what they should."""
        codes = ",".join(parcel.tracking for parcel in parcels.of(done) if parcel.tracking)
        wanted = {self._fields.tracking: codes, self._fields.invoice: done.invoice_key}
        there = orders.meta(row)
        return {k: v for k, v in wanted.items() if k and v and there.get(k) != v}

    async def _unsent(self, done: Fulfilment) -> list[Parcel]:
        made = await self._wire.rows(f"orders/{done.external_id}/fulfillments")
        there = [_parcel(f) for f in made if not f.get("date_deleted")]
        return parcels.missing(parcels.of(done), there)

    async def _note(self, done: Fulfilment) -> None:
        """What was missing, for the shop's own people; once."""
        shorts = parcels.shorts_text(done)
        if not shorts:
            return
        text = f"Expedita: falta {shorts}"
        notes = f"orders/{done.external_id}/notes"
        if all(text not in str(note.get("note")) for note in await self._wire.rows(notes)):
            await self._wire.change("POST", notes, {"note": text, "customer_note": False})


def _fulfilment(parcel: Parcel, done: Fulfilment) -> dict[str, Any]:
    items = [{"item_id": int(line), "qty": count} for line, count in sorted(parcel.lines)]
    facts = {"_items": items, "_tracking_number": parcel.tracking}
    facts["_shipment_provider"] = done.carrier
    entries = [{"key": key, "value": value} for key, value in facts.items()]
    return {"status": "fulfilled", "is_fulfilled": True, "meta_data": entries}


def _parcel(fulfilment: Row) -> Parcel:
    facts = orders.meta(fulfilment)
    items = facts.get("_items") or ()
    lines = frozenset((str(item["item_id"]), int(item["qty"])) for item in items)
    return Parcel(str(facts.get("_tracking_number") or ""), lines)
