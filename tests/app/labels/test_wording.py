"""Numbers, dates and addresses as Brazil writes them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from app.domain.model import Address
from app.labels import wording


@given(st.integers(0, 4_000_000_000))
def test_a_moment_is_told_in_the_offset_it_carries_or_in_the_zone(seconds: int) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    told = "%d/%m/%Y %H:%M:%S"
    zone = ZoneInfo("America/Sao_Paulo")
    assert wording.moment(at, None) == at.strftime(told)
    assert wording.moment(at, zone) == at.astimezone(zone).strftime(told)


@given(st.one_of(st.from_regex("[0-9]{0,48}", fullmatch=True), st.text(max_size=50)))
def test_a_key_stands_in_groups_of_four_characters(key: str) -> None:
    groups = wording.fours(key).split(" ") if " " not in key else []
    assert all(len(group) == 4 for group in groups[:-1])
    assert "".join(wording.fours(key).split(" ")) == key.replace(" ", "")


@given(st.integers(0, 99_999_999))
def test_grams_are_told_as_kilos_with_three_places(grams: int) -> None:
    kilos = wording.kilos(grams)
    assert kilos == f"{grams // 1000},{grams % 1000:03} kg"


def test_documents_and_ceps_have_their_punctuation() -> None:
    assert wording.document("12345678000195") == "12.345.678/0001-95"
    assert wording.document("12ABC34501DE35") == "12.ABC.345/01DE-35"
    assert wording.document("52998224725") == "529.982.247-25"
    assert wording.document("1-2") == "1-2"
    assert (wording.cep("01310100"), wording.cep("0131")) == ("01310-100", "0131")


def test_what_an_address_lacks_leaves_no_sign_behind() -> None:
    whole = Address("01310100", "Rua B", "12", "", "", "Açaí", "SP")
    assert (wording.street(whole), wording.town(whole)) == ("Rua B, 12", "Açaí / SP")
    bare = Address("01310100", "Rua B", "", "", "", "", "SP")
    assert (wording.street(bare), wording.town(bare)) == ("Rua B", "SP")
