"""Every document of the warehouse as the bytes that a printer takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from app.config import Settings
from app.connectors import nfexml
from app.domain.model import Address
from app.domain.nfe import Invoice
from app.domain.printing import Document
from app.labels import (
    raster,
    romaneio,
    shipping,
    shipping_pdf,
    shipping_zpl,
    single,
    slip,
    to_pdf,
    to_zpl,
)
from app.labels.correios import Posting
from app.labels.data import (
    Contingency,
    DanfeData,
    LabelData,
    RomaneioData,
    RomaneioRow,
    SlipData,
    SlipLine,
)
from app.labels.page import Page
from app.labels.text import line
from app.station.paper import NoDocument, Paper
from app.store import catalogue, dock, erasing, invoices, manifests, orders, packages

_NO_CODE = "PREVIA"


class Documents:
    """Reads the store and lays out; writes nothing."""

    def __init__(self, settings: Callable[[], Settings], clock: Callable[[], datetime]) -> None:
        self._settings = settings
        self._clock = clock

    def label(self, c: Connection, label_id: str, paper: Paper, copy: int = 1) -> bytes:
        """The stored label. The carrier's own goes out unchanged, whatever the copy.

        Raises:
            NoDocument: PRINT_FORMAT, the carrier's ZPL can't go to a PDF printer; CUSTOMER_ERASED.
        """
        row = packages.whole_label(c, label_id)
        assert row is not None
        _refuse_erased(c, row.order_id)
        if row.supplied:
            return as_supplied(row.supplied, row.zpl or row.pdf, paper)
        if copy > 1:
            data = self.label_data(c, row.order_id, row.package_no, row.tracking)
            if paper.format == "pdf":
                return shipping_pdf.render(data, copy=copy, zone=self._zone)
            return shipping_zpl.render(data, dpi=paper.dpi, copy=copy, zone=self._zone)
        if paper.format == "pdf":
            return bytes(row.pdf)
        if paper.dpi == row.dpi:
            return bytes(row.zpl)
        return raster.to_zpl(row.pdf, dpi=paper.dpi)

    def draft(self, c: Connection, row: Row[Any], paper: Paper) -> bytes:
        """The label that an order without one would get; its code is still to come.

        Raises:
            NoDocument: PRINT_FORMAT, the carrier's ZPL can't be shown; CUSTOMER_ERASED.
        """
        _refuse_erased(c, row.id)
        supplied = packages.supplied_label(c, row.id, 1, row.address_version)
        if supplied:
            return as_supplied(supplied.format, supplied.data, paper)
        data = self.label_data(c, row.id, 1, _NO_CODE)
        return self._write([shipping.page(data, zone=self._zone)], paper, "etiqueta")

    def new_label(self, data: LabelData, dpi: int) -> tuple[bytes, bytes]:
        """A label of our own, to be stored: its ZPL at `dpi`, and its PDF."""
        zpl = shipping_zpl.render(data, dpi=dpi, zone=self._zone)
        return zpl, shipping_pdf.render(data, zone=self._zone)

    def of_order(
        self, c: Connection, document: str, number: str, paper: Paper, copy: int = 1
    ) -> bytes:
        """The DANFE, the packing slip or the gift slip of an order; a further copy says so.

        Raises:
            NoDocument: ORDER_UNKNOWN, NFE_MISSING, DOCUMENT_UNKNOWN, CUSTOMER_ERASED.
        """
        row = orders.by_number(c, number)
        if row is None:
            raise NoDocument("ORDER_UNKNOWN", number=number)
        match document:
            case Document.DANFE:
                danfe = self.danfe(c, row.id)
                if danfe is None:
                    raise NoDocument("NFE_MISSING", order=number)
                pages: Sequence[Page] = [single.danfe_page(danfe, zone=self._zone)]
            case Document.PACKING_SLIP | Document.GIFT_SLIP:
                gift = document == Document.GIFT_SLIP
                pages = slip.pages(self._slip(c, row), gift=gift, zone=self._zone)
            case _:
                raise NoDocument("DOCUMENT_UNKNOWN", document=document)
        return self._write(_marked(pages, copy), paper, document)

    def romaneio(self, c: Connection, manifest_id: str, paper: Paper, copy: int = 1) -> bytes:
        """Both sheets of a manifest: as they were kept when it closed, or as they would be now. A
        further copy of them says so."""
        if copy == 1 and paper.format == "pdf" and (kept := manifests.document(c, manifest_id)):
            return kept
        return self.romaneio_of(self.romaneio_data(c, manifest_id), paper, copy)

    def romaneio_of(self, data: RomaneioData, paper: Paper, copy: int = 1) -> bytes:
        """The same for what stands on it; it may have thousands of rows."""
        size = romaneio.A4 if paper.format == "pdf" else romaneio.LABEL
        pages = _marked(romaneio.pages(data, self._zone, size), copy)
        return self._write(pages, paper, f"Romaneio {data.manifest_id}", small=True)

    def trial_page(self, printer: str, paper: Paper) -> bytes:
        page = single.trial_page(
            printer, self._settings()["station.name"], self._clock(), zone=self._zone
        )
        return self._write([page], paper, "teste")

    # --- what stands on them ------------------------------------------------------------------

    def label_data(
        self,
        c: Connection,
        order_id: int,
        package_no: int,
        tracking: str,
        *,
        package_count: int = 0,
        weight_g: int = 0,
    ) -> LabelData:
        """What a label says; count and weight as given, else as the store has them."""
        row = orders.by_id(c, order_id)
        assert row is not None
        person, address = orders.recipient(c, order_id)
        settings = self._settings()
        boxes = packages.of_order(c, order_id)
        stored_g = next((b.weight_g for b in boxes if b.package_no == package_no), 0)
        posting = None
        if settings["correios.card"] and row.carrier.casefold() == "correios":
            posting = Posting(settings["correios.card"], row.service_code, phone=person.phone)
        return LabelData(
            order_number=row.number,
            channel=row.channel,
            carrier=row.carrier,
            service_name=row.service_name,
            tracking=tracking,
            package_no=package_no,
            package_count=package_count or max(len(boxes), 1),
            weight_g=weight_g or stored_g or 0,
            recipient_name=person.name,
            address=address,
            sender_name=settings["company.name"],
            sender_address=_sender(settings),
            danfe=self.danfe(c, order_id),
            posting=posting if len(settings["company.cep"]) == 8 else None,
        )

    def danfe(self, c: Connection, order_id: int) -> DanfeData | None:
        """The simplified DANFE of the order's authorised invoice."""
        row = invoices.of_order(c, order_id)
        if row is None or row.status != "AUTHORIZED":
            return None
        note = nfexml.parse(row.xml)
        return _danfe(note) if isinstance(note, Invoice) else None

    def _slip(self, c: Connection, row: Row[Any]) -> SlipData:
        _refuse_erased(c, row.id)
        person, address = orders.recipient(c, row.id)
        lines = []
        for asked in orders.lines(c, row.id):
            sku = asked.substituted_by or asked.sku
            product = catalogue.product(c, sku)
            name = product.name if product else sku
            units = asked.quantity - asked.short
            if units > 0:
                lines.append(SlipLine(sku, name, units, asked.unit_price))
        return SlipData(
            order_number=row.number,
            channel=row.channel,
            placed_at=row.placed_at,
            recipient_name=person.name,
            town=" / ".join(part for part in (address.city, address.state) if part),
            sender_name=self._settings()["company.name"],
            lines=tuple(lines),
            freight=row.freight,
            total=row.total,
            gift_text=row.gift_text,
        )

    def romaneio_data(self, c: Connection, manifest_id: str) -> RomaneioData:
        row = manifests.by_id(c, manifest_id)
        if row is None:
            raise NoDocument("MANIFEST_UNKNOWN", manifest=manifest_id)
        return RomaneioData(
            manifest_id=manifest_id,
            carrier=row.carrier,
            service=row.service_name or row.service_code,
            dock=row.dock,
            opened_at=row.opened_at,
            closed_at=row.closed_at,
            rows=tuple(RomaneioRow(*one) for one in dock.on_manifest(c, manifest_id)),
            warehouse_name=self._settings()["company.name"],
        )

    @property
    def _zone(self) -> Any:
        return self._settings().zone()

    def _write(
        self, pages: Sequence[Page], paper: Paper, title: str, *, small: bool = False
    ) -> bytes:
        if paper.format == "pdf":
            return to_pdf.write(pages, title=title, small=small)
        return to_zpl.write(pages, dpi=paper.dpi)


def _marked(pages: Sequence[Page], copy: int) -> Sequence[Page]:
    """The pages of a further copy, each saying which it is."""
    for page in pages if copy > 1 else ():
        text = f"{copy}ª VIA"
        page.marks.append(line(text, page.width - 36, 0.8, 32, size=2.9, bold=True, align="r"))
    return pages


def as_supplied(format: str, data: bytes, paper: Paper) -> bytes:
    """The carrier's own label, unchanged; a PDF becomes a picture for a printer of ZPL.

    Raises:
        NoDocument: PRINT_FORMAT, the carrier's ZPL can't go to a PDF printer.
    """
    if format == paper.format:
        return bytes(data)
    if format == "pdf":
        return raster.to_zpl(data, dpi=paper.dpi)
    raise NoDocument("PRINT_FORMAT")


def _sender(settings: Settings) -> Address:
    return Address(
        *(
            settings[f"company.{part}"]
            for part in ("cep", "street", "number", "complement", "district", "city", "state")
        )
    )


def _danfe(note: Invoice) -> DanfeData | None:
    if note.issued_at is None:
        return None
    contingency = None
    if note.contingency_at:
        contingency = Contingency(note.contingency_at, note.contingency_reason)
    return DanfeData(
        key=note.key,
        protocol=note.protocol,
        authorised_at=note.authorised_at,
        emitter_name=note.emitter_name,
        emitter_uf=note.emitter_uf,
        emitter_cnpj=note.emitter_cnpj,
        emitter_ie=note.emitter_ie,
        operation_type=note.tp_nf,
        series=note.series,
        number=note.number,
        issued_at=note.issued_at,
        recipient_name=note.recipient_name,
        recipient_uf=note.recipient_uf,
        recipient_document=note.recipient_document,
        recipient_ie=note.recipient_ie,
        contingency=contingency,
        no_fiscal_value=note.environment != "1" or not note.protocol,
    )


def _refuse_erased(c: Connection, order_id: int) -> None:
    """No document is made with blanks where a customer was."""
    if erasing.is_erased(c, order_id):
        row = orders.by_id(c, order_id)
        raise NoDocument("CUSTOMER_ERASED", order=row.number if row else "")
