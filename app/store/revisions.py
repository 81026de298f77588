"""Which schemas this version knows, and which newer ones it can work on all the same.

A store says so itself: its `user_version` is the number, in REVISIONS from 1, of the oldest schema
whose programs can work on it. So a station whose update was taken back goes on, where it may.
"""

from __future__ import annotations

from sqlalchemy import Connection

# Every migration, oldest first.
REVISIONS = (
    "0001", "audit", "health", "second_factor", "support", "flow", "waiting", "printing", "drivers",
    "fiscal", "retention", "corrections", "merging", "dock", "fencing", "landmarks", "ready",
    "numbers",
)  # fmt: skip
HEAD = REVISIONS[-1]
# The oldest of them whose programs can work on a store of HEAD: since then nothing came but tables,
# columns and indexes that may be left out, and no kind of entry about a task or an order. Else it
# is HEAD.
WORKS_WITH = "drivers"


def schema_version(connection: Connection) -> str | None:
    """The name of the schema that the store has; None for a new file."""
    query = "SELECT name FROM sqlite_master WHERE name = 'alembic_version'"
    if not connection.exec_driver_sql(query).all():
        return None
    version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if version is None else str(version)


def can_work_on(connection: Connection, version: str | None) -> bool:
    """Whether this version's rows fit the store as it is: its own schema, or a newer one that
    says so."""
    if version == HEAD:
        return True
    oldest = connection.exec_driver_sql("PRAGMA user_version").scalar() or 0
    return version not in REVISIONS and 0 < int(oldest) <= len(REVISIONS)


def say_oldest(connection: Connection, oldest: int = REVISIONS.index(WORKS_WITH) + 1) -> None:
    """Note in a store of the newest schema which programs can work on it."""
    connection.exec_driver_sql(f"PRAGMA user_version = {oldest:d}")
