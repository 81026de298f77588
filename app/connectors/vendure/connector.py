"""The Vendure connector: orders in, and what became of them back."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from typing import Any

from app.connectors import marks, translate
from app.connectors.kinds import Config, Field, Kind
from app.connectors.roles import Checked, Fulfilment, Level, Page, Pulled, Receipt, Role, Step
from app.connectors.vendure import orders
from app.connectors.vendure.steps import Steps
from app.connectors.vendure.wire import Graph, Row

PAGE = 100


class Vendure:
    """An order source. With an `api_key` that is who it calls as, else `user` and `password`."""

    steps = frozenset({Step.SHIPPED})
    sweeps = True
    taken_at = Step.SHIPPED

    def __init__(self, config: Config) -> None:
        self._page = int(config.option("page", str(PAGE)))
        self._user = config.option("user")
        self._graph = Graph(
            config.url,
            config.secrets.get("api_key"),
            self._user,
            config.secrets.get("password"),
            config.option("channel_token"),
            config.timeout_s,
        )
        self._fields = orders.fields(_named(config, "document_field"))
        self._steps = Steps(
            self._graph,
            cancels=config.option("shorts") == "cancel",
            invoice_field=_named(config, "invoice_field"),
        )

    async def check(self) -> Checked:
        options = {"take": 1, "filter": {"state": {"in": orders.OPEN}}}
        await self._graph.ask(orders.LIST % self._fields, o=options)
        return Checked("Vendure", self._user, self._graph.at)

    async def close(self) -> None:
        await self._graph.close()

    def pull(self, mark: str) -> AsyncIterator[Page]:
        """All that is open, and what was cancelled since: an order's stamp does not move when it
        is paid."""
        return marks.pages(mark, self._changed(mark), lambda: self._graph.at)

    async def confirm(self, page: Page) -> None:
        """Nothing to take off a list."""

    def sweep(self) -> AsyncIterator[Page]:
        return marks.unmarked(self._batches({"state": {"in": orders.OPEN}}))

    async def order(self, external_id: str) -> Pulled | None:
        row = (await self._graph.ask(orders.ONE % self._fields, id=external_id))["order"]
        return _pulled(row) if row else None

    def mended(self, external_id: str, raw: str) -> Pulled:
        return translate.mended(external_id, raw, orders.neutral)

    async def tell(self, done: Fulfilment, key: str) -> Receipt:
        row = await self._steps.tell(done)
        return Receipt(str(row["code"]), str(row["state"]))

    async def find_told(self, done: Fulfilment, key: str) -> Receipt | None:
        """By the fulfilments that the order shows."""
        row = await self._steps.order(done.external_id)
        if row is None or not self._steps.is_done(row, done):
            return None
        return Receipt(str(row["code"]), str(row["state"]))

    async def levels(self) -> AsyncIterator[tuple[Level, ...]]:
        """What is on hand in each of the shop's stock locations, ordered units among it."""
        at, last = 0, False
        while not last:
            options = {"sort": {"id": "ASC"}, "skip": at, "take": self._page}
            data = await self._graph.ask(orders.STOCK, o=options)
            rows = data["productVariants"]["items"]
            last = len(rows) < self._page
            at += len(rows)
            yield tuple(
                Level(level["stockLocation"]["name"], str(row["sku"] or ""), level["stockOnHand"])
                for row in rows
                for level in row["stockLevels"]
            )

    async def _changed(self, mark: str) -> marks.Batches:
        async for records, _ in self._batches({"state": {"in": orders.OPEN}}):
            yield records, False
        since = marks.start(mark)
        if since is not None:
            after = {"after": since.isoformat()}
            gone = {"state": {"eq": orders.CANCELLED}, "updatedAt": after}
            async for records, _ in self._batches(gone):
                yield records, False
        yield (), True

    async def _batches(self, wanted: Mapping[str, Any]) -> marks.Batches:
        """Pages by age. An order that leaves the list meanwhile may hide another from this pull:
        the next one has it."""
        at, last = 0, False
        while not last:
            options = {"filter": wanted, "sort": {"id": "ASC"}, "skip": at, "take": self._page}
            data = await self._graph.ask(orders.LIST % self._fields, o=options)
            rows = data["orders"]["items"]
            last = len(rows) < self._page
            at += len(rows)
            yield tuple(map(_pulled, rows)), last


def _pulled(row: Row) -> Pulled:
    return translate.pulled(str(row["id"]), row, orders.neutral, orders.changed_at(row))


def _named(config: Config, name: str) -> str:
    """An option that is the name of a GraphQL field, which is put into a query."""
    value = config.option(name)
    if value and not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", value):
        raise ValueError(name)
    return value


KIND = Kind(
    name="vendure",
    title="Vendure",
    roles=frozenset({Role.ORDERS, Role.STOCK}),
    make=Vendure,
    fields=(
        Field("api_key", "vendure-api-key", secret=True),
        Field("user", "superadmin"),
        Field("password", "", secret=True),
        Field("channel_token", "vendure-token"),
        Field("document_field", "cpf"),
        Field("invoice_field", "nfeKey"),
        Field("shorts", "open, cancel", default="open"),
        Field("page", "1-1000", default=str(PAGE)),
    ),
    url_hint="https://shop.example.com/admin-api",
)
