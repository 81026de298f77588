"""A station's day in short: orders picked and packed through the engine, without a screen."""

from __future__ import annotations

from app.config import Settings
from app.domain.decision import Outcome
from app.engine import Engine
from app.security.audit import Audit
from app.security.operators import Operators
from app.security.second_factor import SecondFactors
from app.station.pictures import Pictures
from app.station.printing import Press
from app.station.session import Session
from app.station.station import Station
from app.station.views import PackView
from app.store import orders as stored
from app.store import packages
from tests.support.shift import pack_scan, pick_scan

TOTES = [f"T-{n:02d}" for n in range(1, 31)]


def second_station(engine: Engine, name: str, badge: str = "DEMO", pin: str = "7391") -> Station:
    """Another station on the same store, with its operator signed in."""
    settings = Settings({**engine.settings, "station.name": name, "station.bench": "B-02"})
    audit = Audit(engine.store, name, engine.clock, lambda: session.operator_id)
    factors = SecondFactors(engine.store, audit, engine.clock)
    people = Operators(engine.store, audit)
    session = Session(people, factors, audit, name, engine.clock, lambda: False)
    press = Press(engine.store, lambda: settings, engine.home, engine.clock)
    pictures = Pictures(lambda: str(engine.home / "pictures"))
    station = Station(
        engine.store, lambda: settings, session, audit, press, pictures, clock=engine.clock
    )
    station.sign_in(badge, pin)
    return station


def walk(station: Station, until: str, totes: list[str] = TOTES) -> None:
    """Go on with the pick in hand up to the step `until`."""
    for _ in range(500):
        view = station.view().pick
        assert view, f"the pick ended before {until}"
        if view.step == until:
            return
        feedback = station.scan(pick_scan(view, totes))
        assert feedback.outcome is not Outcome.BLOCK, feedback
    raise AssertionError("the pick never ended")


def pick(
    station: Station, mode: str = "cluster", size: int = 4, totes: list[str] = TOTES
) -> list[str]:
    """Pick one wave to its end; the numbers of its orders."""
    assert station.claim_pick(mode, size).code == "PICK_CLAIMED"
    view = station.view().pick
    assert view
    numbers = [number for number, _ in view.totes]
    walk(station, "drop", totes)
    assert station.scan(pick_scan(station.view().pick, totes)).code == "DROPPED"
    return numbers


def check_units(station: Station, until: str = "box") -> PackView:
    """Go on with the order on the bench up to the step `until`."""
    for _ in range(100):
        view = station.view().pack
        assert view, f"the pack ended before {until}"
        if view.step == until:
            return view
        feedback = station.scan(pack_scan(view))
        assert feedback.outcome is not Outcome.BLOCK, feedback
    raise AssertionError(f"the pack never came to {until}")


def pack(station: Station, number: str) -> None:
    """Pack an order to its end."""
    assert station.open_pack(number).outcome is Outcome.OK
    check_units(station, "verify")
    for _ in range(20):
        view = station.view().pack
        if view is None:
            return
        feedback = station.scan(pack_scan(view))
        assert feedback.outcome is not Outcome.BLOCK, feedback
    raise AssertionError("the pack never ended")


def state_of(engine: Engine, number: str) -> str:
    with engine.store.read() as c:
        row = stored.by_number(c, number)
        assert row
        return str(row.state)


def tracking_of(engine: Engine, number: str) -> str:
    """The order's newest tracking code."""
    with engine.store.read() as c:
        row = stored.by_number(c, number)
        assert row
        return str(packages.labels_of(c, row.id)[-1].tracking)


def service_of(engine: Engine, number: str) -> tuple[str, str]:
    """Carrier and service code."""
    with engine.store.read() as c:
        row = stored.by_number(c, number)
        assert row
        return row.carrier, row.service_code
