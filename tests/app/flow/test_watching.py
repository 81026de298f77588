"""Connectors, outbox and backups as the health room sees them."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from app.connectors import errors
from app.connectors.roles import Checked, Role
from app.domain.texts import LANGUAGES, TEXTS, word
from app.engine import Engine
from app.flow.watching import Around, cause_of, system_of
from app.health import once, wording
from app.health.model import WELL, Cause, State
from app.store import connectors
from app.store.database import WAREHOUSE
from app.store.schema import OUTBOX
from tests.support import homes
from tests.support.desktop import until

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class HandClock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def engine(tmp_path: Path, clock: HandClock) -> Iterator[Engine]:
    opened = homes.demo(tmp_path / "home", clock)
    yield opened
    opened.close()


@pytest.fixture
def today(tmp_path: Path) -> Iterator[Engine]:
    """By this machine's clock, as the folder's files are."""
    opened = homes.demo(tmp_path / "today")
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "hot"
    made.mkdir()
    return made


def add_folder(engine: Engine, folder: Path, name: str = "pasta") -> None:
    engine.setup.add(name, "hot-folder", "", {"folder": str(folder)}, {})


def spoil(folder: Path) -> None:
    """A file where the folder was: nobody can make it again."""
    shutil.rmtree(folder)
    folder.write_text("")


def states(engine: Engine) -> dict[str, State]:
    return {s.system.id: s.state for s in once.ask_all(engine.probes(), engine.clock)}


def test_a_connector_is_watched_as_soon_as_it_is_there(today: Engine, folder: Path) -> None:
    engine = today
    assert "connector:pasta" not in states(engine)
    add_folder(engine, folder)
    found = states(engine)
    assert (found["connector:pasta"], found["outbox"]) == (State.UP, State.UP)
    spoil(folder)
    engine._systems = None  # as another process, which asked nothing yet
    assert states(engine)["connector:pasta"] is State.DOWN


def test_a_system_that_refuses_one_order_works_and_one_that_is_gone_does_not() -> None:
    assert cause_of(errors.Refused("sem saldo")) is None
    assert cause_of(errors.RateLimited(30)) is None
    assert cause_of(errors.Unauthorised()) == Cause("AUTH")
    assert cause_of(errors.Unreadable("HTML")) == Cause("BAD_ANSWER", "HTML")
    assert cause_of(errors.Down("loja")) == Cause("UNREACHABLE", "loja")
    assert cause_of(errors.UnknownOutcome("POST")) == Cause("TIMEOUT", "POST")


def test_the_flows_own_failed_call_counts_at_once(today: Engine, folder: Path) -> None:
    """The folder vanishes under a running flow: no probe is needed to see it."""
    engine = today
    add_folder(engine, folder)
    engine.health.start("worker")

    def state() -> State | None:
        found = [s for s in engine.health.states() if s.system.id == "connector:pasta"]
        return found[0].state if found else None

    until(lambda: state() is State.UP, "the folder's light")
    spoil(folder)
    engine.start_flow(lambda: None)
    until(lambda: state() is State.DOWN, "the light to turn")


def test_a_system_is_asked_now_and_then_and_not_at_each_look(
    engine: Engine, clock: HandClock
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        engine.setup.add(
            "loja", "tryton", f"http://127.0.0.1:{server.getsockname()[1]}",
            {"database": "d"}, {"api_key": "k"},
        )  # fmt: skip
    asked = []

    def check(name: str) -> Checked:
        asked.append(name)
        return Checked("Tryton 8.2", clock=NOW - timedelta(minutes=20))

    around = Around(engine.store, check, clock)
    (probe, _) = around.probes()
    assert probe.ask
    first, second = probe.ask(), probe.ask()
    assert asked == ["loja"]
    assert first.warned == second.warned == Cause("CLOCK_DIFFERS", "1200 s")
    assert (first.seconds is not None, second.timed) == (True, False)
    assert probe.endpoint
    assert probe.endpoint.is_local


def test_a_key_that_is_not_taken_is_said(engine: Engine, folder: Path, clock: HandClock) -> None:
    add_folder(engine, folder)

    def check(name: str) -> Checked:
        raise errors.Unauthorised("401")

    (probe, _) = Around(engine.store, check, clock).probes()
    assert probe.ask
    assert probe.ask().failed == Cause("AUTH", "401")


def test_a_connector_whose_kind_is_gone_says_so(engine: Engine, folder: Path) -> None:
    add_folder(engine, folder)
    with engine.store.write() as c:
        connectors.change(c, "pasta", kind="none-such")
    (probe, _) = Around(engine.store, engine.setup.check, engine.clock).probes()
    assert probe.ask
    assert probe.ask().failed == Cause("UNFIT", "none-such")


def test_a_system_that_is_left_alone_says_why(
    engine: Engine, folder: Path, clock: HandClock
) -> None:
    add_folder(engine, folder)
    (probe, _) = Around(engine.store, lambda name: Checked("x"), clock).probes()
    assert probe.ask
    facts = {"state": "open", "failures": 1, "opened_at": NOW, "next_try_at": NOW}
    for error, failed, warned in (
        (errors.Down("ConnectError"), Cause("UNREACHABLE", "ConnectError"), Cause()),
        (errors.Unfit("page=0"), Cause("UNFIT", "page=0"), Cause()),
        (errors.RateLimited(30, "HTTP 429"), Cause(), Cause("THROTTLED")),
    ):
        with engine.store.write() as c:
            connectors.put_breaker(
                c, "pasta", **facts, last_ok_at=None, code=error.code, detail=error.detail
            )
        told = probe.ask()
        assert (told.failed, told.warned) == (failed, warned)


def test_the_outbox_tells_its_age_and_what_waits_for_a_person(
    engine: Engine, folder: Path, clock: HandClock
) -> None:
    add_folder(engine, folder)
    (_, owed) = Around(engine.store, lambda name: Checked("x"), clock).probes()
    assert owed.ask
    assert (owed.ask().seconds, owed.ask().warned) == (1.0, WELL)
    since = NOW - timedelta(minutes=10)
    before = NOW - timedelta(days=2)
    owing = (
        (1, "waiting", "CONNECTOR_DOWN", since),
        (2, "dead", "", since),
        (3, "waiting", "INVOICE_AWAITED", before),  # the ERP's matter, and no system's
    )
    for number, state, code, at in owing:
        with engine.store.write() as c:
            c.execute(
                insert(OUTBOX).values(
                    warehouse_id=WAREHOUSE, id=number, key=str(number), connector="pasta",
                    kind="tell", lane=str(number), order_id=1, package_no=0, topic="packed",
                    state=state, code=code, created_at=at, next_try_at=at,
                )
            )  # fmt: skip
    assert owed.ask().seconds == 600
    assert owed.ask().warned == Cause("DEAD_CALLS", "1")


def test_an_old_backup_is_a_warning(engine: Engine, clock: HandClock) -> None:
    assert states(engine)["backup"] is State.UP
    engine.backups.make()
    assert states(engine)["backup"] is State.UP
    clock.now = NOW + timedelta(days=3)
    found = {s.system.id: s for s in once.ask_all(engine.probes(), clock)}["backup"]
    assert (found.state, found.cause) == (State.WARN, Cause("BACKUP_OLD", "3 d"))


def test_what_can_still_be_done_is_told_for_every_role_of_a_connector() -> None:
    for role in Role:
        assert f"STILL_{role.upper()}" in TEXTS
        for lang in LANGUAGES:
            assert word(f"system.{role}", lang) != f"system.{role}"
    both = system_of("erp", ["orders", "invoices"])
    assert wording.title(both, "pt") == "Pedidos + NF-e erp"
    assert [parts[0] for parts in wording.still(both, "en")] == [
        "New orders, changes and cancellations from erp don't arrive.",
        "No new invoices are issued.",
    ]
