"""Forms: a form that is filled says what a page laid out for its texts alone would say."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.labels import forms, to_pdf, to_zpl
from app.labels.fonts import widths
from app.labels.forms import Piece, Pieces
from app.labels.page import Filled, Mark, Page, Rule, Text, barcode
from app.labels.text import PLAIN, STEPS, block, clean, is_usual, line, signs_of, steps, width
from tests.support.raster import pdf_text

NASTY = "^~_\\>;:%()' \u00a0\u202e\u0000\n\tWiãÇ\u0301\u05d0\U0001f600漢Ł0"
texts = st.one_of(
    st.text("abcdeinorst ÃçW.0", max_size=34),
    st.text(st.sampled_from(NASTY), max_size=12),
    st.text(st.characters(codec="utf-8"), max_size=30),
)
codes = st.one_of(
    st.from_regex(r"[A-Z]{2}[0-9]{9}BR", fullmatch=True),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=20),
)


def layout(texts: Sequence[str], title: str, height: float) -> list[Mark]:
    code, name, street, number, series, note = texts
    rows = [("", name), ("Nº 100%:", number, "SÉRIE:", series), (title, street, "FIM:", title)]
    return [
        barcode(50, 5, 100, 10, code),
        line(code, 3, 16, 60, size=4, align="c"),
        Rule(3, 21, 94),
        *block(rows, 3, 22, 60, height, size=4),
        line(note, 3, 60, 40, size=5, bold=True),
    ]


def careful(texts: tuple[str, ...], title: str, height: float) -> list[Mark]:
    """The marks without a form."""
    return layout((texts[0], *map(clean, texts[1:])), title, height)


def again(*pages: tuple[str, ...], title: str = "PARA:", height: float = 40.0) -> list[Mark]:
    """What pieces give, one after the other, once there is a form for such texts."""
    pieces = Pieces(*[Piece(layout, codes=1, words=5)] * len(pages))
    codes = tuple(texts[0] for texts in pages)
    words = tuple(word for texts in pages for word in texts[1:])
    for _ in range(3):
        made = pieces.filled(((title, height),) * len(pages), codes, words)
    return made


def drawn(marks: list[Mark]) -> list[Mark]:
    """The marks themselves: forms filled, and without what only forms look at."""
    plain = [
        one for mark in marks for one in (forms.marks(mark) if type(mark) is Filled else [mark])
    ]
    return [mark._replace(spare=0) if isinstance(mark, Text) else mark for mark in plain]


@settings(max_examples=150, deadline=None)
@given(
    codes,
    st.tuples(texts, texts, texts, texts, texts),
    st.sampled_from(["PARA:", "Ł%s", "Rua das Palmeiras Imperiais " * 3]),
    st.sampled_from([40.0, 15.0, 9.0]),
)
def test_a_filled_form_has_the_marks_of_a_page_laid_out_for_its_texts(
    code: str, others: tuple[str, ...], title: str, height: float
) -> None:
    asked = (code, *others)
    made = again(asked, title=title, height=height)
    wanted = careful(asked, title, height)
    assert drawn(made) == drawn(wanted)
    quick, slow = Page(100, 80, made), Page(100, 80, wanted)
    assert to_zpl.write([quick]) == to_zpl.write([slow])
    assert to_pdf.write([quick], title="x") == to_pdf.write([slow], title="x")


def test_what_usually_stands_on_a_label_is_filled_in() -> None:
    asked = ("SO000641962BR", "Conceição Araújo", "Rua B, 12", "1042", "1", "50% a_b ^XZ")
    (mark,) = again(asked)
    assert isinstance(mark, Filled)
    page = Page(100, 80, [mark])
    assert b"^FDPARA: Rua B, 12 FIM: PARA:^FS" in to_zpl.write([page])
    assert b"^FD50_25 a_5Fb _5EXZ^FS" in to_zpl.write([page])
    assert "Nº 100%: 1042 SÉRIE: 1" in pdf_text(to_pdf.write([page], title="x"))


def test_a_text_that_is_too_wide_and_a_code_that_is_not_clean_are_laid_out_anew() -> None:
    usual = ("SO000641962BR", "Ana", "Rua B", "1", "1", "x")
    for place, text in ((0, "A  B"), (1, "W" * 30), (5, "W" * 30)):
        asked = (*usual[:place], text, *usual[place + 1 :])
        made = again(asked)
        assert not [mark for mark in made if isinstance(mark, Filled)], text


def test_a_text_so_long_that_its_checksum_begins_again_is_laid_out_anew() -> None:
    wide = steps(False)[ord("W")]
    text = "W" * (65_521 // wide + 1)  # Adler-32 counts modulo 65,521
    made = again(("SO000641962BR", text, "Rua B", "1", "1", "x"))
    assert not [mark for mark in made if isinstance(mark, Filled)]


def test_pieces_share_a_form_and_keep_their_order_where_one_does_not_fit() -> None:
    usual = ("SO000641962BR", "Ana", "Rua B", "1", "1", "x")
    long = (*usual[:5], "W" * 30)
    for asked, forms_made in (
        ((usual, usual), 1),
        ((usual, long), 1),
        ((long, usual), 1),
        ((usual, long, usual), 2),
    ):
        made = again(*asked)
        assert len([mark for mark in made if isinstance(mark, Filled)]) == forms_made
        wanted = [mark for texts in asked for mark in careful(texts, "PARA:", 40.0)]
        assert drawn(made) == drawn(wanted)


def test_a_code_that_cannot_be_a_barcode_is_refused() -> None:
    for code in ("", "AÇ", "A\x00"):
        with pytest.raises(ValueError):
            again((code, "a", "b", "c", "d", "e"))


def test_a_line_s_end_in_a_code_is_not_taken_for_the_end_of_the_code() -> None:
    words = ("Ana", "Rua B", "1", "1", "x") * 2
    pieces = Pieces(*[Piece(layout, codes=1, words=5)] * 2)
    for codes in (("A", "B\nC"), ("A", "B\nC"), ("A\nB", "C")):
        with pytest.raises(ValueError):
            pieces.filled((("PARA:", 40.0),) * 2, codes, words)


@pytest.mark.parametrize("letter", "iaW.ç")
def test_a_text_that_just_fits_and_one_that_just_does_not_are_laid_out_the_same(
    letter: str,
) -> None:
    usual = ("SO000641962BR", "Ana", "Rua B", "1", "1", "x")
    for place in (1, 2, 3, 5):
        kinds = set()
        for count in range(1, 60):
            text = letter * count
            asked = (*usual[:place], text, *usual[place + 1 :])
            made = again(asked)
            assert drawn(made) == drawn(careful(asked, "PARA:", 40.0)), text
            kinds.add(type(made[0]))
        assert Filled in kinds


def test_all_digits_are_equally_wide_which_the_forms_of_codes_rest_on() -> None:
    for bold in (False, True):
        assert len({widths(bold)[digit] for digit in "0123456789"}) == 1


@given(st.text(st.characters(max_codepoint=255)), st.booleans())
def test_steps_measure_no_letter_too_narrow_and_none_much_too_wide(text: str, bold: bool) -> None:
    shown = clean(text)
    if shown.isascii() or max(shown) <= "ÿ":
        measured = sum(shown.encode("latin-1").translate(steps(bold))) / STEPS
        exact = width(shown, 1, bold=bold)
        assert exact - 1e-9 <= measured <= exact + len(shown) / STEPS


@given(st.lists(texts, max_size=5))
def test_usual_texts_are_those_of_latin_1_that_stay_as_they_are_when_cleaned(
    some: list[str],
) -> None:
    of_latin_1 = all(char <= "ÿ" for text in some for char in text)
    assert is_usual(some) == (of_latin_1 and list(map(clean, some)) == some)


@given(st.lists(texts, max_size=5))
def test_the_signs_of_usual_texts_are_all_that_is_not_plain(some: list[str]) -> None:
    signs = signs_of(some)
    if signs is not None:
        plain = PLAIN.decode("ascii")
        assert set(signs) == {c for text in some for c in text if c not in plain}
