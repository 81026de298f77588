from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pyotp
import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from app.security.audit import Audit
from app.security.operators import Operator, Operators
from app.security.second_factor import SecondFactorRefused, SecondFactors
from app.store.audit import entries
from app.store.database import Store
from tests.support import homes

CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


class Phone:
    """An authenticator app, and the clock that it shares with the station."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
        self.secret = ""

    def take(self, link: str) -> None:
        """Read the QR code."""
        parts = urlparse(link)
        assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
        self.secret = parse_qs(parts.query)["secret"][0]

    def code(self, steps: int = 0) -> str:
        return pyotp.TOTP(self.secret).at(self.now, counter_offset=steps)

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = homes.store(tmp_path / "store.db")
    yield store
    store.close()


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.fixture
def factors(store: Store, phone: Phone) -> SecondFactors:
    return SecondFactors(store, Audit(store, "B1", lambda: phone.now), lambda: phone.now)


@pytest.fixture
def ana(store: Store, phone: Phone) -> Operator:
    people = Operators(store, Audit(store, "B1", lambda: phone.now), CHEAP)
    return people.add_first_supervisor("Ana", "SUP1", "739105")


@pytest.fixture
def codes(factors: SecondFactors, ana: Operator, phone: Phone) -> tuple[str, ...]:
    """Ana is enrolled; these are her recovery codes."""
    enrolment = factors.begin(ana, "Armazém")
    phone.take(enrolment.link)
    assert phone.secret == enrolment.secret
    codes = factors.finish(ana, phone.code())
    phone.wait(60)
    return codes


def refusal(factors: SecondFactors, operator: Operator, code: str) -> str:
    with pytest.raises(SecondFactorRefused) as refused:
        factors.check(operator.id, code)
    return refused.value.code


def test_it_counts_only_once_a_first_code_proved_it(
    factors: SecondFactors, ana: Operator, phone: Phone
) -> None:
    phone.take(factors.begin(ana, "").link)
    assert not factors.is_enrolled(ana.id)
    with pytest.raises(SecondFactorRefused) as refused:
        factors.finish(ana, "000000")
    assert refused.value.code == "SECOND_FACTOR_WRONG"
    assert not factors.is_enrolled(ana.id)
    factors.finish(ana, phone.code())
    assert factors.is_enrolled(ana.id)
    assert factors.who_may("operators.manage") == {ana.id}


def test_the_code_of_the_enrolment_never_counts_again(
    factors: SecondFactors, ana: Operator, phone: Phone
) -> None:
    phone.take(factors.begin(ana, "").link)
    code = phone.code()
    factors.finish(ana, code)
    assert refusal(factors, ana, code) == "SECOND_FACTOR_USED"


@pytest.mark.usefixtures("codes")
def test_a_code_counts_once_and_no_older_one_after_it(
    factors: SecondFactors, ana: Operator, phone: Phone
) -> None:
    older, code = phone.code(-1), phone.code()
    factors.check(ana.id, code)
    assert refusal(factors, ana, code) == "SECOND_FACTOR_USED"
    phone.wait(5)
    assert refusal(factors, ana, older) == "SECOND_FACTOR_USED"
    phone.wait(30)
    factors.check(ana.id, phone.code())


@pytest.mark.usefixtures("codes")
def test_a_replay_is_refused_after_a_restart_too(
    factors: SecondFactors, store: Store, ana: Operator, phone: Phone
) -> None:
    code = phone.code()
    factors.check(ana.id, code)
    again = SecondFactors(store, Audit(store, "B1", lambda: phone.now), lambda: phone.now)
    assert refusal(again, ana, code) == "SECOND_FACTOR_USED"


@pytest.mark.usefixtures("codes")
@pytest.mark.parametrize(("steps", "counts"), [(-1, True), (1, True), (-2, False), (2, False)])
def test_clocks_may_differ_by_half_a_minute_and_not_more(
    factors: SecondFactors, ana: Operator, phone: Phone, steps: int, counts: bool
) -> None:
    if counts:
        factors.check(ana.id, phone.code(steps))
    else:
        assert refusal(factors, ana, phone.code(steps)) == "SECOND_FACTOR_WRONG"


@pytest.mark.usefixtures("codes")
def test_guessing_waits_longer_and_longer(
    factors: SecondFactors, ana: Operator, phone: Phone
) -> None:
    assert refusal(factors, ana, "000000") == "SECOND_FACTOR_WRONG"
    assert refusal(factors, ana, "000001") == "SECOND_FACTOR_WRONG"
    assert refusal(factors, ana, phone.code()) == "SECOND_FACTOR_WAIT"
    phone.wait(3)
    factors.check(ana.id, phone.code())
    phone.wait(60)
    assert refusal(factors, ana, "000002") == "SECOND_FACTOR_WRONG"


def test_each_recovery_code_counts_once_however_it_is_typed(
    factors: SecondFactors, ana: Operator, codes: tuple[str, ...]
) -> None:
    assert len(set(codes)) == 10
    assert factors.check(ana.id, codes[0]) == 9
    assert factors.check(ana.id, codes[1].lower().replace("-", " ")) == 8
    assert refusal(factors, ana, codes[0]) == "SECOND_FACTOR_WRONG"


def test_a_new_enrolment_makes_the_old_app_and_codes_worthless(
    factors: SecondFactors, ana: Operator, codes: tuple[str, ...], phone: Phone
) -> None:
    old = Phone()
    old.secret, old.now = phone.secret, phone.now
    phone.take(factors.begin(ana, "").link)
    factors.finish(ana, phone.code())
    assert refusal(factors, ana, old.code()) == "SECOND_FACTOR_WRONG"
    assert refusal(factors, ana, codes[0]) == "SECOND_FACTOR_WRONG"


def test_once_removed_nothing_counts(
    factors: SecondFactors, ana: Operator, codes: tuple[str, ...], phone: Phone
) -> None:
    factors.remove(ana)
    assert not factors.is_enrolled(ana.id)
    assert refusal(factors, ana, phone.code()) == "SECOND_FACTOR_NONE"
    assert refusal(factors, ana, codes[0]) == "SECOND_FACTOR_NONE"


def test_a_disabled_person_confirms_nothing_for_others(
    factors: SecondFactors, store: Store, ana: Operator, codes: tuple[str, ...], phone: Phone
) -> None:
    people = Operators(store, Audit(store, "B1", lambda: phone.now), CHEAP)
    people.add("Rui", "SUP2", "supervisor", "619405")
    people.disable("SUP1")
    assert factors.who_may("operators.manage") == frozenset()


def test_every_use_is_audited_and_no_code_or_secret_is_in_it(
    factors: SecondFactors, store: Store, ana: Operator, codes: tuple[str, ...], phone: Phone
) -> None:
    refusal(factors, ana, "000000")
    factors.check(ana.id, phone.code())
    factors.check(ana.id, codes[0])
    factors.remove(ana)
    with store.read() as c:
        rows = sorted(entries(c), key=lambda row: row.station_seq)
        stored = "".join(
            str(row)
            for table in ("journal", "recovery_codes")
            for row in c.exec_driver_sql(f"SELECT * FROM {table}")
        )
    assert [(row.kind, row.payload.get("how", "")) for row in rows][1:] == [
        ("SecondFactorSet", ""),
        ("SecondFactorFailed", ""),
        ("SecondFactorPassed", "totp"),
        ("SecondFactorPassed", "recovery_code"),
        ("SecondFactorRemoved", ""),
    ]
    for secret in (phone.secret, *codes):
        assert secret not in stored
        assert secret.replace("-", "") not in stored


def test_an_enrolment_shows_no_secret_when_printed(factors: SecondFactors, ana: Operator) -> None:
    enrolment = factors.begin(ana, "")
    assert enrolment.secret not in repr(enrolment)


@given(st.text(max_size=40))
def test_no_text_is_taken_for_a_code_by_chance_or_does_harm(text: str) -> None:
    from app.security.second_factor import _step_of

    now = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    right = {pyotp.TOTP(secret).at(now, counter_offset=n) for n in (-1, 0, 1)}
    found = _step_of(secret, text, now)
    assert (found is not None) == (text.replace(" ", "").replace("-", "") in right)
