"""Text on paper: harmless characters only, and within its place."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.labels.text import block, clean, line, width


@given(st.text())
def test_cleaned_text_has_no_control_or_bidi_characters_and_stays_as_it_is(text: str) -> None:
    shown = clean(text)
    assert shown.isprintable()
    assert clean(shown) == shown


def test_a_character_without_a_glyph_leaves_a_visible_box() -> None:
    assert clean("Ana 漢\u202e\x00 Zoë") == "Ana □ Zoë"


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80), st.text(max_size=300), st.booleans())
def test_fitted_text_stays_in_its_box(title: str, text: str, bold: bool) -> None:
    for mark in block([(title, text)], 3, 5, 40, 20, size=4, bold=bold):
        assert mark.x + width(mark.text, mark.size, bold=mark.bold) <= 43.01
        assert mark.y + mark.size <= 25.01
    one = line(text, 3, 5, 40, size=4, bold=bold, align="r")
    assert one.x + width(one.text, one.size, bold=bold) <= 43.01
