"""Queries over tickets, their bundles and their answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, or_, select, update

from app.store.database import WAREHOUSE
from app.store.schema import OPERATORS, TICKET_ANSWERS, TICKET_BUNDLES, TICKETS


def add(c: Connection, values: dict[str, Any], bundle: bytes) -> None:
    """Keep a new ticket and its bundle (empty: none)."""
    c.execute(insert(TICKETS).values(warehouse_id=WAREHOUSE, **values))
    if bundle:
        c.execute(
            insert(TICKET_BUNDLES).values(
                warehouse_id=WAREHOUSE, ticket_id=values["id"], zip=bundle
            )
        )


def change(c: Connection, ticket_id: str, **values: Any) -> None:
    c.execute(update(TICKETS).where(_is(ticket_id)).values(**values))


def by_id(c: Connection, ticket_id: str) -> Row[Any] | None:
    return c.execute(select(TICKETS).where(_is(ticket_id))).first()


def bundle(c: Connection, ticket_id: str) -> bytes:
    """The ZIP file, empty where there is none any more."""
    query = select(TICKET_BUNDLES.c.zip).where(
        TICKET_BUNDLES.c.warehouse_id == WAREHOUSE, TICKET_BUNDLES.c.ticket_id == ticket_id
    )
    return c.scalar(query) or b""


def newest(c: Connection, station_id: str = "", limit: int = 200) -> Sequence[Any]:
    """Tickets with the operator's name, the newest first; of one station, or of all."""
    query = (
        select(TICKETS, func.coalesce(OPERATORS.c.name, "").label("operator"))
        .outerjoin(
            OPERATORS,
            (OPERATORS.c.warehouse_id == TICKETS.c.warehouse_id)
            & (OPERATORS.c.id == TICKETS.c.operator_id),
        )
        .where(TICKETS.c.warehouse_id == WAREHOUSE)
        .order_by(TICKETS.c.made_at.desc(), TICKETS.c.id.desc())
        .limit(limit)
    )
    return c.execute(query.where(TICKETS.c.station_id == station_id) if station_id else query).all()


def since(c: Connection, moment: datetime) -> Sequence[Any]:
    """Every ticket made since then, with the operator's name, oldest first."""
    return c.execute(
        select(TICKETS, func.coalesce(OPERATORS.c.name, "").label("operator"))
        .outerjoin(
            OPERATORS,
            (OPERATORS.c.warehouse_id == TICKETS.c.warehouse_id)
            & (OPERATORS.c.id == TICKETS.c.operator_id),
        )
        .where(TICKETS.c.warehouse_id == WAREHOUSE, TICKETS.c.made_at >= moment)
        .order_by(TICKETS.c.made_at)
    ).all()


def waiting(c: Connection) -> int:
    """How many are still to be sent."""
    query = select(func.count()).select_from(TICKETS)
    return int(
        c.scalar(query.where(TICKETS.c.warehouse_id == WAREHOUSE, TICKETS.c.state == "queued")) or 0
    )


def in_review(c: Connection, station_id: str) -> Sequence[str]:
    """The station's tickets that wait for a person's yes, oldest first."""
    query = (
        select(TICKETS.c.id)
        .where(
            TICKETS.c.warehouse_id == WAREHOUSE,
            TICKETS.c.state == "review",
            TICKETS.c.station_id == station_id,
        )
        .order_by(TICKETS.c.made_at)
    )
    return c.scalars(query).all()


def take_due(c: Connection, now: datetime, busy_until: datetime) -> Row[Any] | None:
    """Take the oldest ticket that is to be sent, counting the try before it is made.

    Whoever took it holds it until `busy_until`: a sender that died leaves it to the next.
    """
    row = c.execute(
        select(TICKETS)
        .where(
            TICKETS.c.warehouse_id == WAREHOUSE,
            TICKETS.c.state == "queued",
            TICKETS.c.next_try_at <= now,
            or_(TICKETS.c.busy_until.is_(None), TICKETS.c.busy_until < now),
        )
        .order_by(TICKETS.c.made_at, TICKETS.c.id)
        .limit(1)
    ).first()
    if row is not None:
        change(c, row.id, tries=row.tries + 1, busy_until=busy_until)
    return row


def same_problem(
    c: Connection, problem: str, helpdesk: str, after: datetime, not_id: str
) -> Row[Any] | None:
    """The open ticket of the same problem that was sent first, since `after`."""
    return c.execute(
        select(TICKETS)
        .where(
            TICKETS.c.warehouse_id == WAREHOUSE,
            TICKETS.c.problem == problem,
            TICKETS.c.helpdesk == helpdesk,
            TICKETS.c.state == "sent",
            TICKETS.c.joined == "",
            TICKETS.c.is_closed.is_(False),
            TICKETS.c.made_at >= after,
            TICKETS.c.id != not_id,
        )
        .order_by(TICKETS.c.made_at)
        .limit(1)
    ).first()


def to_ask_about(
    c: Connection, asked_before: datetime, limit: int, mailed_since: datetime
) -> Sequence[Row[Any]]:
    """Open tickets of an outside helpdesk, those first that were not asked about for longest. One
    by e-mail is never closed: only those made since `mailed_since` are asked about."""
    return c.execute(
        select(TICKETS)
        .where(
            TICKETS.c.warehouse_id == WAREHOUSE,
            TICKETS.c.state == "sent",
            TICKETS.c.helpdesk != "inbox",
            or_(TICKETS.c.helpdesk != "email", TICKETS.c.made_at >= mailed_since),
            TICKETS.c.joined == "",
            TICKETS.c.is_closed.is_(False),
            or_(TICKETS.c.looked_at.is_(None), TICKETS.c.looked_at < asked_before),
        )
        .order_by(TICKETS.c.looked_at, TICKETS.c.made_at)
        .limit(limit)
    ).all()


def pieces(c: Connection, ticket_id: str) -> Sequence[Row[Any]]:
    """The tickets that are more evidence for this one."""
    return c.execute(
        select(TICKETS)
        .where(TICKETS.c.warehouse_id == WAREHOUSE, TICKETS.c.joined == ticket_id)
        .order_by(TICKETS.c.made_at)
    ).all()


def answers(c: Connection, ticket_id: str) -> Sequence[Row[Any]]:
    """What support wrote, oldest first."""
    return c.execute(
        select(TICKET_ANSWERS)
        .where(TICKET_ANSWERS.c.warehouse_id == WAREHOUSE, TICKET_ANSWERS.c.ticket_id == ticket_id)
        .order_by(TICKET_ANSWERS.c.at, TICKET_ANSWERS.c.answer_id)
    ).all()


def add_answer(
    c: Connection, ticket_id: str, answer_id: str, at: datetime, author: str, text: str
) -> bool:
    """Keep an answer; False where it is there already."""
    known = any(row.answer_id == answer_id for row in answers(c, ticket_id))
    if not known:
        c.execute(
            insert(TICKET_ANSWERS).values(
                warehouse_id=WAREHOUSE,
                ticket_id=ticket_id,
                answer_id=answer_id,
                at=at,
                author=author,
                text=text,
            )
        )
    return not known


def mark_seen(c: Connection, ticket_id: str) -> None:
    c.execute(
        update(TICKET_ANSWERS)
        .where(TICKET_ANSWERS.c.warehouse_id == WAREHOUSE, TICKET_ANSWERS.c.ticket_id == ticket_id)
        .values(is_seen=True)
    )


def unseen(c: Connection, station_id: str) -> Sequence[str]:
    """The station's tickets that have an answer which nobody has opened."""
    query = (
        select(TICKET_ANSWERS.c.ticket_id)
        .distinct()
        .join(
            TICKETS,
            (TICKETS.c.warehouse_id == TICKET_ANSWERS.c.warehouse_id)
            & (TICKETS.c.id == TICKET_ANSWERS.c.ticket_id),
        )
        .where(
            TICKET_ANSWERS.c.warehouse_id == WAREHOUSE,
            TICKET_ANSWERS.c.is_seen.is_(False),
            TICKETS.c.station_id == station_id,
        )
        .order_by(TICKET_ANSWERS.c.ticket_id)
    )
    return c.scalars(query).all()


def forget_bundles(c: Connection, made_before: datetime) -> None:
    """Let old evidence go; the tickets themselves stay."""
    old = select(TICKETS.c.id).where(
        TICKETS.c.warehouse_id == WAREHOUSE,
        TICKETS.c.made_at < made_before,
        TICKETS.c.state != "queued",
    )
    c.execute(
        delete(TICKET_BUNDLES).where(
            TICKET_BUNDLES.c.warehouse_id == WAREHOUSE, TICKET_BUNDLES.c.ticket_id.in_(old)
        )
    )


def _is(ticket_id: str) -> Any:
    return (TICKETS.c.warehouse_id == WAREHOUSE) & (TICKETS.c.id == ticket_id)
