"""The life of a print job: PENDING, SENT, then PRINTED_UNVERIFIED or FAILED; a label VERIFIED.

A job that was sent and of which nothing more is heard may have come out or not: nobody guesses, a
person is asked. A copy that may have come out counts: what is printed after it is a further copy,
and says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from app.domain import entries as e
from app.domain.entries import Entry


class Document(StrEnum):
    """Every kind of document that a station prints."""

    SHIPPING_LABEL = "shipping-label"
    DANFE = "danfe"
    PACKING_SLIP = "packing-slip"
    GIFT_SLIP = "gift-slip"
    ROMANEIO = "romaneio"
    TEST_PAGE = "test-page"


class JobState(StrEnum):
    PENDING = "PENDING"
    SENT = "SENT"
    PRINTED = "PRINTED_UNVERIFIED"
    VERIFIED = "VERIFIED"
    FAILED = "FAILED"


NOT_SEEN = "NOT_SEEN"  # the code of a failure that a person tells: it is nowhere to be seen


class Job(Struct, frozen=True):
    """`doubtful` is set of a failed job that may have come out; `settled` once a person said that
    it did not."""

    job_id: str
    copy: int
    state: JobState = JobState.PENDING
    doubtful: bool = False
    settled: bool = False

    @property
    def may_be_out(self) -> bool:
        """Whether paper may exist that says what this job says."""
        return self.state in (JobState.SENT, JobState.PRINTED, JobState.VERIFIED) or self.doubtful


def evolve(jobs: tuple[Job, ...], entry: Entry) -> tuple[Job, ...]:
    """The jobs of one document after `entry`."""
    match entry:
        case e.PrintRequested(job_id=job_id, copy=copy):
            return (*jobs, Job(job_id, copy))
        case e.PrintSent(job_id=job_id):
            return _set(jobs, job_id, state=JobState.SENT)
        case e.PrintDone(job_id=job_id):
            return _set(jobs, job_id, state=JobState.PRINTED)
        case e.PrintFailed(job_id=job_id, code=code, doubtful=doubtful):
            settled = code == NOT_SEEN
            return _set(jobs, job_id, state=JobState.FAILED, doubtful=doubtful, settled=settled)
        case _:
            return jobs


def copies(jobs: Iterable[Job]) -> int:
    """How many copies may be out: the next one printed is this plus one."""
    return max((job.copy for job in jobs if job.may_be_out), default=0)


def in_doubt(jobs: tuple[Job, ...], under_way: frozenset[str] = frozenset()) -> Job | None:
    """The last job, where nobody knows its end. One that a printer has (`under_way`) is awaited."""
    last = jobs[-1] if jobs else None
    if last is None or last.settled:
        return None
    if last.state is JobState.SENT:
        return None if last.job_id in under_way else last
    return last if last.state is JobState.FAILED and last.doubtful else None


def is_wanted(jobs: tuple[Job, ...]) -> bool:
    """Whether the document is still to be printed without anyone asking for a further copy."""
    last = jobs[-1] if jobs else None
    if last is None or last.state is JobState.PENDING:
        return True
    return last.state is JobState.FAILED and (last.settled or not last.doubtful)


def _set(jobs: tuple[Job, ...], job_id: str, **changes: object) -> tuple[Job, ...]:
    return tuple(replace(job, **changes) if job.job_id == job_id else job for job in jobs)
