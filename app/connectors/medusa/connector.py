"""The Medusa connector: orders in, and what became of them back."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial

from app.connectors import marks, translate
from app.connectors.kinds import Config, Field, Kind
from app.connectors.medusa import orders, steps
from app.connectors.medusa.wire import Params, Row, Wire
from app.connectors.roles import Checked, Fulfilment, Level, Page, Pulled, Receipt, Role, Step

PAGE = 100
DAYS = 90


class Medusa:
    """An order source. Medusa has no list of what is open: a sweep reads the orders of the last
    `days`, and leaves out those of which nothing is to be sent."""

    steps = frozenset({Step.PACKED, Step.SHIPPED})
    sweeps = True
    taken_at = Step.PACKED

    def __init__(self, config: Config) -> None:
        self._page = int(config.option("page", str(PAGE)))
        self._days = timedelta(days=int(config.option("days", str(DAYS))))
        self._wire = Wire(config.url, config.secrets.get("api_key"), config.timeout_s)
        usual = orders.Names()
        names = orders.Names(
            config.option("document_field", usual.document),
            config.option("district_field", usual.district),
        )
        self._neutral = partial(orders.neutral, names)

    async def check(self) -> Checked:
        await self._wire.rows("orders", "orders", [("limit", "1"), ("fields", orders.FIELDS)])
        return Checked("Medusa", clock=self._wire.at)

    async def close(self) -> None:
        await self._wire.close()

    def pull(self, mark: str) -> AsyncIterator[Page]:
        return marks.pages(mark, self._changed(mark), lambda: self._wire.at)

    async def confirm(self, page: Page) -> None:
        """Nothing to take off a list: pulls go by the mark."""

    def sweep(self) -> AsyncIterator[Page]:
        return marks.unmarked(self._batches(self._recent()))

    async def order(self, external_id: str) -> Pulled | None:
        if not re.fullmatch(r"\w+", external_id):
            return None
        row = await steps.order(self._wire, external_id)
        return self._pulled(row) if row else None

    def mended(self, external_id: str, raw: str) -> Pulled:
        return translate.mended(external_id, raw, self._neutral)

    async def tell(self, done: Fulfilment, key: str) -> Receipt:
        row = await steps.tell(self._wire, done)
        return Receipt(str(row["display_id"]), str(row["status"]))

    async def find_told(self, done: Fulfilment, key: str) -> Receipt | None:
        """By the fulfilments and shipments that the order shows."""
        row = await steps.order(self._wire, done.external_id)
        if row is None or not steps.is_done(row, done):
            return None
        return Receipt(str(row["display_id"]), str(row["status"]))

    async def levels(self) -> AsyncIterator[tuple[Level, ...]]:
        """What is on hand in each of the shop's stock locations, ordered units among it."""
        places = await self._wire.rows(
            "stock-locations", "stock_locations", [("limit", "1000"), ("fields", "id,name")]
        )
        names = {place["id"]: str(place["name"]) for place in places}
        wanted = [("fields", "id,sku,*location_levels")]
        async for rows in self._pages("inventory-items", "inventory_items", wanted):
            yield tuple(
                Level(
                    names.get(level["location_id"], ""),
                    str(row.get("sku") or ""),
                    int(level["stocked_quantity"]),
                )
                for row in rows
                for level in row.get("location_levels") or ()
            )

    async def _changed(self, mark: str) -> marks.Batches:
        """Orders that changed since `mark`, and those whose payment did, which leaves no trace in
        the order's own stamp."""
        since = marks.start(mark)
        if since is None:
            async for records, _ in self._batches(self._recent()):
                yield records, False
        else:
            changed = [("updated_at[$gte]", since.isoformat())]
            async for records, _ in self._batches(changed):
                yield records, False
            async for paid in self._paid_since(changed):
                yield self._taken(await self._rows([("id[]", number) for number in paid])), False
        yield (), True

    def _recent(self) -> Params:
        oldest = datetime.now(UTC) - self._days
        return [*(("status[]", state) for state in orders.OPEN),
                ("created_at[$gte]", oldest.isoformat())]  # fmt: skip

    async def _batches(self, wanted: Params) -> marks.Batches:
        """Pages by ascending id, of what is open or cancelled."""
        after, last = "", False
        while not last:
            rows = await self._rows([*wanted, ("id[$gt]", after)])
            last = len(rows) < self._page
            after = rows[-1]["id"] if rows else after
            yield self._taken(rows), last

    async def _rows(self, wanted: Params) -> list[Row]:
        params = [*wanted, ("fields", orders.FIELDS), ("order", "id"), ("limit", str(self._page))]
        return await self._wire.rows("orders", "orders", params)

    def _taken(self, rows: list[Row]) -> tuple[Pulled, ...]:
        return tuple(self._pulled(row) for row in rows if orders.is_open(row))

    async def _paid_since(self, changed: Params) -> AsyncIterator[list[str]]:
        """The orders of payments that changed, a page at a time."""
        wanted = [*changed, ("fields", "id,payment_collection.order.id")]
        async for rows in self._pages("payments", "payments", wanted):
            if found := {_order_of(row) for row in rows} - {""}:
                yield sorted(found)

    async def _pages(self, path: str, name: str, wanted: Params) -> AsyncIterator[list[Row]]:
        """Pages of a list that can't be asked for what comes after an id."""
        at, last = 0, False
        while not last:
            params = [*wanted, ("order", "id"), ("limit", str(self._page)), ("offset", str(at))]
            rows = await self._wire.rows(path, name, params)
            last = len(rows) < self._page
            at += len(rows)
            yield rows

    def _pulled(self, row: Row) -> Pulled:
        return translate.pulled(str(row["id"]), row, self._neutral, orders.changed_at(row))


def _order_of(payment: Row) -> str:
    order = (payment.get("payment_collection") or {}).get("order") or {}
    return str(order.get("id") or "")


KIND = Kind(
    name="medusa",
    title="Medusa",
    roles=frozenset({Role.ORDERS, Role.STOCK}),
    make=Medusa,
    fields=(
        Field("api_key", "sk_…", secret=True, needed=True),
        Field("days", "1-3650", default=str(DAYS)),
        Field("document_field", "cpf", default="cpf"),
        Field("district_field", "bairro", default="bairro"),
        Field("page", "1-1000", default=str(PAGE)),
    ),
    url_hint="https://shop.example.com",
)
