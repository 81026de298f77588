"""The Melhor Envio connector: labels bought step by step, given back, and followed.

A purchase is cart, checkout (which spends), generate, print: four calls, none with a key of its
own. So only the first is made by `label`, and its number is kept before anything is spent; each
later step begins by reading where the posting stands, and is never made twice. What a lost answer
put into the cart is found by our tag.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.connectors import errors
from app.connectors.bearer import Bearer
from app.connectors.http import Answer, HttpRefused
from app.connectors.kinds import Config, Field, Kind
from app.connectors.melhorenvio import cart
from app.connectors.oauth import FIELDS, OAuth
from app.connectors.roles import (
    CarrierLabel,
    Checked,
    LabelPending,
    LabelRequest,
    Receipt,
    Role,
    TrackingEvent,
    TrackingStatus,
)
from app.connectors.translate import bought_as, pairs

URL = "https://melhorenvio.com.br"
SCOPES = (
    "cart-read cart-write orders-read shipping-calculate shipping-cancel shipping-checkout "
    "shipping-generate shipping-preview shipping-print shipping-tracking users-read"
)
PER_SECOND = 4.0  # 250 a minute for each user
PAGES = 20  # of the newest postings, in which a lost one is looked for
BRASILIA = ZoneInfo("America/Sao_Paulo")
# A posting's moments, in the order of its way.
_MOMENTS = (
    ("posted_at", TrackingStatus.POSTED, "Postado"),
    ("delivered_at", TrackingStatus.DELIVERED, "Entregue"),
)
_GONE = frozenset({"canceled", "cancelled", "expired"})


class MelhorEnvio:
    """A carrier, and a source of tracking events."""

    most = 50

    def __init__(self, config: Config) -> None:
        contact = config.option("contact")
        self._services = pairs(config.option("services"))
        self._agency = config.option("agency")
        self._form = config.option("form", "pdf")
        self._bearer = Bearer(
            config,
            config.url or URL,
            login(config),
            per_second=float(config.option("per_second", str(PER_SECOND))),
            more={"User-Agent": f"Expedita ({contact})"},
        )
        self._api = self._bearer.api

    async def check(self) -> Checked:
        answer = await self._api.get("api/v2/me")
        body = _dict(answer)
        name = " ".join(str(body.get(part) or "") for part in ("firstname", "lastname")).strip()
        return Checked("Melhor Envio", name, answer.at)

    async def close(self) -> None:
        await self._bearer.close()

    # --- labels -----------------------------------------------------------------------------

    async def label(self, request: LabelRequest, key: str) -> CarrierLabel | LabelPending:
        """Put the package into the cart; nothing is spent yet."""
        service = self._services.get(request.service_code, request.service_code)
        wanted = cart.posting(request, key, service, self._agency)
        body = _dict(await self._change("api/v2/me/cart", wanted))
        if not body.get("id"):
            raise errors.Unreadable("cart: id")
        return LabelPending(str(body["id"]))

    async def find_label(
        self, request: LabelRequest, key: str, reference: str
    ) -> CarrierLabel | LabelPending | None:
        """The posting as it stands, and a step further; None too where it ended there (in the cart
        one does so after some days), so that another is bought."""
        known = await self._posting(reference) if reference else await self._by_key(key)
        if known is None or known.get("status") in _GONE:
            return None
        return await self._onward(known, request)

    async def cancel_label(self, reference: str, tracking: str, key: str) -> Receipt:
        known = await self._posting(reference)
        if known is None or known.get("status") in _GONE:
            return Receipt(reference, "gone already")
        if known.get("status") == "pending":  # in the cart, unpaid
            await self._api.change("DELETE", f"api/v2/me/cart/{reference}")
            return Receipt(reference)
        order = {"id": reference, "reason_id": "2", "description": "Pedido alterado ou cancelado"}
        answer = _dict(await self._change("api/v2/me/shipment/cancel", {"order": order}))
        done = answer.get(reference)
        if isinstance(done, dict) and done.get("canceled") is False:
            raise errors.Refused("it can't be cancelled any more", reason="NOT_CANCELLABLE")
        return Receipt(reference)

    async def _onward(
        self, known: Mapping[str, Any], request: LabelRequest
    ) -> CarrierLabel | LabelPending:
        """The next step of a purchase, by where it stands."""
        number, status = str(known["id"]), str(known.get("status") or "")
        orders = {"orders": [number]}
        if status == "suspended":
            raise errors.Refused("the posting is suspended there", reason="SUSPENDED")
        if status == "pending":
            await self._change("api/v2/me/shipment/checkout", orders)
        elif status == "released" and not known.get("generated_at"):
            await self._change("api/v2/me/shipment/generate", orders)
        else:
            return await self._file(known, request)
        return LabelPending(number, cart.tracking_of(known))

    async def _file(
        self, known: Mapping[str, Any], request: LabelRequest
    ) -> CarrierLabel | LabelPending:
        """The label itself; its tracking code comes a while after it was generated."""
        number, tracking = str(known["id"]), cart.tracking_of(known)
        if not tracking:
            return LabelPending(number)
        path = f"api/v2/me/imprimir/{self._form}/{number}"
        answer = await self._api.get(path, headers={"Accept": "*/*"})
        if not answer.body.lstrip().startswith((b"%PDF", b"^XA")):
            raise errors.Unreadable("imprimir", exchange=answer.exchange)
        place = known.get("to") or {}
        # A number loses its zeros there; where nothing is said, nothing is compared.
        said = str(known.get("service_id") or "")
        asked = self._services.get(request.service_code, request.service_code)
        said = asked if said == asked.lstrip("0") else said
        return CarrierLabel(
            reference=number,
            tracking=tracking,
            form=self._form,
            data=answer.body,
            service_code=bought_as(request.service_code, said, self._services),
            cep=str(place.get("postal_code") or "").replace("-", ""),
            order=cart.order_of(known),
        )

    async def _posting(self, number: str) -> dict[str, Any] | None:
        """A posting, in the cart or bought; None where there is none."""
        for path in (f"api/v2/me/orders/{number}", f"api/v2/me/cart/{number}"):
            try:
                body = _dict(await self._api.get(path))
            except HttpRefused as refused:
                if refused.status == 404:
                    continue
                raise
            if body.get("id"):
                return body
        return None

    async def _by_key(self, key: str) -> dict[str, Any] | None:
        """The posting that bears our tag, among the cart's and the newest bought ones."""
        for path in ("api/v2/me/cart", "api/v2/me/orders"):
            async for row in self._listed(path):
                if cart.key_of(row) == key and row.get("status") not in _GONE:
                    return row
        return None

    async def _listed(self, path: str) -> AsyncIterator[dict[str, Any]]:
        for number in range(1, PAGES + 1):
            body = _dict(await self._api.get(path, {"page": number}))
            rows = body.get("data")
            if not isinstance(rows, list):
                raise errors.Unreadable(path)
            for row in rows:
                yield row
            if number >= int(body.get("last_page") or 1):
                return

    async def _change(self, path: str, body: Any) -> Answer:
        """A change; a refusal has the service's own sentence."""
        try:
            return await self._api.change("POST", path, body)
        except HttpRefused as refused:
            raise _said(refused) from None

    # --- tracking ---------------------------------------------------------------------------

    async def events(self, codes: Sequence[str]) -> Mapping[str, tuple[TrackingEvent, ...]]:
        """Each code is looked for by itself: the service tells events by its own numbers."""
        found: dict[str, tuple[TrackingEvent, ...]] = {}
        for code in codes:
            answer = await self._api.get("api/v2/me/orders/search", {"q": code})
            rows = answer.json()
            rows = rows.get("data") if isinstance(rows, dict) else rows
            if not isinstance(rows, list):
                raise errors.Unreadable("search", exchange=answer.exchange)
            mine = [row for row in rows if code == cart.tracking_of(row)]
            if events := tuple(event for row in mine for event in _events(row)):
                found[code] = events
        return found


def login(config: Config) -> OAuth:
    url = (config.url or URL).rstrip("/")
    return OAuth(config, f"{url}/oauth/token", f"{url}/oauth/authorize", scope=SCOPES)


def _events(row: Mapping[str, Any]) -> list[TrackingEvent]:
    made = [
        TrackingEvent(_moment(str(row[name])), status, name, text)
        for name, status, text in _MOMENTS
        if row.get(name)
    ]
    if row.get("status") == "undelivered":
        at = _moment(str(row.get("updated_at") or row.get("posted_at")))
        made.append(TrackingEvent(at, TrackingStatus.FAILED_ATTEMPT, "undelivered", "Não entregue"))
    return sorted(made, key=lambda event: event.at)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise errors.Unreadable("moment") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=BRASILIA)).astimezone(UTC)


def _said(refused: HttpRefused) -> errors.Refused:
    """The reason of a 4xx: {"message"} or {"error"}, and {"errors": {field: [...]}}."""
    body = refused.json()
    if not isinstance(body, dict):
        return refused
    fields = body.get("errors")
    named = ", ".join(sorted(fields)) if isinstance(fields, dict) else ""
    text = str(body.get("message") or body.get("error") or refused.detail)
    detail = f"{text} ({named})" if named else text
    return errors.Refused(detail[:200], reason=str(refused.status), exchange=refused.exchange)


def _dict(answer: Answer) -> dict[str, Any]:
    body = answer.json()
    if not isinstance(body, dict):
        raise errors.Unreadable("no object", exchange=answer.exchange)
    return body


KIND = Kind(
    name="melhor-envio",
    title="Melhor Envio",
    roles=frozenset({Role.CARRIER, Role.TRACKING}),
    make=MelhorEnvio,
    login=login,
    fields=(
        *FIELDS,
        Field("contact", "loja@example.com", needed=True),
        Field("services", "03220=2, 03298=1"),
        Field("agency", ""),
        Field("form", "pdf, zpl", default="pdf"),
        Field("per_second", "0.0-1000", default="4"),
    ),
    url_hint=URL,
)
