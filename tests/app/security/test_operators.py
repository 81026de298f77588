from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from app.security import operators as module
from app.security.audit import Audit
from app.security.operators import Operator, OperatorRefused, Operators, SignInRefused
from app.security.roles import Role
from app.store.database import Store
from tests.support import homes

CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


def operators(store: Store, hasher: PasswordHasher = CHEAP) -> Operators:
    return Operators(store, Audit(store, "Bancada 1", lambda: NOW), hasher)


def seconds(count: int) -> timedelta:
    return timedelta(seconds=count)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = homes.store(path)
    yield store
    store.close()


@pytest.fixture
def people(store: Store) -> Operators:
    people = operators(store)
    people.add_first_supervisor("Sílvia Prado", "S-01", "8305")
    people.add("Ana  Lima", "p-07", "picker", "4917")
    return people


def code_of(caught: pytest.ExceptionInfo[OperatorRefused]) -> str:
    return caught.value.code


def test_a_new_store_knows_nobody_and_takes_one_first_supervisor(store: Store) -> None:
    people = operators(store)
    assert people.count() == 0
    first = people.add_first_supervisor("Sílvia", "S-01", "8305")
    assert first.role is Role.SUPERVISOR
    with pytest.raises(OperatorRefused) as caught:
        people.add_first_supervisor("Outra", "S-02", "8305")
    assert code_of(caught) == "OPERATOR_NOT_FIRST"
    assert people.count() == 1


def test_an_operator_signs_in_with_badge_and_pin(people: Operators) -> None:
    operator = people.sign_in(" P-07", "4917", NOW)
    assert operator == people.by_badge("p-07")
    assert isinstance(operator, Operator)
    assert operator.name == "Ana Lima"
    assert operator.permissions == {"pick.work", "orders.view"}


@pytest.mark.parametrize(
    ("name", "badge", "role", "pin", "code"),
    [
        ("", "A-1", "picker", "4917", "OPERATOR_NAME"),
        ("Ana\n", "", "picker", "4917", "BADGE_FORMAT"),
        ("Ana", "CRACHÁ", "picker", "4917", "BADGE_FORMAT"),
        ("Ana", "P-07", "picker", "4917", "BADGE_TAKEN"),
        ("Ana", "A-1", "owner", "4917", "OPERATOR_ROLE"),
        ("Ana", "A-1", "picker", "12", "PIN_FORMAT"),
        ("Ana", "A-1", "picker", "1234", "PIN_TRIVIAL"),
        ("Ana", "4917", "picker", "4917", "PIN_TRIVIAL"),
    ],
)
def test_a_bad_operator_is_refused_by_name_of_the_fault(
    people: Operators, name: str, badge: str, role: str, pin: str, code: str
) -> None:
    with pytest.raises(OperatorRefused) as caught:
        people.add(name, badge, role, pin)
    assert code_of(caught) == code
    assert people.count() == 2


def test_wrong_pins_make_a_person_wait_longer_and_longer(people: Operators) -> None:
    assert people.sign_in("P-07", "0001", NOW) == SignInRefused("PIN_WRONG", 0)
    assert people.sign_in("P-07", "0002", NOW) == SignInRefused("PIN_WRONG", 2)
    assert people.sign_in("P-07", "4917", NOW) == SignInRefused("PIN_WAIT", 2)
    assert people.sign_in("P-07", "0003", NOW + seconds(2)) == SignInRefused("PIN_WRONG", 5)
    assert people.sign_in("P-07", "4917", NOW + seconds(6)) == SignInRefused("PIN_WAIT", 1)
    assert isinstance(people.sign_in("P-07", "4917", NOW + seconds(7)), Operator)
    assert people.sign_in("P-07", "0004", NOW + seconds(8)) == SignInRefused("PIN_WRONG", 0)


def test_the_wait_outlives_closing_and_opening_the_store(path: Path) -> None:
    store = homes.store(path)
    people = operators(store)
    people.add_first_supervisor("Sílvia", "S-01", "8305")
    people.sign_in("S-01", "0001", NOW)
    people.sign_in("S-01", "0002", NOW)
    store.close()
    store = Store.open(path, homes.KEY)
    assert operators(store).sign_in("S-01", "8305", NOW) == SignInRefused("PIN_WAIT", 2)
    store.close()


def test_a_try_is_counted_before_its_pin_is_looked_at(
    people: Operators, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def power_cut(*_: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, "verify_pin", power_cut)
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                people.sign_in("P-07", "0001", NOW)
    assert operators(store).sign_in("P-07", "4917", NOW) == SignInRefused("PIN_WAIT", 2)


def test_a_clock_set_back_locks_nobody_out(people: Operators) -> None:
    for _ in range(2):
        people.sign_in("P-07", "0001", NOW)
    year_ago = NOW - timedelta(days=365)
    assert people.sign_in("P-07", "4917", year_ago) == SignInRefused("PIN_WAIT", 2)


def test_an_unknown_badge_costs_and_waits_as_a_wrong_pin_does(
    people: Operators, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[str] = []
    real = module.verify_pin

    def counted(pin_hash: str, pin: str, hasher: PasswordHasher) -> bool:
        verified.append(pin_hash)
        return real(pin_hash, pin, hasher)

    monkeypatch.setattr(module, "verify_pin", counted)
    for at in (0, 0, 0, 2, 3, 7):
        verified.clear()
        known = people.sign_in("P-07", "0001", NOW + seconds(at))
        known_cost = len(verified)
        unknown = people.sign_in("Z-99", "0001", NOW + seconds(at))
        assert isinstance(known, SignInRefused)
        assert isinstance(unknown, SignInRefused)
        assert unknown.wait_s == known.wait_s
        assert (unknown.code == "PIN_WAIT") == (known.code == "PIN_WAIT")
        assert len(verified) == 2 * known_cost
        assert not any(CHEAP.check_needs_rehash(pin_hash) for pin_hash in verified)


@pytest.mark.parametrize("text", ["", "\ud800", "\x00", "' OR 1=1 --", "^XA^XZ", "9" * 10_000])
def test_garbage_signs_nobody_in_and_harms_nothing(people: Operators, text: str) -> None:
    assert people.sign_in(text, "4917", NOW) == SignInRefused("BADGE_UNKNOWN", 0)
    assert people.sign_in("P-07", text, NOW) == SignInRefused("PIN_WRONG", 0)
    assert people.count() == 2


def test_a_disabled_operator_is_told_so_only_with_the_right_pin(people: Operators) -> None:
    people.disable("P-07")
    assert people.sign_in("P-07", "0001", NOW) == SignInRefused("PIN_WRONG", 0)
    assert people.sign_in("P-07", "4917", NOW) == SignInRefused("OPERATOR_DISABLED", 0)
    assert [(o.badge, o.disabled) for o in people.list()] == [("S-01", False), ("P-07", True)]


def test_the_last_supervisor_cannot_be_disabled(people: Operators) -> None:
    with pytest.raises(OperatorRefused) as caught:
        people.disable("S-01")
    assert code_of(caught) == "OPERATOR_LAST_SUPERVISOR"
    people.add("Rui", "S-02", Role.SUPERVISOR, "6194")
    assert people.disable("S-01").disabled
    with pytest.raises(OperatorRefused):
        people.disable("S-02")
    assert people.disable("S-01").disabled  # once more changes nothing


def test_a_new_pin_ends_the_wait(people: Operators) -> None:
    for _ in range(2):
        people.sign_in("P-07", "0001", NOW)
    people.set_pin("P-07", "7302")
    assert isinstance(people.sign_in("P-07", "7302", NOW), Operator)


def test_nobody_can_be_disabled_or_given_a_pin_by_an_unknown_badge(people: Operators) -> None:
    for change in (lambda: people.disable("Z-99"), lambda: people.set_pin("Z-99", "7302")):
        with pytest.raises(OperatorRefused) as caught:
            change()
        assert code_of(caught) == "OPERATOR_UNKNOWN"


def test_a_pin_kept_at_an_older_cost_is_hashed_anew_at_sign_in(
    people: Operators, store: Store
) -> None:
    dearer = PasswordHasher(time_cost=2, memory_cost=64, parallelism=1)
    assert isinstance(operators(store, dearer).sign_in("P-07", "4917", NOW), Operator)
    with store.read() as c:
        row = module.rows.by_badge(c, "P-07")
    assert row is not None
    assert not dearer.check_needs_rehash(row.pin_hash)
    assert isinstance(operators(store, dearer).sign_in("P-07", "4917", NOW), Operator)


def test_no_pin_stands_in_the_store(people: Operators, store: Store) -> None:
    with store.read() as c:
        assert all(row.pin_hash.startswith("$argon2id$") for row in module.rows.everyone(c))


def test_a_flood_of_unknown_badges_is_not_all_remembered(
    people: Operators, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "verify_pin", lambda *_: False)
    monkeypatch.setattr(module, "STRANGERS", 5)
    for number in range(20):
        people.sign_in(f"Z-{number}", "0001", NOW)
    assert len(people._strangers) == 5
