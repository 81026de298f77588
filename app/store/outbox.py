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

from sqlalchemy import ColumnElement, Connection, Row, exists, func, insert, select, update
from sqlalchemy.orm import aliased

from app.store.database import WAREHOUSE
from app.store.flow_schema import OutboxRow
from app.store.schema import OrderRow

OPEN = ("waiting", "sending")
UNSETTLED = (*OPEN, "dead")


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
    known = c.scalar(
        select(OutboxRow.id).where(
            OutboxRow.warehouse_id == WAREHOUSE,
            OutboxRow.order_id == order_id,
            OutboxRow.connector == connector,
            OutboxRow.kind == kind,
            OutboxRow.topic == topic,
            OutboxRow.package_no == package_no,
            OutboxRow.state == "waiting",
            OutboxRow.tries == 0,
        )
    )
    if known is not None:
        return int(known)
    top = c.scalar(select(func.max(OutboxRow.id)).where(OutboxRow.warehouse_id == WAREHOUSE)) or 0
    c.execute(
        insert(OutboxRow).values(
            warehouse_id=WAREHOUSE,
            id=top + 1,
            key=str(uuid.uuid4()),
            connector=connector,
            kind=kind,
            lane=f"{connector}:{'label' if kind == 'cancel_label' else kind}:{order_id}",
            order_id=order_id,
            package_no=package_no,
            topic=topic,
            state="waiting",
            reference=reference,
            created_at=at,
            next_try_at=at,
        )
    )
    return int(top) + 1


def due(c: Connection, connector: str, now: datetime, limit: int) -> Sequence[Row[Any]]:
    """The next call of each lane to one system that may be made now, oldest first.

    A call behind an unsettled one of its lane is not due, whatever its time. One left in
    `sending` by a process that ended is due: it may have been done.
    """
    before = aliased(OutboxRow)
    blocked = exists().where(
        before.warehouse_id == OutboxRow.warehouse_id,
        before.lane == OutboxRow.lane,
        before.state.in_(UNSETTLED),
        before.id < OutboxRow.id,
    )
    return c.execute(
        select(OutboxRow)
        .where(
            _mine(),
            OutboxRow.connector == connector,
            OutboxRow.state.in_(OPEN),
            OutboxRow.next_try_at <= now,
            ~blocked,
        )
        .order_by(OutboxRow.id)
        .limit(limit)
    ).all()


def hurry(c: Connection, order_id: int, kind: str, now: datetime) -> None:
    """Try a call now that waited for something here; one that failed keeps its time."""
    c.execute(
        update(OutboxRow)
        .where(
            _mine(),
            OutboxRow.order_id == order_id,
            OutboxRow.kind == kind,
            OutboxRow.state == "waiting",
            OutboxRow.tries == 0,
        )
        .values(next_try_at=now)
    )


def set_state(c: Connection, message_id: int, **values: Any) -> None:
    c.execute(update(OutboxRow).where(_mine(), OutboxRow.id == message_id).values(**values))


def by_id(c: Connection, message_id: int) -> Row[Any] | None:
    return c.execute(select(OutboxRow).where(_mine(), OutboxRow.id == message_id)).first()


def of_order(c: Connection, order_id: int) -> Sequence[Row[Any]]:
    return c.execute(
        select(OutboxRow).where(_mine(), OutboxRow.order_id == order_id).order_by(OutboxRow.id)
    ).all()


def owes(c: Connection, order_id: int, kind: str, topic: str | None = None) -> bool:
    """Whether such a call of the order is on its way or waits for a person."""
    where = [_mine(), OutboxRow.order_id == order_id, OutboxRow.kind == kind]
    where.append(OutboxRow.state.in_(UNSETTLED))
    if topic is not None:
        where.append(OutboxRow.topic == topic)
    return c.execute(select(OutboxRow.id).where(*where).limit(1)).first() is not None


def dead(c: Connection, limit: int = 1000) -> Sequence[Row[OutboxRow, str]]:
    """Calls that wait for a person, with their order's number, oldest first."""
    return c.execute(
        select(OutboxRow, OrderRow.number)
        .outerjoin(
            OrderRow,
            (OrderRow.warehouse_id == OutboxRow.warehouse_id) & (OrderRow.id == OutboxRow.order_id),
        )
        .where(_mine(), OutboxRow.state == "dead")
        .order_by(OutboxRow.code, OutboxRow.id)
        .limit(limit)
    ).all()


def oldest_open(c: Connection) -> datetime | None:
    """When the call was written that waits longest."""
    return c.scalar(
        select(func.min(OutboxRow.created_at)).where(_mine(), OutboxRow.state.in_(OPEN))
    )


def count_dead(c: Connection) -> int:
    """How many calls wait for a person."""
    query = select(func.count()).select_from(OutboxRow).where(_mine(), OutboxRow.state == "dead")
    return c.scalar(query) or 0


def waiting_by_connector(c: Connection) -> dict[str, int]:
    """How many calls each system is still owed."""
    rows = c.execute(
        select(OutboxRow.connector, func.count())
        .where(_mine(), OutboxRow.state.in_(OPEN))
        .group_by(OutboxRow.connector)
    )
    return {row[0]: int(row[1]) for row in rows}


def replay(c: Connection, now: datetime, *, ids: Iterable[int] | None, operator_id: int) -> int:
    """Give dead calls their tries again, and say how many; `ids` None means all."""
    where: list[ColumnElement[bool]] = [_mine(), OutboxRow.state == "dead"]
    if ids is not None:
        where.append(OutboxRow.id.in_(list(ids)))
    done = c.execute(
        update(OutboxRow)
        .where(*where)
        .values(
            state="waiting", next_try_at=now, tries=0, failing_since=None, settled_by=operator_id
        )
    )
    return done.rowcount


def discard(c: Connection, message_id: int, now: datetime, *, operator_id: int, why: str) -> bool:
    """A dead call shall not be made. False where it is dead no more."""
    done = c.execute(
        update(OutboxRow)
        .where(_mine(), OutboxRow.id == message_id, OutboxRow.state == "dead")
        .values(state="discarded", done_at=now, settled_by=operator_id, settled_why=why)
    )
    return done.rowcount == 1


def drop_unsent(
    c: Connection, order_id: int, kinds: Iterable[str], now: datetime, why: str
) -> None:
    """Owe no more what has lost its cause, where surely nothing of it was done."""
    c.execute(
        update(OutboxRow)
        .where(
            _mine(),
            OutboxRow.order_id == order_id,
            OutboxRow.kind.in_(list(kinds)),
            OutboxRow.state.in_(("waiting", "dead")),
            OutboxRow.maybe_done.is_(False),
        )
        .values(state="discarded", done_at=now, settled_why=why)
    )


def _mine() -> ColumnElement[bool]:
    return OutboxRow.warehouse_id == WAREHOUSE
