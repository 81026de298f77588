"""Queries over the settings that were changed; defaults are `app.config`'s."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from app.store.asking import Question
from app.store.database import WAREHOUSE
from app.store.schema import SETTINGS

_SECRET = "secret."
_ALL = Question(
    select(SETTINGS.c.key, SETTINGS.c.value).where(SETTINGS.c.warehouse_id == WAREHOUSE)
)


def load(c: Connection) -> dict[str, str]:
    """Every setting that has a value of its own."""
    return dict(_ALL.rows(c))


def secret(c: Connection, name: str) -> str:
    """A password or token; the store is encrypted, and `Settings` shows no such key."""
    query = select(SETTINGS.c.value).where(
        SETTINGS.c.warehouse_id == WAREHOUSE, SETTINGS.c.key == _SECRET + name
    )
    return c.scalar(query) or ""


def secrets(c: Connection) -> list[str]:
    """Every secret's value, for whoever has to keep them from going out."""
    return [value for key, value in load(c).items() if key.startswith(_SECRET) and value]


def put_secret(c: Connection, name: str, value: str) -> None:
    put(c, _SECRET + name, value)


def put(c: Connection, key: str, value: str) -> None:
    """Keep a value that `app.config.check` has passed."""
    forget(c, key)
    c.execute(insert(SETTINGS).values(warehouse_id=WAREHOUSE, key=key, value=value))


def forget(c: Connection, key: str) -> None:
    """Go back to the default."""
    c.execute(delete(SETTINGS).where(SETTINGS.c.warehouse_id == WAREHOUSE, SETTINGS.c.key == key))
