"""Queries over print jobs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select, update

from app.domain.printing import NOT_SEEN, Document, Job, JobState
from app.store.database import WAREHOUSE
from app.store.schema import PrintJobRow


def verified(c: Connection, label_id: str) -> None:
    """A label was scanned back: whatever was in doubt about its jobs is settled."""
    c.execute(
        update(PrintJobRow)
        .where(
            *_of(Document.SHIPPING_LABEL, label_id),
            PrintJobRow.state.in_([JobState.SENT, JobState.PRINTED]),
        )
        .values(state=JobState.VERIFIED)
    )


def by_id(c: Connection, job_id: str) -> Row[Any] | None:
    return c.execute(
        select(PrintJobRow).where(PrintJobRow.warehouse_id == WAREHOUSE, PrintJobRow.id == job_id)
    ).first()


def of(c: Connection, document: str, subject: str) -> tuple[Job, ...]:
    """All jobs of one document, oldest first."""
    rows = c.execute(select(PrintJobRow).where(*_of(document, subject)).order_by(PrintJobRow.nth))
    return tuple(as_job(row) for row in rows)


def as_job(row: Row[Any]) -> Job:
    settled = row.doubtful and row.detail == NOT_SEEN
    return Job(row.id, row.copy, JobState(row.state), row.doubtful, settled)


def unsettled(c: Connection, station_id: str, limit: int) -> Sequence[Row[Any]]:
    """A station's jobs that wait, or whose end nobody knows; longest first."""
    unknown = (PrintJobRow.state == JobState.FAILED) & (
        PrintJobRow.doubtful & (PrintJobRow.detail != NOT_SEEN)
    )
    return c.execute(
        select(PrintJobRow)
        .where(
            PrintJobRow.warehouse_id == WAREHOUSE,
            PrintJobRow.station_id == station_id,
            PrintJobRow.state.in_([JobState.PENDING, JobState.SENT]) | unknown,
        )
        .order_by(PrintJobRow.changed_at, PrintJobRow.id)
        .limit(limit)
    ).all()


def _of(document: str, subject: str) -> tuple[Any, ...]:
    return (
        PrintJobRow.warehouse_id == WAREHOUSE,
        PrintJobRow.document == document,
        PrintJobRow.subject == subject,
    )
