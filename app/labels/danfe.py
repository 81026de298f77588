"""The "DANFE Simplificado - Etiqueta" as a block of a label (NT 2020.004 v1.10, 2024; MOC 7.0)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from functools import partial

from app.labels import wording
from app.labels.data import DanfeData
from app.labels.forms import Fixed, Piece, Texts
from app.labels.page import Mark, barcode
from app.labels.text import Row, block, line

_OPERATIONS = {"0": "0 - ENTRADA", "1": "1 - SAÍDA"}
BARS_MM = 8.5  # MOC 7.0: at least 0.8 cm


def piece(x: float, y: float, room: float, height: float) -> Piece:
    """All that the norm asks for, in a box; `content` is what it takes.

    Its layout raises `ValueError` where the key can't be a barcode.
    """
    return Piece(partial(_layout, x=x, y=y, room=room, height=height), codes=4, words=5)


def content(danfe: DanfeData, zone: tzinfo | None) -> tuple[Fixed, Texts, Texts]:
    """What is fixed, codes and words. Dates stand in `zone`, or in their own offset."""
    protocol = ""
    if danfe.protocol:
        when = wording.moment(danfe.authorised_at, zone) if danfe.authorised_at else ""
        protocol = f"{danfe.protocol} {when}".rstrip()
    issued = wording.moment(danfe.issued_at, zone)
    codes = (danfe.key, wording.fours(danfe.key), protocol, issued)
    words = (
        danfe.number, danfe.recipient_name, wording.document(danfe.recipient_document),
        danfe.recipient_ie or "-", danfe.recipient_uf,
    )  # fmt: skip
    contingency = ""
    if danfe.contingency:
        since = wording.moment(danfe.contingency.since, zone)
        contingency = f"desde {since}: {danfe.contingency.reason}"
    fixed = (
        contingency,
        danfe.no_fiscal_value or not (danfe.protocol or danfe.contingency),
        _OPERATIONS.get(danfe.operation_type, danfe.operation_type),
        danfe.series,
        danfe.emitter_name, danfe.emitter_cnpj, danfe.emitter_ie, danfe.emitter_uf,
    )  # fmt: skip
    return fixed, codes, words


def _layout(
    texts: Sequence[str],
    contingency: str,
    no_fiscal_value: bool,
    operation: str,
    series: str,
    emitter: str,
    cnpj: str,
    emitter_ie: str,
    emitter_uf: str,
    *,
    x: float,
    y: float,
    room: float,
    height: float,
) -> list[Mark]:
    key, key_shown, protocol, issued, number, recipient, document, ie, uf = texts
    rows: list[Row] = []
    if no_fiscal_value:
        rows.append(("SEM VALOR FISCAL", ""))
    if contingency:
        rows.append(("DANFE EM CONTINGÊNCIA", contingency))
    if protocol:
        rows += [("PROTOCOLO DE AUTORIZAÇÃO DE USO:",), ("", protocol)]
    rows += [
        ("NF-E Nº:", number, "SÉRIE:", series),
        ("EMISSÃO:", issued, "OPERAÇÃO:", operation),
        ("EMITENTE:", emitter),
        ("CNPJ:", wording.document(cnpj), "IE:", emitter_ie or "-", "UF:", emitter_uf),
        ("DESTINATÁRIO:", recipient),
        ("CNPJ/CPF:", document, "IE:", ie, "UF:", uf),
    ]
    top = y + 8 + BARS_MM
    title = "DANFE Simplificado - Etiqueta"
    return [
        line(title, x, y, room, size=2.9, bold=True, align="c"),
        barcode(x + room / 2, y + 4, room + 6, BARS_MM, key),
        line(key_shown, x, y + 4.5 + BARS_MM, room, size=2.6, align="c"),
        *block(rows, x, top, room, y + height - top, size=2.5),
    ]
