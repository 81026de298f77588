"""What became of an order, told to Vendure: a fulfilment for each package, then *Shipped*.

Vendure takes a fulfilment for an order that is not paid, and two of the same at once. So an order's
state and lines are looked at before each call, and only what is not there yet is made.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from app.connectors import errors, parcels
from app.connectors.bringing import bring
from app.connectors.roles import Fulfilment
from app.connectors.translate import Record
from app.connectors.vendure import orders
from app.connectors.vendure.wire import Graph, Row

_SENT = ("Shipped", "Delivered")
_ADD = """mutation($input: FulfillOrderInput!) { addFulfillmentToOrder(input: $input) {
  __typename ... on Fulfillment { id state } ... on ErrorResult { errorCode message }
  ... on FulfillmentStateTransitionError { transitionError } } }"""
_MOVE = """mutation($id: ID!, $state: String!) {
  transitionFulfillmentToState(id: $id, state: $state) { __typename ... on Fulfillment { id state }
  ... on FulfillmentStateTransitionError { errorCode message transitionError } } }"""
_CANCEL = """mutation($input: CancelOrderInput!) { cancelOrder(input: $input) {
  __typename ... on Order { id state } ... on ErrorResult { errorCode message } } }"""
_NOTES = """query($id: ID!) { order(id: $id) {
  history(options: { filter: { type: { eq: "ORDER_NOTE" } } }) { items { data } } } }"""
_NOTE = "mutation($input: AddNoteToOrderInput!) { addNoteToOrder(input: $input) { id } }"
_CUSTOM = "mutation($input: UpdateOrderInput!) { setOrderCustomFields(input: $input) { id } }"


class Steps:
    """Tells one shop.

    Args:
        cancels: whether units that were missing are cancelled there.
        invoice_field: the order's custom field that takes the NF-e's key; a note where empty.
    """

    def __init__(self, graph: Graph, *, cancels: bool, invoice_field: str) -> None:
        self._graph = graph
        self._cancels = cancels
        self._invoice_field = invoice_field

    async def order(self, external_id: str) -> Row | None:
        found = (await self._graph.ask(orders.ONE % orders.fields(""), id=external_id))["order"]
        return dict(found) if found else None

    def is_done(self, row: Row, done: Fulfilment) -> bool:
        sent = [f for f in orders.fulfilments(row, ours=True) if f["state"] in _SENT]
        if parcels.missing(parcels.of(done), map(orders.parcel, sent)):
            return False
        return not (self._cancels and _to_cancel(row, done))

    async def tell(self, done: Fulfilment) -> Row:
        """Bring the order to *Shipped*, as far as it was packed; gives it as it is then.

        Raises:
            ConnectorError: Refused where the shop or the order's state won't have it.
        """
        return await bring(
            lambda: self._open(done),
            lambda row: self.is_done(row, done),
            lambda row: self._ship(row, done),
        )

    async def _open(self, done: Fulfilment) -> Row:
        row = await self.order(done.external_id)
        if row is None:
            raise errors.Refused("the shop has no such order", reason="GONE")
        if row["state"] == orders.CANCELLED:
            raise errors.Refused("the order is cancelled", reason="CANCELLED")
        return row

    async def _ship(self, row: Row, done: Fulfilment) -> None:
        if row["state"] not in (*orders.PAID, *orders.DONE):
            raise errors.Refused("the order is not paid", reason="PAYMENT")
        parcels.hold_against(done, orders.wanted(row))
        await self._note(row, done)
        if self._cancels and (lines := _to_cancel(row, done)):
            # Before the packages: the last of them then makes the order Shipped.
            order = {"orderId": row["id"], "lines": lines, "cancelShipping": False}
            reason = parcels.shorts_text(done)
            await self._graph.change(_CANCEL, input={**order, "reason": reason})
        there = map(orders.parcel, orders.fulfilments(row, ours=True))
        for parcel in parcels.missing(parcels.of(done), there):
            await self._graph.change(_ADD, input=_input(parcel, done))
        await self._send(await self._open(done), done)

    async def _send(self, row: Row, done: Fulfilment) -> None:
        """Each package's fulfilment to *Shipped*; one made twice in a race is cancelled before,
        since an order that has one left over stays *PartiallyShipped*."""
        left = Counter(parcels.of(done))
        kept: list[Record] = []
        over: list[Record] = []
        made = orders.fulfilments(row, ours=True)
        for fulfilment in sorted(made, key=lambda f: f["state"] not in _SENT):
            parcel = orders.parcel(fulfilment)
            (kept if left[parcel] else over).append(fulfilment)
            left[parcel] -= bool(left[parcel])
        for state, some in ((orders.CANCELLED, over), ("Shipped", kept)):
            for fulfilment in some:
                if fulfilment["state"] not in _SENT:
                    await self._graph.change(_MOVE, id=fulfilment["id"], state=state)

    async def _note(self, row: Row, done: Fulfilment) -> None:
        """NF-e and what was missing, in the order's history; each once."""
        texts = []
        if done.invoice_key and self._invoice_field:
            custom = {self._invoice_field: done.invoice_key}
            await self._graph.change(_CUSTOM, input={"id": row["id"], "customFields": custom})
        elif done.invoice_key:
            texts.append(f"NF-e {done.invoice_key}")
        if shorts := parcels.shorts_text(done):
            texts.append(f"Expedita: falta {shorts}")
        if not texts:
            return
        order = (await self._graph.ask(_NOTES, id=row["id"]))["order"]
        there = {str(item["data"].get("note")) for item in order["history"]["items"]}
        for text in texts:
            if text not in there:
                note = {"id": row["id"], "note": text, "isPublic": False}
                await self._graph.change(_NOTE, input=note)


def _input(parcel: parcels.Parcel, done: Fulfilment) -> dict[str, Any]:
    method = (done.service_name or done.carrier) + orders.OURS
    return {
        "lines": [{"orderLineId": line, "quantity": n} for line, n in sorted(parcel.lines)],
        "handler": {
            "code": "manual-fulfillment",
            "arguments": [
                {"name": "method", "value": method},
                {"name": "trackingCode", "value": parcel.tracking},
            ],
        },
    }


def _to_cancel(row: Row, done: Fulfilment) -> list[dict[str, Any]]:
    """Units that were missing and that the order still asks for."""
    open_lines = orders.wanted(row)
    found = []
    for line in done.lines:
        left = open_lines[line.line_id].quantity if line.line_id in open_lines else 0
        units = min(line.short, left - line.quantity)
        if units > 0:
            found.append({"orderLineId": line.line_id, "quantity": units})
    return found
