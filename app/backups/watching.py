"""What the health room asks about backups: how old the last one is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.backups.keeper import LATE, Keeper
from app.health.model import Cause, System
from app.health.probe import Probe, Reading


def probe(keeper: Keeper, clock: Callable[[], datetime]) -> Probe:
    """A warning while none could be made for two days, or the last try failed."""

    def ask() -> Reading:
        status = keeper.status()
        if status.trouble:
            return Reading(warned=Cause("BACKUP_FAILED", str(status.folder)), timed=False)
        if status.newest is None:
            return Reading(timed=False)  # the first is made soon after the console opens
        age = clock() - status.newest.made_at
        if age > LATE:
            return Reading(warned=Cause("BACKUP_OLD", f"{age.days} d"), timed=False)
        return Reading(timed=False)

    return Probe(System("backup", "backup"), ask, every_s=300.0)
