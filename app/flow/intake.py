"""Takes files of orders, products, bins and invoices into the store.

Each batch of records is one transaction together with the position reached, so that an import
broken off anywhere resumes where it was, and a second reading of the same file changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from app.connectors import binsfile, cataloguefile, nfexml, orderfile
from app.connectors.records import Bad, Good, detect
from app.domain.entries import Entry, LabelVoided, OrderCancelled, OrderReleased, ProblemRaised
from app.domain.model import BinStock, Order, OrderState, Product
from app.flow import invoices
from app.store import catalogue, imports, journal, orders, packages, tasks
from app.store.database import Store
from app.store.journal import Stamp

BATCH = 500

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass
class Report:
    """What an import came to, over all its files."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    files: int = 0
    cancelled: bool = False


class UnknownFormat(Exception):
    """The file is none that the warehouse can read."""


class Intake:
    """Reads files into one store. `cutoff_of` gives a carrier's pickup time ("HH:MM")."""

    def __init__(
        self,
        store: Store,
        *,
        station_id: str,
        clock: Callable[[], datetime],
        cutoff_of: Callable[[str], str],
        policy: invoices.Policy,
    ) -> None:
        self._store = store
        self._station_id = station_id
        self._clock = clock
        self._cutoff_of = cutoff_of
        self._policy = policy

    def take(self, path: Path, progress: Progress, cancelled: Cancelled) -> Report:
        """Read a file, or every readable file of a folder, into the store.

        Raises:
            UnknownFormat: nothing at `path` has a format that the warehouse knows.
            OSError: it can't be read.
        """
        report = Report()
        if not path.is_dir():
            path.open("rb").close()  # a file that can't be read is not one of an unknown format
        found = [(kind, file) for file in _files(path) if (kind := detect(file))]
        if not found:
            raise UnknownFormat(path.name)
        order = ("catalogue", "bins", "orders", "nfe")
        found.sort(key=lambda item: (order.index(item[0]), item[1].name))
        total = sum(file.stat().st_size for _, file in found)
        before = 0
        for kind, file in found:
            start = before

            def step(done: int, start: int = start) -> None:
                progress(start + done, total)

            if kind == "nfe":
                self._take_invoice(file, report)
            else:
                self._take_records(kind, file, report, step, cancelled)
            report.files += 1
            before += file.stat().st_size
            progress(before, total)
            if report.cancelled:
                break
        return report

    def take_orders(self, records: Iterable[Good[Order]]) -> None:
        """Take orders that are already read, in one transaction."""
        with self._store.write() as c:
            for record in records:
                self._take_order(c, record)

    def _take_invoice(self, file: Path, report: Report) -> None:
        xml = file.read_bytes()
        with self._store.write() as c:
            try:
                outcome = invoices.take(c, xml, self._policy, self._clock())
            except nfexml.NfeError as error:
                # The XML may be any person's: only its name and the reason are kept.
                imports.reject(c, file.name, 1, error.code, "", "", self._clock())
                report.rejected += 1
                return
        if outcome == "unchanged":
            report.unchanged += 1
        else:
            report.new += 1

    def _take_records(
        self,
        kind: str,
        file: Path,
        report: Report,
        step: Callable[[int], None],
        cancelled: Cancelled,
    ) -> None:
        fingerprint = _fingerprint(file)
        size = file.stat().st_size
        with self._store.read() as c:
            start = imports.position(c, fingerprint)
            taker = self._taker(kind, c)
        records = _READERS[kind](file, start)
        reached = start
        while batch := list(islice(records, BATCH)):
            with self._store.write() as c:
                for record in batch:
                    if isinstance(record, Bad):
                        imports.reject(
                            c,
                            file.name,
                            record.line_no,
                            record.code,
                            record.detail,
                            record.raw[:4000],
                            self._clock(),
                        )
                        report.rejected += 1
                    else:
                        _count(report, taker(c, record))
                    reached = record.end
                imports.keep_position(c, fingerprint, file.name, reached, size, None)
            step(reached)
            if cancelled():
                report.cancelled = True
                return
        with self._store.write() as c:
            imports.keep_position(c, fingerprint, file.name, size, size, self._clock())

    def _taker(self, kind: str, c: Connection) -> Callable[[Connection, Good[Any]], str]:
        if kind == "orders":
            return self._take_order
        if kind == "catalogue":
            known = catalogue.digests(c)
            return lambda c, record: _take_product(c, record, known)
        places = catalogue.stock_digests(c)
        return lambda c, record: _take_stock(c, record, places)

    def _take_order(self, c: Connection, record: Good[Order]) -> str:
        order, now = record.value, self._clock()
        row = orders.by_identity(c, order.source, order.external_id)
        if row is None:
            order_id = orders.next_id(c)
            orders.insert_order(
                c,
                order_id,
                order,
                digest=record.digest,
                state=_first_state(order),
                cutoff=self._cutoff_of(order.carrier),
                now=now,
            )
            invoices.match_waiting(c, order_id, order, self._policy, now)
            return "new"
        if row.digest == record.digest:
            return "unchanged"
        self._update(c, row, order, record.digest, now)
        return "changed"

    def _update(self, c: Connection, row: Any, order: Order, digest: str, now: datetime) -> None:
        before = orders.full(c, row)
        state = OrderState(row.state)
        entries: list[Entry] = []
        more: dict[str, Any] = {"cutoff": self._cutoff_of(order.carrier)}
        if before.address != order.address or before.recipient.name != order.recipient.name:
            more["address_version"] = row.address_version + 1
            entries += [
                LabelVoided(row.id, label.id, label.tracking, "address")
                for label in packages.labels_of(c, row.id)
                if label.state != "VOIDED" and state in _BEFORE_MANIFEST
            ]
            if entries and state is OrderState.PACKED:
                # Its boxes bear a dead label: back to the bench, where a new one is printed.
                more["state"] = OrderState.PICKED.value
        untouched = state in (OrderState.RECEIVED, OrderState.RELEASED)
        orders.update_order(c, row.id, order, digest, now, **more)
        if before.lines != order.lines:
            if untouched:
                orders.replace_lines(c, row.id, order.lines)
            elif state is not OrderState.CANCELLED:
                entries.append(ProblemRaised(row.id, "lines_changed"))
        dead = order.status == "cancelled" or order.payment_status == "refunded"
        if dead and state in _CANCELLABLE:
            entries.append(cancellation(c, row.id, order.payment_status))
        elif state is OrderState.RECEIVED and order.payment_status == "paid":
            entries.append(OrderReleased(row.id))
        if entries:
            journal.append(c, self._stamp(c, row.id, now), entries)

    def _stamp(self, c: Connection, order_id: int, now: datetime) -> Stamp:
        """Entries about an order in somebody's hand join that task, so that the hand learns."""
        return Stamp(self._station_id, 0, now, tasks.task_of_order(c, order_id))


_BEFORE_MANIFEST = (OrderState.PICKED, OrderState.PACKING, OrderState.PACKED)
_CANCELLABLE = (
    OrderState.RECEIVED,
    OrderState.RELEASED,
    OrderState.PICKING,
    OrderState.SHORT,
    *_BEFORE_MANIFEST,
)


def cancellation(c: Connection, order_id: int, reason: str) -> OrderCancelled:
    """The entry that cancels an order, counting the units that must go back to their bins."""
    in_hand = sum(row.quantity for row in orders.placements(c, order_id))
    return OrderCancelled(order_id, reason, in_hand)


def _first_state(order: Order) -> str:
    if order.status == "cancelled" or order.payment_status == "refunded":
        return OrderState.CANCELLED.value
    if order.payment_status == "paid":
        return OrderState.RELEASED.value
    return OrderState.RECEIVED.value


def _take_product(c: Connection, record: Good[Product], known: dict[str, str]) -> str:
    product = record.value
    return _take(
        known, product.sku, record.digest, lambda: catalogue.put_product(c, product, record.digest)
    )


def _take_stock(
    c: Connection, record: Good[BinStock], known: dict[tuple[str, str, str], str]
) -> str:
    stock = record.value
    return _take(
        known,
        (stock.bin, stock.sku, stock.lot),
        record.digest,
        lambda: catalogue.put_stock(c, stock, record.digest),
    )


def _take(known: dict[Any, str], key: Any, digest: str, put: Callable[[], None]) -> str:
    before = known.get(key)
    if before == digest:
        return "unchanged"
    put()
    known[key] = digest
    return "changed" if before is not None else "new"


def _count(report: Report, outcome: str) -> None:
    setattr(report, outcome, getattr(report, outcome) + 1)


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(p for p in path.iterdir() if p.is_file())
    else:
        yield path


def _fingerprint(file: Path) -> str:
    """Tells one file's content from another's: a reading goes on only in the very same file."""
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
    digest.update(file.name.encode())
    return digest.hexdigest()


_READERS: dict[str, Callable[[Path, int], Iterator[Good[Any] | Bad]]] = {
    "orders": orderfile.read,
    "catalogue": cataloguefile.read,
    "bins": binsfile.read,
}
