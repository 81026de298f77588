"""The journal: every fact that work adds, durable together with the state that follows from it."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
    text,
)

from app.domain.entries import (
    Entry,
    ManifestClosed,
    ManifestHandedOver,
    ManifestOpened,
    Undone,
    load,
)
from app.store import causes, moment
from app.store.asking import Change, Question
from app.store.database import TAILS, WAREHOUSE
from app.store.errors import StoreError
from app.store.projections import apply
from app.store.schema import JOURNAL, OPERATORS


class Stamp(Struct, frozen=True):
    """Who did it, where, when and in which task. `at` is aware UTC."""

    station_id: str
    operator_id: int
    at: datetime
    task_id: str = ""


class Recorded(Struct, frozen=True):
    """An entry as the journal holds it."""

    seq: int
    entry: Entry
    at: datetime
    station_id: str
    operator: str
    kind: str


def append(connection: Connection, stamp: Stamp, entries: Iterable[Entry]) -> int:
    """Write `entries`, their effect on the tables and what they make the warehouse owe to other
    systems; the caller's transaction makes it all durable.

    Returns:
        The station's last sequence number.
    """
    seq, prev_hash = _end(connection, stamp.station_id)
    for entry in entries:
        seq += 1
        payload = _as_kept(entry)
        row: dict[str, Any] = {
            "station_seq": seq,
            "station_id": stamp.station_id,
            "entry_id": str(uuid.uuid4()),
            "task_id": stamp.task_id,
            "order_id": getattr(entry, "order_id", 0),
            "operator_id": stamp.operator_id,
            "kind": type(entry).__name__,
            "payload": payload,
        }
        row["hash"] = hash_of(prev_hash, stamp.at, row)
        known = {"warehouse_id": WAREHOUSE, "occurred_at": stamp.at, "prev_hash": prev_hash}
        _INSERT.run(connection, **known, **row)
        prev_hash = row["hash"]
        apply(
            connection,
            entry,
            stamp.station_id,
            stamp.operator_id,
            stamp.task_id,
            stamp.at,
        )
        causes.follow(entry, connection, stamp.at)
    connection.info.setdefault(TAILS, {})[stamp.station_id] = (seq, prev_hash)
    connection.info[_END] = moment.now(connection).after, stamp.station_id, seq, prev_hash
    return seq


def _end(connection: Connection, station_id: str) -> tuple[int, str]:
    """As `head`, which is not asked where nobody but this connection has written since it did."""
    at, station, seq, end = connection.info.get(_END, _NONE)
    now = moment.now(connection)
    if station == station_id and at in (now, now.after):
        return seq, end
    return head(connection, station_id)


def put_back(connection: Connection, row: Mapping[str, Any]) -> None:
    """Add an entry as another store holds it, and none of its effects."""
    columns = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(text(f"INSERT INTO journal ({columns}) VALUES ({marks})"), dict(row))
    connection.info.pop(_END, None)


def as_read(entry: Entry) -> Entry:
    """The entry as the journal will give it back."""
    return load(type(entry).__name__, _as_kept(entry))


def _as_kept(entry: Entry) -> dict[str, Any]:
    """Its fields as JSON will give them back."""
    kept: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(entry.payload()))
    return kept


def task_entries(
    connection: Connection, task_id: str, seen: Mapping[str, int] | None = None
) -> list[Recorded]:
    """The entries of one task, oldest first: replayed, they give the task's state.

    `seen` leaves out what was read before: station -> its last sequence number that was.
    """
    known = list((seen or {}).items())
    values: dict[str, Any] = {"task": task_id}
    for at, (station, seq) in enumerate(known):
        values |= {f"station{at}": station, f"seq{at}": seq}
    if known and not _any_of_task(len(known)).first(connection, **values):
        return []  # as nearly always while somebody scans
    return _read(connection.execute(_of_task(len(known)), values))


def last_by(
    connection: Connection, kind: str, order_ids: Sequence[int]
) -> dict[int, tuple[str, datetime]]:
    """Who wrote the newest entry of `kind` about each order, and when."""
    query = (
        select(JOURNAL.c.order_id, OPERATORS.c.name, JOURNAL.c.occurred_at)
        .outerjoin(
            OPERATORS,
            (OPERATORS.c.warehouse_id == JOURNAL.c.warehouse_id)
            & (OPERATORS.c.id == JOURNAL.c.operator_id),
        )
        .where(
            JOURNAL.c.warehouse_id == WAREHOUSE,
            JOURNAL.c.order_id.in_(order_ids),
            JOURNAL.c.kind == kind,
        )
        .order_by(JOURNAL.c.occurred_at, JOURNAL.c.station_seq)
    )
    return {row[0]: (row[1] or "", row[2]) for row in connection.execute(query)}


def order_entries(connection: Connection, order_id: int) -> list[Recorded]:
    """Everything that was done to one order, oldest first."""
    return _recorded(connection, JOURNAL.c.order_id == order_id)


def manifest_entries(connection: Connection, manifest_ids: Sequence[str]) -> list[Recorded]:
    """The opening, closing and handover of manifests: no one order's, and of all on them."""
    kinds = (ManifestOpened, ManifestClosed, ManifestHandedOver)
    return _recorded(
        connection,
        and_(JOURNAL.c.task_id.in_(manifest_ids), JOURNAL.c.kind.in_([x.__name__ for x in kinds])),
    )


def newer(
    connection: Connection, station_id: str, after_seq: int, limit: int = 1000
) -> Sequence[Row[Any]]:
    """The station's next entries as they were written, oldest first."""
    columns = [JOURNAL.c[n] for n in ("station_seq", "kind", "payload", "occurred_at")]
    return connection.execute(
        select(*columns)
        .where(
            JOURNAL.c.warehouse_id == WAREHOUSE,
            JOURNAL.c.station_id == station_id,
            JOURNAL.c.station_seq > after_seq,
        )
        .order_by(JOURNAL.c.station_seq)
        .limit(limit)
    ).all()


def newest_at(connection: Connection, station_id: str) -> datetime | None:
    """When the station's newest entry was written, by the clock of then."""
    return connection.scalar(
        select(JOURNAL.c.occurred_at)
        .where(JOURNAL.c.warehouse_id == WAREHOUSE, JOURNAL.c.station_id == station_id)
        .order_by(JOURNAL.c.station_seq.desc())
        .limit(1)
    )


def last_task_of_order(connection: Connection, order_id: int, kind: str) -> str:
    """The newest task of `kind` that worked on the order, or empty."""
    query = (
        select(JOURNAL.c.task_id)
        .where(
            JOURNAL.c.warehouse_id == WAREHOUSE,
            JOURNAL.c.order_id == order_id,
            JOURNAL.c.kind == kind,
        )
        .order_by(JOURNAL.c.occurred_at.desc(), JOURNAL.c.station_seq.desc())
        .limit(1)
    )
    return connection.scalar(query) or ""


def head(connection: Connection, station_id: str) -> tuple[int, str]:
    """A station's last sequence number and its hash, which vouches for all before it."""
    found = _HEAD.first(connection, station=station_id)
    return (int(found[0]), str(found[1])) if found else (0, "")


def heads(connection: Connection) -> dict[str, tuple[int, str]]:
    """The head of every station. It walks the whole journal."""
    stations = select(JOURNAL.c.station_id).where(JOURNAL.c.warehouse_id == WAREHOUSE).distinct()
    return {station: head(connection, station) for station in connection.scalars(stations)}


def counted(connection: Connection) -> dict[str, tuple[int, int]]:
    """How many entries each station has, and its last sequence number: without a gap, the same."""
    query = (
        select(JOURNAL.c.station_id, func.count(), func.max(JOURNAL.c.station_seq))
        .where(JOURNAL.c.warehouse_id == WAREHOUSE)
        .group_by(JOURNAL.c.station_id)
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in connection.execute(query)}


def hash_at(connection: Connection, station_id: str, seq: int) -> str:
    """The hash of one entry; empty where there is none."""
    query = select(JOURNAL.c.hash).where(
        JOURNAL.c.warehouse_id == WAREHOUSE,
        JOURNAL.c.station_id == station_id,
        JOURNAL.c.station_seq == seq,
    )
    return connection.scalar(query) or ""


def standing(connection: Connection, task_id: str) -> list[Entry]:
    """The entries of a task that were not taken back, oldest first."""
    left: list[Entry] = []
    for recorded in task_entries(connection, task_id):
        entry = recorded.entry
        if isinstance(entry, Undone):
            undone = load(entry.entry_kind, entry.fields)
            at = next((n for n in reversed(range(len(left))) if left[n] == undone), None)
            if at is not None:
                del left[at]
        else:
            left.append(entry)
    return left


def broken_links(connection: Connection, station_id: str) -> list[int]:
    """Sequence numbers at which the station's chain is broken: a row changed, or one missing."""
    broken, expected_seq, prev_hash = [], 1, ""
    query = (
        select(JOURNAL)
        .where(JOURNAL.c.warehouse_id == WAREHOUSE, JOURNAL.c.station_id == station_id)
        .order_by(JOURNAL.c.station_seq)
    )
    for row in connection.execute(query):
        fields = {name: getattr(row, name) for name in HASHED}
        right = row.station_seq == expected_seq and row.prev_hash == prev_hash
        if not right or row.hash != hash_of(prev_hash, row.occurred_at, fields):
            broken.append(row.station_seq)
        expected_seq, prev_hash = row.station_seq + 1, row.hash
    return broken


HASHED = (
    "station_seq",
    "station_id",
    "entry_id",
    "task_id",
    "order_id",
    "operator_id",
    "kind",
    "payload",
)


def hash_of(prev_hash: str, at: datetime, row: dict[str, Any]) -> str:
    """What an entry's hash must be; `row` holds the columns that `HASHED` names."""
    text = _as_hashed({"at": at.isoformat(), **row})
    return hashlib.sha256((prev_hash + text).encode()).hexdigest()


def _recorded(connection: Connection, *where: Any) -> list[Recorded]:
    return _read(connection.execute(_RECORDED.where(*where)))


def _read(rows: Iterable[Row[Any]]) -> list[Recorded]:
    return [
        Recorded(
            row.station_seq,
            _entry(row),
            row.occurred_at,
            row.station_id,
            row.operator,
            row.kind,
        )
        for row in rows
    ]


def _entry(row: Row[Any]) -> Entry:
    """A task can't be gone on with where a newer version did what this one doesn't know."""
    try:
        return load(row.kind, row.payload)
    except KeyError:
        raise StoreError("STORE_NEWER", row.kind) from None


_END = "end of a journal"  # in a connection's info: what it last added, and when
_NONE = (None, "", 0, "")

# Made once: to build one costs more than to use it, and these are used with every scan.
_as_hashed = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode
_INSERT = Change.row_of(JOURNAL)
_HEAD = Question(
    select(JOURNAL.c.station_seq, JOURNAL.c.hash)
    .where(JOURNAL.c.warehouse_id == WAREHOUSE, JOURNAL.c.station_id == bindparam("station"))
    .order_by(JOURNAL.c.station_seq.desc())
    .limit(1)
)
_RECORDED = (
    select(JOURNAL, func.coalesce(OPERATORS.c.name, "").label("operator"))
    .outerjoin(
        OPERATORS,
        (OPERATORS.c.warehouse_id == JOURNAL.c.warehouse_id)
        & (OPERATORS.c.id == JOURNAL.c.operator_id),
    )
    .where(JOURNAL.c.warehouse_id == WAREHOUSE)
    .order_by(JOURNAL.c.occurred_at, JOURNAL.c.station_seq)
)


@cache
def _of_task(known: int) -> Select[Any]:
    """A task's entries, without those up to `seqN` of each of so many stations `stationN`."""
    return _RECORDED.where(*_where_of_task(known))


@cache
def _any_of_task(known: int) -> Question:
    """Whether there is such an entry."""
    any_entry = select(JOURNAL.c.station_seq).where(JOURNAL.c.warehouse_id == WAREHOUSE)
    return Question(any_entry.where(*_where_of_task(known)).limit(1))


def _where_of_task(known: int) -> tuple[ColumnElement[bool], ...]:
    of_task = JOURNAL.c.task_id == bindparam("task")
    if not known:
        return (of_task,)
    stations: list[Any] = [bindparam(f"station{at}") for at in range(known)]
    new = [
        and_(JOURNAL.c.station_id == station, JOURNAL.c.station_seq > bindparam(f"seq{at}"))
        for at, station in enumerate(stations)
    ]
    others = and_(*(JOURNAL.c.station_id != station for station in stations))
    return of_task, or_(*new, others)
