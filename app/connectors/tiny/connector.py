"""The Olist Tiny connector: sales orders in, dispatch and state back.

From its documents of API v3 (2026): changes are asked for by the day, lists go by offset, each
order is read by itself, and how many calls a minute are allowed depends on the plan (30 and more).
Its refresh token lasts a day: a connector that was off for longer is let in again by a person.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from app.connectors import errors, marks, translate
from app.connectors.bearer import Bearer
from app.connectors.http import HttpRefused
from app.connectors.kinds import Config, Field, Kind
from app.connectors.oauth import FIELDS, OAuth
from app.connectors.roles import Checked, Fulfilment, Page, Pulled, Receipt, Role, Step
from app.connectors.tiny import orders
from app.connectors.tiny.orders import BRASILIA, States

URL = "https://api.tiny.com.br/public-api/v3"
ACCOUNTS = "https://accounts.tiny.com.br/realms/tiny/protocol/openid-connect"
PAGE = 100


class Tiny:
    """An order source."""

    steps = frozenset({Step.SHIPPED})
    sweeps = True

    def __init__(self, config: Config) -> None:
        self._page = int(config.option("page", str(PAGE)))
        self._states = States(
            _numbers(config.option("ready", "3,4,1,7")),
            _numbers(config.option("cancelled", "2")),
            config.option("shipped", "5"),
        )
        rate = float(config.option("per_minute", "30")) / 60
        self._bearer = Bearer(config, config.url or URL, login(config), per_second=rate)
        self._api = self._bearer.api

    async def check(self) -> Checked:
        answer = await self._api.get("pedidos", {"limit": 1, "offset": 0})
        _rows(answer.json())
        return Checked("Olist Tiny v3", "", answer.at)

    async def close(self) -> None:
        await self._bearer.close()

    async def pull(self, mark: str) -> AsyncIterator[Page]:
        """What changed since the mark's day; from the start, what is ready."""
        since = marks.start(mark)
        if since is None:
            filters = [{"situacao": number} for number in sorted(self._states.ready)]
        else:
            filters = [{"dataAtualizacao": f"{since.astimezone(BRASILIA):%Y-%m-%d}"}]
        began, pages = None, self._pages(filters)
        async for page, at in pages:
            began = began or at
            yield Page(page, mark)
        yield Page((), (began or datetime.now(UTC)).isoformat())

    async def confirm(self, page: Page) -> None:
        """Nothing to take off a list: pulls go by the mark."""

    async def sweep(self) -> AsyncIterator[Page]:
        filters = [{"situacao": number} for number in sorted(self._states.ready)]
        async for page, _ in self._pages(filters):
            yield Page(page, "")

    async def order(self, external_id: str) -> Pulled | None:
        row = await self._read(external_id)
        return self._pulled(row) if row else None

    def mended(self, external_id: str, raw: str) -> Pulled:
        return translate.mended(external_id, raw, partial(orders.neutral, states=self._states))

    async def tell(self, done: Fulfilment, key: str) -> Receipt:
        """Write the tracking code, then set the order's state."""
        row = await self._read(done.external_id)
        if row is None or orders.state_of(row) in self._states.cancelled:
            raise errors.Refused("cancelled or gone", reason="STATE")
        tracking = _tracking(done)
        if tracking and orders.tracking_of(row) != tracking:
            dispatch = {"codigoRastreamento": tracking}
            await self._change(f"pedidos/{done.external_id}/despacho", dispatch)
        if orders.state_of(row) != self._states.shipped:
            state = {"situacao": int(self._states.shipped)}
            await self._change(f"pedidos/{done.external_id}/situacao", state)
        return Receipt(str(row["numeroPedido"]))

    async def find_told(self, done: Fulfilment, key: str) -> Receipt | None:
        row = await self._read(done.external_id)
        if row is None or orders.state_of(row) != self._states.shipped:
            return None
        told = orders.tracking_of(row) == _tracking(done)
        return Receipt(str(row["numeroPedido"])) if told else None

    # --- inside -----------------------------------------------------------------------------

    async def _pages(
        self, filters: list[dict[str, str]]
    ) -> AsyncIterator[tuple[tuple[Pulled, ...], datetime | None]]:
        """Each list's pages with their orders read whole, and the server's clock."""
        for wanted in filters:
            offset, last = 0, False
            while not last:
                query = {**wanted, "limit": str(self._page), "offset": str(offset)}
                answer = await self._api.get("pedidos", query)
                listed = _rows(answer.json())
                rows = [
                    await self._read(str(brief["id"]))
                    for brief in listed
                    if self._states.concerns(brief)
                ]
                last = len(listed) < self._page
                offset += self._page
                yield tuple(self._pulled(row) for row in rows if row), answer.at

    async def _read(self, external_id: str) -> dict[str, Any] | None:
        if not external_id.isdigit():
            return None
        try:
            body = (await self._api.get(f"pedidos/{external_id}")).json()
        except HttpRefused as refused:
            if refused.status == 404:
                return None
            raise
        if not isinstance(body, dict) or "situacao" not in body:
            raise errors.Unreadable("pedido")
        return body

    async def _change(self, path: str, body: Mapping[str, Any]) -> None:
        try:
            await self._api.change("PUT", path, body)
        except HttpRefused as refused:
            said = refused.json()
            text = said.get("mensagem") if isinstance(said, dict) else None
            if not text:
                raise
            raise errors.Refused(
                str(text)[:200], reason=str(refused.status), exchange=refused.exchange
            ) from None

    def _pulled(self, row: Mapping[str, Any]) -> Pulled:
        number = str(row.get("id") or "")
        return translate.pulled(number, row, partial(orders.neutral, states=self._states))


def login(config: Config) -> OAuth:
    accounts = config.option("accounts", ACCOUNTS).rstrip("/")
    return OAuth(config, f"{accounts}/token", f"{accounts}/auth", scope="openid offline_access")


def _rows(body: Any) -> list[dict[str, Any]]:
    rows = body.get("itens") if isinstance(body, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise errors.Unreadable("itens")
    return rows


def _tracking(done: Fulfilment) -> str:
    """An order there has one tracking code: the first box's."""
    return next((package.tracking for package in done.packages if package.tracking), "")


def _numbers(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(",") if part.strip())


KIND = Kind(
    name="tiny",
    title="Olist Tiny",
    roles=frozenset({Role.ORDERS}),
    make=Tiny,
    login=login,
    fields=(
        *FIELDS,
        Field("accounts", ACCOUNTS),
        Field("ready", "3,4,1,7", default="3,4,1,7"),
        Field("cancelled", "2", default="2"),
        Field("shipped", "5", default="5"),
        Field("page", "1-100", default=str(PAGE)),
        Field("per_minute", "0.0-1000", default="30"),
    ),
    url_hint=URL,
)
