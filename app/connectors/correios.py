"""Correios: the events of packages (CWS, Rastro).

Read from the service as its documents and working clients show it: up to fifty codes a call, the
header Accept-Language is needed, times are Brasília's without a zone, and a code that is unknown or
of another contract comes with a message instead of events, under HTTP 200.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.connectors import errors
from app.connectors.http import Answer, Api, HttpRefused
from app.connectors.kinds import Config, Field, Kind
from app.connectors.roles import Checked, Role, TrackingEvent, TrackingStatus
from app.connectors.tokens import Grant, Tokens

URL = "https://api.correios.com.br"
BRASILIA = ZoneInfo("America/Sao_Paulo")

_BY_CODE: Mapping[str, TrackingStatus] = {
    "PO": TrackingStatus.POSTED,
    "RO": TrackingStatus.IN_TRANSIT,
    "DO": TrackingStatus.IN_TRANSIT,
    "OEC": TrackingStatus.OUT_FOR_DELIVERY,
    "LDI": TrackingStatus.AWAITING_PICKUP,
}
# BDE, BDI and BDR are what a carrier's round ended with: the type tells which end.
_BY_ROUND: Mapping[str, TrackingStatus] = {
    "00": TrackingStatus.DELIVERED,
    "01": TrackingStatus.DELIVERED,
    **dict.fromkeys(("02", "20", "21", "25"), TrackingStatus.FAILED_ATTEMPT),  # nobody, closed
    **dict.fromkeys(("06", "07", "08", "10", "19"), TrackingStatus.FAILED_ATTEMPT),  # address
    "04": TrackingStatus.RETURNING,  # refused at the door
    "09": TrackingStatus.LOST,
    "23": TrackingStatus.RETURNED,  # to the sender: of the same family as a delivery
    "24": TrackingStatus.AWAITING_PICKUP,
    "26": TrackingStatus.AWAITING_PICKUP,
}
_ROUNDS = frozenset({"BDE", "BDI", "BDR"})


class Correios:
    """A source of tracking events. With an `api_key` that is the bearer; else `user` and
    `access_code` open a token for the posting card, renewed by one process at a time."""

    most = 50

    def __init__(self, config: Config) -> None:
        self._key = config.secrets.get("api_key")
        self._card = config.option("card")
        who = f"{config.option('user')}:{config.secrets.get('access_code')}"
        self._basic = base64.b64encode(who.encode()).decode()
        self._tokens = Tokens(config.secrets, self._grant)
        url = config.url or URL
        self._door = Api(url, timeout_s=config.timeout_s)
        self._api = Api(
            url,
            timeout_s=config.timeout_s,
            headers=self._headers,
            renew=None if self._key else self._renewed,
        )

    async def check(self) -> Checked:
        """Ask for a code that is nobody's; the answer tells whether the key opens the service."""
        answer = await self._ask(["AA000000005BR"])
        return Checked("Correios CWS", self._card, answer.at)

    async def close(self) -> None:
        await self._api.close()
        await self._door.close()

    async def events(self, codes: Sequence[str]) -> Mapping[str, tuple[TrackingEvent, ...]]:
        if not codes:
            return {}
        answer = await self._ask(codes)
        body = answer.json()
        objects = body.get("objetos") if isinstance(body, dict) else None
        if not isinstance(objects, list):
            raise errors.Unreadable("objetos", exchange=answer.exchange)
        try:
            found = {str(o["codObjeto"]): _events(o) for o in objects if o.get("eventos")}
        except (KeyError, TypeError, ValueError, AttributeError):
            raise errors.Unreadable("eventos", exchange=answer.exchange) from None
        return {code: found[code] for code in codes if code in found}

    async def _ask(self, codes: Sequence[str]) -> Answer:
        params = [*(("codigosObjetos", code) for code in codes), ("resultado", "T")]
        try:
            return await self._api.get("srorastro/v1/objetos", params)
        except HttpRefused as refused:
            if refused.status == 403:  # the key lacks this service
                raise errors.Unauthorised("HTTP 403", exchange=refused.exchange) from None
            raise

    async def _headers(self) -> Mapping[str, str]:
        token = self._key or await self._tokens.access()
        return {"Authorization": f"Bearer {token}", "Accept-Language": "pt-BR"}

    async def _renewed(self, refused: Mapping[str, str]) -> None:
        await self._tokens.renewed(refused["Authorization"].removeprefix("Bearer "))

    async def _grant(self, refresh: str) -> Grant:
        answer = await self._door.call(
            "POST",
            "token/v1/autentica/cartaopostagem",
            body={"numero": self._card},
            headers={"Authorization": f"Basic {self._basic}"},
        )
        body = answer.json()
        try:
            ends = datetime.fromisoformat(body["expiraEm"])
            token = str(body["token"])
        except (KeyError, TypeError, ValueError):
            raise errors.Unreadable("token", exchange=answer.exchange) from None
        if ends.tzinfo is None:
            ends = ends.replace(tzinfo=BRASILIA)
        # By the service's own clock where it tells: this computer's may be off.
        return Grant(token, lasts_s=(ends - (answer.at or datetime.now(UTC))).total_seconds())


def _events(package: Mapping[str, Any]) -> tuple[TrackingEvent, ...]:
    """A package's events, oldest first; the service has them the other way round."""
    return tuple(sorted(map(_event, package["eventos"]), key=lambda event: event.at))


def _event(event: Mapping[str, Any]) -> TrackingEvent:
    code, kind = str(event["codigo"]), str(event["tipo"])
    at = datetime.fromisoformat(event["dtHrCriado"])
    if at.tzinfo is None:
        at = at.replace(tzinfo=BRASILIA)
    by = _BY_ROUND.get(kind) if code in _ROUNDS else _BY_CODE.get(code)
    where = (event.get("unidade") or {}).get("endereco") or {}
    return TrackingEvent(
        at.astimezone(UTC),
        by or TrackingStatus.OTHER,
        f"{code}-{kind}",
        str(event.get("descricao") or ""),
        "/".join(str(where[name]) for name in ("cidade", "uf") if where.get(name)),
    )


KIND = Kind(
    name="correios",
    title="Correios",
    roles=frozenset({Role.TRACKING}),
    make=Correios,
    fields=(
        Field("api_key", "cws-…", secret=True),
        Field("user", "Meu Correios"),
        Field("access_code", "", secret=True),
        Field("card", "0012345678"),
    ),
    url_hint=URL,
)
