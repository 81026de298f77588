"""Sees every print job through to its end.

A job's life is in the journal: PENDING, SENT before its first byte goes out, then
PRINTED_UNVERIFIED or FAILED; a label is VERIFIED by its scan.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from sqlalchemy import Connection, Row

from app.config import Settings
from app.devices.printers import known as printers
from app.devices.printers.base import PrinterDown, PrinterState
from app.devices.printers.known import Known
from app.domain import entries as e
from app.domain import printing
from app.domain.decision import Outcome
from app.domain.entries import Entry
from app.domain.packing import PackTask, PrintLabel
from app.domain.printing import Document, JobState
from app.station.contents import Contents
from app.station.labelling import Labels
from app.station.paper import NoDocument, Paper
from app.station.spooler import DirectSpooler, Parcel, Spooler
from app.station.views import Feedback, PrintJobView
from app.store import journal, orders, print_jobs
from app.store import printers as stored
from app.store.database import Store
from app.store.journal import Stamp

if TYPE_CHECKING:
    from app.station.documents import Documents

_UNSETTLED = 200


class Asked(TypedDict, total=False):
    """How a document is asked for: which copy, why, and as which item of which batch. Without
    `printer` it comes out of the station's own for its kind."""

    copy: int
    reason: str
    printer: str
    batch_id: str
    position: int


class Press:
    """Prints every document of the station: `labels` and `documents` make them.

    Trouble comes back as a Feedback; nothing that was made is lost, and asking again goes on
    where it stopped. Only the station's thread calls it.

    Its owner sets `stamp` (who stands here now), `tell` (hears of a printer's trouble when nobody
    waits for the answer), `ended` (hears of each job's end) and `awaited` (hears that a document
    will be asked for soon, of an order or of 0).
    """

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
        self.labels = Labels(store, settings, clock, lambda: self.documents)
        self._contents = Contents(store, lambda: self.documents)
        self.spooler: Spooler = DirectSpooler(self)
        self.stamp: Callable[[], Stamp] = lambda: Stamp(self._station, 0, clock())
        self.tell: Callable[[Feedback], None] = lambda feedback: None
        self.ended: Callable[[Row[Any], PrinterDown | None], None] = lambda job, trouble: None
        self.awaited: Callable[[int], None] = lambda order_id: None
        self._troubles: dict[str, PrinterDown] = {}  # what each waiting job waits for
        self._heard: Feedback | None = None

    @cached_property
    def documents(self) -> Documents:
        """What every document is made with; slow to import, and no document is made at start."""
        from app.station.documents import Documents

        return Documents(self._settings, self._clock)

    # --- jobs ---------------------------------------------------------------------------------

    def request(
        self, document: Document, subject: str, order_id: int = 0, **asked: Unpack[Asked]
    ) -> Feedback | None:
        """Ask for a document, and hand it to its printer."""
        with self._store.write() as c:
            job = self.ask(c, document, subject, order_id, **asked)
        return self.put(job)

    def ask(
        self,
        c: Connection,
        document: Document,
        subject: str,
        order_id: int = 0,
        **asked: Unpack[Asked],
    ) -> Row[Any]:
        """The new job of a document, to be handed on by `put` once it is durable."""
        named = printers.by_code(c, asked["printer"]) if asked.get("printer") else None
        known = named or printers.chosen(c, self._station, document)
        entry = e.PrintRequested(
            str(uuid.uuid4()),
            document,
            subject,
            order_id,
            known.code,
            asked.get("copy", 1),
            asked.get("reason", ""),
            asked.get("batch_id", ""),
            asked.get("position", 0),
        )
        journal.append(c, self.stamp(), (entry,))
        job = print_jobs.by_id(c, entry.job_id)
        assert job is not None
        return job

    def job_of(self, c: Connection, effect: PrintLabel, task: PackTask) -> Row[Any]:
        """The print job that the bench asks for: the one that waits, or a new one."""
        if effect.job_id:
            job = print_jobs.by_id(c, effect.job_id)
            assert job is not None
            return job
        return self.ask(
            c,
            Document.SHIPPING_LABEL,
            effect.label_id,
            task.order_id,
            copy=effect.copy,
            reason=effect.reason,
        )

    def put(self, job: Row[Any]) -> Feedback | None:
        """Hand a job to its printer; what is wrong with it is said at once where it is known."""
        with self._store.read() as c:
            known = printers.by_code(c, job.printer)
            known = known or printers.chosen(c, self._station, job.document)
            try:
                printer = known.open(self._home)
                make = self._contents.making(c, job, Paper(printer.format, printer.dpi))
            except NoDocument as impossible:
                return self._impossible(job, impossible)
            except ValueError:
                return self._impossible(job, NoDocument("PRINTER_ADDRESS", printer=known.name))
            title = self._contents.title(c, job)
        self._heard = None
        self.spooler.put(Parcel(job.id, printer, make, title))
        return self._heard  # where the printer answers at once

    def again(self, job_id: str, reason: str) -> Feedback | None:
        """Print once more what a job printed: a further copy, for a reason."""
        with self._store.read() as c:
            job = print_jobs.by_id(c, job_id)
            assert job is not None
            copy = printing.copies(print_jobs.of(c, job.document, job.subject)) + 1
        return self.request(
            Document(job.document), job.subject, job.order_id,
            copy=copy, reason=reason if copy > 1 else "", printer=job.printer,
            batch_id=job.batch_id, position=job.position,
        )  # fmt: skip

    def settle(self, job_id: str, came_out: bool) -> bool:
        """A person says whether a job in doubt came out; False where it is in doubt no more."""
        with self._store.write() as c:
            job = print_jobs.by_id(c, job_id)
            found = printing.in_doubt((print_jobs.as_job(job),), self.under_way) if job else None
            if job is None or found is None:
                return False
            if came_out:
                journal.append(c, self.stamp(), (e.PrintDone(job_id, job.order_id),))
            else:
                failed = e.PrintFailed(job_id, job.order_id, printing.NOT_SEEN, doubtful=True)
                journal.append(c, self.stamp(), (failed,))
        return True

    def resume(self) -> None:
        """Put what waited when the station stopped to its printers again."""
        with self._store.read() as c:
            left = print_jobs.unsettled(c, self._station, _UNSETTLED)
        for job in left:
            if job.state == JobState.PENDING and job.id not in self.under_way:
                self.put(job)

    # --- printers -----------------------------------------------------------------------------

    @property
    def under_way(self) -> frozenset[str]:
        """The jobs that a printer of this station has, or waits for paper to print."""
        return self.spooler.under_way()

    def state(self, known: Known) -> PrinterState:
        """Whether a printer would print now; it is asked, which takes its time."""
        try:
            return known.open(self._home).state()
        except ValueError:
            return PrinterState(False, "PRINTER_ADDRESS", "")

    def use(self, code: str) -> Feedback:
        """Let a printer print what waits here, and from now on what it waits as; with nothing
        waiting, everything."""
        with self._store.read() as c:
            known = printers.by_code(c, code)
            left = print_jobs.unsettled(c, self._station, _UNSETTLED)
        waiting = [job for job in left if job.state == JobState.PENDING or job.id in self._troubles]
        if known is None:
            return Feedback(Outcome.WARN, "PRINTER_UNKNOWN", {"printer": code})
        with self._store.write() as c:
            for document in {job.document for job in waiting} or {""}:
                stored.choose(c, self._station, document, code)
        troubles = [trouble for job in waiting if (trouble := self._move(job, known))]
        chosen = Feedback(Outcome.DONE, "PRINTER_CHOSEN", {"printer": known.name})
        return troubles[0] if troubles else chosen

    def _move(self, job: Row[Any], known: Known) -> Feedback | None:
        self.spooler.withdraw(job.id)
        if job.state != JobState.PENDING:  # its printer has it: it ends there, and is asked anew
            return None
        self._troubles.pop(job.id, None)
        with self._store.write() as c:
            entry = e.PrintMoved(job.id, job.order_id, known.code)
            journal.append(c, self.stamp(), (entry,))
            moved = print_jobs.by_id(c, job.id)
        assert moved is not None
        return self.put(moved)

    def withdraw(self, job_id: str) -> None:
        """Give a job up that has not begun."""
        with self._store.write() as c:
            job = print_jobs.by_id(c, job_id)
            if job is None or job.state != JobState.PENDING:
                return
            self.spooler.withdraw(job_id)
            failed = e.PrintFailed(job_id, job.order_id, "PRINT_CANCELLED", "cancelled")
            journal.append(c, self.stamp(), (failed,))
        self._troubles.pop(job_id, None)

    def retry(self) -> Feedback | None:
        """Look at the printers again, now."""
        self._heard = None
        self.spooler.retry()
        return self._heard

    def waiting(self, c: Connection) -> tuple[PrintJobView, ...]:
        """The station's jobs that wait for a printer, or for a person to say what came out."""
        views = (self._view(c, job) for job in print_jobs.unsettled(c, self._station, _UNSETTLED))
        return tuple(view for view in views if view)

    def _view(self, c: Connection, job: Row[Any]) -> PrintJobView | None:
        doubt = printing.in_doubt((print_jobs.as_job(job),), self.under_way)
        trouble = self._troubles.get(job.id)
        if not doubt and not trouble:
            return None
        known = printers.by_code(c, job.printer)
        row = orders.by_id(c, job.order_id) if job.order_id else None
        return PrintJobView(
            job_id=job.id,
            document=job.document,
            about=row.number if row else job.subject,
            printer=known.name if known else job.printer,
            copy=job.copy,
            code="PRINT_DOUBT" if doubt else trouble.code if trouble else "",
            detail=job.detail if doubt else trouble.detail if trouble else "",
            since=job.changed_at,
            position=job.position,
        )

    # --- the spooler's listener ---------------------------------------------------------------

    def print_starting(self, job_id: str) -> bool:
        """See `spooler.Listener`."""
        with self._store.write() as c:
            job = print_jobs.by_id(c, job_id)
            if job is None or job.state != JobState.PENDING:
                return False
            journal.append(c, self.stamp(), (e.PrintSent(job_id, job.order_id),))
        self._troubles.pop(job_id, None)
        return True

    def print_ended(self, job_id: str, trouble: PrinterDown | None) -> None:
        """See `spooler.Listener`."""
        with self._store.write() as c:
            job = print_jobs.by_id(c, job_id)
            assert job is not None
            if job.state == JobState.SENT:  # else its scan was quicker than its printer's answer
                entry: Entry = e.PrintDone(job_id, job.order_id)
                if trouble:
                    doubtful = trouble.maybe_printed
                    entry = e.PrintFailed(
                        job_id, job.order_id, trouble.code, trouble.detail, doubtful
                    )
                journal.append(c, self.stamp(), (entry,))
        self._troubles.pop(job_id, None)
        if trouble:
            self._say(job, trouble)
        if trouble and not trouble.maybe_printed and job.document != Document.SHIPPING_LABEL:
            self.again(job_id, "")  # nothing came out: the same copy, when the printer can again
        self.ended(job, trouble)

    def print_waits(self, job_id: str, trouble: PrinterDown) -> None:
        """See `spooler.Listener`."""
        self._troubles[job_id] = trouble
        with self._store.read() as c:
            job = print_jobs.by_id(c, job_id)
        if job is not None:
            self._say(job, trouble)

    # --- inside -------------------------------------------------------------------------------

    @property
    def _station(self) -> str:
        return self._settings()["station.name"]

    def _impossible(self, job: Row[Any], why: NoDocument) -> Feedback:
        """This printer can't have it: it waits for another."""
        self._troubles[job.id] = PrinterDown(why.code, str(why.params.get("printer", "")))
        return Feedback(Outcome.WARN, why.code, why.params)

    def _say(self, job: Row[Any], trouble: PrinterDown) -> None:
        with self._store.read() as c:
            known = printers.by_code(c, job.printer)
        params = {"printer": known.name if known else job.printer, "detail": trouble.detail}
        code = "PRINT_DOUBT" if trouble.maybe_printed else trouble.code
        self._heard = Feedback(Outcome.WARN, code, params)
        self.tell(self._heard)
