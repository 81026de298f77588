"""NF-e that Bling issues for its sales orders."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from app.connectors import errors
from app.connectors.http import Answer, Api
from app.connectors.roles import InvoiceAnswer, InvoiceStatus

# Bling's own numbers of an NF-e's state (situacao).
_PENDING = 1  # made, and not sent to SEFAZ yet
_STATUS = {
    2: InvoiceStatus.CANCELLED,
    4: InvoiceStatus.REJECTED,
    5: InvoiceStatus.AUTHORISED,
    6: InvoiceStatus.AUTHORISED,  # and its DANFE was printed
    7: InvoiceStatus.AUTHORISED,  # and entered in the books
    9: InvoiceStatus.REJECTED,  # denied, of notes from before September 2024
    11: InvoiceStatus.REJECTED,  # blocked
}


class Notes:
    def __init__(self, api: Api, plain: Api, url: str) -> None:
        self._api = api
        self._plain = plain  # without our token: the XML's address is on another host
        self._host = urlsplit(url).hostname or ""

    async def read(self, number: int) -> dict[str, Any]:
        note = (await self._api.get(f"nfe/{number}")).json()
        if not isinstance(note, dict) or not isinstance(note.get("data"), dict):
            raise errors.Unreadable("nfe")
        return dict(note["data"])

    def is_unsent(self, note: dict[str, Any]) -> bool:
        return note.get("situacao") == _PENDING

    async def answer(self, note: dict[str, Any]) -> InvoiceAnswer:
        status = _STATUS.get(note.get("situacao") or 0, InvoiceStatus.PROCESSING)
        key = str(note.get("chaveAcesso") or "").removeprefix("NFe")
        reference = str(note.get("id") or "")
        if status is InvoiceStatus.REJECTED:
            return InvoiceAnswer(status, reference, key, reason=str(note.get("situacao")))
        if status is not InvoiceStatus.AUTHORISED:
            return InvoiceAnswer(status, reference, key)
        return InvoiceAnswer(status, reference, key, await self._xml(str(note.get("xml") or "")))

    async def make(self, order_id: str) -> int:
        """Have the order's NF-e made; its number there."""
        answer = await self._api.change("POST", f"pedidos/vendas/{order_id}/gerar-nfe")
        return _made(answer)

    async def send(self, number: int) -> None:
        """To SEFAZ."""
        await self._api.change("POST", f"nfe/{number}/enviar")

    async def _xml(self, told: str) -> bytes:
        """The XML itself, which the note holds or names the address of."""
        if told.lstrip().startswith("<"):
            return told.encode()
        place = urlsplit(told)
        own = place.hostname == self._host
        if not own and (
            place.scheme != "https" or not f".{place.hostname}".endswith(".bling.com.br")
        ):
            raise errors.Unreadable("xml: address")
        return (await self._plain.get(told, headers={"Accept": "*/*"})).body


def _made(answer: Answer) -> int:
    body = answer.json()
    data = body.get("data") if isinstance(body, dict) else None
    number = (data or {}).get("idNotaFiscal") if isinstance(data, dict) else None
    if not isinstance(number, int):
        raise errors.Unreadable("idNotaFiscal", exchange=answer.exchange)
    return number
