"""Brings a store's schema to the newest, in one transaction."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from app.store import faults
from app.store.revisions import say_oldest

FOLDER = Path(__file__).parent / "migrations"


def upgrade(connection: Connection, to: str = "head", folder: Path = FOLDER) -> None:
    """Run every missing migration up to `to` on `connection`; all of them, or none."""
    with connection.begin():
        command.upgrade(config(connection, folder), to)
        if to == "head":
            say_oldest(connection)
        faults.reach("commit")


def config(connection: Connection, folder: Path = FOLDER) -> Config:
    """Alembic's settings, made in code so that no ini file must be shipped."""
    settings = Config()
    settings.set_main_option("script_location", str(folder))
    settings.attributes["connection"] = connection
    return settings
