"""What the station lets through only with a permission, a reason and the second factor."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest

from app.domain.codes import own_code
from app.engine import Engine
from app.security.second_factor import Enrolment
from app.station import auditor
from app.station.people import RecoveryCodes
from tests.support import homes
from tests.support.shift import Clock

PIN = "7391"


class Steady(Clock):
    """A clock that stands still but for `wait`."""

    def __init__(self) -> None:
        super().__init__()
        self._fixed = super().__call__()

    def __call__(self):
        return self._fixed

    def wait(self, **time: float) -> None:
        self._fixed += timedelta(**time)


@pytest.fixture
def clock() -> Steady:
    return Steady()


@pytest.fixture
def engine(tmp_path: Path, clock: Steady) -> Iterator[Engine]:
    engine = homes.demo(tmp_path / "home", clock)
    engine.station.sign_in("DEMO", PIN)
    yield engine
    engine.close()


class Authenticator:
    def __init__(self, engine: Engine, clock: Steady) -> None:
        enrolment = engine.people.begin_second_factor(PIN)
        assert isinstance(enrolment, Enrolment)
        self._totp, self._clock = pyotp.TOTP(enrolment.secret), clock
        assert isinstance(engine.people.finish_second_factor(self.code()), RecoveryCodes)

    def code(self) -> str:
        self._clock.wait(seconds=30)
        return self._totp.at(self._clock())


@pytest.fixture
def phone(engine: Engine, clock: Steady) -> Authenticator:
    return Authenticator(engine, clock)


def customer(engine: Engine, number: str = "10001") -> str:
    story = engine.station.story(number)
    assert story
    return story.recipient + story.address


def told(engine: Engine, group: str) -> list[tuple[str, str, str, str]]:
    with engine.store.read() as c:
        rows = auditor.rows(c, "pt", group)
    return [(row.kind, row.who, row.order_number, row.detail) for row in rows]


def test_even_a_supervisor_sees_no_customer_without_a_reveal(engine: Engine) -> None:
    assert customer(engine) == ""


def test_a_reveal_asks_for_the_second_factor_and_a_reason_and_is_audited(
    engine: Engine, phone: Authenticator
) -> None:
    station, people = engine.station, engine.people
    assert station.reveal("10001", "cliente ligou").code == "SECOND_FACTOR_NEEDED"
    assert people.confirm("000000").code == "SECOND_FACTOR_WRONG"
    assert station.reveal("10001", "cliente ligou").code == "SECOND_FACTOR_NEEDED"
    assert people.confirm(phone.code()).code == "SECOND_FACTOR_OK"
    assert station.reveal("10001", "  ").code == "REASON_NEEDED"
    assert station.reveal("99999", "cliente ligou").code == "ORDER_UNKNOWN"
    assert customer(engine) == ""
    assert station.reveal("10001", "cliente ligou").code == "REVEALED"
    assert "Rua" in customer(engine) or "Avenida" in customer(engine)
    assert customer(engine, "10002") == "", "one order's reveal shows no other's customer"
    assert told(engine, "access")[0] == (
        "PersonalDataRevealed", "Gestora Demo", "10001", "cliente ligou",
    )  # fmt: skip


@pytest.mark.parametrize("end", ["time", "lock", "badge", "sign_out"])
def test_a_reveal_ends(engine: Engine, phone: Authenticator, clock: Steady, end: str) -> None:
    station = engine.station
    engine.people.confirm(phone.code())
    station.reveal("10001", "cliente ligou")
    assert customer(engine)
    match end:
        case "time":
            clock.wait(minutes=5)
        case "lock":
            station.lock()
        case "badge":
            engine._session.badge_read("SEP")
        case "sign_out":
            station.sign_out()
    assert customer(engine) == ""
    station.sign_in("DEMO", PIN)
    assert customer(engine) == ""
    assert station.reveal("10001", "de novo").code == "SECOND_FACTOR_NEEDED"


def test_who_has_no_second_factor_yet_is_told_to_set_it_up(engine: Engine) -> None:
    assert engine.station.reveal("10001", "cliente ligou").code == "SECOND_FACTOR_ENROL"
    assert engine.people.add("Bia", "B-1", "picker", "4917").code == "SECOND_FACTOR_ENROL"


def test_without_the_policy_a_permission_is_enough(engine: Engine) -> None:
    engine.set_setting("security.second_factor", "off")
    assert engine.station.reveal("10001", "cliente ligou").code == "REVEALED"


def test_the_policy_itself_is_guarded(engine: Engine, phone: Authenticator) -> None:
    change = ("security.second_factor", "off")
    assert engine.change_setting(*change).code == "SECOND_FACTOR_NEEDED"
    engine.people.confirm(phone.code())
    assert engine.change_setting(*change).code == "SETTING_SAVED"


def test_a_packer_may_neither_reveal_nor_manage_nor_export(engine: Engine, tmp_path: Path) -> None:
    engine.station.sign_in("CONF", PIN)
    assert engine.station.reveal("10001", "curiosidade").code == "NOT_PERMITTED"
    assert engine.people.add("Bia", "B-1", "picker", "4917").code == "NOT_PERMITTED"
    assert engine.people.list() == ()
    assert engine.export_audit(tmp_path / "x.csv").code == "NOT_PERMITTED"
    refusal = engine.people.begin_second_factor(PIN)
    assert not isinstance(refusal, Enrolment)
    assert not (tmp_path / "x.csv").exists()
    assert [row[3] for row in told(engine, "access")] == [
        "exportar dados", "cadastrar operadores", "ver os dados do cliente",
    ]  # fmt: skip


def test_operators_are_managed_at_the_screen(engine: Engine, phone: Authenticator) -> None:
    people = engine.people
    assert people.add("Bia", "B-1", "picker", "4917").code == "SECOND_FACTOR_NEEDED"
    people.confirm(phone.code())
    assert people.add("Bia", "B-1", "picker", "1234").code == "PIN_TRIVIAL"
    assert people.add("Bia", "B-1", "picker", "4917").code == "OPERATOR_ADDED"
    assert people.set_pin("B-1", "8302").code == "PIN_CHANGED"
    assert people.disable("B-1").code == "OPERATOR_REMOVED"
    assert people.enable("B-1").code == "OPERATOR_ENABLED"
    assert people.disable("DEMO").code == "OPERATOR_SELF"
    assert people.remove_second_factor("XX").code == "OPERATOR_UNKNOWN"
    (bia,) = [person for person in people.list() if person.badge == "B-1"]
    assert (bia.name, bia.role, bia.disabled, bia.second_factor) == ("Bia", "picker", False, False)
    kinds = [(row[0], row[1]) for row in told(engine, "operators")]
    assert kinds[:4] == [
        (kind, "Gestora Demo")
        for kind in ("OperatorEnabled", "OperatorDisabled", "PinChanged", "OperatorAdded")
    ]
    engine.station.sign_in("B-1", "8302")
    assert engine.station.view().session.operator == "Bia"


def test_setting_up_asks_the_pin_again_and_the_older_app_first(
    engine: Engine, clock: Steady
) -> None:
    people = engine.people
    refused = people.begin_second_factor("1111")
    assert not isinstance(refused, Enrolment)
    assert refused.code == "PIN_NOT_YOURS"
    phone = Authenticator(engine, clock)
    refused = people.begin_second_factor(PIN)
    assert not isinstance(refused, Enrolment)
    assert refused.code == "SECOND_FACTOR_NEEDED"
    people.confirm(phone.code())
    assert isinstance(people.begin_second_factor(PIN), Enrolment)


def test_an_exported_audit_is_recorded_in_itself(
    engine: Engine, phone: Authenticator, tmp_path: Path
) -> None:
    target = tmp_path / "auditoria.csv"
    assert engine.export_audit(target).code == "SECOND_FACTOR_NEEDED"
    engine.people.confirm(phone.code())
    assert engine.export_audit(target).code == "EXPORTED"
    assert target.read_text(encoding="utf-8-sig").startswith('"quando";"estação"')
    assert told(engine, "access")[0][:2] == ("DataExported", "Gestora Demo")
    assert engine.export_audit(tmp_path / "no" / "x.csv").code == "EXPORT_FAILED"


def test_whoever_is_disabled_is_out_at_the_next_scan_and_their_task_is_kept(
    engine: Engine,
) -> None:
    engine.operators.add("Bia", "B-1", "picker", "4917")
    engine.station.sign_in("B-1", "4917")
    assert engine.station.claim_pick("single", 1).code == "PICK_CLAIMED"
    hands = engine.station.view().pick
    engine.operators.disable("B-1")
    refused = engine.station.scan("T-01")
    assert refused.code == "OPERATOR_DISABLED"
    view = engine.station.view()
    assert (view.session.state, view.pick) == ("signed_out", None)
    assert told(engine, "")[0][:2] == ("SignedOut", "Bia")
    assert engine.station.scan("T-02").code == "SIGN_IN_FIRST"
    engine.station.sign_in("DEMO", PIN)
    after = engine.station.view().pick
    assert (hands and hands.lines) == (after and after.lines), "another goes on with it"


def test_a_disabled_supervisor_changes_nothing_any_more(engine: Engine) -> None:
    engine.operators.add("Ivo", "S-2", "supervisor", "4917")
    engine.station.sign_in("S-2", "4917")
    engine.operators.disable("S-2")
    assert engine.change_setting("station.bench", "B-77").code == "OPERATOR_DISABLED"
    assert engine.settings["station.bench"] != "B-77"


def test_a_colleagues_badge_counts_even_while_a_disabled_person_stands_there(
    engine: Engine,
) -> None:
    engine.operators.add("Bia", "B-1", "picker", "4917")
    engine.station.sign_in("B-1", "4917")
    engine.operators.disable("B-1")
    assert engine.station.scan(own_code("U", "DEMO")).code == "BADGE_READ"
    assert engine.station.sign_in("", PIN).code == "SIGNED_IN"
