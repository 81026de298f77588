"""What recurs: the calls for help of some weeks by code, with stations, people and guides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from app.store import tickets as rows
from app.store.database import Store
from app.support import guides
from app.support.case import Case
from app.support.wording import in_short, trouble_name

DAYS = 30


class Recurring(Struct, frozen=True):
    """One kind of trouble. `sent` went to support though `guide` is about it; `solved` did not
    have to. `stations` and `operators` are (name, how often), the most frequent first."""

    code: str
    what: str
    count: int
    stations: tuple[tuple[str, int], ...]
    operators: tuple[tuple[str, int], ...]
    guide: str  # its title, empty where there is none
    sent: int
    solved: int
    last_at: datetime


def recurring(
    store: Store, now: datetime, language: str, days: int = DAYS
) -> tuple[Recurring, ...]:
    """Of the last `days`, the most frequent first."""
    with store.read() as c:
        found = rows.since(c, now - timedelta(days=days))
    groups: dict[str, list[Any]] = {}
    for row in found:
        groups.setdefault(row.code or row.trouble, []).append(row)
    made = [_recurring(code, group, language) for code, group in groups.items()]
    return tuple(sorted(made, key=lambda one: (-one.count, one.code)))


def _recurring(code: str, group: Sequence[Any], language: str) -> Recurring:
    last = group[-1]
    trouble = trouble_name(last.trouble, language)
    what = in_short(code, language) if last.code else trouble
    name = last.guide or guides.name_for(
        Case("", last.made_at, "", "", code=last.code, trouble=last.trouble, language=language)
    )
    fitting = guides.guide(name, language)
    return Recurring(
        code=code,
        what=what,
        count=len(group),
        stations=_counted([row.station_id for row in group]),
        operators=_counted([row.operator for row in group if row.operator]),
        guide=fitting.title if fitting else "",
        sent=sum(row.state == "sent" for row in group),
        solved=sum(row.state == "solved" for row in group),
        last_at=last.made_at,
    )


def _counted(names: list[str]) -> tuple[tuple[str, int], ...]:
    counts = {name: names.count(name) for name in dict.fromkeys(names)}
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
