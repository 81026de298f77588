"""Many new rows of one table in few statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import Any

from msgspec import to_builtins
from sqlalchemy import Connection, Table

# Rows in one statement. The driver lets other threads of Python run, a scan's among them, while
# the database takes a step; a statement is one step, however many rows it has.
AT_ONCE = 50


def insert(
    c: Connection, table: Table, names: Iterable[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Add `rows`, which hold `kept` values for the columns of these `names`, in their order.

    A shorter way than SQLAlchemy's, where an import of orders would spend more time than in the
    database.
    """
    one, many = _statements(table, tuple(names))
    whole = len(rows) - len(rows) % AT_ONCE
    for at in range(0, whole, AT_ONCE):
        c.exec_driver_sql(many, tuple(chain.from_iterable(rows[at : at + AT_ONCE])))
    if rest := list(rows[whole:]):
        c.exec_driver_sql(one, rest)


def kept(value: Any) -> Any:
    """The value as the types of columns keep it (see `app.store.types`)."""
    turn = _TURNS.get(value.__class__)
    return turn(value) if turn else value


@cache
def _statements(table: Table, names: tuple[str, ...]) -> tuple[str, str]:
    """For one row, and for `AT_ONCE` of them; a column of which nothing is said has its default."""
    fixed = {
        column.name: _literal(getattr(column.default, "arg", None))
        for column in table.columns
        if column.default is not None and column.default.is_scalar and column.name not in names
    }
    into = f"INSERT INTO {table.name} ({', '.join((*names, *fixed))}) VALUES "
    row = f"({', '.join([*('?' * len(names)), *fixed.values()])})"
    return into + row, into + ", ".join([row] * AT_ONCE)


def _literal(value: Any) -> str:
    """A column's default as SQL writes it."""
    return f"'{value}'" if isinstance(value, str) else str(int(value))


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("naive datetime")
    told: str = to_builtins(value.astimezone(UTC))  # 2026-11-24T12:00:00Z, and fast
    text = told[:-1].replace("T", " ")
    return text if "." in text else text + ".000000"


_TURNS: dict[type, Callable[[Any], Any]] = {datetime: _moment, Decimal: str}
