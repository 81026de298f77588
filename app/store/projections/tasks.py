"""Tasks: what a station takes in hand and gives back."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain import entries as e
from app.domain.model import OrderState
from app.store.asking import Change, Question, among, listed
from app.store.database import WAREHOUSE
from app.store.projections.effects import Stamp, effect
from app.store.projections.steps import add_short, free_totes, set_orders, this
from app.store.schema import JOURNAL, ORDER_LINES, PACKAGES, SERIALS, TASKS

# Made once: they run with the first and the last scan of every task.
_CLOSE = Change(update(TASKS).where(this(TASKS, id=bindparam("task"))).values(open=False))
_CLAIM = Question(
    select(JOURNAL.c.payload).where(
        this(JOURNAL, task_id=bindparam("task"), kind=e.TaskClaimed.__name__)
    )
)
_LAST_FENCING = Question(
    select(TASKS.c.fencing).where(this(TASKS)).order_by(TASKS.c.fencing.desc()).limit(1)
)
_HELD = ("station_id", "operator_id", "fencing", "claimed_at", "open")
_NEW = upsert(TASKS)
_PUT = Change(
    _NEW.on_conflict_do_update(
        index_elements=["warehouse_id", "id"], set_={name: _NEW.excluded[name] for name in _HELD}
    ),
    ["warehouse_id", "id", "kind", *_HELD],
)
_UNPACK = (
    Change(
        update(ORDER_LINES)
        .where(this(ORDER_LINES), among(ORDER_LINES.c.order_id, "ids"))
        .values(verified=0)
    ),
    Change(delete(PACKAGES).where(this(PACKAGES), among(PACKAGES.c.order_id, "ids"))),
    Change(delete(SERIALS).where(this(SERIALS), among(SERIALS.c.order_id, "ids"))),
)


@effect.register(e.TaskClaimed)
def _(entry: e.TaskClaimed, c: Connection, stamp: Stamp) -> None:
    _PUT.run(c, warehouse_id=WAREHOUSE, id=stamp.task_id, kind=entry.task_kind, **_held(c, stamp))
    set_orders(c, list(entry.orders), None, claimed_by=stamp.station_id)
    if entry.task_kind == "pick":
        set_orders(c, list(entry.orders), [OrderState.RELEASED], state=OrderState.PICKING)
    if entry.task_kind == "pack" and entry.plan:
        _unpack(c, list(entry.orders))


@effect.register(e.TaskTakenOver)
def _(entry: e.TaskTakenOver, c: Connection, stamp: Stamp) -> None:
    c.execute(update(TASKS).where(this(TASKS, id=stamp.task_id)).values(**_held(c, stamp)))
    set_orders(c, claimed_orders(c, stamp.task_id), None, claimed_by=stamp.station_id)


def _held(c: Connection, stamp: Stamp) -> dict[str, Any]:
    """A task in hand: whose it is, and the number that tells this holder from those before."""
    (fencing,) = _LAST_FENCING.first(c) or (0,)
    return {
        "station_id": stamp.station_id,
        "operator_id": stamp.operator_id,
        "fencing": fencing + 1,
        "claimed_at": stamp.at,
        "open": True,
    }


def _unpack(c: Connection, ids: list[int]) -> None:
    """A new pack begins with nothing verified, whatever an earlier one had done."""
    for change in _UNPACK:
        change.run(c, ids=listed(ids))


@effect.register(e.TaskClosed)
def _(entry: e.TaskClosed, c: Connection, stamp: Stamp) -> None:
    _CLOSE.run(c, task=stamp.task_id)
    ids = claimed_orders(c, stamp.task_id)
    set_orders(c, ids, None, claimed_by="")
    if entry.outcome != "released":
        return
    if entry.task_kind == "pick":
        set_orders(c, ids, [OrderState.PICKING], state=OrderState.RELEASED)
        free_totes(c, ids)
        _forget_shorts(c, stamp.task_id)
    elif entry.task_kind == "pack":
        set_orders(c, ids, [OrderState.PACKING], state=OrderState.PICKED)
        _unpack(c, ids)


def _forget_shorts(c: Connection, task_id: str) -> None:
    """A pick given back before its first unit found nothing missing: the next one looks anew."""
    rows = c.execute(
        select(JOURNAL.c.kind, JOURNAL.c.payload)
        .where(
            this(JOURNAL, task_id=task_id),
            JOURNAL.c.kind.in_([e.LineShorted.__name__, e.Undone.__name__]),
        )
        .order_by(JOURNAL.c.station_id, JOURNAL.c.station_seq)
    ).all()
    standing: list[e.LineShorted] = []
    for row in rows:
        if row.kind == e.LineShorted.__name__:
            shorted = e.load(row.kind, row.payload)
            assert isinstance(shorted, e.LineShorted)
            standing.append(shorted)
        elif row.payload["entry_kind"] == e.LineShorted.__name__ and standing:
            standing.pop()
    for entry in standing:
        add_short(c, entry, -1)


def claimed_orders(c: Connection, task_id: str) -> list[int]:
    """The orders that a task took in hand."""
    found = _CLAIM.first(c, task=task_id)
    return list(json.loads(found[0])["orders"]) if found else []
