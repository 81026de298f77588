"""The Tryton connector: orders in, and what became of them back."""

from __future__ import annotations

from collections.abc import AsyncIterator

from app.connectors import marks, translate
from app.connectors.kinds import Config, Field, Kind
from app.connectors.roles import Checked, Fulfilment, Level, Page, Pulled, Receipt, Role, Step
from app.connectors.tryton import shipments, steps, stock
from app.connectors.tryton.rest import Rest
from app.connectors.tryton.rpc import Rpc
from app.connectors.tryton.shipments import SHIPMENT
from app.connectors.tryton.wire import Domain, Row, Wire

PAGE = 200


class Tryton:
    """An order source. With an `api_key` it speaks REST (8.0 and newer), else JSON-RPC."""

    steps = frozenset({Step.PICKED, Step.PACKED, Step.SHIPPED})
    sweeps = True
    taken_at = Step.PICKED

    def __init__(self, config: Config) -> None:
        self._package_type = config.option("package_type")
        self._page = int(config.option("page", str(PAGE)))
        database, key = config.option("database"), config.secrets.get("api_key")
        self._wire: Wire = (
            Rest(config.url, database, key, config.timeout_s)
            if key
            else Rpc(
                config.url,
                database,
                config.option("user"),
                config.secrets.get("password"),
                config.timeout_s,
            )
        )
        self._database = database
        self._fields: list[str] = []

    async def check(self) -> Checked:
        version = await self._wire.version()
        await self._wire.search(SHIPMENT, [], ["number"], 1)
        return Checked(f"Tryton {version}", self._database, self._wire.at)

    async def close(self) -> None:
        await self._wire.close()

    def pull(self, mark: str) -> AsyncIterator[Page]:
        """Pages by ascending number, so that one that changes meanwhile is met once."""
        changed = self._pages(shipments.changed_since(marks.start(mark)))
        return marks.pages(mark, changed, lambda: self._wire.at)

    async def confirm(self, page: Page) -> None:
        """Nothing to take off a list: pulls go by the mark."""

    def sweep(self) -> AsyncIterator[Page]:
        return marks.unmarked(self._pages(shipments.changed_since(None)))

    async def order(self, external_id: str) -> Pulled | None:
        if not external_id.isdigit():
            return None
        wanted = await self._wanted()
        rows = await self._wire.search(SHIPMENT, [["id", "=", int(external_id)]], wanted)
        return _pulled(rows[0]) if rows else None

    def mended(self, external_id: str, raw: str) -> Pulled:
        return translate.mended(external_id, raw, shipments.neutral)

    async def tell(self, done: Fulfilment, key: str) -> Receipt:
        row = await steps.tell(self._wire, done, self._package_type)
        return Receipt(str(row["number"] or row["id"]), str(row["state"]))

    async def find_told(self, done: Fulfilment, key: str) -> Receipt | None:
        """By the shipment's state: its steps come one after the other and each only once."""
        row = await steps.shipment(self._wire, done.external_id)
        if row is None or not steps.is_done(row, done.step):
            return None
        return Receipt(str(row["number"] or row["id"]), str(row["state"]))

    def levels(self) -> AsyncIterator[tuple[Level, ...]]:
        return stock.levels(self._wire, self._page)

    async def _pages(self, domain: Domain) -> marks.Batches:
        fields, after, last = await self._wanted(), 0, False
        while not last:
            page = [*domain, ["id", ">", after]]
            rows = await self._wire.search(SHIPMENT, page, fields, self._page)
            last = len(rows) < self._page
            after = rows[-1]["id"] if rows else after
            yield tuple(_pulled(row) for row in rows), last

    async def _wanted(self) -> list[str]:
        if not self._fields:
            known = {}
            for model in shipments.MODELS:
                known[model] = await self._wire.fields(model)
            self._fields = shipments.fields(known)
        return self._fields


def _pulled(row: Row) -> Pulled:
    return translate.pulled(str(row["id"]), row, shipments.neutral, shipments.changed_at(row))


KIND = Kind(
    name="tryton",
    title="Tryton",
    roles=frozenset({Role.ORDERS, Role.STOCK}),
    make=Tryton,
    fields=(
        Field("database", "expedita", needed=True),
        Field("api_key", "8.0+ REST", secret=True),
        Field("user", "JSON-RPC"),
        Field("password", "JSON-RPC", secret=True),
        Field("package_type", "Caixa M"),
        Field("page", "1-1000", default=str(PAGE)),
    ),
    url_hint="https://tryton.example.com",
)
