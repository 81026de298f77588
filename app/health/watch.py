"""Watches beside the work: probes on threads of their own, real traffic as it comes.

The station's and the screen's threads only drop a sample into a queue; folding, writing and
asking happen here.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from app.health.causes import cause_of
from app.health.model import STORE, Cause, Sample, State, SystemState
from app.health.probe import Probe, Reading
from app.store.errors import StoreError

if TYPE_CHECKING:
    from app.health.monitor import Monitor

KEEP_S = 60.0  # how often states, times and slots are written when nothing changed
AGAIN_S = 4.0  # what failed or is down is asked again so soon, or in a sixth of its usual pause
_STAGGER_S = 0.15  # between first probes, so that a start is no burst
_LOOK_S = 1.0
_GATHER_S = 5.0
_RECONSIDER_S = 60.0  # what another process added, as a connector, is noticed so soon
_PRUNE_S = 6 * 3600.0

Listener = Callable[[tuple[SystemState, ...]], None]
Round = Callable[[datetime], None]

_log = logging.getLogger(__name__)


class Watch:
    """The watcher of one process. Every method may be called from any thread.

    The store has no probe: what the watch writes tells how it stands, soon again while it fails.

    Args:
        monitor: makes what folds and keeps, for a role; used on the watch's thread only.
        probes: what to watch now; asked again after `reconsider`.
        clock: aware UTC.
        after_keeping: called on the watch's thread each time states were written.
        gather: real traffic that is read rather than told, looked for every few seconds.
    """

    def __init__(
        self,
        monitor: Callable[[str], Monitor],
        probes: Callable[[], Iterable[Probe]],
        clock: Callable[[], datetime],
        after_keeping: Round = lambda now: None,
        gather: Callable[[], Iterable[Sample]] = tuple,
    ) -> None:
        self._make_monitor = monitor
        self._make_probes = probes
        self._clock = clock
        self._after_keeping = after_keeping
        self._gather = gather
        self._gather_at = self._again_at = 0.0
        self._samples: deque[Sample] = deque(maxlen=10_000)
        self._wake = threading.Event()
        self._stopping = False
        self._reconsider = True
        self._listeners: list[Listener] = []
        self._states: tuple[SystemState, ...] = ()
        self._thread: threading.Thread | None = None
        self._probes: dict[str, Probe] = {}
        self._due: dict[str, float] = {}
        self._asking: dict[str, float] = {}  # began, by system
        self._given_up: set[str] = set()

    def start(self, role: str = "console") -> None:
        """Begin to watch, as a console or as a worker; costs the caller one thread's start."""
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._run, args=(role,), name="health", daemon=True
            )
            self._thread.start()

    def keep_observed(self, role: str) -> None:
        """Write what was observed so far, here and now: for a command that works once and asks
        nobody besides. Its own failures show as any other's do, until another watcher knows more.

        Args:
            role: what the command is, as a watcher's name.
        """
        if not self._samples:
            return
        try:
            monitor = self._make_monitor(role)
        except StoreError as error:
            _log.error("nothing is kept of this round: %s", error.code)
            return
        self._take_probes(monitor)
        self._fold(monitor)
        self._keep(monitor)

    def stop(self, wait_s: float = 5.0) -> None:
        """Write what is known, and end. A probe under way is left to end by itself."""
        self._stopping = True
        self._wake.set()
        if self._thread:
            self._thread.join(wait_s)

    @property
    def is_running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def observe(
        self,
        system: str,
        *,
        seconds: float | None = None,
        operation: str = "work",
        failed: Cause | None = None,
        noise_s: float = 0.05,
    ) -> None:
        """Tell of a real call of a system: what it took, or why it failed. Never waits."""
        self._samples.append(
            Sample(
                system,
                self._clock(),
                seconds,
                operation,
                failed or Cause(),
                real=True,
                noise_s=noise_s,
            )
        )
        if failed:  # the rest can wait for the watch's next look: waking it costs the caller time
            self._wake.set()

    def reconsider(self) -> None:
        """Settings changed: watch what they now name, and ask at once."""
        self._reconsider = True
        self._wake.set()

    def states(self) -> tuple[SystemState, ...]:
        """Every system as it stands now; nothing is asked and nothing waits."""
        return self._states

    def on_change(self, listener: Listener) -> None:
        """Call `listener` on the watch's thread when a state changed, and again when the store
        tells of it."""
        self._listeners.append(listener)

    # --- the watch's own thread -------------------------------------------------------------

    def _run(self, role: str) -> None:
        try:
            monitor = self._make_monitor(role)
        except StoreError as error:
            _log.error("nothing is watched: %s", error.code)
            return
        keep_at, prune_at = time.monotonic() + KEEP_S / 6, time.monotonic() + KEEP_S
        while not self._stopping:
            if self._reconsider or time.monotonic() >= self._again_at:
                self._take_probes(monitor)
            self._look_for_traffic()
            changed = self._fold(monitor)
            self._ask_due(monitor)
            changed = monitor.look(self._clock()) or changed
            self._publish(monitor, changed)
            if changed or time.monotonic() >= keep_at:
                self._keep(monitor)
                self._publish(monitor, changed)  # now the store tells of it too
                keep_at = time.monotonic() + (AGAIN_S if self._store_is_down() else KEEP_S)
            if time.monotonic() >= prune_at:
                prune_at = time.monotonic() + _PRUNE_S
                self._guarded(lambda: monitor.prune(self._clock()))
            self._wake.wait(_LOOK_S)
            self._wake.clear()
        self._fold(monitor)
        monitor.look(self._clock())
        self._keep(monitor)

    def _take_probes(self, monitor: Monitor) -> None:
        asked_for, self._reconsider = self._reconsider, False
        now = time.monotonic()
        self._again_at = now + _RECONSIDER_S
        try:
            probes = {probe.system.id: probe for probe in self._make_probes()}
        except StoreError as error:
            self.observe(STORE, failed=Cause(error.code))
            return
        known = {} if asked_for else self._due
        first = {name: now + _STAGGER_S * n for n, name in enumerate(probes)}
        self._due = {name: known.get(name, at) for name, at in first.items()}
        self._probes = probes
        monitor.watch([(p.system, p.stale_s) for p in probes.values()], self._clock())

    def _look_for_traffic(self) -> None:
        if time.monotonic() < self._gather_at:
            return
        self._gather_at = time.monotonic() + _GATHER_S
        try:
            self._samples.extend(self._gather())
        except StoreError as error:
            self.observe(STORE, failed=Cause(error.code))

    def _fold(self, monitor: Monitor) -> bool:
        changed = False
        while self._samples:
            sample = self._samples.popleft()
            changed = monitor.take(sample) or changed
            if sample.system in self._probes:
                self._set_due(sample, monitor.is_down(sample.system))
        return changed

    def _set_due(self, sample: Sample, is_down: bool) -> None:
        """What failed or is down is asked again soon; what just worked needs no probe."""
        probe, now = self._probes[sample.system], time.monotonic()
        if sample.failed or is_down:
            again = now + max(AGAIN_S, probe.every_s / 6)
            self._due[sample.system] = min(self._due[sample.system], again)
        elif sample.real:
            self._due[sample.system] = now + probe.every_s

    def _ask_due(self, monitor: Monitor) -> None:
        now = time.monotonic()
        for name, probe in self._probes.items():
            began = self._asking.get(name)
            if began is not None:
                self._give_up(probe, began, now)
            elif probe.ask and now >= self._due[name]:
                self._asking[name] = now
                self._due[name] = now + probe.every_s
                threading.Thread(
                    target=self._ask, args=(probe,), name=f"probe-{name}", daemon=True
                ).start()

    def _give_up(self, probe: Probe, began: float, now: float) -> None:
        """A probe that overstays counts as failed, once; no second one is started beside it."""
        name = probe.system.id
        if now - began > 2 * probe.limit_s and name not in self._given_up:
            self._given_up.add(name)
            self._samples.append(Sample(name, self._clock(), failed=Cause("TIMEOUT")))

    def _ask(self, probe: Probe) -> None:
        """On a thread of its own."""
        sample = asked(probe, self._clock)
        name = probe.system.id
        self._given_up.discard(name)
        self._asking.pop(name, None)
        self._samples.append(sample)
        self._wake.set()

    def _publish(self, monitor: Monitor, changed: bool) -> None:
        self._states = monitor.states()
        if changed:
            for listener in self._listeners:
                listener(self._states)

    def _keep(self, monitor: Monitor) -> None:
        if self._guarded(lambda: monitor.keep(self._clock())):
            self._after_keeping(self._clock())

    def _store_is_down(self) -> bool:
        return any(s.system.id == STORE and s.state is State.DOWN for s in self._states)

    def _guarded(self, write: Callable[[], None]) -> bool:
        """Write. What the watch itself writes is real traffic of the store."""
        began = time.perf_counter()
        try:
            write()
        except StoreError as error:
            self.observe(STORE, failed=Cause(error.code))
            return False
        self.observe(STORE, seconds=time.perf_counter() - began, operation="write", noise_s=0.25)
        return True


def asked(probe: Probe, clock: Callable[[], datetime]) -> Sample:
    """Ask a probe once, here and now; whatever it raises is a failure of its system."""
    began = time.perf_counter()
    try:
        reading = probe.ask() if probe.ask else Reading(timed=False)
    except Exception as error:
        reading = Reading(failed=cause_of(error))
    seconds = reading.seconds
    if seconds is None and reading.timed:
        seconds = time.perf_counter() - began
    return Sample(
        probe.system.id,
        clock(),
        seconds,
        failed=reading.failed,
        warned=reading.warned,
        noise_s=probe.noise_s,
    )
