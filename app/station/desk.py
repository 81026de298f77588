"""The task in hand: the rules of its kind, its state folded from the journal, its plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from sqlalchemy import Connection

from app.domain.decision import Decision, Prompt
from app.domain.entries import Entry, TaskClaimed, Undone
from app.store import journal, tasks
from app.store.moment import Moment, now


class TaskLost(Exception):
    """Another station has the task now, or it is over: nothing of it may be written here."""


class Rules(Protocol):
    """What a kind of work is: a module of `app.domain` (picking, packing, dispatch, putback)."""

    def start(self, plan: Any) -> Any: ...
    def evolve(self, task: Any, entry: Entry) -> Any: ...
    def decide(self, task: Any, scan: Any, ctx: Any) -> Decision: ...
    def act(self, task: Any, action: Any, ctx: Any) -> Decision: ...
    def prompt(self, task: Any) -> Prompt: ...
    def is_done(self, task: Any) -> bool: ...
    def undoable(self, task: Any) -> Entry | None: ...


@dataclass
class Desk:
    """A task in hand. `seen` is each station's last journal entry that `task` has folded in,
    `caught_up` the moment up to which it knows all, and `left` the one when its last scan was
    durable."""

    kind: str
    rules: Rules
    task_id: str
    orders: tuple[int, ...]
    task: Any
    seen: dict[str, int] = field(default_factory=dict)
    caught_up: Moment | None = None
    left: Moment | None = None

    def aside(self) -> Desk:
        """The same task, to be changed in a transaction that the store may still refuse."""
        return replace(self, seen=dict(self.seen))

    def keep(self, c: Connection, station_id: str) -> None:
        """See that the task is still in this station's hands; in the transaction that writes.

        Raises:
            TaskLost: it isn't.
        """
        if not self.is_as_left(c) and not tasks.is_held(c, self.task_id, station_id):
            raise TaskLost

    def is_as_left(self, c: Connection) -> bool:
        """Whether nobody has written anything since the last scan: all that was asked for it, of
        the task and of who works on it, would be answered the same."""
        return now(c) == self.left

    def fold(self, entries: Sequence[Entry]) -> Any:
        """The state as it would be after `entries`."""
        task = self.task
        for entry in entries:
            task = self.rules.evolve(task, entry)
        return task

    def catch_up(self, c: Connection) -> None:
        """Fold in what others wrote about this task: a cancellation reaches the hand here."""
        for recorded in journal.task_entries(c, self.task_id, self.seen):
            self.task = self.rules.evolve(self.task, recorded.entry)
            self.seen[recorded.station_id] = recorded.seq

    def wrote(self, station_id: str, seq: int, entries: Sequence[Entry]) -> None:
        """Fold in what this station has just made durable, up to its entry `seq`."""
        self.task = self.fold([journal.as_read(entry) for entry in entries])
        self.seen[station_id] = seq

    def undo_entry(self) -> Undone | None:
        """The entry that takes back the last reversible one."""
        last = self.rules.undoable(self.task)
        return Undone(type(last).__name__, last.payload()) if last else None


def resume(c: Connection, kind: str, rules: Rules, task_id: str) -> Desk | None:
    """The task as its journal entries leave it; None when it has none."""
    recorded = journal.task_entries(c, task_id)
    claim = next((r.entry for r in recorded if isinstance(r.entry, TaskClaimed)), None)
    if claim is None:
        return None
    desk = Desk(kind, rules, task_id, claim.orders, rules.start(claim.plan))
    desk.catch_up(c)
    return desk
