"""Brings a store's schema to the newest, in one transaction."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from app.store import faults


def upgrade(connection: Connection, to: str = "head") -> None:
    """Run every missing migration up to `to` on `connection`; all of them, or none."""
    with connection.begin():
        command.upgrade(config(connection), to)
        faults.reach("commit")


def config(connection: Connection) -> Config:
    """Alembic's settings, made in code so that no ini file must be shipped."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    settings.attributes["connection"] = connection
    return settings
