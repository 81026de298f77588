"""What stands on a label and on a romaneio. Personal data: never logged, never in an exception."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from app.domain.model import Address
from app.labels.correios import Posting


class Contingency(Struct, frozen=True):
    """Why and since when the invoice was issued without the tax office (dhCont, xJust)."""

    since: datetime
    reason: str


class DanfeData(Struct, frozen=True):
    """The least that a "DANFE Simplificado - Etiqueta" must say (NT 2020.004 v1.10, 2024)."""

    key: str
    protocol: str
    authorised_at: datetime | None
    emitter_name: str
    emitter_uf: str
    emitter_cnpj: str
    emitter_ie: str
    operation_type: str  # tpNF: "0" in (entrada), "1" out (saída)
    series: str
    number: str
    issued_at: datetime
    recipient_name: str
    recipient_uf: str
    recipient_document: str
    recipient_ie: str = ""
    contingency: Contingency | None = None
    no_fiscal_value: bool = False


class LabelData(Struct, frozen=True):
    """One package's shipping label."""

    order_number: str
    channel: str
    carrier: str
    service_name: str
    tracking: str
    package_no: int
    package_count: int
    weight_g: int
    recipient_name: str
    address: Address
    sender_name: str
    sender_address: Address
    danfe: DanfeData | None = None
    posting: Posting | None = None  # of Correios: the label then bears their Data Matrix


class SlipLine(Struct, frozen=True):
    """One order line on a packing slip."""

    sku: str
    name: str
    quantity: int
    unit_price: Decimal


class SlipData(Struct, frozen=True):
    """A packing slip; the gift slip shows neither prices nor freight."""

    order_number: str
    channel: str
    placed_at: datetime
    recipient_name: str
    town: str
    sender_name: str
    lines: tuple[SlipLine, ...]
    freight: Decimal
    total: Decimal
    gift_text: str = ""


class RomaneioRow(Struct, frozen=True):
    """One package on the manifest."""

    order_number: str
    tracking: str
    package_no: int
    package_count: int
    weight_g: int
    cep: str


class RomaneioData(Struct, frozen=True):
    """One carrier manifest. Times are aware; they are printed in the warehouse's zone."""

    manifest_id: str
    carrier: str
    service: str
    dock: str
    opened_at: datetime
    closed_at: datetime | None
    rows: tuple[RomaneioRow, ...]
    warehouse_name: str

    @property
    def total_packages(self) -> int:
        return len(self.rows)

    @property
    def total_weight_g(self) -> int:
        return sum(row.weight_g for row in self.rows)
