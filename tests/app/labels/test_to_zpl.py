"""ZPL: data stays data."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from app.labels.page import Page, Text
from app.labels.to_zpl import escape, write


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_an_escaped_field_holds_no_command_and_gives_the_text_back(text: str) -> None:
    field = escape(text)
    assert re.fullmatch(r"[A-Za-z0-9 _.,:/()-]*", field)
    raw = re.sub(rb"_(..)", lambda m: bytes([int(m[1], 16)]), field.encode("ascii"))
    assert raw.decode("utf-8") == text


def test_dots_follow_the_resolution_of_the_printer() -> None:
    page = Page(100, 150, [Text(25.4, 50.8, 2.54, (("x", False),))])
    assert b"^FO203,406^A0N,20," in write([page], dpi=203)
    assert b"^FO300,600^A0N,30," in write([page], dpi=300)
