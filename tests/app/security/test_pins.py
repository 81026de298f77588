from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from app.security.pins import HASHER, hash_pin, nobodys_hash, pin_fault, verify_pin, wait_after

CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


@pytest.mark.parametrize("pin", ["2580", "4917", "830156", "90210473"])
def test_an_ordinary_pin_is_taken(pin: str) -> None:
    assert pin_fault(pin) == ""


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "12 4", "١٢٣٤", "²²²²", "-123"])
def test_a_pin_is_four_to_eight_plain_digits(pin: str) -> None:
    assert pin_fault(pin) == "PIN_FORMAT"


@pytest.mark.parametrize(
    "pin", ["0000", "1234", "4321", "7890", "3210", "99999999", "1212", "123123", "12341234"]
)
def test_a_pin_that_everybody_tries_first_is_refused(pin: str) -> None:
    assert pin_fault(pin) == "PIN_TRIVIAL"


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert pin_fault(text) in ("", "PIN_FORMAT", "PIN_TRIVIAL")


def test_a_pin_is_kept_as_a_salted_hash_that_only_it_fits() -> None:
    kept = hash_pin("4917", CHEAP)
    assert "4917" not in kept
    assert kept != hash_pin("4917", CHEAP)
    assert verify_pin(kept, "4917", CHEAP)
    assert not verify_pin(kept, "4918", CHEAP)


@pytest.mark.parametrize("damaged", ["", "plain", "$argon2id$v=19$m=1", "$argon2id$é"])
def test_a_damaged_hash_fits_no_pin(damaged: str) -> None:
    assert not verify_pin(damaged, "4917", CHEAP)


def test_nobodys_hash_costs_what_a_real_one_does_and_fits_nothing() -> None:
    nobody = nobodys_hash(CHEAP)
    assert not CHEAP.check_needs_rehash(nobody)
    assert len(nobody) == len(hash_pin("4917", CHEAP))
    assert not verify_pin(nobody, "4917", CHEAP)


def test_the_real_cost_is_argon2id_over_tens_of_megabytes() -> None:
    assert HASHER.type.name == "ID"
    assert HASHER.memory_cost >= 19 * 1024  # OWASP's least (2023)


def test_waits_start_at_the_second_wrong_pin_and_end_at_a_quarter_of_an_hour() -> None:
    assert [wait_after(n) for n in range(7)] == [0, 0, 2, 5, 15, 30, 60]
    assert wait_after(1000) == 900


@given(st.integers(0, 100))
def test_waiting_never_gets_shorter(failures: int) -> None:
    assert wait_after(failures) <= wait_after(failures + 1)
