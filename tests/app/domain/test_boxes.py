from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.boxes import expected_weight_g, suggest, weight_ok
from app.domain.model import BoxType, Product

SMALL = BoxType("P", 200, 150, 100, 2_000, 90)
LARGE = BoxType("G", 500, 400, 300, 15_000, 400)


def item(
    length: int | None = 100,
    width: int | None = 100,
    height: int | None = 50,
    weight: int | None = 300,
) -> Product:
    return Product("A", "A", weight_g=weight, length_mm=length, width_mm=width, height_mm=height)


def test_the_smallest_box_that_holds_the_items_is_suggested() -> None:
    assert suggest([(item(), 2)], [LARGE, SMALL]) == SMALL


def test_a_box_is_never_filled_beyond_85_percent() -> None:
    assert suggest([(item(), 6)], [LARGE, SMALL]) == LARGE


def test_an_item_longer_than_the_box_asks_for_a_longer_box() -> None:
    assert suggest([(item(length=300, width=10, height=10), 1)], [LARGE, SMALL]) == LARGE


def test_heavy_items_ask_for_a_stronger_box() -> None:
    assert suggest([(item(weight=1_950), 1)], [LARGE, SMALL]) == LARGE


def test_an_unmeasured_item_leaves_the_box_to_the_packer() -> None:
    assert suggest([(item(height=None), 1)], [LARGE, SMALL]) is None


def test_nothing_is_suggested_when_no_box_is_large_enough() -> None:
    assert suggest([(item(length=900), 1)], [LARGE, SMALL]) is None


def test_an_unweighed_item_makes_the_weight_unknown() -> None:
    assert expected_weight_g([(item(weight=None), 1)], 90) is None
    assert expected_weight_g([(item(weight=None), 0), (item(), 2)], 90) == 690


def test_the_tolerance_is_50_grams_or_5_percent_whichever_is_more() -> None:
    assert weight_ok(300, 350)
    assert not weight_ok(300, 351)
    assert weight_ok(10_000, 9_500)
    assert not weight_ok(10_000, 9_499)


sides = st.integers(1, 600)


@given(sides, sides, sides, st.integers(1, 20_000), st.integers(1, 20))
def test_a_suggested_box_always_takes_the_items(
    length: int, width: int, height: int, weight: int, quantity: int
) -> None:
    box = suggest([(item(length, width, height, weight), quantity)], [SMALL, LARGE])
    if box:
        inside = box.length_mm * box.width_mm * box.height_mm
        assert length * width * height * quantity <= inside * 0.85
        assert weight * quantity + box.tare_g <= box.max_weight_g
