"""Reads what is still whole in a damaged store, row by row, around what can't be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.store import journal
from app.store.connecting import connect

FINE = 32  # looks into one gap, after which each step is twice as long
BEARABLE = 500  # looks into all gaps of a table, after which each step is a row longer
FAR = 10_000_000  # rows in a row that can't be read, after which a table is given up
Row = dict[str, Any]


@dataclass
class Salvage:
    """What was read. `torn` names the tables of which something could not be."""

    tables: dict[str, list[Row]] = field(default_factory=dict)
    torn: set[str] = field(default_factory=set)

    def rows(self, table: str) -> list[Row]:
        return self.tables.get(table, [])


def read(path: Path, key: bytes, tables: list[str]) -> Salvage:
    """As many rows of each table as can be read, in the driver's own values."""
    found = Salvage()
    if not path.exists():
        found.torn.update(tables)
        return found
    known = _tables_of(path, key)
    for table in tables:
        if table not in known:
            found.torn.add(table)
            continue
        reader = _Reader(path, key, table)
        found.tables[table] = list(reader.rows())
        if reader.torn:
            found.torn.add(table)
    return found


def tells_of_work(path: Path, key: bytes) -> bool:
    """Whether anything can be had from a damaged store: its list of tables can be read."""
    return path.exists() and {"journal", "orders"} <= _tables_of(path, key)


def whole_journal(rows: list[Row], station: str, seq: int, end: str) -> tuple[list[Row], list[Row]]:
    """A station's entries after (`seq`, `end`): those that the chain vouches for without a gap,
    and the others, which were read but can't be vouched for."""
    own = {row["station_seq"]: row for row in rows if row["station_id"] == station}
    whole = []
    while (row := own.get(seq + 1)) and row["prev_hash"] == end and is_right(row):
        whole.append(row)
        seq, end = seq + 1, row["hash"]
    return whole, [own[at] for at in sorted(own) if at > seq]


def is_right(row: Row) -> bool:
    """Whether a row of the journal is what its hash says."""
    fields = {name: row[name] for name in journal.HASHED}
    fields["payload"] = json.loads(row["payload"])
    return bool(row["hash"] == journal.hash_of(row["prev_hash"], moment(row), fields))


def moment(row: Row) -> datetime:
    return datetime.fromisoformat(row["occurred_at"]).replace(tzinfo=UTC)


def _tables_of(path: Path, key: bytes) -> set[str]:
    """The names of the tables; none where the file's beginning can't be read."""
    from sqlcipher3 import dbapi2

    connection = _reading(path, key)
    try:
        return {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    except dbapi2.DatabaseError:
        return set()
    finally:
        connection.close()


def _reading(path: Path, key: bytes) -> Any:
    """A connection that changes nothing, and that takes a file which was cut off as it is: else
    SQLite refuses all of it for being shorter than its first page says."""
    connection = connect(path, key)
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA writable_schema = ON")
    return connection


class _Reader:
    """One table. After a bad page SQLCipher refuses its connection: each fault needs another.

    So a gap is looked into row by row where it is small, and in longer steps where it or the whole
    damage is large. What a step went past is read backwards from where it came to; only rows
    between two gaps that are both wider than they are can be missed.
    """

    def __init__(self, path: Path, key: bytes, table: str) -> None:
        self._path = path
        self._key = key
        self._table = table
        self._looks = 0
        self.torn = False

    def rows(self) -> Iterator[Row]:
        last = 0
        while True:
            try:
                for rowid, row in self._ask("rowid > ? ORDER BY rowid", last):
                    last = rowid
                    yield row
                return
            except self._error:
                self.torn = True
            beyond = self._beyond(last)
            if not beyond:
                return
            last = beyond[0][0]
            yield from (row for _, row in reversed(beyond))

    def _beyond(self, last: int) -> list[tuple[int, Row]]:
        """A row after the gap that follows `last`, and what a long step to it went past, the last
        first; nothing where the table has no more."""
        at, gap, looks = last + 1, last, 0
        while at < last + FAR:
            try:
                found = list(self._ask("rowid >= ? ORDER BY rowid LIMIT 1", at))
                return [*found, *self._between(gap, at)] if at > gap + 1 else found
            except self._error:
                looks += 1
                self._looks += 1
            gap = at
            at += max(1 << (looks // FINE), 1 + self._looks // BEARABLE)
        return []

    def _between(self, gap: int, beyond: int) -> list[tuple[int, Row]]:
        found: list[tuple[int, Row]] = []
        where = "rowid > ? AND rowid < ? ORDER BY rowid DESC"
        # The driver looks a row ahead, so that the last before the fault must be asked for alone.
        for query in (where, f"{where} LIMIT 1"):
            try:
                for rowid, row in self._ask(query, gap, beyond):
                    found.append((rowid, row))
                    beyond = rowid
                break
            except self._error:
                continue
        return found

    def _ask(self, where: str, *rowids: int) -> Iterator[tuple[int, Row]]:
        connection = _reading(self._path, self._key)
        try:
            cursor = connection.execute(f"SELECT rowid, * FROM {self._table} WHERE {where}", rowids)
            names = [column[0] for column in cursor.description][1:]
            for found in cursor:
                yield found[0], dict(zip(names, found[1:], strict=True))
        finally:
            connection.close()

    @property
    def _error(self) -> type[Exception]:
        from sqlcipher3 import dbapi2

        return dbapi2.DatabaseError  # type: ignore[no-any-return]
