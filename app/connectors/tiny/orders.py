"""A Tiny sales order (pedido) as an order here."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from app.connectors.records import Fault
from app.connectors.translate import Record, digits, state, units

BRASILIA = ZoneInfo("America/Sao_Paulo")  # days there have no zone


class States(Struct, frozen=True):
    """What Tiny's states (situações) mean to this shop: numbers as text.

    8 incomplete data, 0 open, 3 approved, 4 being prepared, 1 invoiced, 7 ready to send, 5 sent,
    6 delivered, 2 cancelled, 9 not delivered.
    """

    ready: frozenset[str]
    cancelled: frozenset[str]
    shipped: str

    def concerns(self, row: Record) -> bool:
        return state_of(row) in self.ready | self.cancelled


def state_of(row: Record) -> str:
    said = row.get("situacao")
    return "" if said is None else str(said)


def tracking_of(row: Record) -> str:
    return str((row.get("transportador") or {}).get("codigoRastreamento") or "")


def neutral(row: Record, states: States) -> dict[str, Any]:
    """A sales order as a record of an order file. Its lines have no ids there: they are counted.

    Raises:
        Fault: it is finished there, or can't be shipped as it is.
    """
    if not states.concerns(row):
        raise Fault("ORDER_DONE_THERE", "situacao")
    client, way = row["cliente"], row.get("transportador") or {}
    goes_to = row.get("enderecoEntrega") or {}
    place = goes_to if goes_to.get("cep") else client.get("endereco") or {}
    placed, promised = _day(row.get("data"), time()), _day(row.get("dataPrevista"), time(23, 59))
    if placed is None:
        raise Fault("FIELD_MISSING", "data")
    service = str((way.get("formaFrete") or {}).get("nome") or "")
    shop = row.get("ecommerce") or {}
    return {
        "source": "tiny",
        "external_id": str(row["id"]),
        "number": str(row["numeroPedido"]),
        "channel": str(shop.get("canalVenda") or shop.get("nome") or ""),
        "placed_at": placed.isoformat(),
        "promised_at": promised.isoformat() if promised else None,
        "payment_status": "paid",  # the shop approves it once it is
        "status": "cancelled" if state_of(row) in states.cancelled else "open",
        "carrier": str((way.get("formaEnvio") or {}).get("nome") or way.get("nome") or ""),
        "service_code": service,
        "service_name": service,
        "recipient": {
            "name": goes_to.get("nomeDestinatario") or client["nome"],
            "document": digits(client.get("cpfCnpj")),
            "email": client.get("email") or "",
            "phone": client.get("celular") or client.get("telefone") or "",
        },
        "address": {
            "cep": digits(place.get("cep")),
            "street": place.get("endereco"),
            "number": place.get("numero"),
            "complement": place.get("complemento"),
            "district": place.get("bairro"),
            "city": place.get("municipio"),
            "state": state(place.get("uf")),
        },
        "lines": [
            {
                "line_id": str(number),
                "sku": (item.get("produto") or {}).get("sku") or None,
                "quantity": units(item["quantidade"]),
                "unit_price": str(item.get("valorUnitario") or 0),
            }
            for number, item in enumerate(row["itens"], 1)
        ],
        "freight": str(row.get("valorFrete") or 0),
        "total": str(row.get("valorTotalPedido") or 0),
        "note": row.get("observacoes") or "",
    }


def _day(text: Any, at: time) -> datetime | None:
    try:
        day = datetime.fromisoformat(str(text or "")[:10]).date()
    except ValueError:
        return None
    return datetime.combine(day, at, BRASILIA)
