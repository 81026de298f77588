"""The Bling connector: sales orders in, what became of them and their NF-e back and forth.

From Bling's documents of API v3 (developer.bling.com.br, 2026): a list has no items, so each order
is read by itself; three calls a second and 120,000 a day for an account; times are Brasília's.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from app.connectors import errors, marks, translate
from app.connectors.bearer import Bearer
from app.connectors.bling import orders
from app.connectors.bling.invoices import Notes
from app.connectors.bling.orders import BRASILIA, States
from app.connectors.http import Api, HttpRefused
from app.connectors.kinds import Config, Field, Kind
from app.connectors.oauth import FIELDS, OAuth
from app.connectors.roles import (
    Checked,
    Fulfilment,
    InvoiceAnswer,
    InvoiceRequest,
    InvoiceStatus,
    OrderRef,
    Page,
    Pulled,
    Receipt,
    Role,
    Step,
)

URL = "https://api.bling.com.br/Api/v3"
DOOR = "https://www.bling.com.br/Api/v3/oauth/authorize"
PAGE = 100
LONGEST = timedelta(days=360)  # a longer stretch of dates is refused


class Bling:
    """An order source and an invoice service."""

    steps = frozenset({Step.SHIPPED})
    sweeps = True

    def __init__(self, config: Config) -> None:
        self._name = config.name
        self._issues = config.option("invoices", "find") == "issue"
        self._page = int(config.option("page", str(PAGE)))
        self._states = States(
            _ids(config.option("ready", "6,15")),
            _ids(config.option("cancelled", "12")),
            config.option("shipped", "9"),
        )
        url = config.url or URL
        rate = float(config.option("per_second", "3"))
        self._bearer = Bearer(config, url, login(config), per_second=rate)
        self._api = self._bearer.api
        self._plain = Api(url, timeout_s=config.timeout_s)
        self._notes = Notes(self._api, self._plain, url)

    async def check(self) -> Checked:
        answer = await self._api.get("pedidos/vendas", {"pagina": 1, "limite": 1})
        _rows(answer.json())
        return Checked("Bling v3", "", answer.at)

    async def close(self) -> None:
        await self._bearer.close()
        await self._plain.close()

    # --- orders -----------------------------------------------------------------------------

    async def pull(self, mark: str) -> AsyncIterator[Page]:
        """What changed since the mark, which is a moment of Bling's own clock."""
        since = marks.start(mark)
        async for page in self._pages(since, mark):
            yield page

    async def confirm(self, page: Page) -> None:
        """Nothing to take off a list: pulls go by the mark."""

    async def sweep(self) -> AsyncIterator[Page]:
        async for page in self._pages(None, ""):
            yield page

    async def order(self, external_id: str) -> Pulled | None:
        row = await self._read(external_id)
        return self._pulled(await self._with_person(row, {})) if row else None

    def mended(self, external_id: str, raw: str) -> Pulled:
        return translate.mended(external_id, raw, partial(orders.neutral, states=self._states))

    async def tell(self, done: Fulfilment, key: str) -> Receipt:
        """Write each box's tracking code onto the order's volume, then set the order's state."""
        row = await self._read(done.external_id)
        if row is None or orders.state_of(row) in self._states.cancelled:
            raise errors.Refused("cancelled or gone", reason="STATE")
        for volume, tracking in _codes(row, done):
            if volume.get("codigoRastreamento") != tracking:
                await self._track(str(volume["id"]), tracking)
        if orders.state_of(row) != self._states.shipped:
            state = f"pedidos/vendas/{done.external_id}/situacoes/{self._states.shipped}"
            await self._api.change("PATCH", state)
        return Receipt(str(row["numero"]))

    async def find_told(self, done: Fulfilment, key: str) -> Receipt | None:
        """By what the order shows."""
        row = await self._read(done.external_id)
        if row is None or orders.state_of(row) != self._states.shipped:
            return None
        told = all(volume.get("codigoRastreamento") == code for volume, code in _codes(row, done))
        return Receipt(str(row["numero"])) if told else None

    # --- invoices ---------------------------------------------------------------------------

    async def issue(self, request: InvoiceRequest, key: str) -> InvoiceAnswer:
        """Make the order's NF-e where there is none yet, and send it to SEFAZ; where the shop
        issues its notes in Bling by other means, only look for it."""
        if request.ref.source != self._name:
            raise errors.Refused("the order is none of this Bling", reason="OTHER_SOURCE")
        row = await self._read(request.ref.external_id)
        if row is None:
            raise errors.Refused("no such order", reason="GONE")
        if not self._issues:
            found = await self.find_invoice(request.ref, key)
            return found or InvoiceAnswer(InvoiceStatus.AWAITED)
        number = _note_of(row) or await self._notes.make(request.ref.external_id)
        note = await self._notes.read(number)
        if self._notes.is_unsent(note):
            await self._notes.send(number)
            note = await self._notes.read(number)
        return await self._notes.answer(note)

    async def find_invoice(self, ref: OrderRef, key: str) -> InvoiceAnswer | None:
        """None also where it was made and not sent yet: `issue` goes on from there."""
        if ref.source != self._name:
            return None
        row = await self._read(ref.external_id)
        number = _note_of(row) if row else 0
        if not number:
            return None
        note = await self._notes.read(number)
        return None if self._notes.is_unsent(note) else await self._notes.answer(note)

    # --- inside -----------------------------------------------------------------------------

    async def _pages(self, since: datetime | None, mark: str) -> AsyncIterator[Page]:
        """Pages of the list, each order of them read whole; only the last has the new mark."""
        asked: list[tuple[str, str]] = [("idsSituacoes[]", i) for i in sorted(self._states.ready)]
        began: datetime | None = None
        number, last = 1, False
        people: dict[str, Any] = {}
        while not last:
            answer = await self._api.get(
                "pedidos/vendas",
                [
                    *_since(since, answer_clock=began, otherwise=asked),
                    ("pagina", str(number)),
                    ("limite", str(self._page)),
                ],
            )
            began = began or answer.at or datetime.now(UTC)
            listed = _rows(answer.json())
            found = []
            for brief in listed:
                if self._states.concerns(brief) and (row := await self._read(str(brief["id"]))):
                    found.append(self._pulled(await self._with_person(row, people)))
            last = len(listed) < self._page
            number += 1
            yield Page(tuple(found), began.isoformat() if last else mark)

    async def _read(self, external_id: str) -> dict[str, Any] | None:
        if not external_id.isdigit():
            return None
        try:
            answer = await self._api.get(f"pedidos/vendas/{external_id}")
        except HttpRefused as refused:
            if refused.status == 404:
                return None
            raise
        body = answer.json()
        if not isinstance(body, dict) or not isinstance(body.get("data"), dict):
            raise errors.Unreadable("data", exchange=answer.exchange)
        return dict(body["data"])

    async def _with_person(self, row: dict[str, Any], people: dict[str, Any]) -> dict[str, Any]:
        """The order with its contact's own record: e-mail, phone and address stand only there."""
        number = str((row.get("contato") or {}).get("id") or "")
        if number and number not in people:
            try:
                people[number] = (await self._api.get(f"contatos/{number}")).json()["data"]
            except HttpRefused as refused:
                if refused.status != 404:
                    raise
            except (KeyError, TypeError):
                raise errors.Unreadable("contatos") from None
        return {**row, "cliente": people[number]} if number in people else row

    def _pulled(self, row: Mapping[str, Any]) -> Pulled:
        number = str(row.get("id") or "")
        return translate.pulled(number, row, partial(orders.neutral, states=self._states))

    async def _track(self, volume: str, tracking: str) -> None:
        """A logistics object is written whole, so it is read first and its code changed."""
        try:
            held = (await self._api.get(f"logisticas/objetos/{volume}")).json()["data"]
            whole = {name: held[name] for name in held if name not in _FIXED}
        except (KeyError, TypeError):
            raise errors.Unreadable("logisticas/objetos") from None
        whole["rastreamento"] = {"codigo": tracking}
        await self._api.change("PUT", f"logisticas/objetos/{volume}", whole)


_FIXED = ("id", "pedidoVenda", "notaFiscal")  # what an object is of can't be changed


def login(config: Config) -> OAuth:
    return OAuth(config, f"{(config.url or URL).rstrip('/')}/oauth/token", DOOR, basic=True)


def _since(
    since: datetime | None, *, answer_clock: datetime | None, otherwise: list[tuple[str, str]]
) -> list[tuple[str, str]]:
    """The filter by date of change; all that is ready where there is no date or one too old."""
    now = answer_clock or datetime.now(UTC)
    if since is None or now - since > LONGEST:
        return otherwise
    local = since.astimezone(BRASILIA)
    until = (now + timedelta(days=1)).astimezone(BRASILIA)  # this computer's clock may be off
    form = "%Y-%m-%d %H:%M:%S"
    return [
        ("dataAlteracaoInicial", local.strftime(form)),
        ("dataAlteracaoFinal", until.strftime(form)),
    ]


def _rows(body: Any) -> list[dict[str, Any]]:
    rows = body.get("data") if isinstance(body, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise errors.Unreadable("data")
    return rows


def _codes(row: Mapping[str, Any], done: Fulfilment) -> list[tuple[Mapping[str, Any], str]]:
    """The order's volumes there with the tracking codes that are theirs; a shop that keeps no
    volumes in Bling gets none."""
    codes = [package.tracking for package in done.packages if package.tracking]
    return list(zip(orders.volumes(row), codes, strict=False))


def _note_of(row: Mapping[str, Any]) -> int:
    return int((row.get("notaFiscal") or {}).get("id") or 0)


def _ids(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(",") if part.strip())


KIND = Kind(
    name="bling",
    title="Bling",
    roles=frozenset({Role.ORDERS, Role.INVOICES}),
    make=Bling,
    login=login,
    fields=(
        *FIELDS,
        Field("ready", "6,15", default="6,15"),
        Field("cancelled", "12", default="12"),
        Field("shipped", "9", default="9"),
        Field("invoices", "find, issue", default="find"),
        Field("page", "1-100", default=str(PAGE)),
        Field("per_second", "0.0-1000", default="3"),
    ),
    url_hint=URL,
)
