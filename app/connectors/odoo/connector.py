"""The Odoo connector: deliveries in, and what became of them back."""

from __future__ import annotations

from collections.abc import AsyncIterator

from app.connectors import marks, translate
from app.connectors.kinds import Config, Field, Kind
from app.connectors.odoo import deliveries, steps, stock
from app.connectors.odoo.wire import Domain, Json2, JsonRpc, Row, Wire
from app.connectors.roles import Checked, Fulfilment, Level, Page, Pulled, Receipt, Role, Step

PAGE = 200


class Odoo:
    """An order source. With a `user` it speaks JSON-RPC (17, 18), else JSON-2 (19 and newer)."""

    steps = frozenset({Step.PICKED, Step.PACKED, Step.SHIPPED})
    sweeps = True
    taken_at = Step.SHIPPED

    def __init__(self, config: Config) -> None:
        self._database = config.option("database")
        self._page = int(config.option("page", str(PAGE)))
        key, user = config.secrets.get("api_key"), config.option("user")
        self._wire: Wire = (
            JsonRpc(config.url, self._database, user, key, config.timeout_s)
            if user
            else Json2(config.url, self._database, key, config.timeout_s)
        )
        self._reader = deliveries.Reader(self._wire)

    async def check(self) -> Checked:
        version = await self._wire.version()
        await self._wire.call(deliveries.PICKING, "search_count", domain=[])
        return Checked(f"Odoo {version}", self._database, self._wire.at)

    async def close(self) -> None:
        await self._wire.close()

    def pull(self, mark: str) -> AsyncIterator[Page]:
        """Pages by ascending number; only the last has the new mark."""
        changed = self._pages(deliveries.changed_since(marks.start(mark)))
        return marks.pages(mark, changed, lambda: self._wire.at)

    async def confirm(self, page: Page) -> None:
        """Nothing to take off a list: pulls go by the mark."""

    def sweep(self) -> AsyncIterator[Page]:
        return marks.unmarked(self._pages(deliveries.changed_since(None)))

    async def order(self, external_id: str) -> Pulled | None:
        if not external_id.isdigit():
            return None
        rows = await self._reader.rows([["id", "=", int(external_id)]])
        return _pulled(rows[0]) if rows else None

    def mended(self, external_id: str, raw: str) -> Pulled:
        return translate.mended(external_id, raw, deliveries.neutral)

    async def tell(self, done: Fulfilment, key: str) -> Receipt:
        row = await steps.tell(self._wire, done)
        return Receipt(str(row["name"]), str(row["state"]))

    async def find_told(self, done: Fulfilment, key: str) -> Receipt | None:
        """By what the delivery shows: marks, packages, state."""
        row = await steps.picking(self._wire, done.external_id)
        if row is None or not steps.is_done(row, done):
            return None
        return Receipt(str(row["name"]), str(row["state"]))

    def levels(self) -> AsyncIterator[tuple[Level, ...]]:
        return stock.levels(self._wire, self._page)

    async def _pages(self, domain: Domain) -> marks.Batches:
        after, last = 0, False
        while not last:
            rows = await self._reader.rows([*domain, ["id", ">", after]], self._page)
            last = len(rows) < self._page
            after = rows[-1]["id"] if rows else after
            yield tuple(map(_pulled, rows)), last


def _pulled(row: Row) -> Pulled:
    return translate.pulled(str(row["id"]), row, deliveries.neutral, deliveries.changed_at(row))


KIND = Kind(
    name="odoo",
    title="Odoo",
    roles=frozenset({Role.ORDERS, Role.STOCK}),
    make=Odoo,
    fields=(
        Field("database", "odoo", needed=True),
        Field("api_key", "", secret=True, needed=True),
        Field("user", "JSON-RPC (17, 18)"),
        Field("page", "1-1000", default=str(PAGE)),
    ),
    url_hint="https://odoo.example.com",
)
