"""Takes files of orders, products, bins and invoices into the store.

Each batch of records is one transaction together with the position reached, so that an import
broken off anywhere resumes where it was, and a second reading of the same file changes nothing.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection

from app.connectors import binsfile, cataloguefile, nfexml, orderfile
from app.connectors.records import TOLD_BY_CONTENT, Bad, Good, detect, files_in
from app.domain.model import Order
from app.domain.plain import file_name
from app.flow import goods, invoices
from app.flow.courtesy import Courtesy
from app.flow.pace import Pace
from app.flow.taking import OrderTaker
from app.store import imports, orders
from app.store.database import Store
from app.store.search_pieces import Pieces

BATCH = 300  # records in one transaction at most, where nobody is there who could scan
FEW = 20  # while somebody is: a scan waits, at worst, for these to be made durable

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class Taker(Protocol):
    def take(self, c: Connection, records: Iterable[Good[Any]]) -> Counter[str]:
        """Take records in one transaction: how many were new, changed, unchanged."""

    def keep(self) -> None:
        """Hear that the transaction in which some were taken last is durable."""


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
    """Reads files into one store, in short turns while somebody can scan."""

    def __init__(
        self,
        store: Store,
        taker: OrderTaker,
        *,
        clock: Callable[[], datetime],
        policy: invoices.Policy,
        courtesy: Courtesy | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._policy = policy
        self._orders = taker
        self._courtesy = courtesy or Courtesy()
        self._alone, self._beside_scans = Pace(BATCH, BATCH), Pace(FEW, FEW)

    def take(self, path: Path, progress: Progress, cancelled: Cancelled) -> Report:
        """Read a file, or every readable file of a folder, into the store.

        Raises:
            UnknownFormat: nothing at `path` has a format that the warehouse knows.
            OSError: it can't be read.
        """
        report = Report()
        files = list(_files(path))
        for file in files:
            file.open("rb").close()  # one that can't be read is not one of an unknown format
        found = [(kind, file) for file in files if (kind := detect(file))]
        if not found:
            raise UnknownFormat(file_name(path))
        self._pass_over(set(files) - {file for _, file in found}, report)
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
            self._orders.take(
                c, [self._orders.told(record.value, record.digest) for record in records]
            )

    def _pass_over(self, files: Iterable[Path], report: Report) -> None:
        """Keep aside what looks like a file of records and can't be told: it may hold orders."""
        with self._store.write() as c:
            for file in files:
                if file.suffix.lower() in TOLD_BY_CONTENT:
                    name = file_name(file)
                    imports.reject(c, name, 1, "IMPORT_UNKNOWN_FORMAT", name, "", self._clock())
                    report.rejected += 1

    def _take_invoice(self, file: Path, report: Report) -> None:
        xml = nfexml.read(file)
        with self._store.write() as c:
            try:
                outcome = invoices.take(c, xml, self._policy, self._clock())
            except nfexml.NfeError as error:
                # The XML may be any person's: only its name and the reason are kept.
                imports.reject(c, file_name(file), 1, error.code, "", "", self._clock())
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
        records = self._courteous(self._read(kind, file, start))
        pieces = Pieces(self._store, lambda: self._courtesy.is_near)
        with ThreadPoolExecutor(1) as ahead:
            pace = self._pace()
            batch = list(islice(records, pace.size))
            while batch:
                reached = batch[-1].end
                for turn in self._store.long_write(self._courtesy.give_way):
                    with turn as c:
                        began = time.perf_counter()
                        self._reject(c, file, [one for one in batch if isinstance(one, Bad)])
                        found = taker.take(c, [one for one in batch if isinstance(one, Good)])
                        imports.keep_position(c, fingerprint, file_name(file), reached, size, None)
                        # The next ones are read while the disk makes these durable, and not sooner:
                        # the reader would hold up the transaction, and a scan that waits for it.
                        next_pace = self._pace()
                        coming = ahead.submit(list, islice(records, next_pace.size))
                taker.keep()
                pace.took(time.perf_counter() - began)
                self._courtesy.give_way()
                pieces.came(found["new"] + found["changed"])
                self._store.ease()
                report.new += found["new"]
                report.changed += found["changed"]
                report.unchanged += found["unchanged"]
                report.rejected += sum(isinstance(record, Bad) for record in batch)
                step(reached)
                if cancelled():
                    report.cancelled = True
                    return
                batch, pace = coming.result(), next_pace
        pieces.merge()
        with self._store.write() as c:
            imports.keep_position(c, fingerprint, file_name(file), size, size, self._clock())
            if kind == "bins":  # goods that came may be what orders wait for
                self._orders.release_ready(c, orders.received(c))

    def _read(self, kind: str, file: Path, start: int) -> Iterator[Good[Any] | Bad]:
        """The records of a file, orders as what their taker takes."""
        for record in _READERS[kind](file, start):
            if kind == "orders" and isinstance(record, Good):
                told = self._orders.told(record.value, record.digest)
                record = Good(told, record.line_no, record.digest, record.end)
            yield record

    def _pace(self) -> Pace:
        return self._beside_scans if self._courtesy.is_near else self._alone

    def _courteous(self, records: Iterable[Good[Any] | Bad]) -> Iterator[Good[Any] | Bad]:
        """The same, with room for a scan after each."""
        for record in records:
            self._courtesy.give_way()
            yield record

    def _reject(self, c: Connection, file: Path, records: Iterable[Bad]) -> None:
        for bad in records:
            imports.reject(
                c, file_name(file), bad.line_no, bad.code, bad.detail, bad.raw[:4000], self._clock()
            )

    def _taker(self, kind: str, c: Connection) -> Taker:
        if kind == "catalogue":
            return goods.product_taker(c)
        return goods.stock_taker(c) if kind == "bins" else _ToldOrders(self._orders)


class _ToldOrders:
    def __init__(self, taker: OrderTaker) -> None:
        self._taker = taker

    def take(self, c: Connection, records: Iterable[Good[Any]]) -> Counter[str]:
        return self._taker.take(c, [record.value for record in records])

    def keep(self) -> None:
        """Nothing is known but what the store has."""


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from files_in(path)
    else:
        yield path


def _fingerprint(file: Path) -> str:
    """Tells one file's content from another's: a reading goes on only in the very same file."""
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
    digest.update(os.fsencode(file.name))
    return digest.hexdigest()


_READERS: dict[str, Callable[[Path, int], Iterator[Good[Any] | Bad]]] = {
    "orders": orderfile.read,
    "catalogue": cataloguefile.read,
    "bins": binsfile.read,
}
