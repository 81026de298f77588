"""SQLite as SQLAlchemy speaks it here: a transaction begins when it is begun, and says how."""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Connection
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from app.store import faults

SQLITE = URL.create("sqlite+expedita")
_BEGIN = "how the next transaction begins"  # in a connection's info


class ExplicitBegin(SQLiteDialect_pysqlite):
    """The driver begins nothing by itself. A hook of the dialect, since a listener for the
    engine's events made every statement pass through them."""

    supports_statement_cache = True

    def do_begin(self, dbapi_connection: Any) -> None:
        faults.reach("statement")
        dbapi_connection.execute(dbapi_connection.info.pop(_BEGIN, "BEGIN"))


def writes_next(connection: Connection) -> Connection:
    """The next transaction of `connection` waits for its turn to write when it begins."""
    connection.info[_BEGIN] = "BEGIN IMMEDIATE"
    return connection


registry.register("sqlite.expedita", __name__, ExplicitBegin.__name__)
