"""Queries over the settings that were changed; defaults are `app.config`'s."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from app.store.database import WAREHOUSE
from app.store.schema import SettingRow


def load(c: Connection) -> dict[str, str]:
    """Every setting that has a value of its own."""
    rows = c.execute(
        select(SettingRow.key, SettingRow.value).where(SettingRow.warehouse_id == WAREHOUSE)
    )
    return {row.key: row.value for row in rows}


def put(c: Connection, key: str, value: str) -> None:
    """Keep a value that `app.config.check` has passed."""
    forget(c, key)
    c.execute(insert(SettingRow).values(warehouse_id=WAREHOUSE, key=key, value=value))


def forget(c: Connection, key: str) -> None:
    """Go back to the default."""
    c.execute(delete(SettingRow).where(SettingRow.warehouse_id == WAREHOUSE, SettingRow.key == key))
