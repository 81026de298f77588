"""An order as Focus NFe wants it, from the order itself and the fiscal data that came with it.

Field names are those of its documents (campos.focusnfe.com.br, layout 4.00). What the order says
(who, where, what, how much) always stands; how it is taxed comes from the order's `fiscal` alone
and is never guessed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from app.connectors.roles import InvoiceRequest
from app.connectors.translate import digits
from app.domain.model import OrderLine

_NEEDED = ("natureza_operacao",)
_NEEDED_OF_LINE = (
    "codigo_ncm",
    "cfop",
    "icms_origem",
    "icms_situacao_tributaria",
    "pis_situacao_tributaria",
    "cofins_situacao_tributaria",
)


class FiscalDataMissing(Exception):
    """The order's fiscal data lacks something; the text names the fields."""


def note(request: InvoiceRequest, cnpj: str, at: datetime) -> dict[str, Any]:
    """What is posted to /v2/nfe.

    Raises:
        FiscalDataMissing: a field that only the seller can know isn't there.
    """
    order, fiscal = request.order, fiscal_of(request)
    by_line = fiscal.pop("items", {})
    missing = [name for name in _NEEDED if not fiscal.get(name)]
    missing += [
        f"items.{line.line_id}.{name}"
        for line in order.lines
        for name in _NEEDED_OF_LINE
        if not str((by_line.get(line.line_id) or {}).get(name) or "").strip()
    ]
    if missing:
        raise FiscalDataMissing(", ".join(missing[:5]))
    products = sum((line.unit_price * line.quantity for line in order.lines), Decimal(0))
    return {
        "tipo_documento": 1,  # goods go out
        "finalidade_emissao": 1,
        "consumidor_final": 1,
        "presenca_comprador": 2,  # over the internet
        "modalidade_frete": 0,
        "indicador_inscricao_estadual_destinatario": 9,
        **fiscal,
        "data_emissao": at.isoformat(timespec="seconds"),
        "cnpj_emitente": cnpj,
        **_recipient(request),
        "valor_produtos": _money(products),
        "valor_frete": _money(order.freight),
        "valor_total": _money(order.total),
        "items": [
            _item(number, line, by_line[line.line_id], request)
            for number, line in enumerate(order.lines, 1)
        ],
        "volumes": [_volume(request)],
    }


def fiscal_of(request: InvoiceRequest) -> dict[str, Any]:
    """The order's fiscal data; empty where its source gave none."""
    return dict(json.loads(request.order.fiscal)) if request.order.fiscal else {}


def _recipient(request: InvoiceRequest) -> dict[str, Any]:
    person, place = request.order.recipient, request.order.address
    number = digits(person.document)
    document = "cnpj_destinatario" if len(number) == 14 else "cpf_destinatario"
    return {
        document: number,
        "nome_destinatario": person.name[:60],
        "logradouro_destinatario": place.street,
        "numero_destinatario": place.number or "S/N",
        "complemento_destinatario": place.complement,
        "bairro_destinatario": place.district or "-",
        "municipio_destinatario": place.city,
        "uf_destinatario": place.state,
        "cep_destinatario": place.cep,
        "pais_destinatario": "Brasil",
        "telefone_destinatario": digits(person.phone),
    }


def _item(
    number: int, line: OrderLine, fiscal: Mapping[str, Any], request: InvoiceRequest
) -> dict[str, Any]:
    price, count = _money(line.unit_price), str(line.quantity)
    return {
        "descricao": request.names.get(line.sku, line.sku)[:120],
        "unidade_comercial": "UN",
        "unidade_tributavel": "UN",
        "inclui_no_total": 1,
        **fiscal,
        "numero_item": number,
        "codigo_produto": line.sku,
        "quantidade_comercial": count,
        "quantidade_tributavel": count,
        "valor_unitario_comercial": price,
        "valor_unitario_tributavel": price,
        "valor_bruto": _money(line.unit_price * line.quantity),
        "pedido_compra": request.ref.number[:15],  # xPed: what the document is matched by
    }


def _volume(request: InvoiceRequest) -> dict[str, Any]:
    volume: dict[str, Any] = {"quantidade": request.packages}
    if request.gross_weight_g is not None:
        volume["peso_bruto"] = f"{Decimal(request.gross_weight_g) / 1000:.3f}"
    return volume


def _money(value: Decimal) -> str:
    return f"{value:.2f}"
