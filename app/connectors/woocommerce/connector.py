"""The WooCommerce connector: orders in, and what became of them back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from functools import partial

from app.connectors import marks, translate
from app.connectors.kinds import Config, Field, Kind
from app.connectors.roles import Checked, Fulfilment, Level, Page, Pulled, Receipt, Role, Step
from app.connectors.woocommerce import orders
from app.connectors.woocommerce.steps import Fields, Steps
from app.connectors.woocommerce.wire import Params, Row, Wire, stamp

PAGE = 100  # the most that WordPress gives


class WooCommerce:
    """An order source."""

    steps = frozenset({Step.SHIPPED})
    sweeps = True
    taken_at: Step | None = None  # it takes units off when they are ordered

    def __init__(self, config: Config) -> None:
        self._page = min(int(config.option("page", str(PAGE))), PAGE)
        key, secret = (config.secrets.get(name) for name in ("consumer_key", "consumer_secret"))
        self._wire = Wire(config.url, key, secret, config.timeout_s)
        usual, fields = orders.Statuses(), Fields()
        self._statuses = orders.Statuses(
            _list(config, "paid", usual.paid),
            _list(config, "waiting", usual.waiting),
            config.option("done", usual.done),
        )
        self._steps = Steps(
            self._wire,
            self._statuses,
            Fields(
                config.option("tracking_field", fields.tracking),
                config.option("invoice_field", fields.invoice),
            ),
            fulfils=config.option("fulfilments") == "yes",
        )
        self._neutral = partial(orders.neutral, self._statuses)

    async def check(self) -> Checked:
        async for _ in self._wire.pages("orders", [], 1):
            break
        return Checked("WooCommerce", clock=self._wire.at)

    async def close(self) -> None:
        await self._wire.close()

    def pull(self, mark: str) -> AsyncIterator[Page]:
        """What was modified since, by ascending id: what changes meanwhile moves no page."""
        since = marks.start(mark)
        changed = (
            self._open()
            if since is None
            else [("modified_after", stamp(since)), ("dates_are_gmt", "true"), ("status", "any")]
        )
        return marks.pages(mark, self._batches(changed), lambda: self._wire.at)

    async def confirm(self, page: Page) -> None:
        """Nothing to take off a list: pulls go by the mark."""

    def sweep(self) -> AsyncIterator[Page]:
        return marks.unmarked(self._batches(self._open()))

    async def order(self, external_id: str) -> Pulled | None:
        if not external_id.isdigit():
            return None
        row = await self._steps.order(external_id)
        return self._pulled(row) if row else None

    def mended(self, external_id: str, raw: str) -> Pulled:
        return translate.mended(external_id, raw, self._neutral)

    async def tell(self, done: Fulfilment, key: str) -> Receipt:
        row = await self._steps.tell(done)
        return Receipt(str(row["number"]), str(row["status"]))

    async def find_told(self, done: Fulfilment, key: str) -> Receipt | None:
        """By the order's status and fields, and the fulfilments where it has them."""
        row = await self._steps.order(done.external_id)
        if row is None or not await self._steps.is_done(row, done):
            return None
        return Receipt(str(row["number"]), str(row["status"]))

    async def levels(self) -> AsyncIterator[tuple[Level, ...]]:
        """What can be sold of each product and variation whose stock the shop keeps."""
        params = [("orderby", "id"), ("order", "asc"), ("status", "publish")]
        async for rows in self._wire.pages("products", params, self._page):
            yield tuple(_levels(rows))
            for row in rows:
                if row.get("type") == "variable":
                    path = f"products/{row['id']}/variations"
                    async for variations in self._wire.pages(path, [], self._page):
                        yield tuple(_levels(variations))

    def _open(self) -> Params:
        return [("status", ",".join(self._statuses.open))]

    async def _batches(self, wanted: Params) -> marks.Batches:
        params = [*wanted, ("orderby", "id"), ("order", "asc")]
        async for rows in self._wire.pages("orders", params, self._page):
            told = [row for row in rows if orders.is_told(row, self._statuses)]
            for row in told:
                if row.get("refunds"):
                    refunds = await self._wire.rows(f"orders/{row['id']}/refunds")
                    row[orders.REFUNDS] = orders.refunded(refunds)
            yield tuple(map(self._pulled, told)), False
        yield (), True

    def _pulled(self, row: Row) -> Pulled:
        return translate.pulled(str(row["id"]), row, self._neutral, orders.changed_at(row))


def _levels(rows: list[Row]) -> Iterator[Level]:
    for row in rows:
        # A variation says "parent" where its product keeps the stock for all of them.
        if row.get("manage_stock") is True and row.get("stock_quantity") is not None:
            yield Level("", str(row.get("sku") or ""), int(row["stock_quantity"]))


def _list(config: Config, name: str, usual: tuple[str, ...]) -> tuple[str, ...]:
    given = tuple(part.strip() for part in config.option(name).split(",") if part.strip())
    return given or usual


KIND = Kind(
    name="woocommerce",
    title="WooCommerce",
    roles=frozenset({Role.ORDERS, Role.STOCK}),
    make=WooCommerce,
    fields=(
        Field("consumer_key", "ck_…", secret=True, needed=True),
        Field("consumer_secret", "cs_…", secret=True, needed=True),
        Field("paid", "processing", default="processing"),
        Field("waiting", "on-hold", default="on-hold"),
        Field("done", "completed", default="completed"),
        Field("tracking_field", "_correios_tracking_code"),
        Field("invoice_field", "_nfe_chave"),
        Field("fulfilments", "no, yes", default="no"),
        Field("page", "1-100", default=str(PAGE)),
    ),
    url_hint="https://loja.example.com",
)
