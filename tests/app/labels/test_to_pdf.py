"""PDF: every letter is embedded, means itself, and the same pages give the same bytes."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from app.labels import to_pdf
from app.labels.fonts import harmless
from app.labels.page import Filled, Form, Page, Text
from app.labels.pdf_letters import MOST, USUAL
from app.labels.text import line
from tests.support.raster import pdf_pages, pdf_text

LETTERS = sorted(harmless() - set(" "))
OTHERS = [char for char in LETTERS if char not in USUAL and char.isalpha()]
words = st.text(st.sampled_from(f"{USUAL}ŁΩЖאب()\\"), min_size=1, max_size=30)


def text_page(*texts: str) -> Page:
    return Page(200, 290, [line(text, 5, 5 + 6 * i, 190, size=4) for i, text in enumerate(texts)])


@settings(max_examples=40, deadline=None)
@given(st.lists(words, min_size=1, max_size=4), st.booleans())
def test_what_is_written_can_be_read_whatever_letters_it_has(
    texts: list[str], shared: bool
) -> None:
    page = text_page(*texts)
    if shared:
        page.marks = [Filled(Form(tuple(page.marks)), (), (), "")]
    shown = "".join(run[0] for mark in text_page(*texts).marks for run in mark.runs)  # type: ignore[union-attr]
    # The order of letters that run from right to left is the reader's own matter.
    read = pdf_text(to_pdf.write([page], title="x"))
    assert sorted(read.replace(" ", "")) == sorted(shown.replace(" ", ""))


def test_a_character_beyond_the_first_plane_is_copied_as_itself() -> None:
    assert pdf_text(to_pdf.write([text_page("Zoë 😀 Ł")], title="x")) == "Zoë 😀 Ł"


def test_a_file_may_have_more_letters_than_one_set_holds() -> None:
    chars = OTHERS[: 2 * MOST + 10]
    texts = ["".join(chars[at : at + 40]) for at in range(0, len(chars), 40)]
    pdf = to_pdf.write([text_page(*texts)], title="x")
    assert pdf.count(b"/Type/FontDescriptor") == 2 + 2 * 3
    read = set(pdf_text(pdf))  # a ligature is read as its letters
    assert len([char for char in chars if char in read]) > 0.95 * len(chars)


def test_every_letter_is_drawn_as_itself() -> None:
    """A glyph of a set that was cut for the file is the same picture as one of the usual set."""
    (usual,) = pdf_pages(to_pdf.write([text_page("HIJ")], title="x"))
    # Greek and Cyrillic capitals of the same shape are other characters.
    (others,) = pdf_pages(to_pdf.write([text_page("ΗΙЈ")], title="x"))
    assert usual.tobytes() == others.tobytes()


def test_the_table_of_a_file_tells_where_each_object_begins() -> None:
    for text in ("Ana", "Łódź Ωμέγα"):
        pdf = to_pdf.write([text_page(text), text_page("x")], title="Olá (1)")
        start = int(re.findall(rb"startxref\n(\d+)", pdf)[0])
        assert pdf[start:].startswith(b"xref\n")
        offsets = re.findall(rb"(\d{10}) 00000 n", pdf[start:])
        for number, offset in enumerate(map(int, offsets), 1):
            assert pdf[offset:].startswith(b"%d 0 obj\n" % number)


def test_the_same_pages_give_the_same_bytes_whatever_was_written_before() -> None:
    once = to_pdf.write([text_page("Łódź")], title="x")
    to_pdf.write([text_page("Жанна")], title="x")
    assert to_pdf.write([text_page("Łódź")], title="x") == once


def test_runs_of_a_line_stand_as_far_apart_as_they_are_measured() -> None:
    runs = (("AB", True), ("cd", False), ("EF", True))
    pdf = to_pdf.write([Page(60, 20, [Text(5, 5, 4, runs)])], title="x")
    assert pdf_text(pdf) == "AB cd EF"
