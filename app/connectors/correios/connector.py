"""The Correios connector (CWS): labels by pre-posting, and the events of packages (Rastro).

A pre-posting costs nothing until the box is handed in, and ends by itself. It has no key of the
caller's own, but a field for the order's number there: a mark made of our key stands in it, by
which one whose answer was lost is found.

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
from app.connectors.correios import posting
from app.connectors.http import Answer, Api, HttpRefused
from app.connectors.kinds import Config, Field, Kind
from app.connectors.masks import masked_text
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
from app.connectors.tokens import Grant, Tokens
from app.connectors.translate import bought_as, pairs

URL = "https://api.correios.com.br"
PREPOST = "prepostagem/v1/prepostagens"
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


PAGES = 10  # of the newest pre-postings, in which a lost one is looked for
PAGE = 50
POLLS = 20  # how often one receipt is asked for before the label is asked for anew
_ENDED = frozenset({"CANCELADO", "EXPIRADO", "ESTORNADO"})


class Correios:
    """A carrier, and a source of tracking events. With an `api_key` that is the bearer; else `user`
    and `access_code` open a token for the posting card, renewed by one process at a time."""

    most = 50

    def __init__(self, config: Config) -> None:
        self._key = config.secrets.get("api_key")
        self._card = config.option("card")
        self._contract = config.option("contract")
        self._services = pairs(config.option("services"))
        self._layout = config.option("layout", "PADRAO")
        self._receipts: dict[
            str, tuple[str, int]
        ] = {}  # and how often it was asked for, by posting
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

    # --- labels -----------------------------------------------------------------------------

    async def label(self, request: LabelRequest, key: str) -> CarrierLabel | LabelPending:
        """Pre-post the package; its label is made afterwards."""
        if not self._card:
            raise errors.Refused("no posting card is configured", reason="NO_CARD")
        service = self._services.get(request.service_code, request.service_code)
        wanted = posting.prepost(request, key, service, self._card, self._contract)
        made = _object(await self._change("POST", PREPOST, wanted))
        if not made.get("id") or not made.get("codigoObjeto"):
            raise errors.Unreadable("id, codigoObjeto")
        return LabelPending(str(made["id"]), str(made["codigoObjeto"]))

    async def find_label(
        self, request: LabelRequest, key: str, reference: str
    ) -> CarrierLabel | LabelPending | None:
        """None too where the pre-posting has ended there, which it does by itself after two weeks:
        another is made."""
        known = await self._known(reference) if reference else await self._by_mark(key)
        if known is None and reference:
            raise errors.UnknownOutcome("the list of pre-postings does not show it")
        if known is None or _status(known) in _ENDED:
            return None
        return await self._made(known, request)

    async def cancel_label(self, reference: str, tracking: str, key: str) -> Receipt:
        known = await self._known(reference)
        if known is None or _status(known) in _ENDED:
            return Receipt(reference, "gone already")
        await self._change("DELETE", f"{PREPOST}/{reference}")
        return Receipt(reference)

    async def _made(
        self, known: Mapping[str, Any], request: LabelRequest
    ) -> CarrierLabel | LabelPending:
        """The label, which is asked for first and fetched when it is ready."""
        number, tracking = str(known["id"]), str(known.get("codigoObjeto") or "")
        receipt, polls = self._receipts.get(number, ("", 0))
        if not receipt or polls >= POLLS:
            asked = {
                "idsPrePostagem": [number],
                "numeroCartaoPostagem": self._card,
                "tipoRotulo": "P",
                "formatoRotulo": "ET",
                "imprimeRemetente": "S",
                "layoutImpressao": self._layout,
            }
            # A label that is asked for twice is made twice, and is the same: this is a read.
            try:
                answer = await self._api.read(f"{PREPOST}/rotulo/assincrono/pdf", asked)
            except HttpRefused as refused:
                raise _said(refused) from None
            receipt = str(_object(answer).get("idRecibo") or "")
            if not receipt:
                raise errors.Unreadable("idRecibo", exchange=answer.exchange)
            self._receipts[number] = receipt, 0
            return LabelPending(number, tracking)
        data = await self._pdf(receipt)
        if data is None:
            self._receipts[number] = receipt, polls + 1
            return LabelPending(number, tracking)
        self._receipts.pop(number, None)
        place = (known.get("destinatario") or {}).get("endereco") or {}
        said = str(known.get("codigoServico") or "")
        return CarrierLabel(
            reference=number,
            tracking=tracking,
            form="pdf",
            data=data,
            service_code=bought_as(request.service_code, said, self._services),
            cep=str(place.get("cep") or "").replace("-", ""),
            order=posting.order_of(known),
        )

    async def _pdf(self, receipt: str) -> bytes | None:
        """None while it is being made, which is a 202, or a 404 of the receipt."""
        try:
            answer = await self._api.get(f"{PREPOST}/rotulo/download/assincrono/{receipt}")
        except HttpRefused as refused:
            if refused.status == 404:
                return None
            raise _said(refused) from None
        if answer.status == 202:
            return None
        try:
            return base64.b64decode(str(_object(answer)["dados"]), validate=True)
        except (KeyError, ValueError):
            raise errors.Unreadable("dados", exchange=answer.exchange) from None

    async def _known(self, number: str) -> dict[str, Any] | None:
        rows, _ = await self._listed({"id": number, "page": "0", "size": "1"})
        return next((row for row in rows if row.get("id") == number), None)

    async def _by_mark(self, key: str) -> dict[str, Any] | None:
        """The posting that bears our key's mark.

        Raises:
            UnknownOutcome: the list shows no marks at all, so that it can't be told.
        """
        mark, marked, seen = posting.mark_of(key), False, False
        for number in range(PAGES):
            rows, last = await self._listed({"page": str(number), "size": str(PAGE)})
            for row in rows:
                seen, marked = True, marked or "pedidoExternoOrigem" in row
                if row.get("pedidoExternoOrigem") == mark and _status(row) not in _ENDED:
                    return row
            if last:
                break
        if seen and not marked:
            raise errors.UnknownOutcome("the list of pre-postings shows no marks")
        return None

    async def _listed(self, query: Mapping[str, str]) -> tuple[list[dict[str, Any]], bool]:
        answer = await self._get("prepostagem/v2/prepostagens", dict(query))
        body = _object(answer)
        rows = body.get("itens") if "itens" in body else body.get("content")
        if not isinstance(rows, list):
            raise errors.Unreadable("itens", exchange=answer.exchange)
        page = body.get("page") if isinstance(body.get("page"), dict) else {}
        pages = int((page or {}).get("totalPages") or 1)
        return rows, int(query["page"]) + 1 >= pages

    async def _change(self, method: str, path: str, body: Any = None) -> Answer:
        try:
            return await self._api.change(method, path, body)
        except HttpRefused as refused:
            raise _said(refused) from None

    # --- inside -----------------------------------------------------------------------------

    async def _ask(self, codes: Sequence[str]) -> Answer:
        params = [*(("codigosObjetos", code) for code in codes), ("resultado", "T")]
        return await self._get("srorastro/v1/objetos", params)

    async def _get(self, path: str, params: Any) -> Answer:
        try:
            return await self._api.get(path, params)
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


def _object(answer: Answer) -> dict[str, Any]:
    body = answer.json()
    if not isinstance(body, dict):
        raise errors.Unreadable("no object", exchange=answer.exchange)
    return body


def _status(row: Mapping[str, Any]) -> str:
    """PREPOSTADO and the like: as a number or a word, by the version."""
    said = str(row.get("descStatusAtual") or row.get("statusAtual") or "")
    plain = "".join(letter for letter in said.upper() if letter.isalnum())
    return {"1": "PREATENDIDO", "2": "PREPOSTADO", "PRÉPOSTADO": "PREPOSTADO"}.get(plain, plain)


def _said(refused: HttpRefused) -> errors.Refused:
    """The service's own sentences, {"msgs": [...]}, which name fields and no values."""
    body = refused.json()
    said = body.get("msgs") if isinstance(body, dict) else None
    if refused.status == 403:
        return errors.Refused("the key lacks this service", reason="403", exchange=refused.exchange)
    if not isinstance(said, list) or not said:
        return refused
    text = masked_text("; ".join(str(sentence) for sentence in said))
    return errors.Refused(text[:200], reason=str(refused.status), exchange=refused.exchange)


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
    roles=frozenset({Role.CARRIER, Role.TRACKING}),
    make=Correios,
    fields=(
        Field("api_key", "cws-…", secret=True),
        Field("user", "Meu Correios"),
        Field("access_code", "", secret=True),
        Field("card", "0012345678"),
        Field("contract", "9912345678"),
        Field("services", "SEDEX=03220, PAC=03298"),
        Field("layout", "PADRAO, LINEAR_100_150", default="PADRAO"),
    ),
    url_hint=URL,
)
