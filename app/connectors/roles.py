"""What another system can do for the flow: one Protocol a role, and what goes in and out.

A connector is one object that has the methods of the roles its kind names (`kinds.Kind`). It
keeps no order and no queue of its own: the flow decides when to call, writes each change into
its outbox before the first try, and is the only caller. All methods run on one asyncio loop;
none may block it. Bad ends are those of `errors`; any other exception is a fault of the
connector and counts as `Unreadable`.

Calls that change something take a `key`, made before the first try and the same for every try.
Each has a `find_` beside it that asks whether an earlier try was done, by that key or by what
the other system shows: the answer as if it had come in time, or None when surely not done. It
raises `UnknownOutcome` where that can't be told; then a person decides.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, runtime_checkable

from msgspec import Struct

from app.domain.model import Address, Order, Recipient


class Role(StrEnum):
    """What a connector can be to the flow."""

    ORDERS = "orders"
    PAYMENTS = "payments"
    INVOICES = "invoices"
    CARRIER = "carrier"
    TRACKING = "tracking"
    NOTICE = "notice"
    STOCK = "stock"


class Checked(Struct, frozen=True):
    """What a system says of itself when asked whether all is well."""

    system: str  # its name and version, as it says them
    account: str = ""  # whose account the key opens
    clock: datetime | None = None  # its own time, where it tells


class Connector(Protocol):
    """What every connector has, whatever its roles."""

    async def check(self) -> Checked:
        """Reach the system with the configured key and change nothing.

        Raises:
            ConnectorError: Down, Unauthorised, Unreadable...
        """
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


# --- orders in ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pulled:
    """One order as its source tells it now, translated or not.

    Either `order` is set, or `code` says why it can't be taken and `detail` which field (never its
    value). `raw` is the source's own record as text, for the person who mends it: JSON that
    `OrderSource.mended` reads. `digest` changes when anything in it does that matters here.
    `order.source` is replaced by the connector's name, so that `(connector, external_id)` is an
    order's identity.
    """

    external_id: str
    raw: str = field(repr=False)
    digest: str
    changed_at: datetime | None = None  # by the source's clock; None where it tells none
    order: Order | None = field(default=None, repr=False)
    code: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some orders, and the mark from which a pull goes on once they are durable here.

    A mark is text that only its connector understands. Pages may repeat orders and come in any
    order; where changes don't come oldest first, only the last page has a new mark and the others
    repeat the one that was given. An empty mark means: nothing is known, from the start.
    `documents` are NF-e, or cancellations of such, that the source has beside its orders (XML).
    """

    records: tuple[Pulled, ...]
    mark: str
    documents: tuple[bytes, ...] = field(default=(), repr=False)


@runtime_checkable
class OrderSource(Protocol):
    """A shop or an ERP: where orders come from, and where it is told what became of them."""

    steps: frozenset[Step]  # which steps of an order it wants to be told
    sweeps: bool  # whether it can list its open orders

    def pull(self, mark: str) -> AsyncIterator[Page]:
        """Every order that changed since `mark`, with an overlap (see `marks`), oldest first."""
        ...

    async def confirm(self, page: Page) -> None:
        """`page` is durable here. Sources that hand out changes once take them off their list."""
        ...

    def sweep(self) -> AsyncIterator[Page]:
        """Every order that is open there, whatever its stamp says. The marks don't count."""
        ...

    async def order(self, external_id: str) -> Pulled | None:
        """One order as it is now; None when the source has it no more."""
        ...

    def mended(self, external_id: str, raw: str) -> Pulled:
        """The record `raw` translated again, after a person corrected it here."""
        ...

    async def tell(self, done: Fulfilment, key: str) -> Receipt:
        """Tell the source that an order reached `done.step`. See above about `key`.

        Raises:
            ConnectorError: `Refused` when the source won't have it (cancelled there, other state).
        """
        ...

    async def find_told(self, done: Fulfilment, key: str) -> Receipt | None:
        """Whether the source already knows `done`."""
        ...


# --- what became of an order ----------------------------------------------------------------


class Step(StrEnum):
    """The steps of an order that its source may want to hear of."""

    PICKED = "picked"
    PACKED = "packed"
    SHIPPED = "shipped"


class LineDone(Struct, frozen=True):
    """One line as the floor left it: `quantity` in the boxes, `short` missing."""

    line_id: str
    sku: str  # the one that was packed, which differs after a substitution
    quantity: int
    short: int
    short_reason: str = ""


class PackageDone(Struct, frozen=True):
    package_no: int
    weight_g: int | None
    tracking: str
    box: str = ""
    length_mm: int = 0
    width_mm: int = 0
    height_mm: int = 0
    lines: tuple[tuple[str, int], ...] = ()  # (line id, units) in this package


class Fulfilment(Struct, frozen=True):
    """What the source is told at one step. Packages are known from PACKED on."""

    external_id: str
    number: str
    step: Step
    at: datetime
    lines: tuple[LineDone, ...]
    packages: tuple[PackageDone, ...] = ()
    carrier: str = ""
    service_code: str = ""
    service_name: str = ""
    invoice_key: str = ""
    invoice_number: str = ""
    invoice_series: str = ""
    invoice_total: Decimal | None = None
    invoice_issued_at: datetime | None = None


class Receipt(Struct, frozen=True):
    """A change was done. `reference` is how the other system calls it."""

    reference: str
    note: str = ""


# --- payment and invoice --------------------------------------------------------------------


class OrderRef(Struct, frozen=True):
    source: str
    external_id: str
    number: str
    channel: str


class Payment(Struct, frozen=True):
    """`status` as in `Order.payment_status`: pending, paid, refunded."""

    status: str
    paid_at: datetime | None = None
    reason: str = ""


@runtime_checkable
class Payments(Protocol):
    async def payment(self, ref: OrderRef) -> Payment | None:
        """How the payment stands now; None when the gateway knows no such order."""
        ...


@dataclass(frozen=True, slots=True)
class InvoiceRequest:
    """What an invoice service needs to issue an order's NF-e.

    How it is taxed is `order.fiscal`, which the order's source gave; empty where it gave none: then
    a service that doesn't know it by itself issues nothing. `names` are those of the products.
    """

    ref: OrderRef
    order: Order = field(repr=False)
    packages: int
    gross_weight_g: int | None
    names: Mapping[str, str] = field(default_factory=dict)


class InvoiceStatus(StrEnum):
    AWAITED = "awaited"  # another system issues it, and has not yet
    PROCESSING = "processing"
    AUTHORISED = "authorised"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class InvoiceAnswer:
    """How an NF-e stands. AUTHORISED comes with the nfeProc XML; a 44-character key has no "NFe"
    before it. A rejection has SEFAZ's code and sentence."""

    status: InvoiceStatus
    reference: str = ""
    key: str = ""
    xml: bytes = field(default=b"", repr=False)
    reason: str = ""
    detail: str = ""


@runtime_checkable
class Invoices(Protocol):
    async def issue(self, request: InvoiceRequest, key: str) -> InvoiceAnswer:
        """Have the order's NF-e issued; PROCESSING is a good answer and is asked for later."""
        ...

    async def find_invoice(self, ref: OrderRef, key: str) -> InvoiceAnswer | None:
        """The order's NF-e as it stands now; also asked again right before a manifest closes."""
        ...


# --- carrier and tracking -------------------------------------------------------------------


class Content(Struct, frozen=True):
    """A line of the declaration of content."""

    name: str
    quantity: int
    unit_price: Decimal


@dataclass(frozen=True, slots=True)
class LabelRequest:
    """One package for a carrier: who sends what to whom, how, and under which NF-e."""

    ref: OrderRef
    carrier: str
    service_code: str
    package_no: int
    package_count: int
    weight_g: int
    length_mm: int
    width_mm: int
    height_mm: int
    sender: Recipient = field(repr=False)
    sender_address: Address = field(repr=False)
    recipient: Recipient = field(repr=False)
    address: Address = field(repr=False)
    contents: tuple[Content, ...]
    declared_value: Decimal
    invoice_key: str = ""
    invoice_number: str = ""
    invoice_series: str = ""


@dataclass(frozen=True, slots=True)
class CarrierLabel:
    """A carrier's own label, kept and printed byte for byte.

    `form` is zpl or pdf. `cep` and `service_code` are those that the carrier says it bears,
    empty where it doesn't say: they are compared with the order before the label counts, as is
    `order`, the number of the order that the carrier says the posting was made for.
    """

    reference: str  # the carrier's id of the posting, needed to cancel it
    tracking: str
    form: str
    data: bytes = field(repr=False)
    service_code: str = ""
    cep: str = ""
    order: str = ""


class LabelPending(Struct, frozen=True):
    """The carrier has the posting and is still making the label: `find_label` asks later."""

    reference: str
    tracking: str = ""


@runtime_checkable
class Carrier(Protocol):
    async def label(self, request: LabelRequest, key: str) -> CarrierLabel | LabelPending:
        """Buy the posting of one package and fetch its label."""
        ...

    async def find_label(
        self, request: LabelRequest, key: str, reference: str
    ) -> CarrierLabel | LabelPending | None:
        """The label of an earlier call; `reference` is empty where no answer had come.

        Where buying takes several calls, it carries the purchase on from where it stands there;
        it never begins one.
        """
        ...

    async def cancel_label(self, reference: str, tracking: str, key: str) -> Receipt:
        """Give a posting back that will not leave. One that is cancelled already is done."""
        ...


class TrackingStatus(StrEnum):
    POSTED = "posted"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    AWAITING_PICKUP = "awaiting_pickup"
    FAILED_ATTEMPT = "failed_attempt"
    DELIVERED = "delivered"
    RETURNING = "returning"
    RETURNED = "returned"
    LOST = "lost"
    OTHER = "other"


class TrackingEvent(Struct, frozen=True):
    """One event of a package; `(code, at)` tells it from the others of that package."""

    at: datetime
    status: TrackingStatus
    code: str  # the carrier's own
    text: str
    place: str = ""


@runtime_checkable
class TrackingSource(Protocol):
    most: int  # codes in one call

    async def events(self, codes: Sequence[str]) -> Mapping[str, tuple[TrackingEvent, ...]]:
        """The events of up to `most` tracking codes; a code that isn't known yet is left out."""
        ...


# --- the customer ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Notice:
    """What a customer is told, ready to send. `occasion`: shipped, out_for_delivery, delivered,
    failed_attempt, cancelled."""

    ref: OrderRef
    occasion: str
    language: str
    recipient: Recipient = field(repr=False)
    subject: str = ""
    text: str = field(default="", repr=False)
    tracking: tuple[str, ...] = ()
    carrier: str = ""
    at: datetime | None = None


@runtime_checkable
class Notices(Protocol):
    async def notify(self, notice: Notice, key: str) -> Receipt:
        """Send it. Receivers that drop a second one with the same key say so in `find_notice`."""
        ...

    async def find_notice(self, notice: Notice, key: str) -> Receipt | None:
        """Whether it went out. None also where a repeat does no harm, since the key drops it."""
        ...


# --- stock ----------------------------------------------------------------------------------


class Level(Struct, frozen=True):
    """Units of a product that a system counts in one place of it. `place` is a bin, or where a
    system knows none the name of the site; empty where it knows none of that either."""

    place: str
    sku: str
    quantity: int
    lot: str = ""


@runtime_checkable
class StockLevels(Protocol):
    """A system that counts what stands in the bins.

    `taken_at` is the step at whose telling it takes an order's units off its count; None where it
    did so when the order was placed.
    """

    taken_at: Step | None

    def levels(self) -> AsyncIterator[tuple[Level, ...]]:
        """All that stands anywhere, some at a time; what is not named stands nowhere."""
        ...


PROTOCOLS: Mapping[Role, type] = {
    Role.ORDERS: OrderSource,
    Role.PAYMENTS: Payments,
    Role.INVOICES: Invoices,
    Role.CARRIER: Carrier,
    Role.TRACKING: TrackingSource,
    Role.NOTICE: Notices,
    Role.STOCK: StockLevels,
}
