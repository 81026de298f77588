"""The order list: pages of a queue in its rank, and what is typed to filter it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from msgspec import json
from sqlalchemy import (
    Connection,
    Row,
    Select,
    bindparam,
    func,
    insert,
    select,
)

from app.domain.model import Order
from app.store import order_rank
from app.store.database import WAREHOUSE
from app.store.order_rank import Rank, counts, total
from app.store.order_words import Words, first_saying
from app.store.schema import LANES, ORDERS

__all__ = ["MOST_FOUND", "counts", "index", "lane_of", "page", "text_of", "total"]

MOST_FOUND = 500  # a search shows its best so many; who wants more types more

_LANE = select(LANES.c.id).where(
    LANES.c.warehouse_id == WAREHOUSE,
    *(LANES.c[name] == bindparam(name) for name in ("channel", "carrier", "service_name")),
)
_ROWS: Select[Any] = select(
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
).where(ORDERS.c.warehouse_id == WAREHOUSE, ORDERS.c.id.in_(bindparam("ids", expanding=True)))


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
        wanted, size = order_rank.page(c, queue, offset, limit, local_time), total(c, queue)
    else:
        ids = _found(c, typed, queue, local_time)
        wanted, size = ids[:MOST_FOUND][offset : offset + limit], len(ids)
    rows = c.execute(_ROWS, {"ids": wanted}).all() if wanted else []
    place = {order_id: at for at, order_id in enumerate(wanted)}
    return sorted(rows, key=lambda row: place[row.id]), size


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


def _found(c: Connection, words: Words, queue: str, local_time: str) -> list[int]:
    """The ids that fit, best rank first: at most one more than `MOST_FOUND`."""
    best: list[Rank] = []
    groups = _by_words_left(c, words)
    for left, lanes in groups.items():
        some = lanes if len(groups) > 1 else None
        if left:
            best += first_saying(c, left, some, queue, local_time, MOST_FOUND + 1)
        else:
            best += itertools.islice(order_rank.walk(c, queue, local_time, some), MOST_FOUND + 1)
    return [rank[-1] for rank in sorted(best)[: MOST_FOUND + 1]]


def _by_words_left(c: Connection, words: Words) -> dict[Words, list[int]]:
    """The lanes, by the words that their names leave to be found in number and SKUs."""
    groups: dict[Words, list[int]] = {}
    for lane in c.execute(select(LANES).where(LANES.c.warehouse_id == WAREHOUSE)):
        name = f"{lane.channel} {lane.carrier} {lane.service_name}".upper()
        left = tuple(word for word in words if word not in name)
        groups.setdefault(left, []).append(lane.id)
    return groups
