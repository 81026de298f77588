"""Which orders say what was typed: each word in the number or in a SKU, best rank first.

Three ways lead to the same orders. Few that may say the words are listed and sorted. Where many do,
the rank is walked, and each text looked at. Where those stand far down (the beginning of a new
order's number, which is the last in the rank), they are listed, and found along the rank: to walk
all of it over a list takes a tenth of a second, among a million orders.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from msgspec import json
from sqlalchemy import Connection, CursorResult, column, exists, table, text

from app.store import order_rank
from app.store.database import WAREHOUSE
from app.store.order_rank import LAST, Rank
from app.store.schema import ORDERS

Words = tuple[str, ...]  # in capitals
LETTERS = 3  # of each place are what the search holds; a shorter word is where a number begins

_AT_ONCE = 400  # orders whose texts are read by one statement at most,
_AT_LEAST = 50  # and at least, where few more are asked for
_SOON = 0.1  # one text after the other is looked at while as many say the words
_FEW = 3_000  # so many orders are sorted sooner than found along the rank of a million
_SAMPLE = 100  # orders of all ages, of which one tells what they have in common:
_COMMON = 0.5  # what so many of them hold
_SAMPLED = "sample of the orders' texts"  # in a connection's info, behind the newest order's id

_IS_LISTED = exists().where(table("listed", column("id")).c.id == ORDERS.c.id)
_TEXTS = text(
    "SELECT o.number, o.number || ' ' || coalesce((SELECT group_concat(l.sku, ' ')"
    " FROM order_lines AS l WHERE l.warehouse_id = :warehouse AND l.order_id = o.id), '')"
    " FROM json_each(:ids) AS one CROSS JOIN orders AS o INDEXED BY ix_orders_found"
    " ON o.warehouse_id = :warehouse AND o.id = one.value ORDER BY one.key"
)
# One question each: both in one would read all orders.
_ENDS = text(
    "SELECT (SELECT min(id) FROM orders WHERE warehouse_id = :warehouse),"
    " (SELECT max(id) FROM orders WHERE warehouse_id = :warehouse)"
)


class _Listing(NamedTuple):
    """A statement for the ids of all orders that may say the words."""

    statement: str
    values: dict[str, object]
    is_exact: bool  # whether all of them do


def first_saying(
    c: Connection, words: Words, lanes: list[int] | None, queue: str, local_time: str, most: int
) -> list[Rank]:
    """The ranks of the first orders that say all the words, `most` of them at most.

    Args:
        lanes: the orders of these alone, else of all.
        queue: the orders of this one alone; of all where it is empty.
        local_time: now in the warehouse's zone, as "HH:MM".
    """
    soon, whole = _listings(c, words)
    for listing in soon:
        ids = list(c.scalars(text(f"{listing.statement} LIMIT {_FEW + 1}"), listing.values))
        if len(ids) <= _FEW:
            ranked = order_rank.ranks(_sorted(c, ids, lanes, queue, local_time), local_time)
            return _first(c, ranked, words, most, listing, to_the_end=True) or []
    with contextlib.closing(order_rank.walk(c, queue, local_time, lanes)) as ranked:
        found = _first(c, ranked, words, most)
    for listing in whole if found is None else ():
        with (
            _listed(c, listing),
            contextlib.closing(order_rank.walk(c, queue, local_time, lanes, _IS_LISTED)) as ranked,
        ):
            found = _first(c, ranked, words, most, listing)
        if found is not None:
            break
    return found or []


def _first(
    c: Connection,
    ranked: Iterator[Rank],
    words: Words,
    most: int,
    of: _Listing | None = None,
    *,
    to_the_end: bool = False,
) -> list[Rank] | None:
    """The first of the orders that say the words; None where so few do that to look at one text
    after the other would take long."""
    if of is not None and of.is_exact:
        return list(itertools.islice(ranked, most))
    found: list[Rank] = []
    looked_at = 0
    while len(found) < most:
        at_once = min(_AT_ONCE, max(most - len(found), _AT_LEAST))
        some = list(itertools.islice(ranked, at_once))
        texts = _texts(c, [rank[-1] for rank in some])
        found += itertools.compress(some, (_say(words, *one) for one in texts))
        looked_at += len(some)
        if len(some) < at_once:
            break
        if len(found) < looked_at * _SOON and not to_the_end:
            return None
    return found[:most]


def _texts(c: Connection, ids: Sequence[int]) -> list[tuple[str, str]]:
    """Each order's number, and all that it is found by."""
    given = {"warehouse": WAREHOUSE, "ids": json.encode(ids).decode()}
    return [(number, said.upper()) for number, said in c.execute(_TEXTS, given)]


def _say(words: Words, number: str, said: str) -> bool:
    return all(word in said if len(word) >= LETTERS else number.startswith(word) for word in words)


# --- lists of orders that may say the words -----------------------------------------------------


def _listings(c: Connection, words: Words) -> tuple[list[_Listing], list[_Listing]]:
    """Those that soon tell whether they are few; and those to be read to their end, one after the
    other, of which the last is exact."""
    long = [word for word in words if len(word) >= LETTERS]
    short = [word for word in words if len(word) < LETTERS]
    if not long:
        begins = [_beginning(short)]
        return begins, begins
    telling = _telling(c, long)
    told = _matching(telling)._replace(is_exact=not short and telling == long)
    begins = [_beginning(short)._replace(is_exact=False)] if short else []
    return [*begins, told], [told] if told.is_exact else [told, _matching(long, short)]


def _beginning(short: Sequence[str]) -> _Listing:
    """The orders whose numbers begin so."""
    begins, values = _begins(short)
    some = "SELECT o.id FROM orders AS o INDEXED BY ix_orders_number"
    return _Listing(f"{some} WHERE o.warehouse_id = :warehouse{begins}", values, is_exact=True)


def _matching(long: Sequence[str], short: Sequence[str] = ()) -> _Listing:
    """The orders that say the long words, and whose numbers begin as the short ones."""
    words = " ".join('"' + word.replace('"', '""') + '"' for word in long)
    if not short:
        some = "SELECT rowid FROM order_search WHERE order_search MATCH :words"
        return _Listing(some, {"words": words}, is_exact=True)
    begins, values = _begins(short)
    some = (
        "SELECT o.id FROM order_search AS s CROSS JOIN orders AS o INDEXED BY ix_orders_found"
        " ON o.warehouse_id = :warehouse AND o.id = s.rowid WHERE s.order_search MATCH :words"
    )
    return _Listing(some + begins, values | {"words": words}, is_exact=True)


def _begins(short: Sequence[str]) -> tuple[str, dict[str, object]]:
    """What is asked of a number, and the values for it."""
    asked = ""
    values: dict[str, object] = {"warehouse": WAREHOUSE}
    for at, word in enumerate(short):
        asked += f" AND o.number >= :from{at} AND o.number < :to{at}"
        values |= {f"from{at}": word, f"to{at}": word + LAST}
    return asked, values


def _telling(c: Connection, long: Sequence[str]) -> list[str]:
    """The words without what most orders hold at their ends: the prefix of all SKUs, say. The
    search would read where each order holds it, and that takes longer than all the rest."""
    texts = _sample(c)

    def is_common(letters: str) -> bool:
        return sum(letters in said for said in texts) > len(texts) * _COMMON

    told = []
    for word in long:
        begin, end = 0, len(word)
        while end - begin > LETTERS and is_common(word[begin : begin + LETTERS]):
            begin += 1
        while end - begin > LETTERS and is_common(word[end - LETTERS : end]):
            end -= 1
        told.append(word[begin:end])
    return [word for word in told if not is_common(word)] or told


def _sample(c: Connection) -> list[str]:
    """What some orders of all ages are found by. Kept with the connection until there are twice as
    many orders: it only tells which way is short."""
    oldest, newest = c.execute(_ENDS, {"warehouse": WAREHOUSE}).one()
    if newest is None:
        return []
    seen, texts = c.info.get(_SAMPLED, (0, []))
    if newest >= 2 * seen:
        ids = range(oldest, newest + 1, (newest - oldest) // _SAMPLE + 1)
        texts = [said for _, said in _texts(c, list(ids))]
        c.info[_SAMPLED] = newest, texts
    return list(texts)


@contextlib.contextmanager
def _listed(c: Connection, listing: _Listing) -> Iterator[None]:
    """Keep all the ids in a table of this connection's own while it lasts."""
    c.exec_driver_sql("CREATE TEMP TABLE listed (id INTEGER PRIMARY KEY)")
    try:
        c.execute(text(f"INSERT INTO listed {listing.statement}"), listing.values)
        yield
    finally:
        c.exec_driver_sql("DROP TABLE listed")


def _sorted(
    c: Connection, ids: list[int], lanes: list[int] | None, queue: str, local_time: str
) -> CursorResult[Any]:
    """The orders in their rank: each looked up in an index that holds all of it."""
    values: dict[str, object] = {"warehouse": WAREHOUSE, "now": local_time}
    values["ids"] = json.encode(ids).decode()
    where = "true"
    if lanes is not None:
        where += " AND o.lane IN (SELECT value FROM json_each(:lanes))"
        values["lanes"] = json.encode(lanes).decode()
    if queue:
        where += " AND o.queue = :queue"
        values["queue"] = queue
    found = text(
        "SELECT o.pinned, o.cutoff, o.due_at, o.id FROM json_each(:ids) AS one"
        " CROSS JOIN orders AS o INDEXED BY ix_orders_found"
        " ON o.warehouse_id = :warehouse AND o.id = one.value"
        f" WHERE {where} ORDER BY NOT o.pinned, o.cutoff < :now, o.cutoff, o.due_at, o.id"
    )
    return c.execute(found, values)
