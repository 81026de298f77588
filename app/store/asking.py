"""What is asked and written with every scan, put to the driver as it is.

SQLAlchemy compiles a statement once and keeps it, and yet passes some forty calls around each time
it is run: eight times what SQLite takes to find one row. That counts only where a person waits.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Sequence
from functools import cached_property
from typing import Any, ClassVar

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Executable,
    Row,
    Select,
    String,
    Table,
    bindparam,
    func,
    insert,
    select,
)
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import result_tuple
from sqlalchemy.exc import DatabaseError

from app.store import faults

_DIALECT = SQLiteDialect_pysqlite(paramstyle="qmark")
_Given = tuple[str, Any, Callable[[Any], Any] | None]  # a value's name, the value where it is fixed


class _Statement:
    """A statement with names for its values (`bindparam`), compiled when it is first needed."""

    def __init__(self, statement: Any, columns: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._columns = columns

    def _put(self, c: Connection, values: dict[str, Any]) -> Any:
        sql, wanted = self._compiled
        given = []
        for name, fixed, converted in wanted:
            value = fixed if fixed is not _REQUIRED else values[name]
            given.append(value if converted is None else converted(value))
        faults.reach("statement")
        try:
            return self._run(c.connection.driver_connection, sql, given)
        except Exception as error:
            if isinstance(error, c.dialect.loaded_dbapi.Error):
                raise DatabaseError(sql, None, error, hide_parameters=True) from error
            raise

    def _run(self, driver: Any, sql: str, given: list[Any]) -> Any:
        raise NotImplementedError

    @cached_property
    def _compiled(self) -> tuple[str, list[_Given]]:
        made = self._statement.compile(dialect=_DIALECT, column_keys=self._columns)
        if "POSTCOMPILE" in made.string:
            raise ValueError("a list of values: say it by `among`")
        defaults = {column.key: column.default.arg for column in made.insert_prefetch}
        wanted = []
        for name in made.positiontup or ():
            bind = made.binds[name]
            fixed = _REQUIRED if bind.required else defaults.get(name, bind.value)
            convert = bind.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)
            wanted.append((name, fixed, convert))
        return made.string, wanted


_REQUIRED = object()


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Whether the column's value is one of those in the list that `listed` makes of them: the same
    statement for any number."""
    given = func.json_each(bindparam(name, type_=String)).table_valued("value")
    return column.in_(select(given.c.value))


def listed(values: Iterable[str | int]) -> str:
    """The values for `among`."""
    return json.dumps(list(values))


class Question(_Statement):
    """A statement whose answer is text and whole numbers: none of it is converted."""

    def __init__(self, statement: Select[Any] | CompoundSelect[Any]) -> None:
        super().__init__(statement)

    def rows(self, c: Connection, /, **values: str | int) -> list[tuple[Any, ...]]:
        """All rows of the answer, in the transaction of `c`.

        Raises:
            DatabaseError: SQLAlchemy's, as from any other statement.
        """
        found: list[tuple[Any, ...]] = self._put(c, values)
        return found

    def first(self, c: Connection, /, **values: str | int) -> tuple[Any, ...] | None:
        """The first row, None where there is none."""
        found = self.rows(c, **values)
        return found[0] if found else None

    def _run(self, driver: Any, sql: str, given: list[Any]) -> Any:
        return driver.execute(sql, given).fetchall()


class Walk(_Statement):
    """A question whose rows are read only as far as they are asked for."""

    def rows(self, c: Connection, /, **values: str | int) -> Generator[tuple[Any, ...]]:
        """As `Question.rows`, one by one; the transaction of `c` must last as long."""
        cursor = self._put(c, values)
        try:
            yield from cursor
        except c.dialect.loaded_dbapi.Error as error:
            raise DatabaseError(self._compiled[0], None, error, hide_parameters=True) from error
        finally:
            cursor.close()

    def _run(self, driver: Any, sql: str, given: list[Any]) -> Any:
        return driver.execute(sql, given)


class Lookup:
    """A statement whose rows are what SQLAlchemy would give: their values are converted as those of
    their columns are, and are called as the columns."""

    def __init__(self, statement: Select[Any]) -> None:
        self._question = Question(statement)
        self._columns = statement.selected_columns

    def rows(self, c: Connection, /, **values: str | int) -> list[Row[Any]]:
        """As `Question.rows`."""
        named, converters = self._row
        return [
            named([as_read(value) for as_read, value in zip(converters, row, strict=True)])
            for row in self._question.rows(c, **values)
        ]

    def first(self, c: Connection, /, **values: str | int) -> Row[Any] | None:
        """The first row, None where there is none."""
        found = self.rows(c, **values)
        return found[0] if found else None

    @cached_property
    def _row(self) -> tuple[Callable[[Iterable[Any]], Row[Any]], list[Any]]:
        """What makes a row of values, and what converts each value first."""
        types = [column.type.dialect_impl(_DIALECT) for column in self._columns]
        converters = [one.result_processor(_DIALECT, None) or _as_it_is for one in types]
        return result_tuple(self._columns.keys()), converters


def _as_it_is(value: Any) -> Any:
    return value


class Change(_Statement):
    """A statement that writes; its values are converted as those of its columns are.

    `heard` is for who measures: it is told each statement that is run, and its values.
    """

    heard: ClassVar[Callable[[str, list[Any]], None] | None] = None

    def __init__(self, statement: Executable, columns: Sequence[str] | None = None) -> None:
        """`columns` are those that an insert gives values for."""
        super().__init__(statement, columns)

    @classmethod
    def row_of(cls, table: Table, statement: Executable | None = None) -> Change:
        """A new row with a value for each column of `table`, by `statement` if one is given."""
        made = insert(table) if statement is None else statement
        return cls(made, [column.name for column in table.columns])

    def run(self, c: Connection, /, **values: Any) -> int:
        """Write in the transaction of `c`; how many rows that touched.

        Raises:
            DatabaseError: as `Question.rows`.
        """
        touched: int = self._put(c, values)
        return touched

    def _run(self, driver: Any, sql: str, given: list[Any]) -> Any:
        if Change.heard is not None:
            Change.heard(sql, given)
        return driver.execute(sql, given).rowcount
