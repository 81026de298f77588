"""A Bling sales order (pedido de venda) as an order here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from app.connectors.records import Fault
from app.connectors.translate import Record, digits, state, units

BRASILIA = ZoneInfo("America/Sao_Paulo")  # what Bling's times without a zone are


class States(Struct, frozen=True):
    """What the account's own states (situações) mean: ids as text."""

    ready: frozenset[str]
    cancelled: frozenset[str]
    shipped: str

    def concerns(self, row: Record) -> bool:
        return state_of(row) in self.ready | self.cancelled


def state_of(row: Record) -> str:
    return str((row.get("situacao") or {}).get("id") or "")


def volumes(row: Record) -> list[Mapping[str, Any]]:
    return list((row.get("transporte") or {}).get("volumes") or [])


def neutral(row: Record, states: States) -> dict[str, Any]:
    """A sales order, with its contact's record as `cliente`, as a record of an order file.

    Raises:
        Fault: it is finished there, or can't be shipped as it is.
    """
    stands = state_of(row)
    if stands not in states.ready | states.cancelled:
        raise Fault("ORDER_DONE_THERE", "situacao.id")
    person, transport = row.get("cliente") or row["contato"], row.get("transporte") or {}
    services = [str(v.get("servico") or "") for v in volumes(row)]
    carrier = str((transport.get("contato") or {}).get("nome") or "")
    placed = _day(row.get("data"), time())
    if placed is None:
        raise Fault("FIELD_MISSING", "data")
    promised = _day(row.get("dataPrevista"), time(23, 59, 59))
    shop = str((row.get("loja") or {}).get("id") or "")
    return {
        "source": "bling",
        "external_id": str(row["id"]),
        "number": str(row["numero"]),
        "channel": shop if shop != "0" else "",
        "placed_at": placed.isoformat(),
        "promised_at": promised.isoformat() if promised else None,
        "payment_status": "paid",  # the shop lets it come to a ready state once it is
        "status": "cancelled" if stands in states.cancelled else "open",
        "carrier": carrier or next(filter(None, services), ""),
        "service_code": next(filter(None, services), ""),
        "service_name": next(filter(None, services), ""),
        "recipient": {
            "name": (transport.get("etiqueta") or {}).get("nome") or row["contato"]["nome"],
            "document": digits(row["contato"].get("numeroDocumento")),
            "email": person.get("email") or "",
            "phone": person.get("celular") or person.get("telefone") or "",
        },
        "address": _address(transport.get("etiqueta") or {}, person),
        "lines": [
            {
                "line_id": str(item["id"]),
                "sku": item.get("codigo") or None,
                "quantity": units(item["quantidade"]),
                "unit_price": str(item.get("valor") or 0),
            }
            for item in row["itens"]
        ],
        "freight": str(transport.get("frete") or 0),
        "total": str(row.get("total") or 0),
        "note": row.get("observacoes") or "",
    }


def _address(label: Record, person: Record) -> dict[str, Any]:
    """What the order's label bears, or else where its customer lives."""
    place: Record = label
    if not label.get("cep"):
        place = (person.get("endereco") or {}).get("geral") or {}
    return {
        "cep": digits(place.get("cep")),
        "street": place.get("endereco"),
        "number": place.get("numero"),
        "complement": place.get("complemento"),
        "district": place.get("bairro"),
        "city": place.get("municipio"),
        "state": state(place.get("uf")),
    }


def _day(text: Any, at: time) -> datetime | None:
    """A day as Bling has it ("2026-11-25", "0000-00-00" for none), at a time of Brasília's."""
    try:
        day = datetime.fromisoformat(str(text or "")[:10]).date()
    except ValueError:
        return None
    return datetime.combine(day, at, BRASILIA)
