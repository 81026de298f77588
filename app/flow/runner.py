"""Runs the flow: one asyncio loop that pulls, delivers and follows, for all systems at once.

One writer: whoever holds the lease `flow`. A process that finds it taken waits and looks again;
a console shows meanwhile who has it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row

from app.connectors import errors, kinds
from app.connectors.kinds import Config
from app.connectors.roles import Connector, Role
from app.flow.delivery import LEASE, Delivery, Held, Tally
from app.flow.following import Follower
from app.flow.pulling import Pull, Puller
from app.flow.secrets import StoreSecrets
from app.flow.stocking import Stocker
from app.flow.systems import Heard, Systems
from app.flow.threads import off_loop
from app.store import connectors as stored
from app.store import leases, outbox
from app.store.database import Store, StoreError

LASTS = timedelta(seconds=60)
RENEW_S = 15.0
IDLE_S = 1.0
LOOK_S = 2.0  # how often connectors that came or went are noticed
BATCH = 4  # calls to one system at the same time, each of another lane
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Round:
    """What one round came to, by system; `failed` has the code of each that could not be used,
    `details` what its text has to name."""

    pulls: dict[str, Pull] = field(default_factory=dict)
    deliveries: dict[str, Tally] = field(default_factory=dict)
    events: int = 0
    paid: int = 0
    levels: int = 0  # places whose stock had changed
    failed: dict[str, str] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)

    def fail(self, name: str, code: str, detail: str) -> None:
        self.failed[name], self.details[name] = code, detail


class Busy(Exception):
    """Another process holds the flow; the text is its name."""


class Flow:
    """The flow of one store.

    Args:
        holder: this process's name in the lease: station and process.
        changed: called, on the loop's thread, whenever orders or calls have changed.
    """

    def __init__(
        self,
        store: Store,
        puller: Callable[[Callable[[Connection], None]], Puller],
        follower: Callable[[Callable[[Connection], None]], Follower],
        stocker: Callable[[Callable[[Connection], None]], Stocker],
        delivery: Callable[[Systems], Delivery],
        *,
        holder: str,
        clock: Callable[[], datetime],
        changed: Callable[[], None] = lambda: None,
        make: Callable[[Row[Any]], Connector] | None = None,
        heard: Heard = lambda name, operation, seconds, error: None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._holder = holder
        self._changed = changed
        self._make = make or self._configured
        self._held = Held(holder, 0)
        self._connectors: dict[str, tuple[Any, Connector]] = {}
        self._systems = Systems(store, clock, heard=heard)
        self._puller = puller(self._guard)
        self._follower = follower(self._guard)
        self._stocker = stocker(self._guard)
        self._stocked: dict[str, datetime] = {}  # when the levels of each were read
        self._delivery = delivery(self._systems)
        self._kick = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    # --- running ----------------------------------------------------------------------------

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set. Nothing that a system or the store does ends it."""
        self._loop = asyncio.get_running_loop()
        try:
            while not stop.is_set():
                if await self._safe_rows() and await self._take_lease():
                    await self._run_held(stop)
                else:
                    await _wait(stop, LOOK_S)
        finally:
            await self._close()

    def kick(self) -> None:
        """Something new may be owed: look now. Safe from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._kick.set)

    async def once(self, only: str = "") -> Round:
        """One round: pull from every source, make every call that is due, follow what is on the
        way. `only` names the one connector to use.

        Raises:
            Busy: another process runs the flow.
        """
        if not await self._take_lease():
            raise Busy(await off_loop(self._who))
        report = Round()
        try:
            rows = [row for row in await off_loop(self._rows) if only in ("", row.name)]
            for row in rows:
                async with self._noting(row.name, report):
                    await self._pull(row, report, due=False)
            await asyncio.gather(*(self._drain(row, report) for row in rows))
            for row in rows:
                async with self._noting(row.name, report):
                    await self._follow(row, report, due=False)
            await asyncio.gather(*(self._drain(row, report) for row in rows))
        except leases.LeaseLost:
            raise Busy(await off_loop(self._who)) from None
        finally:
            await self._close()
        return report

    async def _run_held(self, stop: asyncio.Event) -> None:
        """Everything at once, while the lease is ours."""
        lost = asyncio.Event()
        works = [asyncio.create_task(self._keep_lease(lost))]
        running: dict[str, list[asyncio.Task[None]]] = {}
        try:
            while not stop.is_set() and not lost.is_set():
                names = {row.name for row in await self._safe_rows()}
                for name in names - running.keys():
                    running[name] = [
                        asyncio.create_task(self._forever(name, work, lost))
                        for work in (self._pull_due, self._deliver_due, self._follow_due)
                    ]
                for name in running.keys() - names:
                    for task in running.pop(name):
                        task.cancel()
                await _wait(stop, LOOK_S)
        finally:
            works += [task for tasks in running.values() for task in tasks]
            for task in works:
                task.cancel()
            await asyncio.gather(*works, return_exceptions=True)

    async def _forever(
        self, name: str, work: Callable[[Row[Any]], Awaitable[float]], lost: asyncio.Event
    ) -> None:
        """Do `work` for one connector again and again; it says how long to rest."""
        while not lost.is_set():
            rest = IDLE_S
            try:
                row = await off_loop(self._row, name)
                if row is not None and row.enabled:
                    rest = await work(row)
            except leases.LeaseLost:
                lost.set()
            except StoreError as error:
                _log.error("flow: %s", error.code)
            except Exception as error:  # whatever a connector does, the others go on
                _log.error("flow: %s: %s", name, type(error).__name__)
                rest = 10.0
            await self._rest(rest)

    async def _rest(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._kick.wait(), seconds)
            self._kick.clear()

    # --- what is done for one connector -----------------------------------------------------

    async def _pull_due(self, row: Row[Any]) -> float:
        await self._question(row)
        await self._guarded(row, lambda: self._pull(row, Round(), due=True))
        return IDLE_S

    async def _deliver_due(self, row: Row[Any]) -> float:
        report = Round()
        busy = await self._deliver(row, report)
        tally = report.deliveries[row.name]
        if tally.orders:
            self._changed()
        return 0.0 if busy else IDLE_S

    async def _follow_due(self, row: Row[Any]) -> float:
        await self._guarded(row, lambda: self._follow(row, Round(), due=True))
        return IDLE_S

    async def _guarded(self, row: Row[Any], work: Callable[[], Awaitable[None]]) -> None:
        if not self._systems.breaker(row.name).lets_through():
            return
        try:
            await work()
        except errors.ConnectorError as error:
            await self._systems.failed(row.name, error)
            self._changed()

    async def _question(self, row: Row[Any]) -> None:
        """Ask a system that was left alone whether it is back; that changes nothing there."""
        if not self._systems.breaker(row.name).wants_question(self._clock()):
            return
        try:
            connector = self._connector(row)
            began = time.perf_counter()
            await connector.check()
        except errors.ConnectorError as error:
            await self._systems.failed(row.name, error)
        else:
            await self._systems.answered(row.name, time.perf_counter() - began, "check")
            self.kick()
        self._changed()

    async def _pull(self, row: Row[Any], report: Round, *, due: bool) -> None:
        if Role.ORDERS not in row.roles:
            return
        source: Any = self._connector(row)
        now = self._clock()
        pull = Pull()
        if not due or _is_due(row.pulled_at, _seconds(row, "every_s", 60), now):
            began = time.perf_counter()
            pull = await self._puller.changed(row.name, source)
            await self._systems.answered(row.name, time.perf_counter() - began, "pull")
        if source.sweeps and (
            not due or _is_due(row.swept_at, 60 * _seconds(row, "sweep_min", 60), now)
        ):
            swept = await self._puller.swept(row.name, source)
            pull.orders_changed |= swept.orders_changed or bool(swept.gone)
            pull.new += swept.new
            pull.changed += swept.changed
            pull.gone += swept.gone
            pull.rejected += swept.rejected
        report.pulls[row.name] = pull
        if pull.orders_changed or pull.documents or pull.rejected:
            self._changed()

    async def _follow(self, row: Row[Any], report: Round, *, due: bool) -> None:
        if due and not _is_due(row.polled_at, _seconds(row, "every_s", 60), self._clock()):
            return
        connector: Any = self._connector(row)
        found = 0
        if Role.PAYMENTS in row.roles:
            paid = await self._follower.payments(row, connector)
            report.paid += paid
            found += paid
        if Role.TRACKING in row.roles:
            events = await self._follower.tracking(row, connector)
            report.events += events
            found += events
        if Role.STOCK in row.roles:
            levels = await self._levels(row, connector, due=due)
            report.levels += levels
            found += levels
        if Role.ORDERS in row.roles:
            found += await self._follower.releases(row)
        await off_loop(self._polled, row.name)
        if found:
            self._changed()

    async def _levels(self, row: Row[Any], connector: Any, *, due: bool) -> int:
        """Read stock levels, where it is time; in how many places they had changed."""
        last, now = self._stocked.get(row.name), self._clock()
        if due and not _is_due(last, 60 * _seconds(row, "stock_min", 60), now):
            return 0
        began = time.perf_counter()
        changed = await self._stocker.read(row.name, connector)
        await self._systems.answered(row.name, time.perf_counter() - began, "levels")
        self._stocked[row.name] = now
        return changed

    async def _drain(self, row: Row[Any], report: Round) -> None:
        """Make every call that is due, until none is or the system stops answering."""
        async with self._noting(row.name, report):
            await self._question(row)
            while await self._deliver(row, report):
                pass
            breaker = self._systems.breaker(row.name)
            if breaker.is_open:
                report.fail(row.name, breaker.code, breaker.detail)

    async def _deliver(self, row: Row[Any], report: Round) -> bool:
        """Make the next calls; whether there were any."""
        tally = report.deliveries.setdefault(row.name, Tally())
        if not self._systems.breaker(row.name).lets_through():
            return False
        messages = await off_loop(self._due, row.name)
        if not messages:
            return False
        connector = self._connector(row)
        await asyncio.gather(
            *(self._delivery.deliver(m, connector, self._held, tally) for m in messages)
        )
        return True

    @contextlib.asynccontextmanager
    async def _noting(self, name: str, report: Round) -> AsyncIterator[None]:
        try:
            yield
        except errors.ConnectorError as error:
            await self._systems.failed(name, error)
            report.fail(name, error.code, error.detail)
            _log.warning("flow: %s: %s", name, error)
        except kinds.KindUnknown as error:
            report.fail(name, "CONNECTOR_KIND_UNKNOWN", str(error))
            _log.warning("flow: %s", error)
        except (leases.LeaseLost, StoreError):  # then nothing more may be written for any
            raise
        except Exception as error:  # whatever a connector does, the others go on
            report.fail(name, "CONNECTOR_FAILED", type(error).__name__)
            _log.error("flow: %s: %s", name, type(error).__name__)

    # --- connectors -------------------------------------------------------------------------

    def _connector(self, row: Row[Any]) -> Connector:
        """The connector as it is configured now; one whose configuration changed is made anew."""
        facts = (row.kind, row.url, tuple(sorted(row.options.items())))
        known = self._connectors.get(row.name)
        if known is None or known[0] != facts:
            known = (facts, self._make(row))
            self._connectors[row.name] = known
        return known[1]

    def _configured(self, row: Row[Any]) -> Connector:
        secrets = StoreSecrets(self._store, row.name, self._clock)
        return kinds.make(kinds.load(row.kind), config_of(row, secrets))

    async def _close(self) -> None:
        for _, connector in self._connectors.values():
            with contextlib.suppress(Exception):  # it is going anyway
                await connector.close()
        self._connectors.clear()
        with contextlib.suppress(StoreError):
            await off_loop(self._give_back)

    # --- in the store -----------------------------------------------------------------------

    def _guard(self, c: Connection) -> None:
        leases.hold(c, LEASE, self._held.holder, self._held.fencing)

    async def _take_lease(self) -> bool:
        try:
            fencing = await off_loop(self._take)
        except StoreError as error:
            _log.error("flow: %s", error.code)
            return False
        if fencing is not None:
            self._held = Held(self._holder, fencing)
        return fencing is not None

    async def _keep_lease(self, lost: asyncio.Event) -> None:
        while not lost.is_set():
            await asyncio.sleep(RENEW_S)
            before = self._held.fencing
            if not await self._take_lease() or self._held.fencing != before:
                lost.set()

    def _take(self) -> int | None:
        with self._store.write() as c:
            return leases.take(c, LEASE, self._holder, self._clock(), LASTS)

    def _give_back(self) -> None:
        with self._store.write() as c:
            leases.give_back(c, LEASE, self._holder)

    def _who(self) -> str:
        with self._store.read() as c:
            return leases.holder(c, LEASE, self._clock())

    def _rows(self) -> list[Row[Any]]:
        with self._store.read() as c:
            return [row for row in stored.every(c) if row.enabled]

    async def _safe_rows(self) -> list[Row[Any]]:
        try:
            return await off_loop(self._rows)
        except StoreError as error:
            _log.error("flow: %s", error.code)
            return []

    def _row(self, name: str) -> Row[Any] | None:
        with self._store.read() as c:
            return stored.named(c, name)

    def _due(self, name: str) -> list[Row[Any]]:
        with self._store.read() as c:
            return list(outbox.due(c, name, self._clock(), BATCH))

    def _polled(self, name: str) -> None:
        with self._store.write() as c:
            self._guard(c)
            stored.change(c, name, polled_at=self._clock())


def config_of(row: Row[Any], secrets: StoreSecrets) -> Config:
    """A stored connector's configuration, as its kind wants it."""
    options: Mapping[str, str] = {str(k): str(v) for k, v in row.options.items()}
    return Config(row.name, row.kind, row.url, options, secrets)


def _is_due(last: datetime | None, every_s: float, now: datetime) -> bool:
    return last is None or (now - last).total_seconds() >= every_s or last > now


def _seconds(row: Row[Any], name: str, default: float) -> float:
    try:
        return float(row.options.get(name) or default)
    except ValueError:
        return default


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
