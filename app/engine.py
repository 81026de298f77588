"""Puts the rooms together: one data folder, its store, its station and the station's thread."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection

from app import look
from app.backups import making
from app.backups.archive import folder_of
from app.backups.keeper import Keeper
from app.config import CUTOFF, SECOND_FACTOR, SECURITY, SettingError, Settings, check
from app.domain.decision import Outcome
from app.domain.plain import file_name
from app.domain.security_entries import DataExported, SettingChanged
from app.flow.courtesy import Courtesy
from app.flow.invoices import Policy
from app.flow.taking import OrderTaker
from app.health import traffic
from app.health.setup import Watching
from app.security.audit import Audit, verify
from app.security.keys import (
    KeyChoice,
    KeyError_,
    KeySource,
    choose_key_source,
    key_source,
    store_key,
)
from app.security.operators import Operators
from app.security.recovery import RecoveryNote
from app.security.retention import Retention
from app.security.second_factor import SecondFactors
from app.site import NO_SITE, Site, site_of
from app.station.matters import Matters
from app.station.outlook import Outlook
from app.station.people import People
from app.station.pictures import Pictures
from app.station.print_desk import AnyOne, PrintDesk
from app.station.printing import Press
from app.station.readiness import get_ready
from app.station.session import Session
from app.station.spooler import BackgroundSpooler, OnThread
from app.station.station import Station
from app.station.views import AuditRow, Feedback
from app.station.worker import StationThread
from app.store import orders, packages
from app.store import settings as stored
from app.store.database import Store
from app.store.home_lock import HomeLock
from app.support.support import Support

if TYPE_CHECKING:  # not before they are asked for
    from app.connectors.errors import ConnectorError
    from app.flow.intake import Intake, Report
    from app.flow.loop import FlowThread
    from app.flow.repair import Repair
    from app.flow.runner import Flow
    from app.flow.setup import Setup
    from app.flow.watching import Around
    from app.health.model import Cause
    from app.health.probe import Probe

T = TypeVar("T")

SWITCH_S = 0.001  # so soon a thread that computes makes way; 5 ms if nothing is said

SERIAL_PORT = "scanner.serial_port"
AUDIT_ROWS = 500  # as many as a screen shows; the export has all
TAKEN_CUTOFFS = "site.cutoffs"  # kept beside the settings: what the orders were last given
NO_CUTOFF = "99:99"  # ranks after every carrier that has a pickup time


def now_utc() -> datetime:
    return datetime.now(UTC)


class Engine:
    """Everything behind the screen. The screen calls the station through `submit` only."""

    def __init__(
        self,
        home: Path,
        store: Store,
        store_key: bytes,
        clock: Callable[[], datetime],
        *,
        is_demo: bool = False,
        warnings: tuple[str, ...] = (),
        site: Site = NO_SITE,
    ) -> None:
        self.home = home
        self.site = site
        self.store = store
        self.clock = clock
        with store.read() as c:
            self.settings = self._settings(c)
        station_id = self.settings["station.name"]
        self.audit = Audit(store, station_id, clock, lambda: session.operator_id)
        self.operators = Operators(store, self.audit)
        self.second_factors = SecondFactors(store, self.audit, clock)
        session = Session(
            self.operators,
            self.second_factors,
            self.audit,
            station_id,
            clock,
            lambda: self.settings.flag(SECOND_FACTOR),
        )
        self.people = People(
            self.operators,
            self.second_factors,
            session,
            lambda: self.settings["company.name"],
            clock,
        )
        self._warnings = (*warnings, "DEMO_HOME") if is_demo else warnings
        pictures = str(home / "pictures")  # where the settings name no folder
        self._press = press = Press(store, lambda: self.settings, home, clock)
        self.retention = Retention(store, home, lambda: self.settings, self.audit, clock)
        self.backups = Keeper(
            home,
            store_key,
            lambda: self.settings,
            clock,
            is_demo=is_demo,
            daily=self.retention.due,
        )
        outlook = Outlook(lambda: self.settings, clock)
        self.station = Station(
            store,
            lambda: self.settings,
            session,
            self.audit,
            press,
            Pictures(lambda: self.settings["pictures.folder"] or pictures),
            clock=clock,
            answered=self._answered,
            warnings=self._warnings,
            standing=lambda c: (*self.backups.warnings(), *outlook.warnings(c)),
        )
        self._systems: Around | None = None
        watching = Watching(store, lambda: self.settings, home, clock, self._around)
        self.health, self.probes = watching.watch, watching.probes
        self.matters = Matters(lambda: self.repair, session, self.audit, self._kick)
        self._session = session
        self._lock: HomeLock | None = None
        self._flow: FlowThread | None = None
        self._thread = StationThread()
        self.courtesy = Courtesy(lambda: session.operator_id != 0 or store.is_wanted)
        self.support = Support(store, lambda: self.settings, home, clock, self.health.states)
        self._background = ThreadPoolExecutor(max_workers=2, thread_name_prefix="background")

    @classmethod
    def open(
        cls,
        home: Path,
        *,
        demo: bool = False,
        exclusive: bool = False,
        passphrase: Callable[[], str] | None = None,
        choose: Callable[[], KeyChoice] | None = None,
        key: bytes | None = None,
        clock: Callable[[], datetime] = now_utc,
    ) -> Engine:
        """Open the data folder, making it on the first start.

        `exclusive` is for a console: only one may have the folder. Commands look in beside it.
        `key` is the store's, where the caller has it already.

        Raises:
            KeyError_: the store's key can't be had.
            StoreError: the store can't be opened; HOME_IN_USE, another console has the folder.
            OSError: the folder can't be made.
        """
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = HomeLock(home) if exclusive else None
        try:
            engine = cls._opened(home, demo, passphrase, choose, key, clock)
            if exclusive:
                engine._take_site_cutoffs()
        except BaseException:
            if lock:
                lock.release()
            raise
        engine._lock = lock
        # Else the window waits so much longer for each of its turns while a thread computes.
        # Commands and benches are told the same, so that they measure and do what a console does.
        sys.setswitchinterval(SWITCH_S)
        if exclusive:
            engine._print_in_background()
            engine.station.begin()
            engine._keep_look()
        return engine

    @classmethod
    def _opened(
        cls,
        home: Path,
        demo: bool,
        passphrase: Callable[[], str] | None,
        choose: Callable[[], KeyChoice] | None,
        key: bytes | None,
        clock: Callable[[], datetime],
    ) -> Engine:
        if demo and key_source(home) is None:
            # The demonstration holds nobody's data, so that its key may lie beside it.
            choose_key_source(home, "file")
        warnings: list[str] = []
        if key is None:
            key, warnings = store_key(home, passphrase=passphrase, choose=choose)
        store = Store.open(home / "expedita.db", key, _backup_first(home, key, clock))
        if demo:
            from app.demo import fill

            fill(store, clock())
        # The demonstration is the same everywhere: a site's printer must not print its labels.
        site = NO_SITE if demo else site_of(home)
        shown = () if demo else tuple(warnings)
        if site.is_away:
            shown = (*shown, "SITE_FILE_AWAY")
        if site.faults:
            shown = (*shown, "SITE_FILE_BAD")
        return cls(home, store, key, clock, is_demo=demo, warnings=shown, site=site)

    def listen(self, heard: Callable[[Feedback], None]) -> None:
        """Let a screen hear what nobody waits for, such as a printer that runs out of paper.

        `heard` is called on the station's thread.
        """
        self._press.tell = heard

    def printing_unattended(self) -> PrintDesk:
        """Printing for the command line, whose user may read and write the data folder anyway."""
        station = self.settings["station.name"]
        return PrintDesk(self.store, AnyOne(), self._press, station, lambda change: change())

    def supply_label(self, number: str, package_no: int, tracking: str, data: bytes) -> Feedback:
        """Keep the label that a carrier made for a box of an order, to be printed unchanged."""
        return self._press.labels.supply(number, package_no, tracking, data)

    def _print_in_background(self) -> None:
        """Nobody at the station waits while a printer prints, or waits for paper."""
        self._press.spooler = BackgroundSpooler(lambda: OnThread(self._press, self.submit))
        self._press.awaited = self._get_ready

    def _get_ready(self, order_id: int) -> None:
        """Once: what the first document would wait for is done beside the station."""
        self._press.awaited = lambda order_id: None
        self.submit_background(get_ready, self._press, self.store, order_id, self.courtesy)

    def submit(self, call: Callable[..., T], *args: Any, urgent: bool = False) -> Future[T]:
        """Run `call` on the station's thread; urgent calls (scans) go first."""
        began = time.perf_counter()
        if urgent:
            self.courtesy.ask()
        future = self._thread.submit(call, *args, urgent=urgent)
        if urgent:
            future.add_done_callback(lambda done: self._scan_took(time.perf_counter() - began))
        return future

    def submit_background(self, call: Callable[..., T], *args: Any) -> Future[T]:
        """Run long work beside the station; it uses connections of its own."""
        return self._background.submit(call, *args)

    def import_file(
        self,
        path: Path,
        progress: Callable[[int, int], None] = lambda done, total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Feedback:
        """Take a file or folder into the warehouse; what can't be taken is kept aside."""
        return self._session.guarded(
            "import.run", lambda: self.import_unattended(path, progress, cancelled)
        )

    def import_unattended(
        self,
        path: Path,
        progress: Callable[[int, int], None] = lambda done, total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Feedback:
        """The same for the command line, whose user may read and write the data folder anyway."""
        from app.flow.intake import UnknownFormat

        try:
            report = self._intake().take(Path(path), progress, cancelled)
        except UnknownFormat:
            params = {"file": file_name(Path(path))}
            return Feedback(Outcome.WARN, "IMPORT_UNKNOWN_FORMAT", params)
        except OSError as error:
            file = Path(os.fsdecode(error.filename or path))
            params = {"file": file_name(file), "detail": error.strerror or ""}
            return Feedback(Outcome.WARN, "IMPORT_UNREADABLE", params)
        return _import_feedback(report)

    @property
    def operator_id(self) -> int:
        """The number of whoever stands at the station, 0 for nobody."""
        return self._session.operator_id

    def settings_view(self) -> dict[str, str]:
        return dict(self.settings)

    def change_setting(self, key: str, value: str) -> Feedback:
        """Change one setting, durable when it is said to be saved."""
        if key in ("language", "theme"):
            return self.set_setting(key, value)
        permission = "security.change" if key.startswith(SECURITY) else "settings.change"
        return self._session.guarded(permission, lambda: self.set_setting(key, value))

    def audit_rows(self, group: str = "") -> tuple[AuditRow, ...]:
        """The newest audited entries, for who may read them; nothing for others."""
        from app.station import auditor

        if not self._session.allows("audit.read"):
            return ()
        with self.store.read() as c:
            return tuple(auditor.rows(c, self.settings["language"], group, AUDIT_ROWS))

    def check_journal(self) -> Feedback:
        """Walk every chain of the journal, and say whether it is whole."""
        from app.station import auditor

        return self._session.guarded("audit.read", lambda: auditor.judge(verify(self.store)))

    def export_audit(self, path: Path) -> Feedback:
        """Write the audit as a spreadsheet, for whoever is signed in; the audit tells of it."""
        return self._session.guarded("data.export", lambda: self.write_audit(path))

    def write_audit(self, path: Path) -> Feedback:
        """The same for the command line. It is recorded first: nothing leaves untold."""
        from app.station import auditor

        lang = self.settings["language"]
        with self.store.read() as c:
            rows = auditor.rows(c, lang)
        self.audit.record(DataExported("audit", len(rows)))
        try:
            path.write_bytes(auditor.sheet(rows, lang, self.settings.zone()))
        except OSError as error:
            params = {"file": file_name(path), "detail": error.strerror or ""}
            return Feedback(Outcome.WARN, "EXPORT_FAILED", params)
        return Feedback(Outcome.DONE, "EXPORTED", {"rows": len(rows), "file": file_name(path)})

    def set_setting(self, key: str, value: str) -> Feedback:
        try:
            clean = check(key, value)
        except SettingError as error:
            return Feedback(Outcome.WARN, error.code, error.params)
        if key in self.settings.locked:
            return Feedback(Outcome.WARN, "SETTING_LOCKED", {"key": key})
        with self.store.write() as c:
            before = self.settings.get(key, "")
            stored.put(c, key, clean)
            if clean != before:
                self.audit.write(c, SettingChanged(key, before, clean))
            if key.startswith(CUTOFF):
                orders.set_cutoff(c, key.removeprefix(CUTOFF), clean or NO_CUTOFF)
            self.settings = self._settings(c)
        if key in look.KEYS or key == SERIAL_PORT:
            self._keep_look()
        self.health.reconsider()
        return Feedback(Outcome.OK, "SETTING_SAVED", {"key": key})

    def back_up(self) -> Feedback:
        """Make a backup now, for whoever may."""
        return self._session.guarded("backup.manage", self.backups.make)

    def recovery_key(self) -> str:
        """The recovery key in groups of four, for whoever may see it; empty for others, and once
        somebody has kept it."""
        may = self._session.allows("backup.manage") and self.backups.key_is_due
        return self.backups.recovery_key() if may else ""

    def write_recovery_sheet(self, path: Path) -> Feedback:
        """The key as a sheet to print."""

        def write() -> Feedback:
            try:
                path.write_bytes(self.recovery_sheet())
            except OSError as error:
                params = {"file": str(path), "detail": error.strerror or ""}
                return Feedback(Outcome.WARN, "SHEET_NOT_WRITTEN", params)
            return Feedback(Outcome.DONE, "RECOVERY_SHEET", {"file": str(path)})

        return self._session.guarded("backup.manage", write)

    def keep_recovery_key(self) -> Feedback:
        """Somebody has the key on paper: it isn't shown again."""

        def keep() -> Feedback:
            self.recovery_key_was_kept()
            return Feedback(Outcome.OK, "RECOVERY_KEPT")

        return self._session.guarded("backup.manage", keep)

    def recovery_key_was_kept(self) -> None:
        self.audit.record(DataExported("recovery_key", 1))
        self.backups.key_was_kept()

    def recovery_sheet(self) -> bytes:
        """PDF of the sheet with the recovery key."""
        from app.labels import recovery  # reportlab is slow to import

        made_on = f"{self.clock().astimezone(self.settings.zone()):%d/%m/%Y}"
        key = self.backups.recovery_key()
        return recovery.sheet(
            key, self.settings["company.name"], made_on, self.settings["language"]
        )

    def add_tracking_range(
        self, carrier: str, service_code: str, prefix: str, country: str, first: int, last: int
    ) -> Feedback:
        """Load a carrier's range of S10 codes: two letters, eight digits, country."""
        letters = re.fullmatch("[A-Z]{2}", prefix) and re.fullmatch("[A-Z]{2}", country)
        if not carrier.strip() or not letters or not 0 <= first <= last <= 99_999_999:
            return Feedback(Outcome.BLOCK, "TRACKING_RANGE_BAD")
        with self.store.write() as c:
            if packages.overlaps(c, prefix, country, first, last):
                return Feedback(Outcome.BLOCK, "TRACKING_RANGE_OVERLAPS", {"carrier": carrier})
            packages.add_range(
                c,
                carrier=carrier,
                service_code=service_code,
                prefix=prefix,
                country=country,
                first=first,
                last=last,
            )
        params = {"carrier": carrier, "count": last - first + 1}
        return Feedback(Outcome.DONE, "TRACKING_RANGE_ADDED", params)

    def close(self) -> None:
        """Let the work in hand finish, then let go of the store."""
        self.health.stop()
        if self._flow:
            self._flow.stop()
        self.backups.stop()
        self._press.spooler.stop()
        self._thread.stop()
        self._background.shutdown(wait=True, cancel_futures=True)
        self.support.stop()
        self.store.close()
        if self._lock:
            self._lock.release()

    def _answered(self, feedback: Feedback) -> None:
        failed = traffic.failure(feedback.code, feedback.params)
        if failed:
            self.health.observe(failed[0], failed=failed[1])

    @property
    def has_scale(self) -> bool:
        return bool(self.settings["scale.port"])

    def weigh(self) -> int | Feedback:
        """Grams on the bench's scale, or why there are none. It waits for the scale to settle."""
        from app.station.weighing import Weighing  # a station without a scale needs none of it

        return Weighing(lambda: self.settings, self._weighed).weigh()

    def _weighed(self, failed: Cause | None) -> None:
        self.health.observe(traffic.SCALE, failed=failed)

    def _scan_took(self, seconds: float) -> None:
        self.health.observe(traffic.SCANNER)
        self.health.observe(traffic.ANSWER, seconds=seconds, noise_s=0.1)

    # --- other systems ----------------------------------------------------------------------

    @property
    def setup(self) -> Setup:
        """The connectors, to be configured."""
        from app.flow.setup import Setup

        return Setup(self.store, self.clock)

    @property
    def repair(self) -> Repair:
        """What waits for a person because of other systems."""
        from app.flow.repair import Repair

        return Repair(self.store, self._taker(), self.settings["station.name"], self.clock)

    def flow(self, changed: Callable[[], None] = lambda: None) -> Flow:
        """The flow of this data folder; made on the loop that runs it."""
        from app.flow.build import flow_of

        return flow_of(
            self.store,
            lambda: self.settings,
            self._taker(),
            self._policy(),
            self.clock,
            changed,
            self._called,
            self.courtesy,
        )

    def _called(
        self, name: str, operation: str, seconds: float | None, error: ConnectorError | None
    ) -> None:
        """A connector's call: real traffic of its system."""
        from app.flow.watching import cause_of

        failed = cause_of(error) if error else None
        if failed or not error:
            self.health.observe(
                f"connector:{name}",
                seconds=seconds,
                operation=operation,
                failed=failed,
                noise_s=0.5,
            )

    def _around(self) -> list[Probe]:
        """What to ask of connectors, outbox and backups."""
        from app.backups.watching import probe
        from app.flow.watching import Around

        if self._systems is None:
            self._systems = Around(self.store, lambda name: self.setup.check(name), self.clock)
        return [*self._systems.probes(), probe(self.backups, self.clock)]

    def start_flow(self, changed: Callable[[], None]) -> None:
        """Run the flow beside the station; `changed` is called on its thread."""
        from app.flow.loop import FlowThread

        self._flow = FlowThread(lambda: self.flow(changed))

    def _kick(self) -> None:
        """Something new may be owed to another system: look now."""
        if self._flow:
            self._flow.kick()

    def _taker(self) -> OrderTaker:
        return OrderTaker(
            station_id=self.settings["station.name"],
            clock=self.clock,
            cutoff_of=self._cutoff_of,
            policy=self._policy(),
            gates_of=lambda channel: self.settings.gates(channel),
        )

    def _cutoff_of(self, carrier: str) -> str:
        cutoffs = {name.upper(): time for name, time in self.settings.cutoffs().items()}
        return cutoffs.get(carrier.upper(), NO_CUTOFF)

    def _policy(self) -> Policy:
        return Policy(frozenset(self.settings.items_of("company.cnpjs")))

    def _intake(self) -> Intake:
        from app.flow.intake import Intake

        return Intake(
            self.store,
            self._taker(),
            clock=self.clock,
            policy=self._policy(),
            courtesy=self.courtesy,
        )

    def _keep_look(self) -> None:
        """Let the next start show its sign-in before the store is open, where it may.

        Not where a passphrase is asked for first, where a scanner has to be listened to on a port,
        or where nobody can sign in yet.
        """
        try:
            alone = key_source(self.home) in (KeySource.KEYRING, KeySource.FILE)
        except KeyError_:
            alone = False
        if alone and not self.settings[SERIAL_PORT] and self.operators.count():
            look.keep(self.home, self.settings, self._warnings)
        else:
            look.forget(self.home)

    def _settings(self, c: Connection) -> Settings:
        return Settings(stored.load(c), site=self.site.defaults, locked=self.site.locked)

    def _take_site_cutoffs(self) -> None:
        """Give the orders that are here the pickup times of a site's file that has changed."""
        wanted = self.settings.cutoffs()
        said = ",".join(f"{carrier}={time}" for carrier, time in sorted(wanted.items()))
        with self.store.read() as c:
            if stored.load(c).get(TAKEN_CUTOFFS, "") == said:
                return
        with self.store.write() as c:
            for carrier, time in wanted.items():
                orders.set_cutoff(c, carrier, time)
            stored.put(c, TAKEN_CUTOFFS, said)


def _backup_first(home: Path, key: bytes, clock: Callable[[], datetime]) -> Callable[[str], None]:
    """Before a migration the store is backed up; where that can't be, it isn't migrated."""

    def back_up(version: str) -> None:
        folder = folder_of(RecoveryNote(home).folder, home, key)
        with making.turn(home):
            making.make(home, key, folder, "upgrade", clock())

    return back_up


def _import_feedback(report: Report) -> Feedback:
    params: Mapping[str, Any] = {
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "rejected": report.rejected,
        "files": report.files,
    }
    if report.cancelled:
        return Feedback(Outcome.WARN, "IMPORT_CANCELLED", params)
    outcome = Outcome.WARN if report.rejected else Outcome.DONE
    return Feedback(outcome, "IMPORT_DONE", params)
