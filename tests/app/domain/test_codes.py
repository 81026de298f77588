from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import ean
from stdnum.br import cnpj, cpf

from app.domain import codes

PAYLOADS = st.text(string.ascii_uppercase + string.digits + "-", min_size=1, max_size=20)
CHARS = string.ascii_uppercase + string.digits + "-."
NFE_KEYS = [
    "42220575277525000178550030000292481295366801",
    "35180834128745000152550010000474281920007498",
    "15231207933914000154550010006643501427015088",
    "35260712ABC34501DE35550010000001231123456787",
]
S10_CODES = [
    "SO000641962BR",
    "PH185560916BR",
    "AD802864385BR",
    "AD802865749BR",
    "RR473124829BR",
    "DL077986616BR",
    "DL746686536BR",
    "PD123456785BR",
]


@given(st.sampled_from(list(codes.CodeKind)), PAYLOADS)
def test_an_own_code_reads_back_as_what_it_was_made_of(kind: str, payload: str) -> None:
    assert codes.parse_own_code(codes.own_code(kind, payload)) == (kind, payload)


@given(PAYLOADS, st.data())
def test_one_wrong_character_in_an_own_code_is_always_noticed(payload: str, data) -> None:
    text = codes.own_code("B", payload)
    place = data.draw(st.integers(3, len(text) - 1).filter(lambda i: text[i] != "."))
    char = data.draw(st.sampled_from([c for c in CHARS if c != text[place]]))
    assert codes.parse_own_code(text[:place] + char + text[place + 1 :]) != ("B", payload)


@given(PAYLOADS, st.data())
def test_a_cut_own_code_is_never_a_whole_one(payload: str, data) -> None:
    text = codes.own_code("T", payload)
    cut = data.draw(st.integers(0, len(text) - 1))
    assert codes.parse_own_code(text[:cut]) is None


@pytest.mark.parametrize(("kind", "payload"), [("Z", "A"), ("B", ""), ("B", "a"), ("B", "Ç")])
def test_an_own_code_of_other_kinds_or_characters_is_not_made(kind: str, payload: str) -> None:
    with pytest.raises(ValueError):
        codes.own_code(kind, payload)


@pytest.mark.parametrize("code", S10_CODES)
def test_real_tracking_codes_have_the_right_check_digit(code: str) -> None:
    assert codes.is_s10(code)
    assert codes.s10(code[:2], int(code[2:10])) == code
    wrong = str((int(code[10]) + 1) % 10)
    assert not codes.is_s10(code[:10] + wrong + code[11:])


@given(st.from_regex(r"[0-9]{12,13}", fullmatch=True))
def test_gtins_agree_with_stdnum(text: str) -> None:
    assert codes.gtin_is_valid(text) == ean.is_valid(text)


def test_a_gtin_14_is_checked_over_all_its_digits() -> None:
    assert codes.gtin_is_valid("17891352034023")
    assert not codes.gtin_is_valid("17891352034024")
    assert not codes.gtin_is_valid("178913520340")


@pytest.mark.parametrize("key", NFE_KEYS)
def test_real_and_alphanumeric_nfe_keys_are_valid(key: str) -> None:
    assert codes.nfe_key_is_valid(key)


@pytest.mark.parametrize("key", NFE_KEYS)
def test_an_nfe_key_with_a_wrong_digit_is_not_valid(key: str) -> None:
    for place in range(44):
        if key[place].isdigit():
            wrong = key[:place] + str((int(key[place]) + 1) % 10) + key[place + 1 :]
            assert not codes.nfe_key_is_valid(wrong), place


@given(st.from_regex(r"[0-9A-Z]{12}[0-9]{2}", fullmatch=True))
def test_a_cnpj_agrees_with_stdnum(text: str) -> None:
    right = text[:12] + cnpj.calc_check_digits(text[:12])
    for number in (text, right):
        assert codes.cnpj_is_valid(number) == cnpj.is_valid(number), number


@given(st.from_regex(r"[0-9]{11}", fullmatch=True))
def test_a_cpf_agrees_with_stdnum(text: str) -> None:
    assert codes.cpf_is_valid(text) == cpf.is_valid(text)
    assert codes.cpf_is_valid("52998224725")


@pytest.mark.parametrize(
    ("cep", "state"),
    [
        ("01310-100", "SP"),
        ("69309563", "RR"),
        ("72800000", "GO"),
        ("73000000", "DF"),
        ("69900000", "AC"),
        ("78900000", "RO"),
        ("00999999", None),
        ("1310100", None),
        ("", None),
    ],
)
def test_a_cep_names_its_state(cep: str, state: str | None) -> None:
    assert codes.cep_state(cep) == state


@given(st.text())
def test_no_text_makes_a_code_function_fail(text: str) -> None:
    for ask in (
        codes.parse_own_code,
        codes.is_s10,
        codes.gtin_is_valid,
        codes.nfe_key_is_valid,
        codes.cnpj_is_valid,
        codes.cpf_is_valid,
        codes.cep_state,
    ):
        assert not ask(text) or text.isascii()
