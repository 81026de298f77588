"""The NF-e as expedition reads it, compared with the order and with what lies in the boxes.

Rules from MOC 7.0, leiauteNFe_v4.00.xsd and NT 2026.002 (2026).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from app.domain.codes import nfe_key_is_valid
from app.domain.model import Order, Product

# 120 is "authorised with an alert" (NT 2026.002, 2026), 150 "authorised out of time".
AUTHORISED = frozenset({"100", "120", "150"})
CANCELLED = frozenset({"101", "151", "155"})
# Off-line issue: FS-IA, FS-DA and NF-e with DANFE Simplificado Tipo 2 may travel before SEFAZ
# answers; they have to be checked again later.
OFFLINE_ISSUE = frozenset({"2", "5", "9"})
# Commercial units that mean a packaging, not a piece.
PACK_UNITS = frozenset({"CX", "CXA", "CAIXA", "FD", "FARDO", "PCT", "PACOTE"})
DOZEN_UNITS = frozenset({"DZ", "DUZIA", "DÚZIA"})


class InvoiceItem(Struct, frozen=True):
    """One `det`. `gtin` is empty for "SEM GTIN"; `quantity` counts `unit`s (uCom)."""

    sku: str
    gtin: str
    quantity: Decimal
    unit: str
    total: Decimal


class Invoice(Struct, frozen=True):
    """An NF-e. Holds personal data (the recipient): never log or journal it.

    `cstat` and `protocol` are empty without a `protNFe`; `cancelled` is set by event 110111.
    Codes keep the XML's own values: `model` "55", `environment` "1" (production).
    """

    key: str
    issued_at: datetime | None
    cstat: str
    protocol: str
    environment: str
    model: str
    tp_nf: str
    fin_nfe: str
    tp_emis: str
    emitter_cnpj: str
    emitter_name: str
    emitter_uf: str
    emitter_ie: str
    number: str
    series: str
    recipient_document: str
    recipient_name: str
    recipient_uf: str
    recipient_ie: str
    ship_cep: str
    ship_uf: str
    ship_number: str
    order_ref: str  # xPed
    items: tuple[InvoiceItem, ...]
    total: Decimal  # vNF
    products: Decimal  # vProd
    freight: Decimal
    discount: Decimal
    packages: int | None = None  # qVol, often absent: unknown, not zero
    gross_weight_g: int | None = None
    contingency_at: datetime | None = None  # dhCont
    contingency_reason: str = ""  # xJust
    cancelled: bool = False
    authorised_at: datetime | None = None  # dhRecbto


class Difference(Struct, frozen=True):
    """Where order and document disagree. Documents and CEPs stand here masked only."""

    code: str
    field: str
    order_says: str
    document_says: str

    def as_row(self) -> tuple[str, str, str, str]:
        return self.code, self.field, self.order_says, self.document_says


def compare(
    order: Order,
    invoice: Invoice,
    products: Mapping[str, Product],
    own_cnpjs: Collection[str],
    tolerance: Decimal,
    *,
    allow_offline: bool = False,
) -> tuple[Difference, ...]:
    """All that keeps this document from covering this order; empty when they agree.

    Args:
        products: by SKU, at least those of the order and the document.
        own_cnpjs: who may issue; empty leaves that check out.
        tolerance: how far the totals may lie apart, in reais.
        allow_offline: whether a contingency note may go before its authorisation.
    """
    return (
        *_standing(invoice, allow_offline),
        *_emitter(invoice, own_cnpjs),
        *_recipient(order, invoice),
        *_quantities(_ordered(order), item_units(invoice, products, _ordered(order))),
        *_total(order, invoice, tolerance),
    )


def compare_box(
    invoiced: Mapping[str, Decimal | int | str], packed: Mapping[str, int]
) -> tuple[Difference, ...]:
    """Where the units in the boxes and the units of the document differ.

    `invoiced` is `item_units` of the document, or the same as JSON (numbers or decimal text).
    """
    return _quantities(packed, {sku: Decimal(units) for sku, units in invoiced.items()})


def item_units(
    invoice: Invoice, products: Mapping[str, Product], known: Collection[str] = ()
) -> dict[str, Decimal]:
    """Units by SKU: several `det` may share a product, and a case counts its pieces."""
    by_code = {code: sku for sku, product in products.items() for code in _codes(product) if code}
    units: dict[str, Decimal] = {}
    for item in invoice.items:
        sku = item.sku
        if sku not in products and sku not in known:
            sku = by_code.get(item.gtin) or by_code.get(item.sku) or item.sku
        units[sku] = units.get(sku, Decimal(0)) + item.quantity * _per_unit(item, products.get(sku))
    return units


def mask(text: str) -> str:
    """A document or CEP with only its last three characters left."""
    return "*" * max(0, len(text) - 3) + text[-3:] if len(text) > 3 else "*" * len(text)


def _standing(invoice: Invoice, allow_offline: bool) -> list[Difference]:
    found = []
    if not nfe_key_is_valid(invoice.key):
        found.append(Difference("NFE_KEY_DV", "chave", "", mask(invoice.key)))
    elif invoice.key[6:20] != _plain(invoice.emitter_cnpj).zfill(14):
        found.append(Difference("NFE_KEY_DV", "emitente", "", mask(invoice.key[6:20])))
    if invoice.cancelled or invoice.cstat in CANCELLED:
        found.append(Difference("NFE_CANCELLED", "cStat", "", invoice.cstat))
    elif not _authorised(invoice, allow_offline):
        found.append(Difference("NFE_NOT_AUTH", "cStat", "100", invoice.cstat))
    if invoice.environment != "1":
        found.append(Difference("ENV_HOMOLOG", "tpAmb", "1", invoice.environment))
    for field, asked, said in (
        ("mod", "55", invoice.model),
        ("tpNF", "1", invoice.tp_nf),
        ("finNFe", "1", invoice.fin_nfe),
    ):
        if said != asked:
            found.append(Difference("NFE_KIND", field, asked, said))
    return found


def _authorised(invoice: Invoice, allow_offline: bool) -> bool:
    if invoice.cstat:
        return invoice.cstat in AUTHORISED and bool(invoice.protocol)
    return (
        allow_offline
        and invoice.tp_emis in OFFLINE_ISSUE
        and invoice.contingency_at is not None
        and bool(invoice.contingency_reason)
    )


def _emitter(invoice: Invoice, own_cnpjs: Collection[str]) -> list[Difference]:
    if not own_cnpjs or _plain(invoice.emitter_cnpj) in {_plain(cnpj) for cnpj in own_cnpjs}:
        return []
    return [Difference("EMITTER_UNKNOWN", "emitente", "", mask(_plain(invoice.emitter_cnpj)))]


def _recipient(order: Order, invoice: Invoice) -> list[Difference]:
    found = []
    ours, theirs = _plain(order.recipient.document), _plain(invoice.recipient_document)
    if ours and ours != theirs:
        found.append(Difference("DOC_DIFF", "documento", mask(ours), mask(theirs)))
    if invoice.ship_uf == "EX":
        return found  # abroad the CEP is a filler
    ours, theirs = _plain(order.address.cep), _plain(invoice.ship_cep)
    if ours != theirs:
        found.append(Difference("CEP_DIFF", "cep", mask(ours), mask(theirs)))
    if order.address.state.upper() != invoice.ship_uf.upper():
        found.append(Difference("CEP_DIFF", "uf", order.address.state, invoice.ship_uf))
    ours, theirs = _digits(order.address.number), _digits(invoice.ship_number)
    if ours and theirs and ours != theirs:
        found.append(Difference("CEP_DIFF", "numero", "*" * len(ours), "*" * len(theirs)))
    return found


def _ordered(order: Order) -> dict[str, int]:
    units: dict[str, int] = {}
    for line in order.lines:
        units[line.sku] = units.get(line.sku, 0) + line.quantity
    return units


def _quantities(ours: Mapping[str, int], document: Mapping[str, Decimal]) -> tuple[Difference, ...]:
    found = []
    for sku in sorted({*ours, *document}):
        mine, said = ours.get(sku, 0), document.get(sku, Decimal(0))
        if mine == said:
            continue
        code = "ITEM_EXTRA" if not mine else "QTY_DIFF" if said else "ITEM_MISSING"
        found.append(Difference(code, sku, str(mine), _number(said)))
    return tuple(found)


def _total(order: Order, invoice: Invoice, tolerance: Decimal) -> list[Difference]:
    if abs(order.total - invoice.total) <= tolerance:
        return []
    return [Difference("TOTAL_DIFF", "vNF", _number(order.total), _number(invoice.total))]


def _per_unit(item: InvoiceItem, product: Product | None) -> int:
    """How many pieces one commercial unit of the item is."""
    packs = product.packs if product else ()
    for pack in packs:
        if item.gtin and pack.barcode == item.gtin:
            return pack.quantity
    unit = item.unit.strip().upper().rstrip(".")
    if unit in DOZEN_UNITS:
        return 12
    counted = re.fullmatch(r"([A-Z]+)\s*/?\s*(\d{1,4})", unit)  # CX12, FD/6
    if counted and counted[1] in PACK_UNITS and int(counted[2]):
        return int(counted[2])
    # With several packs nobody can tell which one the document means: it shows as a difference.
    if unit in PACK_UNITS and len(packs) == 1:
        return packs[0].quantity
    return 1


def _codes(product: Product) -> tuple[str, ...]:
    return (*product.gtins, *(pack.barcode for pack in product.packs), *product.aliases)


def _plain(code: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", code.upper())


def _digits(text: str) -> str:
    found = re.search(r"\d+", text)
    return found[0].lstrip("0") if found else ""


def _number(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
