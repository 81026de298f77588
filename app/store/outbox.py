"""The outbox: calls that are owed to other systems, from the fact that causes one to its end.

States: waiting (to be sent, or sent again) → sending → done. dead: no further try is of use, a
person decides. discarded: it shall not be made, and why. A call that `maybe_done` marks was sent
and its answer is not known: it is looked up before it is sent again, dead or alive.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    exists,
    func,
    insert,
    literal,
    select,
    update,
)

from app.store.asking import Change, Lookup, Question, among, listed
from app.store.database import WAREHOUSE
from app.store.schema import CONNECTORS, ORDERS, OUTBOX

OPEN = ("waiting", "sending")
UNSETTLED = (*OPEN, "dead")
# Calls that wait for a fact and not for a system: an ERP's NF-e, a box's weight.
AWAITED = ("INVOICE_AWAITED", "LABEL_NEEDS_PARCEL")


def add(
    c: Connection,
    *,
    connector: str,
    kind: str,
    order_id: int,
    at: datetime,
    topic: str = "",
    package_no: int = 0,
    reference: str = "",
) -> int:
    """Owe a call; the caller's transaction makes it durable with its cause.

    The same call that was never tried yet is not owed twice.
    """
    same: dict[str, Any] = {
        "order_id": order_id,
        "connector": connector,
        "kind": kind,
        "topic": topic,
    }
    known = _SAME.first(c, **same, package_no=package_no)
    if known:
        return int(known[0])
    (top,) = _TOP.first(c) or (0,)
    _ADD.run(
        c,
        **same,
        warehouse_id=WAREHOUSE,
        id=top + 1,
        key=str(uuid.uuid4()),
        lane=f"{connector}:{'label' if kind == 'cancel_label' else kind}:{order_id}",
        package_no=package_no,
        state="waiting",
        reference=reference,
        created_at=at,
        next_try_at=at,
    )
    return int(top) + 1


def due(c: Connection, connector: str, now: datetime, limit: int) -> Sequence[Row[Any]]:
    """The next call of each lane to one system that may be made now, oldest first.

    A call behind an unsettled one of its lane is not due, whatever its time. One left in
    `sending` by a process that ended is due: it may have been done.
    """
    before = OUTBOX.alias()
    blocked = exists().where(
        before.c.warehouse_id == OUTBOX.c.warehouse_id,
        before.c.lane == OUTBOX.c.lane,
        before.c.state.in_(UNSETTLED),
        before.c.id < OUTBOX.c.id,
    )
    return c.execute(
        select(OUTBOX)
        .where(
            _mine(),
            OUTBOX.c.connector == connector,
            OUTBOX.c.state.in_(OPEN),
            OUTBOX.c.next_try_at <= now,
            ~blocked,
        )
        .order_by(OUTBOX.c.id)
        .limit(limit)
    ).all()


def hurry(c: Connection, order_id: int, kind: str, now: datetime) -> None:
    """Try a call now that waited for something here; one that failed keeps its time."""
    _HURRY.run(c, order=order_id, of_kind=kind, now=now)


def set_state(c: Connection, message_id: int, **values: Any) -> None:
    c.execute(update(OUTBOX).where(_mine(), OUTBOX.c.id == message_id).values(**values))


def by_id(c: Connection, message_id: int) -> Row[Any] | None:
    return c.execute(select(OUTBOX).where(_mine(), OUTBOX.c.id == message_id)).first()


def of_order(c: Connection, order_id: int) -> Sequence[Row[Any]]:
    return _OF_ORDER.rows(c, order=order_id)


def newest(c: Connection, order_ids: Iterable[int], kind: str) -> dict[int, Row[Any]]:
    """The last call of `kind` about each of the orders that has one: its system, its state, when
    it was written and when it was done."""
    rows = _OF_KIND.rows(c, orders=listed(order_ids), of_kind=kind)
    return {row.order_id: row for row in rows}


def owes(c: Connection, order_id: int, kind: str, topic: str | None = None) -> bool:
    """Whether such a call of the order is on its way or waits for a person."""
    where = [_mine(), OUTBOX.c.order_id == order_id, OUTBOX.c.kind == kind]
    where.append(OUTBOX.c.state.in_(UNSETTLED))
    if topic is not None:
        where.append(OUTBOX.c.topic == topic)
    return c.execute(select(OUTBOX.c.id).where(*where).limit(1)).first() is not None


def dead(c: Connection, limit: int = 1000) -> Sequence[Row[Any]]:
    """Calls that wait for a person, with their order's number, oldest first."""
    return c.execute(
        select(OUTBOX, ORDERS.c.number)
        .outerjoin(
            ORDERS,
            (ORDERS.c.warehouse_id == OUTBOX.c.warehouse_id) & (ORDERS.c.id == OUTBOX.c.order_id),
        )
        .where(_mine(), OUTBOX.c.state == "dead")
        .order_by(OUTBOX.c.code, OUTBOX.c.id)
        .limit(limit)
    ).all()


def oldest_open(c: Connection) -> datetime | None:
    """When the call was written that waits longest for a system."""
    oldest: datetime | None = c.scalar(
        select(func.min(OUTBOX.c.created_at)).where(
            _mine(), OUTBOX.c.state.in_(OPEN), OUTBOX.c.code.not_in(AWAITED)
        )
    )
    return oldest


def count_dead(c: Connection) -> int:
    """How many calls wait for a person."""
    query = select(func.count()).select_from(OUTBOX).where(_mine(), OUTBOX.c.state == "dead")
    return c.scalar(query) or 0


def waiting_by_connector(c: Connection) -> dict[str, int]:
    """How many calls each system is still owed."""
    return {name: calls for name, calls in _WAITING.rows(c) if calls}


def replay(c: Connection, now: datetime, *, ids: Iterable[int] | None, operator_id: int) -> int:
    """Give dead calls their tries again, and say how many; `ids` None means all."""
    where: list[ColumnElement[bool]] = [_mine(), OUTBOX.c.state == "dead"]
    if ids is not None:
        where.append(OUTBOX.c.id.in_(list(ids)))
    done = c.execute(
        update(OUTBOX)
        .where(*where)
        .values(
            state="waiting", next_try_at=now, tries=0, failing_since=None, settled_by=operator_id
        )
    )
    return done.rowcount


def discard(c: Connection, message_id: int, now: datetime, *, operator_id: int, why: str) -> bool:
    """A dead call shall not be made. False where it is dead no more."""
    done = c.execute(
        update(OUTBOX)
        .where(_mine(), OUTBOX.c.id == message_id, OUTBOX.c.state == "dead")
        .values(state="discarded", done_at=now, settled_by=operator_id, settled_why=why)
    )
    return done.rowcount == 1


def drop_unsent(
    c: Connection, order_id: int, kinds: Iterable[str], now: datetime, why: str
) -> None:
    """Owe no more what has lost its cause, where surely nothing of it was done."""
    c.execute(
        update(OUTBOX)
        .where(
            _mine(),
            OUTBOX.c.order_id == order_id,
            OUTBOX.c.kind.in_(list(kinds)),
            OUTBOX.c.state.in_(("waiting", "dead")),
            OUTBOX.c.maybe_done.is_(False),
        )
        .values(state="discarded", done_at=now, settled_why=why)
    )


def _mine() -> ColumnElement[bool]:
    return OUTBOX.c.warehouse_id == WAREHOUSE


# Made once: it runs with every view. System by system, else all calls there ever were are read.
_WAITING = Question(
    select(
        CONNECTORS.c.name,
        select(func.count())
        .where(
            OUTBOX.c.warehouse_id == WAREHOUSE,
            OUTBOX.c.connector == CONNECTORS.c.name,
            OUTBOX.c.state.in_([literal(state) for state in OPEN]),
        )
        .scalar_subquery(),
    ).where(CONNECTORS.c.warehouse_id == WAREHOUSE)
)
# Made once: a manifest that leaves owes thousands of calls, and boxes look for what waits for them.
_UNTRIED = and_(OUTBOX.c.state == "waiting", OUTBOX.c.tries == 0)
_SAME = Question(
    select(OUTBOX.c.id).where(
        _mine(),
        OUTBOX.c.order_id == bindparam("order_id"),
        OUTBOX.c.connector == bindparam("connector"),
        OUTBOX.c.kind == bindparam("kind"),
        OUTBOX.c.topic == bindparam("topic"),
        OUTBOX.c.package_no == bindparam("package_no"),
        _UNTRIED,
    )
)
_TOP = Question(select(func.coalesce(func.max(OUTBOX.c.id), 0)).where(_mine()))
_ADD = Change(
    insert(OUTBOX),
    (
        "warehouse_id", "id", "key", "connector", "kind", "lane", "order_id", "package_no", "topic",
        "state", "reference", "created_at", "next_try_at",
    ),
)  # fmt: skip
_HURRY = Change(
    update(OUTBOX)
    .where(
        _mine(),
        OUTBOX.c.order_id == bindparam("order"),
        OUTBOX.c.kind == bindparam("of_kind"),
        _UNTRIED,
    )
    .values(next_try_at=bindparam("now"))
)
_OF_KIND = Lookup(
    select(
        OUTBOX.c.order_id,
        OUTBOX.c.connector,
        OUTBOX.c.state,
        OUTBOX.c.created_at,
        OUTBOX.c.done_at,
    )
    .where(_mine(), among(OUTBOX.c.order_id, "orders"), OUTBOX.c.kind == bindparam("of_kind"))
    .order_by(OUTBOX.c.id)
)
_OF_ORDER = Lookup(
    select(OUTBOX).where(_mine(), OUTBOX.c.order_id == bindparam("order")).order_by(OUTBOX.c.id)
)
