from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.flow.pace import FEWEST, LONGEST_S, Pace


def test_a_slow_transaction_is_followed_by_one_as_much_smaller() -> None:
    pace = Pace(1000, 1000)
    pace.took(10 * LONGEST_S)
    assert pace.size == 100


def test_quick_ones_grow_up_to_the_most() -> None:
    pace = Pace(10, 100)
    for _ in range(30):
        pace.took(0.001)
    assert pace.size == 100


def test_they_are_never_made_larger_than_the_most() -> None:
    pace = Pace(10, 10)
    pace.took(100.0)
    assert pace.size == 10


@given(st.lists(st.floats(0, 100)), st.integers(FEWEST, 500))
def test_the_size_stays_between_its_bounds(times: list[float], most: int) -> None:
    pace = Pace(most, most)
    for seconds in times:
        pace.took(seconds)
        assert FEWEST <= pace.size <= most
