"""Plays over a backup what a damaged store still tells of the time after it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Table, delete, select, text, update

from app.backups import salvage
from app.backups.salvage import Row, Salvage
from app.domain.entries import ProblemRaised, load
from app.domain.model import OrderState
from app.store import journal, order_search, orders
from app.store.database import WAREHOUSE
from app.store.journal import Stamp
from app.store.mark import Tails
from app.store.projections import apply
from app.store.schema import JOURNAL, LABELS, METADATA, ORDER_LINES, ORDERS, TRACKING_RANGES

DOUBT = "restored_in_doubt"  # the problem that an order in doubt waits with
LEAST_SKIPPED = 200  # tracking codes, where nobody knows how many were given out

# Rows that entries of the journal build upon: they must be there before the entries are.
_FIRST = (
    "lanes", "orders", "recipients", "order_lines", "products", "barcodes", "bins", "boxes",
    "operators", "labels", "invoices",
)  # fmt: skip
# What entries make themselves, or triggers, or what has a rule of its own.
_NEVER = frozenset({
    "journal", "alembic_version", "imports", "queue_counts", "rank_counts", "tasks", "totes",
    "packages", "placements", "serials", "manifests", "tracking_ranges",
})  # fmt: skip
# The old store's own word counts: a person disabled since the backup stays so.
_SECOND_FACTORS = ("second_factors", "recovery_codes")
_NOBODY = "Estação 1"  # where no entry tells of any station: the name that a new one has
_NEWEST = frozenset({"operators", "settings"})
# Where no goods of an order are in the house any more, or none were meant to leave.
_OVER = frozenset(
    {OrderState.SHIPPED, OrderState.DELIVERED, OrderState.CANCELLED, OrderState.PUTBACK_DONE}
)


@dataclass
class Restored:
    """What came back. `made_at` is the backup's time; None where the station's own file served,
    whole or, `from_scratch`, as far as it could be read."""

    made_at: datetime | None = None
    from_scratch: bool = False
    salvaged: int = 0
    lost: dict[str, tuple[int, int]] = field(default_factory=dict)  # station -> first, last number
    unproven: int = 0  # entries after a gap, which nothing vouches for
    orders: dict[str, tuple[str, str]] = field(default_factory=dict)  # number -> doubt, detail
    skipped: dict[str, int] = field(default_factory=dict)  # prefix -> tracking codes not used
    torn: tuple[str, ...] = ()  # tables that could not be read whole
    unfit: Counter[str] = field(default_factory=Counter)  # table -> rows that fit no more
    report: Path | None = None

    @property
    def doubts(self) -> int:
        listed = len(self.lost) + len(self.orders) + len(self.skipped) + len(self.unfit)
        return listed + bool(self.unproven)


def replay(c: Connection, found: Salvage, promised: Tails, done: Restored, now: datetime) -> None:
    """All that can be had after the backup, in one transaction."""
    known = set(c.scalars(select(ORDERS.c.id)))
    _carry(c, found, _FIRST, done)
    if done.from_scratch:
        _carry_ranges(c, found, done)
    _make_findable(c, known)
    stations = {row["station_id"] for row in found.rows("journal")} | set(promised)
    for station in sorted(stations):
        seq, end = journal.head(c, station)
        whole, others = salvage.whole_journal(found.rows("journal"), station, seq, end)
        for row in whole:
            _redo(c, row, done)
        done.salvaged += len(whole)
        done.unproven += len(others)
        reached = seq + len(whole)
        due, due_hash = promised.get(station, (0, ""))
        last = max([due, *(row["station_seq"] for row in others)])
        if last > reached or (due and journal.hash_at(c, station, due) != due_hash):
            done.lost[station] = (min(due or last, reached + 1), last)
        for row in others:
            _doubt(c, done, row["order_id"], "GAP")
    _carry(c, found, [name for name in tables() if name not in _FIRST], done)
    _replace_second_factors(c, found, done)
    _complete_manifests(c, found)
    _compare(c, found, done)
    if done.from_scratch:
        _keep_over(c, found)
    done.torn = tuple(sorted(found.torn))
    _skip_codes(c, found, done)
    _say_doubts(c, done, stations, now)


def _redo(c: Connection, row: Row, done: Restored) -> None:
    """Put an entry into the journal as it was, and its effect into the tables."""
    journal.put_back(c, row)
    try:
        with c.begin_nested():
            apply(
                c,
                load(row["kind"], json.loads(row["payload"])),
                row["station_id"],
                row["operator_id"],
                row["task_id"],
                salvage.moment(row),
            )
    except Exception as error:  # whatever the missing rows make of it: the order is looked at
        _doubt(c, done, row["order_id"], "ENTRY", f"{row['kind']}: {type(error).__name__}")


def _replace_second_factors(c: Connection, found: Salvage, done: Restored) -> None:
    """A spent recovery code or a lost phone's authenticator must not come back with the backup."""
    if not found.rows("operators") or found.torn & {"operators", *_SECOND_FACTORS}:
        return
    for name in _SECOND_FACTORS:
        table = METADATA.tables[name]
        c.execute(delete(table))
        for row in found.rows(name):
            _insert(c, table, row, done)


def _carry(c: Connection, found: Salvage, names: Iterable[str], done: Restored) -> None:
    """Add the rows that the backup doesn't have yet, without what entries did to them."""
    for name in names:
        if name in _NEVER or not found.rows(name):
            continue
        table = METADATA.tables[name]
        keys = [column.name for column in table.primary_key]
        known = {tuple(row) for row in c.execute(select(*table.primary_key))}
        for row in found.rows(name):
            if tuple(row[key] for key in keys) in known:
                if name not in _NEWEST:
                    continue
                _delete(c, table, {key: row[key] for key in keys})
            _insert(c, table, _untouched(name, row), done)


def _insert(c: Connection, table: Table, row: Row, done: Restored) -> None:
    computed = {column.name for column in table.columns if column.computed is not None}
    kept = {name: value for name, value in row.items() if name in table.c and name not in computed}
    columns, marks = ", ".join(kept), ", ".join(f":{name}" for name in kept)
    with c.begin_nested() as savepoint:
        try:
            c.execute(text(f"INSERT INTO {table.name} ({columns}) VALUES ({marks})"), kept)
        except Exception:  # it no longer fits: the report tells of it
            savepoint.rollback()
            done.unfit[table.name] += 1


def _make_findable(c: Connection, known: set[int]) -> None:
    """The search's index holds no text that could be carried over: it is made anew."""
    new = [row for row in c.execute(select(ORDERS)).all() if row.id not in known]
    order_search.index(c, [(row.id, order_search.text_of(orders.full(c, row))) for row in new])


def _delete(c: Connection, table: Table, key: Row) -> None:
    same = " AND ".join(f"{name} = :{name}" for name in key)
    c.execute(text(f"DELETE FROM {table.name} WHERE {same}"), key)


def _complete_manifests(c: Connection, found: Salvage) -> None:
    """What a manifest has that no entry holds: who drove is personal data."""
    for row in found.rows("manifests"):
        c.execute(
            text(
                "UPDATE manifests SET service_name = :service_name, cutoff_at = :cutoff_at, "
                "driver = :driver, driver_document = :driver_document, pdf = :pdf "
                "WHERE warehouse_id = :warehouse_id AND id = :id"
            ),
            {"driver_document": "", **row},  # an older store has none
        )


def _untouched(name: str, row: Row) -> Row:
    """A row as it was before any entry: entries are played over it."""
    match name:
        case "orders":
            paid = row["payment_status"] == "paid"
            state = OrderState.RELEASED if paid else OrderState.RECEIVED
            if row["source_status"] == "cancelled" or row["payment_status"] == "refunded":
                state = OrderState.CANCELLED
            return {**row, "state": state.value, "pinned": 0, "hold": "", "problem": "",
                    "claimed_by": "", "parked": ""}  # fmt: skip
        case "order_lines":
            return {**row, "picked": 0, "short": 0, "verified": 0, "put_back": 0,
                    "short_reason": "", "substituted_by": ""}  # fmt: skip
        case "labels":
            return {**row, "state": "READY", "copies": 0}
        case "stock":
            return {**row, "recount": 1}
        case _:
            return row


def _compare(c: Connection, found: Salvage, done: Restored) -> None:
    """Where the old file can be read and says otherwise, somebody has to look."""
    states = {row.id: row.state for row in c.execute(select(ORDERS.c.id, ORDERS.c.state))}
    for row in found.rows("orders"):
        if states.get(row["id"]) != row["state"]:
            _doubt(c, done, row["id"], "STATE", row["state"])
    lines = {
        (row.order_id, row.line_id): (row.picked, row.verified)
        for row in c.execute(
            select(
                ORDER_LINES.c.order_id,
                ORDER_LINES.c.line_id,
                ORDER_LINES.c.picked,
                ORDER_LINES.c.verified,
            )
        )
    }
    for row in found.rows("order_lines"):
        here = lines.get((row["order_id"], row["line_id"]))
        if here != (row["picked"], row["verified"]):
            _doubt(c, done, row["order_id"], "LINES")


def _carry_ranges(c: Connection, found: Salvage, done: Restored) -> None:
    """Without a backup there are no others; `_skip_codes` sees to what was given out."""
    for row in found.rows("tracking_ranges"):
        _insert(c, METADATA.tables["tracking_ranges"], row, done)


def _keep_over(c: Connection, found: Salvage) -> None:
    """What was over by the old file's word must not be picked again, even where the entries that
    tell of it are gone. It is in doubt all the same."""
    states = {row.id: row.state for row in c.execute(select(ORDERS.c.id, ORDERS.c.state))}
    for row in found.rows("orders"):
        if row["state"] in _OVER and states.get(row["id"]) not in (None, row["state"]):
            c.execute(
                update(ORDERS)
                .where(ORDERS.c.warehouse_id == WAREHOUSE, ORDERS.c.id == row["id"])
                .values(state=row["state"])
            )


def _skip_codes(c: Connection, found: Salvage, done: Restored) -> None:
    """No tracking code is ever given out twice: where it isn't known how far the ranges had come,
    so many are left out as no day before had used."""
    old = {(row["prefix"], row["id"]): row["next_serial"] for row in found.rows("tracking_ranges")}
    known = bool(old) and not done.lost and "tracking_ranges" not in found.torn
    margin = 0 if known else max(LEAST_SKIPPED, 2 * _busiest_day(c))
    given = _given_out(c)
    for row in c.execute(select(TRACKING_RANGES)).all():
        spent = max(
            row.next_serial, old.get((row.prefix, row.id), 0), given.get(row.prefix, -1) + 1
        )
        following = min(spent + margin, row.last_serial + 1)
        if following > spent:
            done.skipped[row.prefix] = following - spent
        c.execute(
            update(TRACKING_RANGES)
            .where(TRACKING_RANGES.c.warehouse_id == WAREHOUSE, TRACKING_RANGES.c.id == row.id)
            .values(next_serial=min(following, row.last_serial + 1))
        )


def _given_out(c: Connection) -> dict[str, int]:
    """The highest serial of each prefix that a label bears."""
    highest: dict[str, int] = {}
    for tracking in c.scalars(select(LABELS.c.tracking)):
        if len(tracking) == 13 and tracking[2:10].isdigit():
            highest[tracking[:2]] = max(highest.get(tracking[:2], -1), int(tracking[2:10]))
    return highest


def _busiest_day(c: Connection) -> int:
    days = Counter(at.date() for at in c.scalars(select(LABELS.c.created_at)))
    return max(days.values(), default=0)


def _doubt(c: Connection, done: Restored, order_id: int, code: str, detail: str = "") -> None:
    number = c.scalar(select(ORDERS.c.number).where(ORDERS.c.id == order_id)) if order_id else None
    if number:
        done.orders.setdefault(number, (code, detail))


def _say_doubts(c: Connection, done: Restored, stations: set[str], now: datetime) -> None:
    """Every order in doubt waits in the list of exceptions until a person has looked."""
    station = c.scalar(
        select(JOURNAL.c.station_id).order_by(JOURNAL.c.occurred_at.desc()).limit(1)
    ) or min(stations, default=_NOBODY)
    ids = c.scalars(select(ORDERS.c.id).where(ORDERS.c.number.in_(list(done.orders)))).all()
    if ids:
        journal.append(c, Stamp(station, 0, now), [ProblemRaised(at, DOUBT) for at in ids])


def tables() -> list[str]:
    """The names of all tables of the schema."""
    return [table.name for table in METADATA.sorted_tables]
