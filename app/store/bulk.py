"""Many new rows of one table in one statement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table

from app.store.types import Money, UtcDateTime


def insert(c: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Add `rows`, which all name the same columns in the same order.

    The values become what the columns' types make of them, by a shorter way: an import of orders
    would spend more time in SQLAlchemy than in the database.
    """
    if rows:
        names = tuple(rows[0])
        statement, turns, defaults = _plan(table, names)
        c.exec_driver_sql(statement, [_values(row, turns, defaults) for row in rows])


Turn = tuple[int, Callable[[Any], Any]]  # a value's place in its row, and what to make of it


@cache
def _plan(table: Table, names: tuple[str, ...]) -> tuple[str, tuple[Turn, ...], tuple[Any, ...]]:
    """The statement, what to turn, and the values of the columns that nothing is said of."""
    fixed = {
        column.name: getattr(column.default, "arg", None)
        for column in table.columns
        if column.default is not None and column.default.is_scalar and column.name not in names
    }
    columns = (*names, *fixed)
    places = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({places})"
    turns = tuple(
        (at, turn)
        for at, name in enumerate(names)
        if (turn := _TURNS.get(type(table.columns[name].type)))
    )
    return statement, turns, tuple(fixed.values())


def _values(
    row: dict[str, Any], turns: tuple[Turn, ...], defaults: tuple[Any, ...]
) -> tuple[Any, ...]:
    values = list(row.values())
    for at, turn in turns:
        if values[at] is not None:
            values[at] = turn(values[at])
    return (*values, *defaults)


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("naive datetime")
    return value.astimezone(UTC).isoformat(" ", "microseconds")[:26]


_TURNS: dict[type, Callable[[Any], Any]] = {UtcDateTime: _moment, Money: str}
