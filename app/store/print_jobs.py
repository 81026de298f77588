"""Queries over print jobs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from app.domain.printing import NOT_SEEN, Document, Job, JobState
from app.store.database import WAREHOUSE
from app.store.schema import PRINT_JOBS


def verified(c: Connection, label_id: str) -> None:
    """A label was scanned back: whatever was in doubt about its jobs is settled."""
    c.execute(
        update(PRINT_JOBS)
        .where(
            *_of(Document.SHIPPING_LABEL, label_id),
            PRINT_JOBS.c.state.in_([JobState.SENT, JobState.PRINTED]),
        )
        .values(state=JobState.VERIFIED)
    )


def by_id(c: Connection, job_id: str) -> Row[Any] | None:
    return c.execute(_BY_ID, {"job": job_id}).first()


def of(c: Connection, document: str, subject: str) -> tuple[Job, ...]:
    """All jobs of one document, oldest first."""
    rows = c.execute(_OF, {"document": document, "subject": subject})
    return tuple(as_job(row) for row in rows)


def as_job(row: Row[Any]) -> Job:
    settled = row.doubtful and row.detail == NOT_SEEN
    return Job(row.id, row.copy, JobState(row.state), row.doubtful, settled)


def unsettled(c: Connection, station_id: str, limit: int) -> Sequence[Row[Any]]:
    """A station's jobs that wait, or whose end nobody knows; longest first."""
    return c.execute(_UNSETTLED, {"station": station_id, "most": limit}).all()


def _of(document: str, subject: str) -> tuple[Any, ...]:
    return (
        PRINT_JOBS.c.warehouse_id == WAREHOUSE,
        PRINT_JOBS.c.document == document,
        PRINT_JOBS.c.subject == subject,
    )


# Made once: they run with every scan, or every label.
_BY_ID = select(PRINT_JOBS).where(
    PRINT_JOBS.c.warehouse_id == WAREHOUSE, PRINT_JOBS.c.id == bindparam("job")
)
_OF = (
    select(PRINT_JOBS)
    .where(
        PRINT_JOBS.c.warehouse_id == WAREHOUSE,
        PRINT_JOBS.c.document == bindparam("document"),
        PRINT_JOBS.c.subject == bindparam("subject"),
    )
    .order_by(PRINT_JOBS.c.nth)
)
_UNKNOWN_END = (PRINT_JOBS.c.state == JobState.FAILED) & (
    PRINT_JOBS.c.doubtful & (PRINT_JOBS.c.detail != NOT_SEEN)
)
_UNSETTLED = (
    select(PRINT_JOBS)
    .where(
        PRINT_JOBS.c.warehouse_id == WAREHOUSE,
        PRINT_JOBS.c.station_id == bindparam("station"),
        PRINT_JOBS.c.state.in_([JobState.PENDING, JobState.SENT]) | _UNKNOWN_END,
    )
    .order_by(PRINT_JOBS.c.changed_at, PRINT_JOBS.c.id)
    .limit(bindparam("most"))
)
