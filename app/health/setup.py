"""Makes the watch of one process. What it needs is imported on its own thread, when it starts: a
console's start pays for none of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.config import Settings
from app.health.watch import Watch
from app.store.database import Store

if TYPE_CHECKING:
    from app.health.alerts import Alerts
    from app.health.bench import BenchTimes
    from app.health.model import Sample
    from app.health.monitor import Monitor
    from app.health.probe import Probe


class Watching:
    """Everything that a watch calls, for one data folder. `more`: the probes of other rooms."""

    def __init__(
        self,
        store: Store,
        settings: Callable[[], Settings],
        home: Path,
        clock: Callable[[], datetime],
        more: Callable[[], list[Probe]],
    ) -> None:
        self._store = store
        self._settings = settings
        self._home = home
        self._clock = clock
        self._more = more
        self._alerts: Alerts | None = None
        self._bench: BenchTimes | None = None
        self.watch = Watch(self._monitor, self.probes, clock, self._tell, self._gather)

    def probes(self) -> list[Probe]:
        """What to ask of every system that work here depends on."""
        from app.health.systems import Surroundings, probes

        around = Surroundings(self._store, self._settings(), self._home, self._clock)
        return probes(around, self._more())

    def _monitor(self, role: str) -> Monitor:
        from app.health.alerts import Alerts
        from app.health.bench import BenchTimes
        from app.health.monitor import Monitor

        station = self._settings()["station.name"]
        watcher = f"{station}/{role}"
        self._alerts = Alerts(self._store, self._settings, watcher)
        # The bench's times are the console's: a worker beside it would count them twice.
        self._bench = BenchTimes(self._store, station) if role == "console" else None
        return Monitor(self._store, watcher, station)

    def _tell(self, now: datetime) -> None:
        if self._alerts:
            self._alerts.round(now)

    def _gather(self) -> list[Sample]:
        return self._bench.read() if self._bench else []
