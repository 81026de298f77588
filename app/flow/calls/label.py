"""Buys a package's label from its carrier, and gives one back that will not be used."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Row

from app.config import Settings
from app.connectors import nfexml
from app.connectors.roles import (
    Carrier,
    CarrierLabel,
    Content,
    LabelPending,
    LabelRequest,
    Receipt,
)
from app.domain import boxes
from app.domain.label_check import OnLabel, compare
from app.domain.model import Address, Product, Recipient
from app.domain.nfe import Invoice
from app.flow.calls.call import Done, Gone, NotYet, Pending, Rejected, Settled
from app.flow.calls.issue import reference
from app.store import carrier_labels, catalogue, invoices, orders, outbox, packages

POLL_S = 5.0


class _Parcel(Struct, frozen=True):
    """A package as the carrier is told it."""

    number: int
    count: int
    weight_g: int
    length_mm: int
    width_mm: int
    height_mm: int


class _Wanted(Struct, frozen=True):
    request: LabelRequest
    address_version: int


class BuyLabel:
    def __init__(self, settings: Callable[[], Settings]) -> None:
        self._settings = settings

    def compose(self, c: Connection, message: Row[Any]) -> _Wanted:
        row = orders.by_id(c, message.order_id)
        if row is None or row.queue in ("closed", "putback", "shipped"):
            raise Gone
        known = carrier_labels.living(c, row.id, message.package_no, 0, row.address_version)
        if known is not None and known.state != "pending":
            raise Gone
        parcel = _parcel(c, row, message.package_no)
        person, address = orders.recipient(c, row.id)
        invoice = _invoice(c, row.id)
        settings = self._settings()
        request = LabelRequest(
            ref=reference(row),
            carrier=row.carrier,
            service_code=row.service_code,
            package_no=parcel.number,
            package_count=parcel.count,
            weight_g=parcel.weight_g,
            length_mm=parcel.length_mm,
            width_mm=parcel.width_mm,
            height_mm=parcel.height_mm,
            sender=Recipient(
                settings["company.name"], next(iter(settings.items_of("company.cnpjs")), ""), "", ""
            ),
            sender_address=_sender(settings),
            recipient=person,
            address=address,
            contents=_contents(c, row.id),
            declared_value=row.total,
            invoice_key=invoice.key if invoice else "",
            invoice_number=invoice.number if invoice else "",
            invoice_series=invoice.series if invoice else "",
        )
        return _Wanted(request, row.address_version)

    async def find(
        self, connector: Carrier, request: _Wanted, message: Row[Any]
    ) -> tuple[_Wanted, CarrierLabel | LabelPending] | None:
        found = await connector.find_label(request.request, message.key, message.reference)
        return (request, found) if found is not None else None

    async def send(
        self, connector: Carrier, request: _Wanted, message: Row[Any]
    ) -> tuple[_Wanted, CarrierLabel | LabelPending]:
        return request, await connector.label(request.request, message.key)

    def settle(
        self,
        c: Connection,
        message: Row[Any],
        answer: tuple[_Wanted, CarrierLabel | LabelPending],
        at: datetime,
    ) -> Settled:
        wanted, label = answer
        made = isinstance(label, CarrierLabel)
        fault = _fault(wanted.request, label) if isinstance(label, CarrierLabel) else ""
        carrier_labels.put(
            c,
            message.order_id,
            message.package_no,
            wanted.address_version,
            package_count=wanted.request.package_count,
            connector=message.connector,
            reference=label.reference,
            tracking=label.tracking,
            form=label.form if isinstance(label, CarrierLabel) else "",
            data=b"",  # the press has it
            service_code=label.service_code if isinstance(label, CarrierLabel) else "",
            cep=label.cep if isinstance(label, CarrierLabel) else "",
            weight_g=wanted.request.weight_g,
            state="cancelled" if fault else "ready" if made else "pending",
            received_at=at,
        )
        if fault:
            if fault != "LABEL_OTHER_ORDER":  # that posting is another's to use
                outbox.add(
                    c,
                    connector=message.connector,
                    kind="cancel_label",
                    order_id=message.order_id,
                    package_no=message.package_no,
                    topic=label.tracking,
                    reference=label.reference,
                    at=at,
                )
            return Rejected(fault, label.tracking)
        if isinstance(label, CarrierLabel):
            packages.supply(
                c,
                order_id=message.order_id,
                package_no=message.package_no,
                tracking=label.tracking,
                address_version=wanted.address_version,
                format=label.form,
                data=label.data,
                at=at,
            )
        return Done(label.reference) if made else Pending(label.reference, POLL_S)


class CancelLabel:
    """The message's topic is the tracking code, its reference the carrier's posting."""

    def compose(self, c: Connection, message: Row[Any]) -> None:
        if not message.reference and not message.topic:
            raise Gone

    async def find(self, connector: Carrier, request: None, message: Row[Any]) -> None:
        """Cancelling what is cancelled is done again without harm."""

    async def send(self, connector: Carrier, request: None, message: Row[Any]) -> Receipt:
        return await connector.cancel_label(message.reference, message.topic, message.key)

    def settle(self, c: Connection, message: Row[Any], answer: Receipt, at: datetime) -> Done:
        return Done(message.reference)


def _fault(request: LabelRequest, label: CarrierLabel) -> str:
    """Why a label may not be used: it is another's, or unreadable as what it says to be."""
    number, count = request.package_no, request.package_count
    box = OnLabel(request.ref.number, request.address.cep, request.service_code, number, count)
    wrong = compare(box, OnLabel(label.order, label.cep, label.service_code, number, count))
    if wrong:
        return wrong[0].code
    starts = {"pdf": b"%PDF", "zpl": b"^XA"}.get(label.form)
    if starts is None or starts not in label.data[:1024]:
        return "LABEL_UNREADABLE"
    return ""


def _parcel(c: Connection, row: Row[Any], package_no: int) -> _Parcel:
    """As packed and weighed, or before that as the catalogue lets expect for one box."""
    made = packages.of_order(c, row.id)
    package = next((p for p in made if p.package_no == package_no), None)
    known = {box.code: box for box in catalogue.boxes(c)}
    items = [
        (catalogue.product(c, line.substituted_by or line.sku), line.quantity - line.short)
        for line in orders.lines(c, row.id)
    ]
    sized = [(product, units) for product, units in items if product is not None]
    box = known.get(package.box) if package and package.box else None
    if box is None:
        box = boxes.suggest(sized, known.values()) if len(sized) == len(items) else None
    weight = package.weight_g if package else None
    if weight is None and len(made) <= 1:
        goods = boxes.goods_weight_g(sized) if len(sized) == len(items) else None
        weight = goods + (box.tare_g if box else 0) if goods is not None else None
    if weight is None or box is None:
        raise NotYet("LABEL_NEEDS_PARCEL")
    return _Parcel(
        package_no, max(len(made), 1), weight, box.length_mm, box.width_mm, box.height_mm
    )


def _contents(c: Connection, order_id: int) -> tuple[Content, ...]:
    found = []
    for line in orders.lines(c, order_id):
        product: Product | None = catalogue.product(c, line.substituted_by or line.sku)
        name = product.name if product else line.sku
        found.append(Content(name, line.quantity - line.short, line.unit_price))
    return tuple(item for item in found if item.quantity > 0)


def _invoice(c: Connection, order_id: int) -> Invoice | None:
    row = invoices.of_order(c, order_id)
    document = nfexml.parse(row.xml) if row is not None and row.status == "AUTHORIZED" else None
    return document if isinstance(document, Invoice) else None


def _sender(settings: Settings) -> Address:
    return Address(
        *(
            settings[f"company.{part}"]
            for part in ("cep", "street", "number", "complement", "district", "city", "state")
        )
    )
