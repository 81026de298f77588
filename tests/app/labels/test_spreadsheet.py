from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.labels.spreadsheet import cell, csv_bytes


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", '=HYPERLINK("http://x","y")', "+55 11", "-2+3", "@SUM(A1)", "\t=1", "\r=1",
        "  =cmd|' /C calc'!A0", "＝1+1", "%0A=1",
    ],
)  # fmt: skip
def test_a_would_be_formula_is_text(text: str) -> None:
    assert cell(text) == f"'{text}"


def test_numbers_words_and_nothing_stay_as_they_are() -> None:
    assert [cell(v) for v in (-5, 1.5, "Ana", "", None)] == ["-5", "1.5", "Ana", "", ""]


def test_excel_of_a_brazilian_desk_opens_it_by_a_double_click() -> None:
    made = csv_bytes(("nome", "ação"), [("São", '";x')])
    assert made.startswith(b"\xef\xbb\xbf")
    assert made.decode("utf-8-sig") == '"nome";"ação"\r\n"São";""";x"\r\n'


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_no_cell_of_any_text_is_a_formula_and_every_row_comes_back(rows: list[list[str]]) -> None:
    text = csv_bytes(("a", "b"), rows).decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert len(found) == len(rows) + 1
    assert not any(value.lstrip()[:1] in tuple("=+-@") for row in found for value in row if value)
