"""Work that a station is about to take in hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from app.domain.entries import Entry


@dataclass(frozen=True, slots=True)
class Claim:
    """A new task with its plan; with a `task_id`, a task that was put aside and goes on.

    `extra` runs in the transaction that makes the claim durable.
    """

    kind: str
    plan: dict[str, Any]
    orders: tuple[int, ...]
    code: str
    params: dict[str, Any] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    task_id: str = ""
    extra: Callable[[Connection], None] | None = None
