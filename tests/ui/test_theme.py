"""Colours can be told apart, by measure."""

from __future__ import annotations

import pytest

from app.domain.decision import Outcome
from app.health.model import State
from ui.theme import (
    OUTCOME_ICONS,
    STATE_SIGNS,
    THEMES,
    colours_of,
    contrast_ratio,
    hint_colour,
    state_colour,
    unit_px,
)


@pytest.mark.parametrize("name", THEMES)
def test_every_text_stands_out_from_its_ground(name: str) -> None:
    theme = THEMES[name]
    least = 7 if name == "contrast" else 4.5
    pairs = [
        (theme.text, theme.ground), (theme.text, theme.card), (theme.muted, theme.card),
        (theme.muted, theme.ground), (theme.accent, theme.ground), (theme.late, theme.card),
        (hint_colour(theme), theme.card), (theme.on_accent, theme.accent),
        (theme.text, theme.bar), (theme.on_warn, theme.warn),
    ]  # fmt: skip
    pairs += [colours_of(theme, outcome) for outcome in Outcome]
    pairs += [(state_colour(theme, state), theme.card) for state in State]
    assert hint_colour(theme) != theme.text
    for first, second in pairs:
        assert contrast_ratio(first, second) >= least, (first, second)


def test_outcomes_differ_by_more_than_colour() -> None:
    assert len(set(OUTCOME_ICONS.values())) == len(Outcome)
    assert len({STATE_SIGNS[state] for state in State}) == len(State)


@pytest.mark.parametrize(
    ("size", "unit"), [((1366, 768), 15), ((1920, 1080), 21), ((3840, 2160), 42)]
)
def test_letters_grow_with_the_window(size: tuple[int, int], unit: int) -> None:
    assert unit_px(*size) == unit
