"""Orders in their rank: what a page of a queue shows, and walks along it, best rank first.

The rank is carrier cut-off, then promise, then age, with pinned orders above all; a cut-off that
passed today ranks as tomorrow's. Orders of one lane (channel, carrier, service) share their
cut-off, so that a lane's index holds them in their rank: what matches a lane's name is read off
that index, however many orders the lane has.
"""

from __future__ import annotations

import contextlib
import heapq
from collections.abc import Generator, Iterable
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, String, bindparam, func, select, tuple_

from app.store.asking import Question, Walk
from app.store.database import WAREHOUSE
from app.store.schema import ORDERS, QUEUE_COUNTS, RANK_COUNTS

Rank = tuple[bool, bool, str, Any, int]  # what orders are sorted by; an order's id is the last
LAST = "\U0010ffff"  # sorts after all that a number or a cut-off may go on with

_RANKED = (ORDERS.c.pinned, ORDERS.c.cutoff, ORDERS.c.due_at, ORDERS.c.id)


def _piece(of: Iterable[ColumnElement[Any]], *columns: Any, day: bool = False) -> Select[Any]:
    """Orders that lie together in the rank's index, in their rank: pinned or not, and so much of
    the cut-offs.

    Args:
        of: columns that have one value each.
        day: of the first cut-off only what is due on this day or later.
    """
    since = ORDERS.c.cutoff >= bindparam("since")
    if day:
        first = tuple_(bindparam("since", type_=String), bindparam("day", type_=String))
        since = tuple_(ORDERS.c.cutoff, ORDERS.c.due_at) >= first
    return (
        select(*columns)
        .where(
            ORDERS.c.warehouse_id == WAREHOUSE,
            *(column == bindparam(column.key) for column in of),
            ORDERS.c.pinned == bindparam("pinned"),
            since,
            ORDERS.c.cutoff < bindparam("before"),
        )
        .order_by(ORDERS.c.cutoff, ORDERS.c.due_at, ORDERS.c.id)
    )


# Each by whether one queue is walked, or all. The ids come off the index alone; only a page of
# rows is read.
_PAGE = {
    of_queue: Question(
        _piece([ORDERS.c.queue] if of_queue else [], ORDERS.c.id, day=True)
        .limit(bindparam("limit"))
        .offset(bindparam("offset"))
    )
    for of_queue in (False, True)
}
# How many orders of a piece are due on each of its days, in the rank.
_DAY = RANK_COUNTS.c
_DAYS = {
    of_queue: Question(
        select(_DAY.cutoff, _DAY.day, func.sum(_DAY.orders))
        .where(
            _DAY.warehouse_id == WAREHOUSE,
            _DAY.pinned == bindparam("pinned"),
            _DAY.cutoff >= bindparam("since"),
            _DAY.cutoff < bindparam("before"),
            *([_DAY.queue == bindparam("queue")] if of_queue else []),
        )
        .group_by(_DAY.cutoff, _DAY.day)
        .order_by(_DAY.cutoff, _DAY.day)
    )
    for of_queue in (False, True)
}
_COUNTS = Question(
    select(QUEUE_COUNTS.c.queue, QUEUE_COUNTS.c.orders).where(
        QUEUE_COUNTS.c.warehouse_id == WAREHOUSE, QUEUE_COUNTS.c.orders > 0
    )
)


def counts(c: Connection) -> dict[str, int]:
    """How many orders stand in each queue."""
    return dict(_COUNTS.rows(c))


def total(c: Connection, queue: str) -> int:
    """How many stand in one, or in all where it has no name."""
    known = counts(c)
    return known.get(queue, 0) if queue else sum(known.values())


def page(c: Connection, queue: str, offset: int, limit: int, local_time: str) -> list[int]:
    """The ids of a page of a queue: its index is walked from the day that the page begins in, so
    that it takes no longer far down among a million orders."""
    found: list[int] = []
    of_queue = bool(queue)
    for piece in _pieces(local_time):
        piece |= {"queue": queue, "day": ""}
        if offset:
            for cutoff, day, orders in _DAYS[of_queue].rows(c, **piece):
                if offset < orders:
                    piece |= {"since": cutoff, "day": day}
                    break
                offset -= orders
            else:
                continue
        wanted = limit - len(found)
        found += [row[0] for row in _PAGE[of_queue].rows(c, **piece, limit=wanted, offset=offset)]
        offset = 0
        if len(found) >= limit:
            break
    return found


def _pieces(local_time: str) -> list[dict[str, Any]]:
    """What the rank is made of, one after the other."""
    return [
        {"pinned": pinned, "since": since, "before": before}
        for pinned in (True, False)
        for since, before in ((local_time, LAST), ("", local_time))
    ]


def walk(
    c: Connection,
    queue: str,
    local_time: str,
    lanes: Iterable[int] | None = None,
    among: ColumnElement[bool] | None = None,
) -> Generator[Rank]:
    """The orders of a queue, or of all where it has no name, as far as they are asked for.

    Close it before anything that it walks over is changed.

    Args:
        lanes: the orders of these alone. Each lane and queue lies in its rank, and is read only as
            far as its orders are the next ones.
        among: what the orders must be besides; said of nothing but the id, so that it is looked at
            along the index.
    """
    ways: list[dict[str, str | int]] = [{"queue": queue}]
    if lanes is not None:
        queues = [queue] if queue else list(counts(c))
        ways = [{"lane": lane, "queue": name} for lane in lanes for name in queues]
    walked = _walked(lanes is not None, bool(queue), among)
    for piece in _pieces(local_time):
        with contextlib.ExitStack() as stack:
            open_ = [
                stack.enter_context(contextlib.closing(walked.rows(c, **piece, **way)))
                for way in ways
            ]
            yield from heapq.merge(*(ranks(rows, local_time) for rows in open_))


@cache
def _walked(of_lane: bool, of_queue: bool, among: ColumnElement[bool] | None) -> Walk:
    of = [ORDERS.c.lane, ORDERS.c.queue] if of_lane else [ORDERS.c.queue] if of_queue else []
    piece = _piece(of, *_RANKED)
    return Walk(piece if among is None else piece.where(among))


def ranks(rows: Iterable[Any], local_time: str) -> Generator[Rank]:
    """The ranks of orders, of which the rows hold pinned, cutoff, due_at and id."""
    for pinned, cutoff, due_at, order_id in rows:
        yield not pinned, cutoff < local_time, cutoff, due_at, order_id
