"""What is done here and not yet told elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct, field
from sqlalchemy import Connection

from app.store import outbox, tickets


class Backlog(Struct, frozen=True):
    """Calls that systems are still owed, those of them that wait for a person, and tickets that
    are to be sent. The journal itself waits for nobody: the station's own file is the warehouse."""

    calls: Mapping[str, int] = field(default_factory=dict)  # by connector, without the dead ones
    oldest: datetime | None = None
    dead: int = 0
    tickets: int = 0


def read(c: Connection) -> Backlog:
    return Backlog(
        outbox.waiting_by_connector(c),
        outbox.oldest_open(c),
        outbox.count_dead(c),
        tickets.waiting(c),
    )
