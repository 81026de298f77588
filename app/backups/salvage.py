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

MISSES = 3000  # rows in a row that can't be read, after which a table is given up
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
    """One table. After a bad page SQLCipher refuses its connection: each fault needs another."""

    def __init__(self, path: Path, key: bytes, table: str) -> None:
        self._path = path
        self._key = key
        self._table = table
        self.torn = False

    def rows(self) -> Iterator[Row]:
        last = 0
        while True:
            try:
                for rowid, row in self._range(last):
                    last = rowid
                    yield row
                return
            except self._error:
                self.torn = True
            step = self._next_readable(last)
            if step is None:
                return
            last, row = step
            yield row

    def _range(self, after: int) -> Iterator[tuple[int, Row]]:
        yield from self._ask(
            f"SELECT rowid, * FROM {self._table} WHERE rowid > ? ORDER BY rowid", after
        )

    def _next_readable(self, last: int) -> tuple[int, Row] | None:
        for rowid in range(last + 1, last + 1 + MISSES):
            try:
                found = list(
                    self._ask(f"SELECT rowid, * FROM {self._table} WHERE rowid = ?", rowid)
                )
            except self._error:
                continue
            if found:
                return found[0]
        return None

    def _ask(self, query: str, rowid: int) -> Iterator[tuple[int, Row]]:
        connection = _reading(self._path, self._key)
        try:
            cursor = connection.execute(query, (rowid,))
            names = [column[0] for column in cursor.description][1:]
            for found in cursor:
                yield found[0], dict(zip(names, found[1:], strict=True))
        finally:
            connection.close()

    @property
    def _error(self) -> type[Exception]:
        from sqlcipher3 import dbapi2

        return dbapi2.DatabaseError  # type: ignore[no-any-return]
