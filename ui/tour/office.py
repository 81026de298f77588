"""The states besides the floor: sign-in, orders, exceptions, settings, systems, access, help."""

from __future__ import annotations

from collections.abc import Iterator

import pyotp

from app.demo import PIN
from app.domain.codes import own_code
from app.health.model import State
from app.rehearsal import health_day, troubled_flow
from app.security.second_factor import Enrolment
from ui.pages.exceptions import ExceptionsPage
from ui.pages.second_factor import SecondFactorPage
from ui.tour.hands import Hands, settle


def sign_in(hands: Hands) -> Iterator[str]:
    settle(300)
    yield "sign-in"
    hands.do(hands.station.scan, own_code("U", "DEMO"))
    hands.calm()
    yield "sign-in-pin"
    hands.do(hands.station.sign_in, "", PIN)
    hands.calm()
    hands.open("pick", 0)
    yield "pick-idle"


def lists(hands: Hands) -> Iterator[str]:
    """Orders, what waits for a person, settings and printing."""
    troubled_flow(hands.engine.store, hands.engine.clock())
    hands.open("orders", 0)
    hands.console.show_story("10001")
    settle(300)
    yield "orders"
    hands.do(hands.station.supervise, "10002", "hold", "endereço a confirmar")
    hands.calm()
    hands.open("exceptions")
    yield "exceptions"
    settle(300)
    hands.then(lambda: hands.page("exceptions", ExceptionsPage).choose("INVOICE_REJECTED"))
    yield "exceptions-call"
    hands.then()
    hands.open("settings", 0)
    yield "settings"
    hands.do(hands.station.printing.start_batch, "packing-slip", "", "to_pick", 6)
    hands.calm()
    for page in ("printing", "printers"):
        hands.open(page)
        yield page


def systems(hands: Hands) -> Iterator[str]:
    """The systems of a made-up day; one of them is not there."""
    engine = hands.engine
    health_day(engine.store, engine.settings["station.name"], engine.clock())
    engine.set_setting("health.hosts", "127.0.0.1:9")
    engine.health.start()
    for _ in range(100):
        settle(100)
        if any(state.state is State.DOWN for state in engine.health.states()):
            break
    hands.open("status")
    yield "status"


def access(hands: Hands) -> Iterator[str]:
    """The second factor, a reveal, operators and the audit."""
    engine, people = hands.engine, hands.engine.people
    hands.open("second_factor", 100)
    yield "second-factor"
    made = engine.submit(people.begin_second_factor, PIN).result()
    assert isinstance(made, Enrolment)
    hands.then(lambda: hands.page("second_factor", SecondFactorPage).show_step(made))
    yield "second-factor-qr"
    app = pyotp.TOTP(made.secret)
    # Leaving the QR code's page forgets what was begun, as it must: the codes come before.
    codes = engine.submit(people.finish_second_factor, app.at(engine.clock())).result()
    hands.then(lambda: hands.page("second_factor", SecondFactorPage).show_step(codes))
    yield "second-factor-codes"
    hands.then()
    hands.do(people.confirm, app.at(engine.clock(), counter_offset=1))
    hands.do(hands.station.reveal, "10001", "O cliente ligou")
    hands.calm()
    hands.console.show_story("10001")
    settle(300)
    yield "orders-revealed"
    for page in ("operators", "audit"):
        hands.open(page)
        yield page


def help_and_lock(hands: Hands) -> Iterator[str]:
    hands.open("help", 200)
    yield "help"
    hands.then(lambda: hands.console.show_guide("label"))
    yield "help-guide"
    hands.then()
    hands.do(hands.station.lock)
    yield "locked"
