"""Code 128: short codes, and none that a scanner could misread."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.labels import code128


def test_an_invoice_key_of_digits_takes_the_297_modules_of_the_manual() -> None:
    assert code128.modules("1" * 44) + 2 * code128.QUIET_MODULES == 297


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=40))
def test_the_parts_are_the_whole_text_and_pairs_of_digits_stay_pairs(text: str) -> None:
    parts = code128.parts(text)
    assert "".join(run for _, run in parts) == text
    assert all(len(run) % 2 == 0 and run.isdigit() for charset, run in parts if charset == "C")
    assert sum(code128.bars(text)) == code128.modules(text)


@pytest.mark.parametrize("text", ["", "ção", "a\nb", "\x00"])
def test_what_cannot_be_encoded_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        code128.parts(text)
