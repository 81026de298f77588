"""Carries print jobs to printers: at once, or beside the station where it waits for paper.

A job is `under_way` from `put` to its end. Before its first byte goes out the listener is told,
and makes that durable; a printer that isn't ready gets no byte, and its job waits.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Protocol

from msgspec import Struct

from app.devices.printers.base import Held, Printer, PrinterDown, give_up
from app.store import faults
from app.store.database import StoreError

_log = logging.getLogger(__name__)
_LOOK_AGAIN_S = 2.0
_HEARD_S = 60.0  # the station's thread may be at a long write


class Parcel(Struct, frozen=True):
    """One job's document, on its way to `printer`. The title names no person.

    `make` gives its bytes. It is called where the spooler works, before a byte goes out, and may
    read the store and write to it.
    """

    job_id: str
    printer: Printer
    make: Callable[[], bytes]
    title: str


class Listener(Protocol):
    """Who keeps the jobs' journal."""

    def print_starting(self, job_id: str) -> bool:
        """Make it durable that bytes go out from here on; False: the job was taken back."""

    def print_ended(self, job_id: str, trouble: PrinterDown | None) -> None: ...

    def print_waits(self, job_id: str, trouble: PrinterDown) -> None:
        """The printer isn't ready. Told once for each reason."""


class Spooler(Protocol):
    def put(self, parcel: Parcel) -> None: ...

    def under_way(self) -> frozenset[str]: ...

    def withdraw(self, job_id: str) -> None:
        """Take a job back. One that has not begun stays where it is; one that its printer holds is
        given up there, and ends."""

    def retry(self) -> None:
        """Look at every printer again, now."""

    def stop(self) -> None:
        """Let the documents that are on their way come out; those that wait stay in the journal."""


class OnThread:
    """Tells a listener on the thread that owns it, and waits until it has heard.

    What the store can't keep leaves the job where its journal has it: a person is asked then.
    """

    def __init__(self, listener: Listener, submit: Callable[..., Future[Any]]) -> None:
        self._listener = listener
        self._submit = submit

    def print_starting(self, job_id: str) -> bool:
        return bool(self._tell(self._listener.print_starting, job_id))

    def print_ended(self, job_id: str, trouble: PrinterDown | None) -> None:
        self._tell(self._listener.print_ended, job_id, trouble)

    def print_waits(self, job_id: str, trouble: PrinterDown) -> None:
        self._tell(self._listener.print_waits, job_id, trouble)

    def _tell(self, call: Callable[..., Any], *args: Any) -> Any:
        try:
            return self._submit(call, *args).result(timeout=_HEARD_S)
        except (StoreError, TimeoutError) as error:
            _log.error("a print job's journal failed: %s", type(error).__name__)
            return None


class DirectSpooler:
    """Sends in the caller's thread, one after the other. A job whose printer isn't ready waits for
    `retry`."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._queue: list[Parcel] = []
        self._waiting: dict[str, Parcel] = {}
        self._sending: set[str] = set()
        self._down: dict[str, PrinterDown] = {}  # by printer, until the next retry

    def put(self, parcel: Parcel) -> None:
        self._queue.append(parcel)
        if self._sending:  # a listener that heard of an end asks for the next
            return
        while self._queue:
            self._carry(self._queue.pop(0))

    def under_way(self) -> frozenset[str]:
        queued = (parcel.job_id for parcel in self._queue)
        return frozenset((*queued, *self._waiting, *self._sending))

    def withdraw(self, job_id: str) -> None:
        self._waiting.pop(job_id, None)
        self._queue = [parcel for parcel in self._queue if parcel.job_id != job_id]

    def retry(self) -> None:
        self._down.clear()
        waiting, self._waiting = self._waiting, {}
        for parcel in waiting.values():
            self.put(parcel)

    def stop(self) -> None:
        self._waiting.clear()

    def _carry(self, parcel: Parcel) -> None:
        self._sending.add(parcel.job_id)
        try:
            trouble = self._down.get(parcel.printer.name) or _not_ready(parcel.printer)
            if trouble:
                self._down[parcel.printer.name] = trouble
                self._waiting[parcel.job_id] = parcel
                self._listener.print_waits(parcel.job_id, trouble)
                return
            data = parcel.make()
            if self._listener.print_starting(parcel.job_id):
                down = _send(parcel, data)
                if down:
                    self._down[parcel.printer.name] = down
                self._listener.print_ended(parcel.job_id, down)
        finally:
            self._sending.discard(parcel.job_id)


class BackgroundSpooler:
    """A thread for each printer, so that nobody waits for paper, and no document overtakes one."""

    def __init__(self, listener: Callable[[], Listener]) -> None:
        self._listener = listener
        self._lock = threading.Lock()
        self._wake = threading.Condition(self._lock)
        self._queues: dict[str, list[Parcel]] = {}
        self._under_way: set[str] = set()
        self._sending: set[str] = set()
        self._given_up: set[str] = set()
        self._threads: list[threading.Thread] = []
        self._stopping = False

    def put(self, parcel: Parcel) -> None:
        with self._lock:
            self._under_way.add(parcel.job_id)
            queue = self._queues.get(parcel.printer.name)
            if queue is None:
                queue = self._queues[parcel.printer.name] = []
                thread = threading.Thread(
                    target=self._serve, args=(queue,), name=f"print {len(self._threads)}"
                )
                self._threads.append(thread)
                thread.daemon = True
                thread.start()
            queue.append(parcel)
            self._wake.notify_all()

    def under_way(self) -> frozenset[str]:
        with self._lock:
            return frozenset(self._under_way)

    def withdraw(self, job_id: str) -> None:
        with self._lock:
            if job_id in self._sending:
                self._given_up.add(job_id)
            else:
                self._under_way.discard(job_id)
            self._wake.notify_all()

    def retry(self) -> None:
        with self._lock:
            self._wake.notify_all()

    def stop(self) -> None:
        with self._lock:
            self._stopping = True
            self._wake.notify_all()
        for thread in self._threads:
            thread.join(timeout=30)

    def _serve(self, queue: list[Parcel]) -> None:
        failed = False
        while True:
            with self._lock:
                while not queue and not self._stopping:
                    self._wake.wait()
                if self._stopping:
                    return
                parcel = queue.pop(0)
                if failed:  # a printer that has just failed gets a moment before the next
                    self._wake.wait(_LOOK_AGAIN_S)
            failed = self._carry(parcel)

    def _carry(self, parcel: Parcel) -> bool:
        """Bring one job to its end; True where the printer failed."""
        data = self._ready(parcel)
        with self._lock:
            if data is None or self._stopping or parcel.job_id not in self._under_way:
                return False
            self._sending.add(parcel.job_id)
        down = None
        try:
            if self._listener().print_starting(parcel.job_id):
                down = _send(parcel, data, self._held(parcel))
                self._listener().print_ended(parcel.job_id, down)
        finally:
            with self._lock:
                for jobs in (self._sending, self._under_way, self._given_up):
                    jobs.discard(parcel.job_id)
        return down is not None

    def _ready(self, parcel: Parcel) -> bytes | None:
        """A job's bytes, once they are made and its printer would print them; None where it is
        waited for no longer."""
        data: bytes | None = None
        told = ("", "")
        while True:
            try:
                data = parcel.make() if data is None else data
                trouble = _not_ready(parcel.printer)
            except Exception as error:  # what it can't be made for may be over the next time
                trouble = _not_made(error)
            if trouble is None:
                return data
            if (trouble.code, trouble.detail) != told:
                told = (trouble.code, trouble.detail)
                _log.warning("a document waits: %s %s", *told)
                self._listener().print_waits(parcel.job_id, trouble)
            with self._lock:
                if self._stopping or parcel.job_id not in self._under_way:
                    return None
                self._wake.wait(_LOOK_AGAIN_S)

    def _held(self, parcel: Parcel) -> Held:
        """Tell each reason once, and wait until the printer goes on or the job is given up."""
        told = ""

        def held(trouble: PrinterDown) -> bool:
            nonlocal told
            if trouble.detail != told:
                told = trouble.detail
                self._listener().print_waits(parcel.job_id, trouble)
            with self._lock:
                return not self._stopping and parcel.job_id not in self._given_up

        return held


def _not_ready(printer: Printer) -> PrinterDown | None:
    state = printer.state()
    return None if state.ready else PrinterDown(state.code, state.detail)


def _not_made(error: Exception) -> PrinterDown:
    """Why a document isn't there, told as a printer's trouble is: it waits, and so do those behind
    it. Of the program's own faults the kind only."""
    if isinstance(error, StoreError):
        return PrinterDown(error.code, error.detail)
    return PrinterDown("INTERNAL", type(error).__name__)


def _send(parcel: Parcel, data: bytes, held: Held = give_up) -> PrinterDown | None:
    faults.reach("printing")
    try:
        parcel.printer.send(data, parcel.title, held)
    except PrinterDown as down:
        return down
    faults.reach("printed")
    return None
