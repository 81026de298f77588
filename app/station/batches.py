"""Many labels or slips for a wave, one after the other on one printer.

One item is at the printer at a time, so that a stop, for whatever reason, is at an exact label.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row

from app.devices.printers import known as printers
from app.devices.printers.base import PrinterDown
from app.domain import entries as e
from app.domain import printing
from app.domain.decision import Outcome
from app.domain.printing import Document
from app.station.printing import Press
from app.station.views import Feedback, PrintBatchView
from app.store import journal, orders, packages, print_batches, print_jobs
from app.store.database import Store

MOST = 2_000  # documents in one batch
_SHOWN = 5
KINDS = (Document.SHIPPING_LABEL, Document.PACKING_SLIP, Document.GIFT_SLIP, Document.DANFE)


class Batches:
    """Starts, pauses, cancels and goes on with a station's batches."""

    def __init__(self, store: Store, press: Press) -> None:
        self._store = store
        self._press = press

    def start(self, document: str, order_ids: Sequence[int], station_id: str) -> Feedback:
        """Print a document of each order, sorted as a van is loaded: by carrier, service, CEP."""
        kind = next((kind for kind in KINDS if kind == document), None)
        if kind is None:
            return Feedback(Outcome.WARN, "DOCUMENT_UNKNOWN", {"document": document})
        with self._store.read() as c:
            ordered = print_batches.by_route(c, order_ids[:MOST])
            items = tuple(item for order_id in ordered for item in _items(c, kind, order_id))
            known = printers.chosen(c, station_id, kind)
        if not items:
            return Feedback(Outcome.WARN, "BATCH_EMPTY")
        return self._begin(e.BatchRequested(str(uuid.uuid4()), kind, known.code, items))

    def reprint(self, batch_id: str, first: int, last: int, reason: str) -> Feedback:
        """Print the items from `first` to `last` again, as after a jam: further copies."""
        with self._store.read() as c:
            batch = print_batches.by_id(c, batch_id)
            rows = print_batches.items(c, batch_id, first, last) if batch else ()
        if batch is None or not rows:
            return Feedback(Outcome.WARN, "BATCH_EMPTY")
        if not reason.strip():
            return Feedback(Outcome.WARN, "REASON_NEEDED")
        items = tuple((row.order_id, row.package_no) for row in rows)
        entry = e.BatchRequested(
            str(uuid.uuid4()), batch.document, batch.printer, items, batch_id, reason.strip()
        )
        return self._begin(entry)

    def change(self, batch_id: str, state: str) -> Feedback:
        """Pause a batch (PAUSED), let it go on (RUNNING), or give it up (CANCELLED)."""
        allowed = {"RUNNING": ("PAUSED",), "PAUSED": ("RUNNING",)}
        with self._store.read() as c:
            batch = print_batches.by_id(c, batch_id)
            current = print_batches.current_job(c, batch_id)
        known = allowed.get(state, ("RUNNING", "PAUSED"))
        if batch is None or batch.state not in known:
            return Feedback(Outcome.WARN, "BATCH_OVER")
        if state == "RUNNING" and current is not None and self._doubt(current):
            return Feedback(Outcome.WARN, "PRINT_DOUBT_FIRST", {"position": current.position})
        self._set(batch_id, state)
        if state == "CANCELLED" and current is not None:
            self._press.withdraw(current.id)
        if state == "RUNNING":
            return self._advance(batch_id) or Feedback(Outcome.OK, "BATCH_RUNNING")
        return Feedback(Outcome.OK, f"BATCH_{state}")

    def resume(self, station_id: str) -> None:
        """After a start of the station: what ran then waits for a person to let it go on."""
        with self._store.read() as c:
            left = print_batches.running(c, station_id)
        for batch_id in left:
            self._set(batch_id, "PAUSED")

    def ended(self, job: Row[Any], trouble: PrinterDown | None) -> None:
        """A job of a batch came to its end: the next, or a pause where its end is in doubt."""
        if trouble and trouble.maybe_printed:
            self._set(job.batch_id, "PAUSED")
        elif trouble is None:
            self._advance(job.batch_id)
        elif job.document == Document.SHIPPING_LABEL:  # others are asked for again by the press
            self._press.again(job.id, "")

    def settled(self, job: Row[Any], came_out: bool) -> None:
        """A person said what came of an item; one that is missing is printed as a further copy."""
        if not came_out:
            self._press.again(job.id, "not_out")

    def view(self, c: Connection, station_id: str) -> tuple[PrintBatchView, ...]:
        """The station's latest batches, the newest first."""
        return tuple(
            PrintBatchView(
                batch_id=row.id,
                document=row.document,
                state=row.state,
                printed=row.begun - self._unprinted(c, row.id),
                total=row.total,
                reason=row.reason,
                since=row.requested_at,
            )
            for row in print_batches.latest(c, station_id, _SHOWN)
        )

    # --- inside -------------------------------------------------------------------------------

    def _begin(self, entry: e.BatchRequested) -> Feedback:
        with self._store.write() as c:
            journal.append(c, self._press.stamp(), (entry,))
        begun = Feedback(Outcome.OK, "BATCH_STARTED", {"count": len(entry.items)})
        return self._advance(entry.batch_id) or begun

    def _advance(self, batch_id: str) -> Feedback | None:
        """Print the next item of a batch that runs, or end it."""
        with self._store.read() as c:
            batch = print_batches.by_id(c, batch_id)
            current = print_batches.current_job(c, batch_id)
        if batch is None or batch.state != "RUNNING":
            return None
        if current is not None and printing.is_wanted((print_jobs.as_job(current),)):
            return None  # the present item is still to come out
        item = self._next(batch_id)
        if item is None:
            self._set(batch_id, "DONE")
            return None
        subject = self._subject(batch.document, item)
        if isinstance(subject, Feedback):
            self._set(batch_id, "PAUSED")
            self._press.tell(subject)
            return subject
        with self._store.read() as c:
            copy = printing.copies(print_jobs.of(c, batch.document, subject)) + 1
        return self._press.request(
            Document(batch.document),
            subject,
            item.order_id,
            copy=copy,
            reason=batch.reason if copy > 1 else "",
            printer=batch.printer,
            batch_id=batch_id,
            position=item.position,
        )

    def _next(self, batch_id: str) -> Row[Any] | None:
        """The next item whose order still goes out; those that don't are passed over."""
        while True:
            with self._store.read() as c:
                item = print_batches.next_item(c, batch_id)
                row = orders.by_id(c, item.order_id) if item else None
            if item is None or (row is not None and row.state not in _CANCELLED):
                return item
            skipped = e.BatchItemSkipped(batch_id, item.position, item.order_id)
            with self._store.write() as c:
                journal.append(c, self._press.stamp(), (skipped,))

    def _subject(self, document: str, item: Row[Any]) -> str | Feedback:
        """What the item's job is about: a label, made now where there is none, or an order."""
        with self._store.read() as c:
            row = orders.by_id(c, item.order_id)
            assert row is not None
            if document != Document.SHIPPING_LABEL:
                return str(row.number)
            label = _label(c, item.order_id, item.package_no, row.address_version)
        if label:
            return str(label.id)
        with self._store.write() as c:
            made = self._press.labels.make(c, item.order_id, item.package_no)
            if isinstance(made, Feedback):
                return made
            prepared = e.LabelPrepared(
                made.order_id,
                made.package_no,
                made.label_id,
                made.tracking,
                made.address_version,
            )
            journal.append(c, self._press.stamp(), (prepared,))
        return made.label_id

    def _doubt(self, job: Row[Any]) -> bool:
        return printing.in_doubt((print_jobs.as_job(job),), self._press.under_way) is not None

    def _unprinted(self, c: Connection, batch_id: str) -> int:
        current = print_batches.current_job(c, batch_id)
        return 1 if current is not None and current.state not in _OUT else 0

    def _set(self, batch_id: str, state: str) -> None:
        with self._store.write() as c:
            journal.append(c, self._press.stamp(), (e.BatchChanged(batch_id, state),))


_CANCELLED = ("CANCELLED", "PUTBACK_PENDING", "PUTBACK_DONE")
_OUT = (printing.JobState.PRINTED, printing.JobState.VERIFIED)


def _items(c: Connection, kind: Document, order_id: int) -> list[tuple[int, int]]:
    if kind is not Document.SHIPPING_LABEL:
        return [(order_id, 0)]
    boxes = packages.of_order(c, order_id)
    return [(order_id, box.package_no) for box in boxes] or [(order_id, 1)]


def _label(c: Connection, order_id: int, package_no: int, version: int) -> Row[Any] | None:
    """The package's label that stands, if it has one."""
    return next(
        (
            label
            for label in packages.labels_of(c, order_id)
            if label.package_no == package_no
            and label.state != "VOIDED"
            and label.address_version == version
        ),
        None,
    )
