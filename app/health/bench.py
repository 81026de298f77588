"""The bench's own timings, from the journal: slowness shows there before anybody calls.

Last item to label, and label to its scan back. The scan's own answer is timed where it is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from app.devices.printers import known
from app.domain.printing import Document
from app.health.model import Sample
from app.health.systems import LABEL, PROOF
from app.store import journal
from app.store.database import Store

LONGEST_S = 1800.0  # longer is a box that was left, not work
NOISE_S = 5.0  # some steps and a look: nobody feels that much more
_MOST = 500  # orders and labels remembered


class BenchTimes:
    """Reads what a station's journal got since the last look."""

    def __init__(self, store: Store, station: str) -> None:
        self._store = store
        self._station = station
        self._seq: int | None = None
        self._verified: dict[int, datetime] = {}  # order -> its last unit
        self._jobs: dict[str, dict[str, Any]] = {}  # print job -> what was asked
        self._printed: dict[str, datetime] = {}  # label -> when it came out

    def read(self) -> list[Sample]:
        """What the new entries say, oldest first; nothing of what was there before the first look.

        Raises:
            StoreError: the store can't be read.
        """
        with self._store.read() as c:
            if self._seq is None:
                self._seq = journal.head(c, self._station)[0]
            rows = journal.newer(c, self._station, self._seq)
        found: list[Sample] = []
        for row in rows:
            self._seq = row.station_seq
            found += self._take(row.kind, row.payload, row.occurred_at)
        return found

    def _take(self, kind: str, payload: dict[str, Any], at: datetime) -> Iterator[Sample]:
        match kind:
            case "UnitsVerified":
                _remember(self._verified, payload["order_id"], at)
            case "PrintRequested" if payload["document"] == Document.SHIPPING_LABEL:
                _remember(self._jobs, payload["job_id"], payload)
            case "PrintDone":
                yield from self._came_out(payload["job_id"], at)
            case "LabelVerified":
                yield from _timed(PROOF.id, self._printed.pop(payload["label_id"], None), at)

    def _came_out(self, job_id: str, at: datetime) -> Iterator[Sample]:
        job = self._jobs.pop(job_id, None)
        if job is None:
            return
        yield Sample(f"printer:{self._name(job['printer'])}", at, operation="work", real=True)
        if job["copy"] == 1:
            _remember(self._printed, job["subject"], at)
            yield from _timed(LABEL.id, self._verified.pop(job["order_id"], None), at)

    def _name(self, code: str) -> str:
        with self._store.read() as c:
            found = known.by_code(c, code)
        return found.name if found else code


def _timed(system: str, began: datetime | None, at: datetime) -> Iterator[Sample]:
    if began is None:
        return
    seconds = (at - began).total_seconds()
    if 0 <= seconds <= LONGEST_S:
        yield Sample(system, at, seconds, "work", real=True, noise_s=NOISE_S)


def _remember(kept: dict[Any, Any], key: Any, value: Any) -> None:
    kept.pop(key, None)
    kept[key] = value
    while len(kept) > _MOST:
        del kept[next(iter(kept))]
