"""The hot folder: files dropped in one folder, results written to another.

The connector that every small shop can use on the first day, and the example for a new one.

    FOLDER/*.jsonl, *.csv     orders, as `expedita import` reads them
    FOLDER/*.xml              NF-e and their cancellations
    FOLDER/tracking*.csv      tracking,at,status,text: events of packages; stays where it is
    FOLDER/done/              what was taken
    FOLDER/out/               one JSON file for each step of an order

A file is taken once it was left alone for `settle_s` seconds; a name that ends in .part or .tmp,
or begins with a dot, is never looked at.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from msgspec.structs import asdict

from app.connectors import errors, nfexml, orderfile
from app.connectors.kinds import Config, Field, Kind
from app.connectors.records import (
    Bad,
    Fault,
    Good,
    csv_rows,
    detect,
    files_in,
    moment_of,
    text_of,
)
from app.connectors.roles import (
    Checked,
    Fulfilment,
    Page,
    Pulled,
    Receipt,
    Role,
    Step,
    TrackingEvent,
    TrackingStatus,
)
from app.domain.model import Order
from app.domain.plain import file_name, plain

PAGE = 500
MAX_TRACKING_FILE = 100_000_000  # bytes; it is read anew at each round
MOST_EVENTS = 200  # of one package, those that the file names last; a journey has some dozens


class HotFolder:
    """A folder as an order source, and as a source of tracking events."""

    steps = frozenset({Step.PACKED, Step.SHIPPED})
    sweeps = False
    most = 100_000

    def __init__(self, config: Config) -> None:
        self._folder = Path(config.option("folder")).expanduser()
        self._out = Path(config.option("out") or self._folder / "out").expanduser()
        self._settle_s = float(config.option("settle_s", "2"))
        self._taken: dict[int, Path] = {}

    async def check(self) -> Checked:
        """The folder is there, and both sides of it can be written."""
        try:
            await asyncio.to_thread(self._try_out)
        except OSError as error:
            raise errors.Down(error.strerror or type(error).__name__) from None
        return Checked("hot folder", str(self._folder), datetime.now(UTC))

    async def close(self) -> None:
        """Nothing is held open."""

    # --- orders -----------------------------------------------------------------------------

    async def pull(self, mark: str) -> AsyncIterator[Page]:
        """Every settled file, in the order of their names; the files are the mark."""
        try:
            files = await asyncio.to_thread(self._settled)
        except OSError as error:
            raise errors.Down(error.strerror or type(error).__name__) from None
        for file in files:
            pages = _pages(file, mark)
            while (page := await asyncio.to_thread(_next, pages, file)) is not None:
                held, last = page
                if last:
                    self._taken[id(held)] = file
                yield held

    async def confirm(self, page: Page) -> None:
        file = self._taken.pop(id(page), None)
        if file is not None:
            await asyncio.to_thread(self._put_away, file)

    async def sweep(self) -> AsyncIterator[Page]:
        """A folder can't list its open orders."""
        return
        yield  # makes this a generator

    async def order(self, external_id: str) -> Pulled | None:
        return None

    def mended(self, external_id: str, raw: str) -> Pulled:
        try:
            record = json.loads(raw)
            if not isinstance(record, dict):
                raise Fault("JSON_BAD")
            order = orderfile.order_of(record)
        except Fault as fault:
            return Pulled(external_id, raw, "", code=fault.code, detail=fault.detail)
        except (ValueError, RecursionError):
            return Pulled(external_id, raw, "", code="JSON_BAD")
        return Pulled(order.external_id, raw, orderfile.digest_of(order), order=order)

    async def tell(self, done: Fulfilment, key: str) -> Receipt:
        """Write the step's file, whole or not at all; the same key gives the same file."""
        path = self._result(done, key)
        try:
            await asyncio.to_thread(_write, path, {"key": key, **asdict(done)})
        except OSError as error:
            raise errors.Down(error.strerror or type(error).__name__) from None
        return Receipt(path.name)

    async def find_told(self, done: Fulfilment, key: str) -> Receipt | None:
        """A file that was taken away already is written again: it bears the same key."""
        path = self._result(done, key)
        return Receipt(path.name) if await asyncio.to_thread(path.exists) else None

    # --- tracking ---------------------------------------------------------------------------

    async def events(self, codes: Sequence[str]) -> Mapping[str, tuple[TrackingEvent, ...]]:
        return await asyncio.to_thread(lambda: events_of(self._tracking_files(), frozenset(codes)))

    # --- inside -----------------------------------------------------------------------------

    def _try_out(self) -> None:
        for folder in (self._folder, self._folder / "done", self._out):
            folder.mkdir(parents=True, exist_ok=True)
            trial = folder / f".expedita-{os.getpid()}"
            trial.write_bytes(b"")
            trial.unlink()

    def _settled(self) -> list[Path]:
        latest = time.time() - self._settle_s
        return [
            path
            for path in files_in(self._folder)
            if path.suffix.lower() in (".jsonl", ".json", ".csv", ".xml")
            and not path.name.startswith((".", "tracking"))
            and path.stat().st_mtime <= latest
        ]

    def _put_away(self, file: Path) -> None:
        away = self._folder / "done"
        away.mkdir(exist_ok=True)
        target = away / file.name
        if target.exists():
            target = away / f"{file.stem}-{time.time_ns()}{file.suffix}"
        if file.exists():
            file.replace(target)

    def _result(self, done: Fulfilment, key: str) -> Path:
        number = "".join(c if c.isalnum() or c in "-_" else "_" for c in done.number)
        return self._out / f"{number}-{done.step.value}-{key[:8]}.json"

    def _tracking_files(self) -> list[Path]:
        """As all that is read here: the folder's own files, and none without an end."""
        return [
            path
            for path in files_in(self._folder)
            if path.name.startswith("tracking")
            and path.suffix.lower() == ".csv"
            and path.stat().st_size <= MAX_TRACKING_FILE
        ]


def events_of(files: Sequence[Path], codes: frozenset[str]) -> dict[str, tuple[TrackingEvent, ...]]:
    """What tracking files say of these codes; a row that says nothing clear is passed over."""
    found: dict[str, dict[tuple[str, datetime], TrackingEvent]] = {}
    for file in files:
        for _, row, _ in csv_rows(file, 0):
            event = _event(row) if row.get("tracking") in codes else None
            if event:
                events = found.setdefault(row["tracking"], {})
                events[event.code, event.at] = event
                if len(events) > MOST_EVENTS:
                    del events[next(iter(events))]
    return {code: tuple(events.values()) for code, events in found.items()}


def _pages(file: Path, mark: str) -> Iterator[tuple[Page, bool]]:
    """The file's pages, and whether each is its last."""
    if file.suffix.lower() == ".xml":
        yield Page((), mark, (nfexml.read(file),)), True
        return
    if detect(file) != "orders":
        name = file_name(file)
        unknown = Pulled(name, "", "", code="IMPORT_UNKNOWN_FORMAT", detail=name)
        yield Page((unknown,), mark), True
        return
    records = orderfile.read(file)
    batch = list(islice(records, PAGE))
    if not batch:
        yield Page((), mark), True
    while batch:
        following = list(islice(records, PAGE))
        yield Page(tuple(_pulled(file, record) for record in batch), mark), not following
        batch = following


def _next(pages: Iterator[tuple[Page, bool]], file: Path) -> tuple[Page, bool] | None:
    try:
        return next(pages, None)
    except OSError as error:  # as one that nobody else may read
        raise errors.Down(f"{file_name(file)}: {error.strerror}") from None


def _pulled(file: Path, record: Good[Order] | Bad) -> Pulled:
    if isinstance(record, Bad):
        name = f"{file_name(file)}:{record.line_no}"
        return Pulled(name, record.raw, "", code=record.code, detail=record.detail)
    return Pulled(record.value.external_id, "", record.digest, order=record.value)


def _event(row: Mapping[str, Any]) -> TrackingEvent | None:
    try:
        at = moment_of(row, "at", needed=True)
        status = TrackingStatus(text_of(row, "status") or "other")
        text = text_of(row, "text")
    except (Fault, ValueError):
        return None
    return TrackingEvent(at, status, status.value, text) if at else None


def _write(path: Path, record: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as stream:
        json.dump(record, stream, ensure_ascii=False, indent=1, default=plain)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)


KIND = Kind(
    name="hot-folder",
    title="Hot folder",
    roles=frozenset({Role.ORDERS, Role.TRACKING}),
    make=HotFolder,
    fields=(
        Field("folder", "PATH", needed=True),
        Field("out", "PATH"),
        Field("settle_s", "0-3600", default="2"),
    ),
    url_hint="",
)
