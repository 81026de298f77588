"""Packages told to shops: what is there already, and what no longer fits."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec import structs

from app.connectors import errors, parcels
from app.connectors.parcels import Parcel, Wanted
from app.connectors.roles import Fulfilment, LineDone, PackageDone, Step


@pytest.fixture
def done() -> Fulfilment:
    lines = (LineDone("1", "CAM-P", 2, 1, "not_found"), LineDone("2", "CAN-01", 0, 1, "damaged"))
    package = PackageDone(1, 500, "PB123456781BR", lines=(("1", 2),))
    at = datetime(2026, 11, 25, tzinfo=UTC)
    return Fulfilment("7", "1007", Step.SHIPPED, at, lines, (package,))


def test_only_what_is_not_there_is_missing_and_two_alike_are_two() -> None:
    one, other = Parcel("", frozenset({("1", 1)})), Parcel("A", frozenset({("1", 1)}))
    assert parcels.missing([one, one, other], [other, one]) == [one]
    assert parcels.missing([one], [one, other]) == []


def test_a_package_is_known_by_tracking_code_and_lines(done: Fulfilment) -> None:
    assert parcels.of(done) == [Parcel("PB123456781BR", frozenset({("1", 2)}))]


def test_nothing_packed_is_nothing_to_tell(done: Fulfilment) -> None:
    with pytest.raises(errors.Refused) as caught:
        parcels.of(structs.replace(done, packages=()))
    assert caught.value.reason == "LINES"


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        ({}, "LINES"),
        ({"1": Wanted("CAM-P", 1)}, "QUANTITY"),
        ({"1": Wanted("CAM-M", 3)}, "SUBSTITUTED"),
    ],
)
def test_what_the_shop_no_longer_wants_is_refused(
    done: Fulfilment, wanted: dict[str, Wanted], reason: str
) -> None:
    with pytest.raises(errors.Refused) as caught:
        parcels.hold_against(done, wanted)
    assert caught.value.reason == reason


def test_a_line_of_which_nothing_was_found_need_not_be_there_any_more(done: Fulfilment) -> None:
    parcels.hold_against(done, {"1": Wanted("CAM-P", 2)})


def test_the_shorts_name_units_and_products(done: Fulfilment) -> None:
    assert parcels.shorts_text(done) == "1 × CAM-P, 1 × CAN-01"
