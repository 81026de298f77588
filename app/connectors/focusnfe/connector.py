"""The Focus NFe connector.

From its documents (API v2, 2026): a note is known by a reference that the caller chooses, so the
same one posted twice is one note; issuing is asynchronous; a note that SEFAZ refused is posted
again under its reference; keys bear "NFe" before them; files have paths of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.connectors import errors
from app.connectors.focusnfe.note import FiscalDataMissing, note
from app.connectors.http import Api, HttpRefused
from app.connectors.kinds import Config, Field, Kind
from app.connectors.roles import (
    Checked,
    InvoiceAnswer,
    InvoiceRequest,
    InvoiceStatus,
    OrderRef,
    Role,
)

URL = "https://api.focusnfe.com.br"
BRASILIA = ZoneInfo("America/Sao_Paulo")
_STATUS: Mapping[str, InvoiceStatus] = {
    "processando_autorizacao": InvoiceStatus.PROCESSING,
    "autorizado": InvoiceStatus.AUTHORISED,
    "erro_autorizacao": InvoiceStatus.REJECTED,
    "denegado": InvoiceStatus.REJECTED,  # of notes from before September 2024
    "cancelado": InvoiceStatus.CANCELLED,
}
_THERE_ALREADY = frozenset({"already_processed", "nfe_autorizada", "em_processamento"})


class FocusNfe:
    """An invoice service. Orders that came with fiscal data are issued; of the others it is
    asked whether their ERP has issued them, under the same reference."""

    def __init__(self, config: Config) -> None:
        self._cnpj = config.option("cnpj")
        self._by = config.option("reference", "number")
        self._prefix = config.option("prefix")
        rate = float(config.option("per_second", "1.5"))
        self._api = Api(
            config.url or URL,
            timeout_s=config.timeout_s,
            auth=(config.secrets.get("token"), ""),
            per_second=rate,
        )

    async def check(self) -> Checked:
        """Ask for a note that nobody has; the answer tells whether the token is taken."""
        try:
            await self._api.get("v2/nfe/expedita0check")
        except HttpRefused as refused:
            body = refused.json()
            if refused.status != 404:
                raise _said(refused) from None
            if not isinstance(body, dict):
                raise errors.Unreadable("404: no JSON", exchange=refused.exchange) from None
        return Checked("Focus NFe v2", self._cnpj)

    async def close(self) -> None:
        await self._api.close()

    async def issue(self, request: InvoiceRequest, key: str) -> InvoiceAnswer:
        """Post the order's note; where it came without fiscal data, look for its ERP's."""
        if not request.order.fiscal:
            found = await self.find_invoice(request.ref, key)
            return found or InvoiceAnswer(InvoiceStatus.AWAITED)
        ref = self._ref(request.ref)
        try:
            wanted = note(request, self._cnpj, datetime.now(UTC).astimezone(BRASILIA))
        except FiscalDataMissing as missing:
            raise errors.Refused(f"fiscal data missing: {missing}", reason="FISCAL") from None
        try:
            answer = await self._api.change("POST", f"v2/nfe?ref={ref}", wanted)
        except HttpRefused as refused:
            body = refused.json()
            if isinstance(body, dict) and body.get("codigo") in _THERE_ALREADY:
                found = await self.find_invoice(request.ref, key)
                if found is not None:
                    return found
            raise _said(refused) from None
        return await self._answer(answer.json(), ref)

    async def find_invoice(self, ref: OrderRef, key: str) -> InvoiceAnswer | None:
        reference = self._ref(ref)
        try:
            answer = await self._api.get(f"v2/nfe/{reference}")
        except HttpRefused as refused:
            if refused.status == 404 and isinstance(refused.json(), dict):
                return None
            raise _said(refused) from None
        return await self._answer(answer.json(), reference)

    async def _answer(self, body: Any, ref: str) -> InvoiceAnswer:
        status = _STATUS.get(str(body.get("status"))) if isinstance(body, dict) else None
        if status is None:
            raise errors.Unreadable("status")
        key = str(body.get("chave_nfe") or "").removeprefix("NFe")
        if status is InvoiceStatus.REJECTED:
            reason = str(body.get("status_sefaz") or "")
            return InvoiceAnswer(
                status, ref, key, reason=reason, detail=str(body.get("mensagem_sefaz") or "")
            )
        if status is not InvoiceStatus.AUTHORISED:
            return InvoiceAnswer(status, ref, key)
        path = str(body.get("caminho_xml_nota_fiscal") or "")
        if not path.startswith("/"):  # never an address of another host
            raise errors.Unreadable("caminho_xml_nota_fiscal")
        xml = (await self._api.get(path, headers={"Accept": "*/*"})).body
        return InvoiceAnswer(status, ref, key, xml)

    def _ref(self, ref: OrderRef) -> str:
        """Letters and digits only, as the service asks."""
        named = ref.external_id if self._by == "external_id" else ref.number
        return re.sub(r"[^0-9A-Za-z]", "", self._prefix + named)


def _said(refused: HttpRefused) -> errors.ConnectorError:
    """The service's sentence: {"codigo", "mensagem", "erros": [{"campo", "mensagem"}]}."""
    if refused.status == 403:
        return errors.Unauthorised("HTTP 403", exchange=refused.exchange)
    body = refused.json()
    if not isinstance(body, dict):
        return refused
    fields = [str(e.get("campo") or "") for e in body.get("erros") or [] if isinstance(e, dict)]
    text = str(body.get("mensagem") or refused.detail)
    named = ", ".join(filter(None, fields[:5]))
    return errors.Refused(
        f"{text} ({named})"[:200] if named else text[:200],
        reason=str(body.get("codigo") or refused.status),
        exchange=refused.exchange,
    )


KIND = Kind(
    name="focus-nfe",
    title="Focus NFe",
    roles=frozenset({Role.INVOICES}),
    make=FocusNfe,
    fields=(
        Field("token", "", secret=True, needed=True),
        Field("cnpj", "12345678000195", needed=True),
        Field("reference", "number, external_id", default="number"),
        Field("prefix", "pedido"),
        Field("per_second", "0.0-1000", default="1.5"),
    ),
    url_hint=URL,
)
