"""The VTEX connector: orders by its feed, and what became of them back.

From VTEX's documents of the Orders API (2026): a list of orders lags by minutes and ends after
thirty pages, so changes come by the feed (v3), which hands out each until it is committed; the
list serves only for the full reading of what is open. One app key has one feed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from app.connectors import errors, translate
from app.connectors.http import Answer, Api, HttpRefused
from app.connectors.kinds import Config, Field, Kind
from app.connectors.roles import (
    Checked,
    Fulfilment,
    OrderRef,
    Page,
    Payment,
    Pulled,
    Receipt,
    Role,
    Step,
)
from app.connectors.vtex import orders

OMS = "api/oms/pvt/orders"
FEED = "api/orders/feed"
LOT = 10  # the most that the feed hands out at once
LISTED = 100
LAST_PAGE = 30
_WANTED = {
    "filter": {
        "type": "FromWorkflow",
        "status": ["ready-for-handling", "handling", "cancellation-requested", "canceled"],
    },
    "queue": {"visibilityTimeoutInSeconds": 240, "messageRetentionPeriodInSeconds": 1209600},
}  # fmt: skip


class Vtex:
    """An order source, and what tells of its orders' payments."""

    steps = frozenset({Step.PICKED, Step.SHIPPED})
    sweeps = True

    def __init__(self, config: Config) -> None:
        self._name = config.name
        self._sku = config.option("sku", "refId")
        self._page = int(config.option("page", str(LISTED)))
        keys = {
            "X-VTEX-API-AppKey": config.option("app_key"),
            "X-VTEX-API-AppToken": config.secrets.get("app_token"),
        }

        async def headers() -> Mapping[str, str]:
            return keys

        rate = float(config.option("per_second", "10"))
        self._api = Api(config.url, timeout_s=config.timeout_s, headers=headers, per_second=rate)
        self._has_feed = False
        self._handles: dict[int, list[str]] = {}

    async def check(self) -> Checked:
        answer = await self._get(f"{FEED}/config", missing=True)
        return Checked("VTEX OMS", self._name, answer.at if answer else None)

    async def close(self) -> None:
        await self._api.close()

    # --- orders in --------------------------------------------------------------------------

    async def pull(self, mark: str) -> AsyncIterator[Page]:
        """What the feed has; the feed is the mark."""
        await self._with_feed()
        while True:
            events = _list((await self._api.get(FEED, {"maxlot": LOT})).json())
            if not events:
                return
            numbers = dict.fromkeys(str(event.get("orderId") or "") for event in events)
            page = Page(await self._read_all(filter(None, numbers)), mark or "feed")
            self._handles[id(page)] = [str(e["handle"]) for e in events if e.get("handle")]
            yield page

    async def confirm(self, page: Page) -> None:
        """Commit what the page was made of; what isn't comes again."""
        if handles := self._handles.pop(id(page), []):
            await self._api.change("POST", FEED, {"handles": handles})

    async def sweep(self) -> AsyncIterator[Page]:
        for number in range(1, LAST_PAGE + 1):
            query = {
                "f_status": "ready-for-handling,handling",
                "orderBy": "creationDate,asc",
                "per_page": str(self._page),
                "page": str(number),
            }
            body = (await self._api.get(OMS, query)).json()
            rows = _list(body.get("list") if isinstance(body, dict) else None)
            yield Page(await self._read_all(str(row["orderId"]) for row in rows), "")
            if len(rows) < self._page:
                return

    async def order(self, external_id: str) -> Pulled | None:
        row = await self._read(external_id)
        return self._pulled(row) if row else None

    def mended(self, external_id: str, raw: str) -> Pulled:
        return translate.mended(external_id, raw, partial(orders.neutral, sku_field=self._sku))

    # --- what became of them ----------------------------------------------------------------

    async def tell(self, done: Fulfilment, key: str) -> Receipt:
        row = await self._read(done.external_id)
        if row is None or row.get("status") in orders.CANCELLED:
            raise errors.Refused("cancelled or gone", reason="STATE")
        if row.get("status") == "ready-for-handling":
            await self._change("POST", f"{OMS}/{done.external_id}/start-handling")
        if done.step is Step.SHIPPED:
            await self._invoice(row, done)
        return Receipt(str(row.get("sequence") or done.external_id))

    async def find_told(self, done: Fulfilment, key: str) -> Receipt | None:
        row = await self._read(done.external_id)
        if row is None:
            return None
        if done.step is Step.PICKED:
            told = row.get("status") in orders.HANDLED
        else:
            known = _invoice_of(row, done)
            told = known is not None and known.get("trackingNumber") == _tracking(done)
        return Receipt(str(row.get("sequence") or done.external_id)) if told else None

    async def _invoice(self, row: Mapping[str, Any], done: Fulfilment) -> None:
        """The order's NF-e with its tracking code; only the code where the NF-e is there."""
        if not done.invoice_number or done.invoice_issued_at is None:
            raise errors.Refused("the order has no NF-e to tell of", reason="NO_INVOICE")
        way = {
            "courier": done.carrier,
            "trackingNumber": _tracking(done),
            "dispatchedDate": done.at.isoformat(),
        }
        path = f"{OMS}/{done.external_id}/invoice"
        if _invoice_of(row, done) is not None:
            await self._change("PATCH", f"{path}/{done.invoice_number}", way)
            return
        cents = int((done.invoice_total or Decimal(0)) * 100)
        counted = {line.line_id: line.quantity for line in done.lines if line.quantity}
        wanted = {
            "type": "Output",
            "issuanceDate": done.invoice_issued_at.isoformat(),
            "invoiceNumber": done.invoice_number,
            "invoiceValue": str(cents),
            "invoiceKey": done.invoice_key,
            "items": [
                {
                    "id": str(item["id"]),
                    "price": item.get("sellingPrice") or item.get("price") or 0,
                    "quantity": counted[str(item["uniqueId"])],
                }
                for item in row["items"]
                if str(item["uniqueId"]) in counted
            ],
            **way,
        }
        await self._change("POST", path, wanted)

    async def payment(self, ref: OrderRef) -> Payment | None:
        row = await self._read(ref.external_id) if ref.source == self._name else None
        if row is None:
            return None
        status = str(row.get("status") or "")
        if status in orders.CANCELLED:
            return Payment("refunded", reason=status)
        return Payment("pending" if status in orders.UNPAID else "paid", reason=status)

    # --- inside -----------------------------------------------------------------------------

    async def _with_feed(self) -> None:
        """A feed of our own where the app key has none; one that is there is left as it is."""
        if not self._has_feed and await self._get(f"{FEED}/config", missing=True) is None:
            await self._api.change("POST", f"{FEED}/config", _WANTED)
        self._has_feed = True

    async def _read_all(self, numbers: Any) -> tuple[Pulled, ...]:
        rows = [await self._read(number) for number in numbers]
        return tuple(self._pulled(row) for row in rows if row and orders.concerns(row))

    async def _read(self, number: str) -> dict[str, Any] | None:
        answer = await self._get(f"{OMS}/{number}", missing=True)
        if answer is None:
            return None
        body = answer.json()
        if not isinstance(body, dict) or "status" not in body:
            raise errors.Unreadable("order", exchange=answer.exchange)
        return body

    async def _get(self, path: str, *, missing: bool = False) -> Answer | None:
        """None for a 404 where it may be missing."""
        try:
            return await self._api.get(path)
        except HttpRefused as refused:
            if refused.status == 404 and missing:
                return None
            if refused.status == 403:
                raise errors.Unauthorised("HTTP 403", exchange=refused.exchange) from None
            raise

    async def _change(self, method: str, path: str, body: Any = None) -> None:
        try:
            await self._api.change(method, path, body)
        except HttpRefused as refused:
            said = refused.json()
            error = said.get("error") if isinstance(said, dict) else None
            if not isinstance(error, dict):
                raise
            raise errors.Refused(
                str(error.get("message") or refused.detail)[:200],
                reason=str(error.get("code") or refused.status),
                exchange=refused.exchange,
            ) from None

    def _pulled(self, row: Mapping[str, Any]) -> Pulled:
        number = str(row.get("orderId") or "")
        return translate.pulled(number, row, partial(orders.neutral, sku_field=self._sku))


def _invoice_of(row: Mapping[str, Any], done: Fulfilment) -> Mapping[str, Any] | None:
    """The order's package that bears our NF-e."""
    return next(
        (
            package
            for package in orders.packages(row)
            if str(package.get("invoiceNumber") or "") == done.invoice_number
        ),
        None,
    )


def _tracking(done: Fulfilment) -> str:
    """An invoice there has one tracking code: the first box's."""
    return next((package.tracking for package in done.packages if package.tracking), "")


def _list(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise errors.Unreadable("no list")
    return value


KIND = Kind(
    name="vtex",
    title="VTEX OMS",
    roles=frozenset({Role.ORDERS, Role.PAYMENTS}),
    make=Vtex,
    fields=(
        Field("app_key", "vtexappkey-loja-XXXXXX", needed=True),
        Field("app_token", "", secret=True, needed=True),
        Field("sku", "refId, ean, id", default="refId"),
        Field("page", "1-100", default=str(LISTED)),
        Field("per_second", "0.0-1000", default="10"),
    ),
    url_hint="https://loja.vtexcommercestable.com.br",
)
