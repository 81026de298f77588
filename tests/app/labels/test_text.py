"""Text on paper: harmless characters only, and within its place."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.labels.text import CUT_MARK, block, clean, line
from tests.support.labels import line_width


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
        assert mark.x + line_width(mark) <= 43.01
        assert mark.y + mark.size <= 25.01
    one = line(text, 3, 5, 40, size=4, bold=bold, align="r")
    assert one.x + line_width(one) <= 43.01


def test_a_long_word_is_broken_and_a_long_text_ends_with_a_mark() -> None:
    lines = block([("", "W" * 10_000)], 0, 0, 40, 20, size=4)
    assert len(lines) > 5
    assert lines[-1].runs[-1][0].endswith(CUT_MARK)
    assert line("W" * 10_000, 0, 0, 40, size=4).runs[0][0].endswith(CUT_MARK)


def test_titles_are_bold_and_their_texts_are_not() -> None:
    (one,) = block([("NF-E Nº:", "7", "SÉRIE:", "1")], 0, 0, 90, 5, size=2)
    assert one.runs == (("NF-E Nº:", True), ("7", False), ("SÉRIE:", True), ("1", False))


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.text("^~_\\ Wiãç\u0301\u05d0\U0001f600漢", max_size=200), min_size=1, max_size=7)
)
def test_a_block_holds_every_word_in_its_order_or_says_that_it_was_cut(parts: list[str]) -> None:
    lines = block([tuple(parts)], 3, 5, 40, 20, size=4)
    shown = " ".join(words for line in lines for words, _ in line.runs)
    whole = "".join("".join(map(clean, parts)).split())
    printed = "".join(shown.removesuffix(CUT_MARK).split())
    assert printed == whole or (shown.endswith(CUT_MARK) and whole.startswith(printed))
