"""Marks of sources that tell when an order changed: a moment of the source's own clock.

Nobody's clock is compared with another's: the next pull starts where the newest stamp that was
seen stands, less an overlap for records that were committed late or share a whole second.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from datetime import UTC, datetime, timedelta

from app.connectors.roles import Page, Pulled

OVERLAP = timedelta(minutes=10)

# The records of each page of an answer, and whether it is the last one; that may be empty.
Batches = AsyncIterator[tuple[tuple[Pulled, ...], bool]]


async def pages(
    mark: str, batches: Batches, clock: Callable[[], datetime | None]
) -> AsyncIterator[Page]:
    """A pull from `mark` over `batches`: only the last page has the new mark.

    Args:
        clock: the source's own, as its last answer told it.
    """
    newest, began = mark, None
    async for records, is_last in batches:
        began = began or clock()
        newest = no_later(after(newest, records), began)
        yield Page(records, newest if is_last else mark)


async def unmarked(batches: Batches) -> AsyncIterator[Page]:
    """A sweep over `batches`: the marks don't count."""
    async for records, _ in batches:
        yield Page(records, "")


def start(mark: str, overlap: timedelta = OVERLAP) -> datetime | None:
    """From which moment on to ask; None from the start. An unreadable mark counts as none: a pull
    from the start does no harm."""
    try:
        moment = datetime.fromisoformat(mark)
    except ValueError:
        return None
    return moment.astimezone(UTC) - overlap if moment.tzinfo else None


def after(mark: str, records: Iterable[Pulled]) -> str:
    """The mark once `records` are taken: never older than `mark`."""
    stamps = [record.changed_at for record in records if record.changed_at]
    before = start(mark, timedelta())
    newest = max([*stamps, *([before] if before else [])], default=None)
    return newest.astimezone(UTC).isoformat() if newest else mark


def no_later(mark: str, began: datetime | None) -> str:
    """`mark`, or the pull's beginning by the source's clock where that is older.

    What changed on a page that was read already would else be missed, where the pull took longer
    than the overlap.
    """
    newest = start(mark, timedelta())
    return mark if newest is None or began is None else min(newest, began).isoformat()
