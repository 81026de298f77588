"""Many new rows of one table in one statement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection, Table

from app.store.types import Money, UtcDateTime


def insert(
    c: Connection, table: Table, names: Iterable[str], rows: Sequence[Iterable[Any]]
) -> None:
    """Add `rows`, which hold values for the columns of these `names`, in their order.

    The values become what the columns' types make of them, by a shorter way: an import of orders
    would spend more time in SQLAlchemy than in the database.
    """
    if not rows:
        return
    statement, turns = _plan(table, tuple(names))
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
    for at, turn in turns:
        columns[at] = [None if value is None else turn(value) for value in columns[at]]
    c.exec_driver_sql(statement, list(zip(*columns, strict=True)))


Turn = tuple[int, Callable[[Any], Any]]  # a column's place in its row, and what to make of it


@cache
def _plan(table: Table, names: tuple[str, ...]) -> tuple[str, tuple[Turn, ...]]:
    """The statement, with the defaults of columns that nothing is said of, and what to turn."""
    fixed = {
        column.name: _literal(getattr(column.default, "arg", None))
        for column in table.columns
        if column.default is not None and column.default.is_scalar and column.name not in names
    }
    values = ", ".join([*("?" * len(names)), *fixed.values()])
    statement = f"INSERT INTO {table.name} ({', '.join((*names, *fixed))}) VALUES ({values})"
    turns = tuple(
        (at, turn)
        for at, name in enumerate(names)
        if (turn := _TURNS.get(type(table.columns[name].type)))
    )
    return statement, turns


def _literal(value: Any) -> str:
    """A column's default as SQL writes it."""
    return f"'{value}'" if isinstance(value, str) else str(int(value))


@lru_cache(1024)  # now, and the promise, stand in several columns
def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("naive datetime")
    return value.astimezone(UTC).isoformat(" ", "microseconds")[:26]


_TURNS: dict[type, Callable[[Any], Any]] = {UtcDateTime: _moment, Money: str}
