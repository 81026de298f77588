"""A package as Correios' pre-posting (pré-postagem) wants it.

From the service's documents (CWS, prepostagem 2.0, 2026): every value is text, weights are grams
and sizes whole centimetres, fields have short limits, and a nine-digit phone goes by another name
than an eight-digit one. With an NF-e goes its key; without, Correios issues the declaration of
content.
"""

from __future__ import annotations

import base64
import hashlib
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.connectors.roles import LabelRequest
from app.connectors.translate import digits
from app.domain.model import Address, Recipient

_LEAST_CM = (2, 11, 16)  # the smallest box: height, width, length


def mark_of(key: str) -> str:
    """What a posting bears of its call's key: `pedidoExternoOrigem` holds 25 characters."""
    made = base64.b32encode(hashlib.sha256(key.encode()).digest()).decode()
    return f"E{made[:24]}"


def prepost(
    request: LabelRequest, key: str, service: str, card: str, contract: str
) -> dict[str, Any]:
    """What is posted. `service` is the contract's own code."""
    height, width, length = (
        str(max(math.ceil(Decimal(mm) / 10), least))
        for mm, least in zip(
            (request.height_mm, request.width_mm, request.length_mm), _LEAST_CM, strict=True
        )
    )
    wanted: dict[str, Any] = {
        "remetente": _party(request.sender, request.sender_address),
        "destinatario": _party(request.recipient, request.address),
        "codigoServico": service,
        "numeroCartaoPostagem": card,
        "codigoFormatoObjetoInformado": "2",  # a box
        "pesoInformado": str(max(request.weight_g, 1)),
        "alturaInformada": height,
        "larguraInformada": width,
        "comprimentoInformado": length,
        "cienteObjetoNaoProibido": "1",
        "solicitarColeta": "N",
        "logisticaReversa": "N",
        "itensDeclaracaoConteudo": [  # needed beside an NF-e too
            {
                "conteudo": item.name[:60].ljust(2, "."),
                "quantidade": str(item.quantity),
                "valor": f"{item.unit_price:.2f}",
            }
            for item in request.contents
        ],
        "pedidoExternoOrigem": mark_of(key),
        "observacao": f"Pedido {request.ref.number}"[:50],
        "emiteDCe": "N" if request.invoice_key else "S",
    }
    if contract:
        wanted["numeroContrato"] = contract
    if request.invoice_key:
        wanted |= {"chaveNFe": request.invoice_key, "numeroNotaFiscal": request.invoice_number}
    return wanted


def order_of(posting: Mapping[str, Any]) -> str:
    """The number of the order that a posting was made for; empty where it isn't said."""
    text = str(posting.get("observacao") or "")
    return text.removeprefix("Pedido ") if text.startswith("Pedido ") else ""


def _party(person: Recipient, place: Address) -> dict[str, Any]:
    return {
        "nome": person.name[:50],
        "cpfCnpj": digits(person.document),
        **_phone(person.phone),
        "endereco": {
            "cep": place.cep,
            "logradouro": place.street[:50],
            "numero": (place.number or "S/N")[:6],
            "complemento": place.complement[:30],
            "bairro": place.district[:30],
            "cidade": place.city[:30],
            "uf": place.state,
        },
    }


def _phone(text: str) -> dict[str, str]:
    """Area code and number, by the name for its length; none where it is neither."""
    number = digits(text)
    if number.startswith("55") and len(number) > 11:
        number = number[2:]
    match len(number):
        case 11:
            return {"dddCelular": number[:2], "celular": number[2:]}
        case 10:
            return {"dddTelefone": number[:2], "telefone": number[2:]}
    return {}
