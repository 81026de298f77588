"""The "DANFE Simplificado - Etiqueta" as a block of a label (NT 2020.004 v1.10, 2024; MOC 7.0)."""

from __future__ import annotations

from datetime import tzinfo
from functools import lru_cache

from app.labels import wording
from app.labels.data import DanfeData
from app.labels.page import Mark, Stationery, barcode
from app.labels.text import Row, block, line

_OPERATIONS = {"0": "0 - ENTRADA", "1": "1 - SAÍDA"}
BARS_MM = 8.5  # MOC 7.0: at least 0.8 cm


def marks(
    danfe: DanfeData, x: float, y: float, room: float, height: float, *, zone: tzinfo | None
) -> list[Mark]:
    """All that the norm asks for, in a box. Dates stand in `zone`, or in their own offset.

    Raises:
        ValueError: the key can't be a barcode.
    """
    bars = barcode(x + room / 2, y + 4, room + 6, BARS_MM, danfe.key)
    key = line(wording.fours(danfe.key), x, y + 4.5 + BARS_MM, room, size=2.6, align="c")
    top = y + 8 + BARS_MM
    rest = block(_rows(danfe, zone), x, top, room, y + height - top, size=2.5)
    return [_title(x, y, room), bars, key, *rest]


@lru_cache(maxsize=16)
def _title(x: float, y: float, room: float) -> Stationery:
    words = "DANFE Simplificado - Etiqueta"
    return Stationery((line(words, x, y, room, size=2.9, bold=True, align="c"),))


def _rows(danfe: DanfeData, zone: tzinfo | None) -> list[Row]:
    rows: list[Row] = []
    if danfe.no_fiscal_value or not (danfe.protocol or danfe.contingency):
        rows.append(("SEM VALOR FISCAL", ""))
    if danfe.contingency:
        since = wording.moment(danfe.contingency.since, zone)
        rows.append(("DANFE EM CONTINGÊNCIA", f"desde {since}: {danfe.contingency.reason}"))
    if danfe.protocol:
        when = wording.moment(danfe.authorised_at, zone) if danfe.authorised_at else ""
        rows += [("PROTOCOLO DE AUTORIZAÇÃO DE USO:",), ("", f"{danfe.protocol} {when}")]
    operation = _OPERATIONS.get(danfe.operation_type, danfe.operation_type)
    issued = wording.moment(danfe.issued_at, zone)
    return [
        *rows,
        ("NF-E Nº:", danfe.number, "SÉRIE:", danfe.series),
        ("EMISSÃO:", issued, "OPERAÇÃO:", operation),
        ("EMITENTE:", danfe.emitter_name),
        _person("CNPJ:", danfe.emitter_cnpj, danfe.emitter_ie, danfe.emitter_uf),
        ("DESTINATÁRIO:", danfe.recipient_name),
        _person("CNPJ/CPF:", danfe.recipient_document, danfe.recipient_ie, danfe.recipient_uf),
    ]


def _person(title: str, document: str, ie: str, uf: str) -> Row:
    return title, wording.document(document), "IE:", ie or "-", "UF:", uf
