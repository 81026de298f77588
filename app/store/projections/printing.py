"""Print jobs and batches, and what becomes of the labels that they print."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Connection, String, bindparam, case, insert, update

from app.domain import entries as e
from app.domain import printing
from app.domain.printing import Document, JobState
from app.store import print_jobs
from app.store.asking import Change, among, listed
from app.store.database import WAREHOUSE
from app.store.print_batches import SKIPPED
from app.store.projections.effects import Stamp, effect
from app.store.projections.steps import changing, new, this
from app.store.schema import LABELS, PRINT_BATCH_ITEMS, PRINT_BATCHES, PRINT_JOBS


@effect.register(e.PrintRequested)
def _(entry: e.PrintRequested, c: Connection, stamp: Stamp) -> None:
    _ASKED.run(
        c,
        warehouse_id=WAREHOUSE,
        id=entry.job_id,
        document=entry.document,
        subject=entry.subject,
        order_id=entry.order_id,
        nth=len(print_jobs.of(c, entry.document, entry.subject)) + 1,
        printer=entry.printer,
        copy=entry.copy,
        reason=entry.reason,
        batch_id=entry.batch_id,
        position=entry.position,
        state=JobState.PENDING,
        detail="",
        doubtful=False,
        station_id=stamp.station_id,
        requested_at=stamp.at,
        changed_at=stamp.at,
    )
    if entry.batch_id:
        _item(c, entry.batch_id, entry.position, entry.job_id)


@effect.register(e.PrintMoved)
def _(entry: e.PrintMoved, c: Connection, stamp: Stamp) -> None:
    _job(c, entry.job_id, stamp, printer=entry.printer)


@effect.register(e.PrintSent)
def _(entry: e.PrintSent, c: Connection, stamp: Stamp) -> None:
    _job(c, entry.job_id, stamp, state=JobState.SENT)
    _label(c, entry.job_id, "SENT_TO_PRINTER")


@effect.register(e.PrintDone)
def _(entry: e.PrintDone, c: Connection, stamp: Stamp) -> None:
    _job(c, entry.job_id, stamp, state=JobState.PRINTED)
    _label(c, entry.job_id, "PRINTED_UNVERIFIED")


@effect.register(e.PrintFailed)
def _(entry: e.PrintFailed, c: Connection, stamp: Stamp) -> None:
    _job(
        c,
        entry.job_id,
        stamp,
        state=JobState.FAILED,
        detail=entry.detail or entry.code,
        doubtful=entry.doubtful,
    )
    _label(c, entry.job_id, "READY")


@effect.register(e.BatchRequested)
def _(entry: e.BatchRequested, c: Connection, stamp: Stamp) -> None:
    c.execute(
        insert(PRINT_BATCHES).values(
            warehouse_id=WAREHOUSE,
            id=entry.batch_id,
            document=entry.document,
            printer=entry.printer,
            state="RUNNING",
            total=len(entry.items),
            copies_of=entry.copies_of,
            reason=entry.reason,
            station_id=stamp.station_id,
            requested_at=stamp.at,
        )
    )
    rows = [
        {
            "warehouse_id": WAREHOUSE,
            "batch_id": entry.batch_id,
            "position": position,
            "order_id": order_id,
            "package_no": package_no,
        }
        for position, (order_id, package_no) in enumerate(entry.items, 1)
    ]
    c.execute(insert(PRINT_BATCH_ITEMS), rows)


@effect.register(e.BatchChanged)
def _(entry: e.BatchChanged, c: Connection, stamp: Stamp) -> None:
    c.execute(
        update(PRINT_BATCHES)
        .where(this(PRINT_BATCHES, id=entry.batch_id))
        .values(state=entry.state)
    )


@effect.register(e.BatchItemSkipped)
def _(entry: e.BatchItemSkipped, c: Connection, stamp: Stamp) -> None:
    _item(c, entry.batch_id, entry.position, SKIPPED)


def _item(c: Connection, batch_id: str, position: int, job_id: str) -> None:
    c.execute(
        update(PRINT_BATCH_ITEMS)
        .where(this(PRINT_BATCH_ITEMS, batch_id=batch_id, position=position))
        .values(job_id=job_id)
    )


def _job(c: Connection, job_id: str, stamp: Stamp, **values: Any) -> None:
    values["changed_at"] = stamp.at
    _set_job(tuple(values)).run(c, job=job_id, **new(values))


@cache
def _set_job(columns: tuple[str, ...]) -> Change:
    """Made once for each set of columns: a label's job changes three times."""
    return changing(update(PRINT_JOBS).where(this(PRINT_JOBS, id=bindparam("job"))), columns)


def _label(c: Connection, job_id: str, state: str) -> None:
    """The label that the job prints: its state, and how many copies of it may be out."""
    job = print_jobs.by_id(c, job_id)
    if job is None or job.document != Document.SHIPPING_LABEL:
        return
    out = printing.copies(print_jobs.of(c, job.document, job.subject))
    _SET_LABEL.run(c, label=job.subject, out=out, before=_UNPROVED, new_state=state)


_ASKED = Change.row_of(PRINT_JOBS)
# Once: a label's row holds its bytes, and is written anew as a whole.
_SET_LABEL = Change(
    update(LABELS)
    .where(this(LABELS, id=bindparam("label")))
    .values(
        copies=bindparam("out"),
        state=case(
            (among(LABELS.c.state, "before"), bindparam("new_state", type_=String)),
            else_=LABELS.c.state,
        ),
    )
)
_UNPROVED = listed(("READY", "SENT_TO_PRINTER", "PRINTED_UNVERIFIED"))
