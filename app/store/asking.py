"""Short questions that come with every scan, put to the driver as they are.

SQLAlchemy compiles a statement once and keeps it, and yet passes some forty calls around each time
it is run: eight times what SQLite takes to find one row. That counts only where a person waits.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Select
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import DatabaseError

from app.store import faults


class Question:
    """A statement whose columns and values are text and whole numbers: nothing is converted."""

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement

    def rows(self, c: Connection, **values: str | int) -> list[tuple[Any, ...]]:
        """All rows of the answer, in the transaction of `c`.

        Raises:
            DatabaseError: SQLAlchemy's, as from any other statement.
        """
        sql, names, fixed = self._compiled
        asked = [fixed[name] if name in fixed else values[name] for name in names]
        faults.reach("statement")
        try:
            found: list[tuple[Any, ...]] = _driver(c).execute(sql, asked).fetchall()
        except Exception as error:
            if isinstance(error, c.dialect.loaded_dbapi.Error):
                raise DatabaseError(sql, None, error, hide_parameters=True) from error
            raise
        return found

    def first(self, c: Connection, **values: str | int) -> tuple[Any, ...] | None:
        """The first row, None where there is none."""
        found = self.rows(c, **values)
        return found[0] if found else None

    @cached_property
    def _compiled(self) -> tuple[str, list[str], dict[str, Any]]:
        made = self._statement.compile(dialect=SQLiteDialect_pysqlite(paramstyle="qmark"))
        fixed = {name: bind.value for name, bind in made.binds.items() if not bind.required}
        return made.string, made.positiontup or [], fixed


def _driver(c: Connection) -> Any:
    return c.connection.driver_connection
