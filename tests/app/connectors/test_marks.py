"""The mark of a pull moves with its last page only, and never past the pull's own beginning."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from app.connectors import marks
from app.connectors.roles import Page, Pulled

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def at(minute: int) -> Pulled:
    return Pulled(str(minute), "", "", NOON + timedelta(minutes=minute))


async def batches() -> marks.Batches:
    yield (at(1), at(5)), False
    yield (at(3),), False
    yield (), True


def pulled(mark: str, clock: datetime | None) -> list[Page]:
    async def pull() -> list[Page]:
        return [page async for page in marks.pages(mark, batches(), lambda: clock)]

    return asyncio.run(pull())


def test_only_the_last_page_has_the_new_mark() -> None:
    newest = (NOON + timedelta(minutes=5)).isoformat()
    assert [page.mark for page in pulled("", None)] == ["", "", newest]


def test_a_mark_is_no_later_than_the_pulls_beginning() -> None:
    began = NOON + timedelta(minutes=2)
    assert pulled("", began)[-1].mark == began.isoformat()


def test_a_pull_of_older_records_keeps_the_mark() -> None:
    mark = (NOON + timedelta(hours=1)).isoformat()
    assert pulled(mark, None)[-1].mark == mark


def test_a_sweep_has_no_marks() -> None:
    async def sweep() -> list[str]:
        return [page.mark async for page in marks.unmarked(batches())]

    assert asyncio.run(sweep()) == ["", "", ""]
