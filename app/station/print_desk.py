"""What people do about printing: documents, batches, printers, and what came out of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Protocol

from sqlalchemy import Connection

from app.devices.printers import known as printers
from app.devices.printers.address import open_printer
from app.devices.printers.base import PrinterState
from app.domain import printing
from app.domain.decision import Outcome
from app.domain.printing import Document
from app.labels import raster
from app.station.batches import Batches
from app.station.paper import NoDocument, Paper
from app.station.printing import Press
from app.station.views import Feedback, PrintBatchView, PrinterView, PrintJobView
from app.store import manifests, order_search, orders, packages, print_jobs
from app.store import printers as stored
from app.store.database import Store

_DPI = (203, 300, 600)


class Permissions(Protocol):
    """Who asks, and what that person may do."""

    @property
    def is_open(self) -> bool: ...

    def allows(self, permission: str) -> bool: ...

    def sees(self, number: str) -> bool:
        """Whether that person may look at all of an order's customer now."""


class AnyOne:
    """Whoever may read the data folder and its key."""

    is_open = True

    def allows(self, permission: str) -> bool:
        return True

    def sees(self, number: str) -> bool:
        return True


class PrintDesk:
    """Checks permissions and says how it went. The station's thread calls it; `render`,
    `preview`, `printers` and `states` only read, and may run beside it.

    Args:
        guard: runs a change, and says what the store could not keep.
    """

    def __init__(
        self,
        store: Store,
        session: Permissions,
        press: Press,
        station_id: str,
        guard: Callable[[Callable[[], Feedback]], Feedback],
    ) -> None:
        self._store = store
        self._session = session
        self._press = press
        self._station = station_id
        self._guard = guard
        self.batches = Batches(store, press)

    # --- documents ----------------------------------------------------------------------------

    def document(self, document: str, number: str, reason: str = "", printer: str = "") -> Feedback:
        """Print a document of an order; what was printed before is a further copy, for a reason."""
        return self._guard(lambda: self._document(document, number, reason, printer))

    def romaneio(self, manifest_id: str, reason: str = "", printer: str = "") -> Feedback:
        """Print both sheets of a manifest; again only for a reason."""
        return self._guard(lambda: self._romaneio(manifest_id, reason, printer))

    def render(self, document: str, subject: str, paper: Paper) -> bytes | Feedback:
        """A document as the bytes for `paper`, printed nowhere.

        `subject` is an order's number, a manifest's for a romaneio, a printer's for a test page.
        """
        if not self._session.allows("print.documents"):
            return _not_permitted("print.documents")
        try:
            with self._store.read() as c:
                return self._render(c, document, subject, paper)
        except NoDocument as impossible:
            return Feedback(Outcome.WARN, impossible.code, impossible.params)

    def preview(self, document: str, subject: str) -> tuple[raster.Picture, ...] | Feedback:
        """The pages of a document as they would be printed, before any is. One that names a
        customer is shown while that customer's data is revealed."""
        names_nobody = document in (Document.ROMANEIO, Document.TEST_PAGE)
        if not names_nobody and not self._session.sees(subject):
            return Feedback(Outcome.WARN, "REVEAL_FIRST", {"order": subject})
        made = self.render(document, subject, Paper("pdf"))
        return made if isinstance(made, Feedback) else tuple(raster.pictures(made, dpi=150))

    def settle(self, job_id: str, came_out: bool) -> Feedback:
        """A person says whether a document in doubt came out of the printer."""
        return self._guard(lambda: self._settle(job_id, came_out))

    # --- batches ------------------------------------------------------------------------------

    def start_batch(self, document: str, words: str, queue_name: str, limit: int) -> Feedback:
        """Print a document of the first `limit` orders that the list shows for a search."""
        return self._guard(lambda: self._start_batch(document, words, queue_name, limit))

    def change_batch(self, batch_id: str, state: str) -> Feedback:
        """Pause (PAUSED), go on (RUNNING) or give up (CANCELLED)."""
        return self._guard(lambda: self._allowed() or self.batches.change(batch_id, state))

    def reprint_batch(self, batch_id: str, first: int, last: int, reason: str) -> Feedback:
        """Print the items from `first` to `last` of a batch again, for a reason."""
        return self._guard(
            lambda: (
                self._allowed("pack.reprint") or self.batches.reprint(batch_id, first, last, reason)
            )
        )

    def batch_views(self) -> tuple[PrintBatchView, ...]:
        with self._store.read() as c:
            return self.batches.view(c, self._station)

    # --- printers -----------------------------------------------------------------------------

    def use(self, code: str, document: str = "") -> Feedback:
        """Print on this printer from now on: what waits, or the given kind of document."""
        return self._guard(lambda: self._use(code, document))

    def retry(self) -> Feedback:
        """Look at the printers again, now."""
        return self._guard(
            lambda: (
                self._signed_in() or self._press.retry() or Feedback(Outcome.OK, "PRINTERS_ASKED")
            )
        )

    def put_printer(self, code: str, name: str, uri: str, dpi: int) -> Feedback:
        """Add a printer to the warehouse's list, or change one."""
        return self._guard(lambda: self._put_printer(code, name, uri, dpi))

    def remove_printer(self, code: str) -> Feedback:
        return self._guard(lambda: self._remove_printer(code))

    def test(self, code: str) -> Feedback:
        """Print a test page."""
        return self._guard(lambda: self._test(code))

    def printers(self) -> tuple[PrinterView, ...]:
        with self._store.read() as c:
            return self.printer_views(c)

    def printer_views(self, c: Connection) -> tuple[PrinterView, ...]:
        return tuple(
            PrinterView(one.code, one.name, one.uri, one.dpi, one.documents)
            for one in printers.known(c, self._station)
        )

    def states(self) -> Mapping[str, PrinterState]:
        """Every printer's state by its code. Each is asked in turn, which takes its time."""
        with self._store.read() as c:
            found = printers.known(c, self._station)
        return {one.code: self._press.state(one) for one in found}

    def waiting(self, c: Connection) -> tuple[PrintJobView, ...]:
        """What waits for a printer, or for a person."""
        return self._press.waiting(c)

    # --- inside -------------------------------------------------------------------------------

    def _document(self, document: str, number: str, reason: str, printer: str) -> Feedback:
        if refused := self._allowed():
            return refused
        kind = next((kind for kind in Document if kind == document), None)
        with self._store.read() as c:
            row = orders.by_number(c, number)
            if kind is None or row is None:
                code = "ORDER_UNKNOWN" if kind else "DOCUMENT_UNKNOWN"
                params = {"number": number, "document": document}
                return Feedback(Outcome.WARN, code, params)
            if printer and printers.by_code(c, printer) is None:
                return Feedback(Outcome.WARN, "PRINTER_UNKNOWN", {"printer": printer})
            subjects = self._subjects(c, kind, row.id, number)
            if not subjects:
                return Feedback(Outcome.WARN, "LABEL_NONE", {"order": number})
            copies = {one: printing.copies(print_jobs.of(c, kind, one)) + 1 for one in subjects}
            try:
                if kind is not Document.SHIPPING_LABEL:
                    self._press.documents.of_order(c, kind, number, Paper("pdf"))
            except NoDocument as impossible:
                return Feedback(Outcome.WARN, impossible.code, impossible.params)
        if refused := self._further(max(copies.values()), reason, number):
            return refused
        for subject, copy in copies.items():
            said = reason.strip() if copy > 1 else ""
            trouble = self._press.request(
                kind, subject, row.id, copy=copy, reason=said, printer=printer
            )
            if trouble:
                return trouble
        return Feedback(Outcome.DONE, "PRINT_REQUESTED", {"order": number})

    def _further(self, copy: int, reason: str, about: str) -> Feedback | None:
        """A further copy needs the permission for it, and a reason."""
        if copy == 1:
            return None
        if not self._session.allows("pack.reprint"):
            return _not_permitted("pack.reprint")
        if not reason.strip():
            return Feedback(Outcome.WARN, "PRINT_AGAIN_REASON", {"order": about})
        return None

    def _subjects(self, c: Connection, kind: Document, order_id: int, number: str) -> list[str]:
        if kind is not Document.SHIPPING_LABEL:
            return [number]
        return [row.id for row in packages.labels_of(c, order_id) if row.state != "VOIDED"]

    def _romaneio(self, manifest_id: str, reason: str, printer: str) -> Feedback:
        if refused := self._allowed():
            return refused
        with self._store.read() as c:
            if manifests.by_id(c, manifest_id) is None:
                return Feedback(Outcome.WARN, "MANIFEST_UNKNOWN", {"manifest": manifest_id})
            if printer and printers.by_code(c, printer) is None:
                return Feedback(Outcome.WARN, "PRINTER_UNKNOWN", {"printer": printer})
            copy = printing.copies(print_jobs.of(c, Document.ROMANEIO, manifest_id)) + 1
        if refused := self._further(copy, reason, manifest_id):
            return refused
        said = reason.strip() if copy > 1 else ""
        trouble = self._press.request(
            Document.ROMANEIO, manifest_id, copy=copy, reason=said, printer=printer
        )
        return trouble or Feedback(Outcome.DONE, "PRINT_REQUESTED", {"order": manifest_id})

    def _render(self, c: Connection, document: str, subject: str, paper: Paper) -> bytes:
        documents = self._press.documents
        match document:
            case Document.ROMANEIO:
                return documents.romaneio(c, subject, paper)
            case Document.TEST_PAGE:
                return documents.trial_page(subject, paper)
            case Document.SHIPPING_LABEL:
                return self._render_label(c, subject, paper)
            case _:
                return documents.of_order(c, document, subject, paper)

    def _render_label(self, c: Connection, number: str, paper: Paper) -> bytes:
        """The label that stands, the carrier's that waits for its box, or one with no code yet."""
        row = orders.by_number(c, number)
        if row is None:
            raise NoDocument("ORDER_UNKNOWN", number=number)
        for label in packages.labels_of(c, row.id):
            if label.state != "VOIDED":
                return self._press.documents.label(c, label.id, paper)
        return self._press.documents.draft(c, row, paper)

    def _settle(self, job_id: str, came_out: bool) -> Feedback:
        if refused := self._signed_in():
            return refused
        with self._store.read() as c:
            job = print_jobs.by_id(c, job_id)
        if job is None or not self._press.settle(job_id, came_out):
            return Feedback(Outcome.WARN, "PRINT_SETTLED")
        if job.batch_id:
            self.batches.settled(job, came_out)
        elif not came_out and job.document != Document.SHIPPING_LABEL:
            self._press.again(job_id, "not_out")
        return Feedback(Outcome.OK, "PRINT_CAME_OUT" if came_out else "PRINT_AGAIN")

    def _start_batch(self, document: str, words: str, queue_name: str, limit: int) -> Feedback:
        if refused := self._allowed():
            return refused
        with self._store.read() as c:
            rows, _ = order_search.page(c, words, queue_name, 0, limit, "00:00")
        return self.batches.start(document, [row.id for row in rows], self._station)

    def _use(self, code: str, document: str) -> Feedback:
        if refused := self._signed_in():
            return refused
        if not document:
            return self._press.use(code)
        with self._store.write() as c:
            known = printers.by_code(c, code)
            if known is None:
                return Feedback(Outcome.WARN, "PRINTER_UNKNOWN", {"printer": code})
            stored.choose(c, self._station, document, code)
        return Feedback(Outcome.DONE, "PRINTER_CHOSEN", {"printer": known.name})

    def _put_printer(self, code: str, name: str, uri: str, dpi: int) -> Feedback:
        if refused := self._allowed("settings.change"):
            return refused
        code, name = code.strip().upper(), name.strip()
        if not re.fullmatch(printers.CODE, code) or code == printers.FOLDER or not name:
            return Feedback(Outcome.WARN, "PRINTER_CODE_BAD", {"printer": code[:40]})
        try:
            open_printer(uri, name=name, dpi=dpi, home=self._store.path.parent)
        except ValueError:
            return Feedback(Outcome.WARN, "PRINTER_ADDRESS", {"printer": name[:40]})
        if dpi not in _DPI:
            return Feedback(Outcome.WARN, "PRINTER_ADDRESS", {"printer": name[:40]})
        with self._store.write() as c:
            stored.put(c, code, name[:60], uri.strip(), dpi)
        return Feedback(Outcome.DONE, "PRINTER_SAVED", {"printer": name})

    def _remove_printer(self, code: str) -> Feedback:
        if refused := self._allowed("settings.change"):
            return refused
        with self._store.write() as c:
            known = stored.by_code(c, code)
            if known is None:
                return Feedback(Outcome.WARN, "PRINTER_UNKNOWN", {"printer": code})
            stored.remove(c, code)
        return Feedback(Outcome.DONE, "PRINTER_REMOVED", {"printer": known.name})

    def _test(self, code: str) -> Feedback:
        if refused := self._signed_in():
            return refused
        with self._store.read() as c:
            known = printers.by_code(c, code)
        if known is None:
            return Feedback(Outcome.WARN, "PRINTER_UNKNOWN", {"printer": code})
        trouble = self._press.request(Document.TEST_PAGE, known.name, printer=code)
        return trouble or Feedback(Outcome.DONE, "TEST_PAGE_SENT", {"printer": known.name})

    def _signed_in(self) -> Feedback | None:
        return None if self._session.is_open else Feedback(Outcome.WARN, "SIGN_IN_FIRST")

    def _allowed(self, permission: str = "print.documents") -> Feedback | None:
        if refused := self._signed_in():
            return refused
        return None if self._session.allows(permission) else _not_permitted(permission)


def _not_permitted(permission: str) -> Feedback:
    return Feedback(Outcome.WARN, "NOT_PERMITTED", {"permission": permission})
