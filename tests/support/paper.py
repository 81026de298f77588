"""Print jobs as a printer that never fails would leave them, for tests of the rules."""

from __future__ import annotations

from app.domain import entries as e
from app.domain import printing
from app.domain.entries import Entry
from app.domain.pack_steps import PrintLabel
from app.domain.printing import Document, Job


class Paper:
    """Remembers the jobs of every label."""

    def __init__(self) -> None:
        self._jobs: dict[str, tuple[Job, ...]] = {}
        self._subject: dict[str, str] = {}

    def jobs_of(self, label_id: str) -> tuple[Job, ...]:
        return self._jobs.get(label_id, ())

    def print(self, effect: PrintLabel, *, ends: bool = True) -> tuple[Entry, ...]:
        """The entries of a job to its end, or up to where a power cut left it."""
        job_id = effect.job_id or f"J{len(self._subject) + 1}"
        asked = e.PrintRequested(
            job_id, Document.SHIPPING_LABEL, effect.label_id, 7, "zebra", effect.copy, effect.reason
        )
        entries: tuple[Entry, ...] = (asked, e.PrintSent(job_id, 7))
        if ends:
            entries = (*entries, e.PrintDone(job_id, 7))
        self.hear(*entries)
        return entries

    def hear(self, *entries: Entry) -> None:
        for entry in entries:
            if isinstance(entry, e.PrintRequested):
                self._subject[entry.job_id] = entry.subject
            subject = self._subject.get(getattr(entry, "job_id", ""))
            if subject is not None:
                self._jobs[subject] = printing.evolve(self._jobs.get(subject, ()), entry)
