"""The order list: pages of a queue in its rank, and what is typed to filter it.

The rank is carrier cut-off, then promise, then age, with pinned orders above all; a cut-off that
passed today ranks as tomorrow's. Orders of one lane (channel, carrier, service) share their
cut-off, so that a lane's index holds them in their rank: what matches a lane's name is read off
that index, however many orders the lane has.
"""

from __future__ import annotations

import contextlib
import heapq
import itertools
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from msgspec import json
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    column,
    exists,
    func,
    insert,
    or_,
    select,
    table,
    text,
)

from app.domain.model import Order
from app.store.asking import Question
from app.store.database import WAREHOUSE
from app.store.listed import any_of
from app.store.schema import LANES, ORDER_LINES, ORDERS, QUEUE_COUNTS

MOST_FOUND = 500  # a search shows its best so many; who wants more types more
# Matches that are cheap to sort; where there are more, the rank is walked instead. Of a million
# orders both ways cost about the same here.
_MANY = 40_000
_FIRST = 400  # orders of the rank, which tell whether a walk that looks for words is short:
_SOON = 0.1  # as it is where as many of them say the words
_LAST = "\U0010ffff"  # sorts after all that a number may go on with

_SAYING = table("saying", column("id"))  # the orders that a search listed, while it lasts
_LANE = select(LANES.c.id).where(
    LANES.c.warehouse_id == WAREHOUSE,
    *(LANES.c[name] == bindparam(name) for name in ("channel", "carrier", "service_name")),
)
_RANKED = (ORDERS.c.pinned, ORDERS.c.cutoff, ORDERS.c.due_at, ORDERS.c.id)
_Rank = tuple[bool, bool, str, Any, int]


def _piece(*queue: ColumnElement[bool]) -> Select[tuple[int]]:
    """Orders that lie together in the rank's index: pinned or not, and so much of the cut-offs."""
    return select(ORDERS.c.id).where(
        ORDERS.c.warehouse_id == WAREHOUSE,
        *queue,
        ORDERS.c.pinned == bindparam("pinned"),
        ORDERS.c.cutoff >= bindparam("since"),
        ORDERS.c.cutoff < bindparam("before"),
    )


# Each by whether one queue is walked, or all. The ids come off the index alone; only a page of
# rows is read.
_PIECES = {False: _piece(), True: _piece(ORDERS.c.queue == bindparam("queue"))}
_PAGE = {
    of_queue: Question(
        piece.order_by(ORDERS.c.cutoff, ORDERS.c.due_at, ORDERS.c.id)
        .limit(bindparam("limit"))
        .offset(bindparam("offset"))
    )
    for of_queue, piece in _PIECES.items()
}
_SIZE = {
    of_queue: Question(select(func.count()).select_from(piece.limit(bindparam("limit")).subquery()))
    for of_queue, piece in _PIECES.items()
}
_COUNTS = Question(
    select(QUEUE_COUNTS.c.queue, QUEUE_COUNTS.c.orders).where(
        QUEUE_COUNTS.c.warehouse_id == WAREHOUSE, QUEUE_COUNTS.c.orders > 0
    )
)
_ROWS: Select[Any] = (
    select(
        ORDERS.c.id,
        ORDERS.c.number,
        ORDERS.c.channel,
        ORDERS.c.state,
        ORDERS.c.carrier,
        ORDERS.c.service_name,
        ORDERS.c.cutoff,
        ORDERS.c.ship_by,
        ORDERS.c.promised_at,
        ORDERS.c.line_count,
        ORDERS.c.unit_count,
        ORDERS.c.pinned,
        ORDERS.c.hold,
        ORDERS.c.queue,
        ORDERS.c.problem,
        ORDERS.c.parked,
        ORDERS.c.claimed_by,
        ORDERS.c.allow_substitution,
    )
    .where(ORDERS.c.warehouse_id == WAREHOUSE, ORDERS.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(ORDERS.c.cutoff, ORDERS.c.due_at, ORDERS.c.id)
)


# One statement for all: each one makes the search put what it has in memory into its tables.
_FOUND_BY = (
    "INSERT OR REPLACE INTO order_search(rowid, text)"
    " SELECT value ->> 0, value ->> 1 FROM json_each(?)"
)


def page(
    c: Connection, words: str, queue: str, offset: int, limit: int, local_time: str
) -> tuple[Sequence[Row[Any]], int]:
    """One page of the order list, best rank first, and how many fit in all.

    Of each order that what a list shows, and what a claim needs.

    Args:
        words: each must stand in the order's number, a SKU of it, or its channel, carrier or
            service; more than `MOST_FOUND` orders that fit count as one more than that.
        queue: its name; empty for all orders.
        local_time: now in the warehouse's zone, as "HH:MM".
    """
    typed = tuple(words.upper().split())
    if not typed:
        return _ranked(c, queue, offset, limit, local_time), total(c, queue)
    ids = _found(c, typed, queue, local_time)
    wanted = ids[:MOST_FOUND][offset : offset + limit]
    rows = c.execute(_ROWS, {"ids": wanted}).all()
    place = {order_id: at for at, order_id in enumerate(wanted)}
    return sorted(rows, key=lambda row: place[row.id]), len(ids)


def counts(c: Connection) -> dict[str, int]:
    """How many orders stand in each queue."""
    return dict(_COUNTS.rows(c))


def total(c: Connection, queue: str) -> int:
    known = counts(c)
    return known.get(queue, 0) if queue else sum(known.values())


def text_of(order: Order) -> str:
    """What an order is found by. No personal data goes into the search."""
    return " ".join([order.number, *[line.sku for line in order.lines]]).upper()


def index(c: Connection, found: Sequence[tuple[int, str]]) -> None:
    """Make orders findable: the id of each, and its `text_of`. Whoever adds many merges the pieces
    (`app.store.search_pieces`)."""
    c.exec_driver_sql(_FOUND_BY, (json.encode(found).decode(),))


def lane_of(c: Connection, order: Order) -> int:
    """The id of the order's lane, which is made where it is new."""
    names = {
        "channel": order.channel,
        "carrier": order.carrier,
        "service_name": order.service_name,
    }
    known = c.scalar(_LANE, names)
    if known is not None:
        return int(known)
    top = c.scalar(select(func.max(LANES.c.id)).where(LANES.c.warehouse_id == WAREHOUSE))
    c.execute(insert(LANES).values(warehouse_id=WAREHOUSE, id=(top or 0) + 1, **names))
    return int(top or 0) + 1


# --- a queue as it stands -------------------------------------------------------------------


def _ranked(
    c: Connection, queue: str, offset: int, limit: int, local_time: str
) -> Sequence[Row[Any]]:
    """Walk the rank's index piece by piece, so that a page of a million needs no sort."""
    rows: list[Row[Any]] = []
    of_queue = bool(queue)
    for pinned in (True, False):
        for since, before in ((local_time, _LAST), ("", local_time)):
            piece = {"queue": queue, "pinned": pinned, "since": since, "before": before}
            if offset:
                ((size,),) = _SIZE[of_queue].rows(c, **piece, limit=offset + 1)
                if size <= offset:
                    offset -= size
                    continue
            wanted = limit - len(rows)
            ids = [row[0] for row in _PAGE[of_queue].rows(c, **piece, limit=wanted, offset=offset)]
            if not ids:
                continue
            rows += c.execute(_ROWS, {"ids": ids}).all()
            offset = 0
            if len(rows) >= limit:
                return rows
    return rows


# --- a search -------------------------------------------------------------------------------


def _found(c: Connection, words: tuple[str, ...], queue: str, local_time: str) -> list[int]:
    """The ids that fit, best rank first: at most one more than `MOST_FOUND`."""
    best: list[_Rank] = []
    for left, lanes in _by_words_left(c, words).items():
        if not left:
            best += _walk(c, lanes, queue, None, local_time)
        elif _is_common(c, left):
            with _saying(c, left, lanes, queue, local_time) as says:
                best += _walk(c, lanes, queue, says, local_time)
        else:
            best += _sorted(c, left, lanes, queue, local_time)
    return [rank[-1] for rank in sorted(best)[: MOST_FOUND + 1]]


def _by_words_left(c: Connection, words: tuple[str, ...]) -> dict[tuple[str, ...], list[int]]:
    """The lanes, by the words that their names leave to be found in number and SKUs."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for lane in c.execute(select(LANES).where(LANES.c.warehouse_id == WAREHOUSE)):
        name = f"{lane.channel} {lane.carrier} {lane.service_name}".upper()
        left = tuple(word for word in words if word not in name)
        groups.setdefault(left, []).append(lane.id)
    return groups


def _is_common(c: Connection, words: tuple[str, ...]) -> bool:
    """Whether so many orders say the words that sorting them would be felt."""
    _, some, params = _listing(words)
    counted = text(f"SELECT count(*) FROM (SELECT 1 {some} LIMIT :many)")
    return bool((c.scalar(counted, {**params, "many": _MANY + 1}) or 0) > _MANY)


def _listing(words: tuple[str, ...]) -> tuple[str, str, dict[str, object]]:
    """As `_sayers`, behind how it calls an order's id; without its orders, where the search alone
    knows."""
    some, params = _sayers(words)
    if all(len(word) >= 3 for word in words):
        return "rowid", "FROM order_search WHERE order_search MATCH :words", params
    return "o.id", some, params


def _sayers(words: tuple[str, ...]) -> tuple[str, dict[str, object]]:
    """FROM and WHERE for the orders that may say all the words, and the values in it.

    Trigrams need three characters: a shorter word is only looked for at a number's beginning.
    """
    long = [word for word in words if len(word) >= 3]
    short = [word for word in words if len(word) < 3]
    params: dict[str, object] = {"warehouse": WAREHOUSE}
    starts = []
    for at, word in enumerate(short):
        params |= {f"from{at}": word, f"to{at}": word + _LAST}
        starts.append(f" AND o.number >= :from{at} AND o.number < :to{at}")
    if not long:
        some = "FROM orders AS o INDEXED BY ix_orders_number WHERE o.warehouse_id = :warehouse"
        return some + "".join(starts), params
    params["words"] = " ".join('"' + word.replace('"', '""') + '"' for word in long)
    some = (
        "FROM order_search AS s CROSS JOIN orders AS o INDEXED BY ix_orders_found"
        " ON o.warehouse_id = :warehouse AND o.id = s.rowid WHERE s.order_search MATCH :words"
    )
    return some + "".join(starts), params


def _sorted(
    c: Connection, words: tuple[str, ...], lanes: list[int], queue: str, local_time: str
) -> list[_Rank]:
    """The first of those that say the words: all of them looked at, in indexes alone."""
    some, params = _sayers(words)
    params |= {"lanes": lanes, "queue": queue, "now": local_time, "most": MOST_FOUND + 1}
    of_queue = " AND o.queue = :queue" if queue else ""
    found = (
        text(
            f"SELECT o.pinned, o.cutoff, o.due_at, o.id {some} AND o.lane IN :lanes{of_queue}"
            " ORDER BY NOT o.pinned, o.cutoff < :now, o.cutoff, o.due_at, o.id LIMIT :most"
        )
        .bindparams(bindparam("lanes", expanding=True))
        .columns(*_RANKED)
    )
    return list(_ranks(c.execute(found, params), local_time))


def _walk(
    c: Connection,
    lanes: Iterable[int],
    queue: str,
    says: ColumnElement[bool] | None,
    local_time: str,
    most: int = MOST_FOUND + 1,
) -> list[_Rank]:
    """The first of all, off the lanes' index: each lane and queue lies there in its rank, and is
    read only as far as its orders are among the first."""
    of_lane = (
        select(*_RANKED)
        .where(
            ORDERS.c.warehouse_id == WAREHOUSE,
            ORDERS.c.lane == bindparam("lane"),
            ORDERS.c.queue == bindparam("queue"),
            ORDERS.c.pinned == bindparam("pinned"),
            *([] if says is None else [says]),
        )
        .order_by(ORDERS.c.cutoff, ORDERS.c.due_at, ORDERS.c.id)
    )
    halves = [
        of_lane.where(ORDERS.c.cutoff >= bindparam("now")),
        of_lane.where(ORDERS.c.cutoff < bindparam("now")),
    ]
    pieces = [
        (half, {"lane": lane, "queue": name, "pinned": pinned, "now": local_time})
        for lane, name in itertools.product(lanes, [queue] if queue else list(counts(c)))
        for pinned, half in itertools.product((True, False), halves)
    ]
    with contextlib.ExitStack() as stack:
        open_ = [stack.enter_context(contextlib.closing(c.execute(*piece))) for piece in pieces]
        merged = heapq.merge(*(_ranks(rows, local_time) for rows in open_))
        return list(itertools.islice(merged, most))


@contextlib.contextmanager
def _saying(
    c: Connection, words: tuple[str, ...], lanes: Iterable[int], queue: str, local_time: str
) -> Iterator[ColumnElement[bool]]:
    """What tells the orders that say the words, while the rank is walked.

    Where the first orders say them, each is looked at, and soon enough are found. Where they don't
    (the beginning of a new order's number, which is the last in the rank), the walk is long, and
    those that say them are listed first, as the search knows them.
    """
    says = _says(words)
    first = [rank[-1] for rank in _walk(c, lanes, queue, None, local_time, _FIRST)]
    of_first = select(func.count()).where(
        ORDERS.c.warehouse_id == WAREHOUSE, ORDERS.c.id.in_(any_of("first")), says
    )
    if (c.scalar(of_first, {"first": first}) or 0) >= len(first) * _SOON:
        yield says
        return
    ids, some, params = _listing(words)
    c.exec_driver_sql("CREATE TEMP TABLE saying (id INTEGER PRIMARY KEY)")
    try:
        c.execute(text(f"INSERT INTO saying SELECT {ids} {some}"), params)
        yield exists().where(_SAYING.c.id == ORDERS.c.id)
    finally:
        c.exec_driver_sql("DROP TABLE saying")


def _ranks(rows: Iterable[Row[bool, str, datetime, int]], local_time: str) -> Iterator[_Rank]:
    for row in rows:
        yield not row.pinned, row.cutoff < local_time, row.cutoff, row.due_at, row.id


def _says(words: tuple[str, ...]) -> ColumnElement[bool]:
    """Whether the number or a SKU says each word."""
    return and_(
        *(
            _starts(word)
            if len(word) < 3
            else or_(
                ORDERS.c.number.contains(word, autoescape=True),
                exists().where(
                    ORDER_LINES.c.warehouse_id == WAREHOUSE,
                    ORDER_LINES.c.order_id == ORDERS.c.id,
                    ORDER_LINES.c.sku.contains(word, autoescape=True),
                ),
            )
            for word in words
        )
    )


def _starts(word: str) -> ColumnElement[bool]:
    return and_(ORDERS.c.number >= word, ORDERS.c.number < word + _LAST)
