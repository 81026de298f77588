"""The things of the trade: orders, products, bins, packages.

Times are aware UTC datetimes, money is `Decimal`, weights are integer grams, sizes integer
millimetres, and every code is text (a leading zero is data).
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct


class OrderState(StrEnum):
    """The one physical axis of an order, and its exits. Gates and holds never stand here."""

    RECEIVED = "RECEIVED"
    RELEASED = "RELEASED"
    PICKING = "PICKING"
    PICKED = "PICKED"
    PACKING = "PACKING"
    PACKED = "PACKED"
    MANIFESTED = "MANIFESTED"
    SHIPPED = "SHIPPED"
    DELIVERED = "DELIVERED"
    SHORT = "SHORT"
    CANCELLED = "CANCELLED"
    PUTBACK_PENDING = "PUTBACK_PENDING"
    PUTBACK_DONE = "PUTBACK_DONE"


class Gate(StrEnum):
    """What must be true of an order besides where its goods are."""

    PAYMENT = "payment"
    STOCK = "stock"
    INVOICE = "invoice"
    LABEL = "label"
    FULFILMENT = "fulfilment"  # the source knows what left
    TRACKING = "tracking"
    NOTICE = "notice"  # the customer knows


class GateStatus(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class Tracking(StrEnum):
    """What of a product must be recorded besides its SKU."""

    NONE = "none"
    LOT = "lot"
    LOT_EXPIRY = "lot_expiry"


class ShortReason(StrEnum):
    """Why units are missing (motivo da falta)."""

    OUT_OF_STOCK = "out_of_stock"
    DAMAGED = "damaged"
    NOT_FOUND = "not_found"
    WRONG_BIN = "wrong_bin"
    EXPIRED = "expired"


class Recipient(Struct, frozen=True, gc=False):
    """Personal data: lives in `recipient` rows only, never in a log line or a journal entry."""

    name: str
    document: str
    email: str
    phone: str


class Address(Struct, frozen=True, gc=False):
    cep: str
    street: str
    number: str
    complement: str
    district: str
    city: str
    state: str


class OrderLine(Struct, frozen=True, gc=False):
    line_id: str
    sku: str
    quantity: int
    unit_price: Decimal


class Order(Struct, frozen=True):
    """An order as its source tells it. `(source, external_id)` is its identity."""

    source: str
    external_id: str
    number: str
    channel: str
    placed_at: datetime
    paid_at: datetime | None
    ship_by: datetime | None
    promised_at: datetime | None
    payment_status: str  # pending, paid, refunded
    status: str  # open, cancelled
    carrier: str
    service_code: str
    service_name: str
    recipient: Recipient
    address: Address
    lines: tuple[OrderLine, ...]
    freight: Decimal
    total: Decimal
    note: str = ""
    gift_text: str = ""
    allow_substitution: bool = False
    fiscal: str = ""  # how its NF-e is taxed, as JSON of its source; see docs/connectors.md


class PackBarcode(Struct, frozen=True, gc=False):
    """A packaging of a product: one scan of `barcode` means `quantity` units."""

    barcode: str
    quantity: int


class Product(Struct, frozen=True):
    sku: str
    name: str
    gtins: tuple[str, ...] = ()
    packs: tuple[PackBarcode, ...] = ()
    aliases: tuple[str, ...] = ()
    weight_g: int | None = None
    length_mm: int | None = None
    width_mm: int | None = None
    height_mm: int | None = None
    category: str = ""
    tracking: Tracking = Tracking.NONE
    substitutes: tuple[str, ...] = ()


class BinStock(Struct, frozen=True, gc=False):
    """What stands in one bin. `pick_sequence` orders the walk."""

    bin: str
    zone: str
    pick_sequence: int
    sku: str
    quantity: int
    lot: str = ""
    expiry: date | None = None


class BoxType(Struct, frozen=True, gc=False):
    """A box of the packing bench (embalagem): inside measures and what it carries."""

    code: str
    length_mm: int
    width_mm: int
    height_mm: int
    max_weight_g: int
    tare_g: int
