"""Makes a package's label once, stores its bytes, prints them; prints the romaneio."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection

from app.config import Settings
from app.connectors import nfexml
from app.devices.printers import PdfFolderPrinter, Printer, PrinterDown, Raw9100Printer
from app.domain import entries as e
from app.domain.codes import s10
from app.domain.decision import Outcome
from app.domain.entries import Entry
from app.domain.model import Address
from app.domain.nfe import Invoice
from app.domain.packing import CreateLabel, PackTask, PrintLabel, current
from app.labels import romaneio_pdf, romaneio_zpl, shipping_pdf, shipping_zpl
from app.labels.data import Contingency, DanfeData, LabelData, RomaneioData, RomaneioRow
from app.station.views import Feedback
from app.store import faults, invoices, manifests, orders, packages
from app.store.database import Store


class Writer(Protocol):
    """Makes entries durable, with whatever else belongs in the same transaction."""

    def __call__(
        self, entries: tuple[Entry, ...], extra: Callable[[Connection], None] | None = None
    ) -> None: ...


class LabelPress:
    """Carries out what the packing rules ask for. Trouble comes back as a Feedback; nothing that
    was made is lost, and asking again goes on where it stopped."""

    def __init__(
        self,
        store: Store,
        settings: Callable[[], Settings],
        home: Path,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._settings = settings
        self._home = home
        self._clock = clock

    def carry_out(
        self, effect: CreateLabel | PrintLabel, task: PackTask, write: Writer
    ) -> Feedback | None:
        """Do one effect; None when it is done and durable."""
        if isinstance(effect, CreateLabel):
            return self._create(effect.package_no, task, write)
        return self._print(effect, task, write)

    def romaneio(self, manifest_id: str) -> Feedback | None:
        """Keep the manifest's document and print its copies."""
        printer, zone = self._printer(), self._settings().zone()
        with self._store.read() as c:
            data = self._romaneio_data(c, manifest_id)
        pdf = romaneio_pdf.render(data, zone)
        with self._store.write() as c:
            manifests.keep_document(c, manifest_id, pdf)
        dpi = self._settings().number("printer.dpi")
        out = pdf if printer.format == "pdf" else romaneio_zpl.render(data, zone, dpi=dpi)
        return self._send(printer, out, f"romaneio-{manifest_id}")

    # --- labels -----------------------------------------------------------------------------

    def _create(self, package_no: int, task: PackTask, write: Writer) -> Feedback | None:
        with self._store.write() as c:
            row = orders.by_id(c, task.order_id)
            assert row is not None
            taken = packages.take_serial(c, row.carrier, row.service_code)
            if taken is None:
                return Feedback(Outcome.WARN, "TRACKING_NONE", {"carrier": row.carrier})
            prefix, serial, country = taken
            data = self._label_data(c, row, task, package_no, s10(prefix, serial, country))
        # The code is spent from here on: a kill before the next line wastes it, never reuses it.
        zone, dpi = self._settings().zone(), self._settings().number("printer.dpi")
        zpl = shipping_zpl.render(data, dpi=dpi, zone=zone)
        pdf = shipping_pdf.render(data, zone=zone)
        label_id = str(uuid.uuid4())
        version = row.address_version
        write(
            (e.LabelCreated(task.order_id, package_no, label_id, data.tracking, version),),
            lambda c: packages.store_label(
                c,
                label_id=label_id,
                order_id=task.order_id,
                package_no=package_no,
                tracking=data.tracking,
                address_version=version,
                zpl=zpl,
                pdf=pdf,
                at=self._clock(),
            ),
        )
        return None

    def _print(self, effect: PrintLabel, task: PackTask, write: Writer) -> Feedback | None:
        printer = self._printer()
        with self._store.read() as c:
            label = packages.label(c, effect.label_id)
            assert label is not None
            out = label.pdf if printer.format == "pdf" else label.zpl
            if effect.copy > 1:
                row = orders.by_id(c, task.order_id)
                data = self._label_data(c, row, task, effect.package_no, label.tracking)
                out = self._second_copy(printer, data, effect.copy)
        title = f"etiqueta-{task.number}-{effect.package_no}-{effect.copy}"
        trouble = self._send(printer, out, title)
        if trouble:
            return trouble
        write(
            (
                e.LabelPrinted(
                    task.order_id, effect.label_id, printer.name, effect.copy, effect.reason
                ),
            )
        )
        return None

    def _second_copy(self, printer: Printer, data: LabelData, copy: int) -> bytes:
        zone, dpi = self._settings().zone(), self._settings().number("printer.dpi")
        if printer.format == "pdf":
            return shipping_pdf.render(data, copy=copy, zone=zone)
        return shipping_zpl.render(data, dpi=dpi, copy=copy, zone=zone)

    def _label_data(
        self, c: Connection, row: Any, task: PackTask, package_no: int, tracking: str
    ) -> LabelData:
        person, address = orders.recipient(c, row.id)
        settings = self._settings()
        held = next((p for p in task.packages if p.package_no == package_no), current(task))
        return LabelData(
            order_number=row.number,
            channel=row.channel,
            carrier=row.carrier,
            service_name=row.service_name,
            tracking=tracking,
            package_no=package_no,
            package_count=len(task.packages),
            weight_g=held.weight_g or 0,
            recipient_name=person.name,
            address=address,
            sender_name=settings["company.name"],
            sender_address=_sender(settings),
            danfe=_danfe(c, row.id),
        )

    # --- romaneio ---------------------------------------------------------------------------

    def _romaneio_data(self, c: Connection, manifest_id: str) -> RomaneioData:
        row = manifests.by_id(c, manifest_id)
        assert row is not None
        rows = []
        for package in packages.of_manifest(c, manifest_id):
            order = orders.by_id(c, package.order_id)
            label = packages.label(c, package.label_id)
            assert order is not None
            assert label is not None
            rows.append(
                RomaneioRow(
                    order_number=order.number,
                    tracking=label.tracking,
                    package_no=package.package_no,
                    package_count=len(packages.of_order(c, order.id)),
                    weight_g=package.weight_g or 0,
                    cep=orders.recipient(c, order.id)[1].cep,
                )
            )
        return RomaneioData(
            manifest_id=manifest_id,
            carrier=row.carrier,
            service=row.service_name or row.service_code,
            dock=row.dock,
            opened_at=row.opened_at,
            closed_at=row.closed_at,
            rows=tuple(rows),
            warehouse_name=self._settings()["company.name"],
        )

    # --- the printer ------------------------------------------------------------------------

    def _printer(self) -> Printer:
        settings = self._settings()
        if settings["printer.kind"] == "raw9100":
            return Raw9100Printer(
                settings["printer.host"],
                settings.number("printer.port"),
                zebra=settings.flag("printer.zebra_status"),
            )
        return PdfFolderPrinter(Path(settings["printer.folder"] or self._home / "printed"))

    def _send(self, printer: Printer, data: bytes, title: str) -> Feedback | None:
        try:
            faults.reach("printing")
            printer.send(data, title)
            faults.reach("printed")
        except PrinterDown as down:
            params = {"printer": printer.name, "detail": down.detail}
            return Feedback(Outcome.WARN, down.code, params)
        return None


def _sender(settings: Settings) -> Address:
    return Address(
        *(
            settings[f"company.{part}"]
            for part in ("cep", "street", "number", "complement", "district", "city", "state")
        )
    )


def _danfe(c: Connection, order_id: int) -> DanfeData | None:
    """The simplified DANFE of the order's authorised invoice."""
    row = invoices.of_order(c, order_id)
    if row is None or row.status != "AUTHORIZED":
        return None
    note = nfexml.parse(row.xml)
    if not isinstance(note, Invoice) or note.issued_at is None:
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
