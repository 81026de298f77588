"""Queries over print jobs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, literal, select, update

from app.domain.printing import NOT_SEEN, Document, Job, JobState
from app.store.asking import Change, Lookup
from app.store.database import WAREHOUSE
from app.store.schema import PRINT_JOBS


def verified(c: Connection, label_id: str) -> None:
    """A label was scanned back: whatever was in doubt about its jobs is settled."""
    _VERIFIED.run(c, label=label_id)


def by_id(c: Connection, job_id: str) -> Row[Any] | None:
    return _BY_ID.first(c, job=job_id)


def of(c: Connection, document: str, subject: str) -> tuple[Job, ...]:
    """All jobs of one document, oldest first."""
    rows = _OF.rows(c, document=document, subject=subject)
    return tuple(as_job(row) for row in rows)


def as_job(row: Row[Any]) -> Job:
    settled = row.doubtful and row.detail == NOT_SEEN
    return Job(row.id, row.copy, JobState(row.state), row.doubtful, settled)


def unsettled(c: Connection, station_id: str, limit: int) -> Sequence[Row[Any]]:
    """A station's jobs that wait, or whose end nobody knows; longest first."""
    return _UNSETTLED.rows(c, station=station_id, most=limit)


# Made once: they run with every scan, or every label.
_BY_ID = Lookup(
    select(PRINT_JOBS).where(
        PRINT_JOBS.c.warehouse_id == WAREHOUSE, PRINT_JOBS.c.id == bindparam("job")
    )
)
_OF = Lookup(
    select(PRINT_JOBS)
    .where(
        PRINT_JOBS.c.warehouse_id == WAREHOUSE,
        PRINT_JOBS.c.document == bindparam("document"),
        PRINT_JOBS.c.subject == bindparam("subject"),
    )
    .order_by(PRINT_JOBS.c.nth)
)
_VERIFIED = Change(
    update(PRINT_JOBS)
    .where(
        PRINT_JOBS.c.warehouse_id == WAREHOUSE,
        PRINT_JOBS.c.document == Document.SHIPPING_LABEL,
        PRINT_JOBS.c.subject == bindparam("label"),
        PRINT_JOBS.c.state.in_([literal(JobState.SENT), literal(JobState.PRINTED)]),
    )
    .values(state=JobState.VERIFIED)
)
_UNKNOWN_END = PRINT_JOBS.c.doubtful & (PRINT_JOBS.c.detail != NOT_SEEN)
_UNSETTLED = Lookup(
    select(PRINT_JOBS)
    .where(
        PRINT_JOBS.c.warehouse_id == WAREHOUSE,
        PRINT_JOBS.c.station_id == bindparam("station"),
        # Its index finds the few of these states among all jobs that ever were.
        PRINT_JOBS.c.state.in_(
            [literal(JobState.PENDING), literal(JobState.SENT), literal(JobState.FAILED)]
        ),
        (PRINT_JOBS.c.state != JobState.FAILED) | _UNKNOWN_END,
    )
    .order_by(PRINT_JOBS.c.changed_at, PRINT_JOBS.c.id)
    .limit(bindparam("most"))
)
