from __future__ import annotations

from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import entries, texts


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", sorted(texts.TEXTS))
def test_a_text_has_three_parts_in_both_languages_with_the_same_parameters(code: str) -> None:
    by_language = texts.TEXTS[code]
    assert set(by_language) == set(texts.LANGUAGES)
    asked = []
    for parts in by_language.values():
        assert len(parts) == 3
        assert all(part.strip() for part in parts)
        asked.append(fields(" ".join(parts)))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("code", sorted(texts.PROMPTS))
def test_a_prompt_stands_in_both_languages_with_the_same_parameters(code: str) -> None:
    by_language = texts.PROMPTS[code]
    assert set(by_language) == set(texts.LANGUAGES)
    assert fields(by_language["pt"]) == fields(by_language["en"])


def test_a_wrong_kind_names_both_kinds_with_their_articles() -> None:
    params = {"read": "bin", "asked": "product"}
    assert texts.message("WRONG_KIND", "pt", params)[0] == "Isto é um endereço. Bipe o produto."
    assert texts.message("WRONG_KIND", "en", params)[0] == "This is a bin. Scan the item."


def test_a_missing_parameter_leaves_a_readable_text() -> None:
    assert texts.message("UNKNOWN_CODE", "pt", {})[0] == "Código não cadastrado: …."


def test_an_unknown_code_still_has_three_parts_and_names_itself() -> None:
    happened, means, do_next = texts.message("NEW_ONE", "pt", {})
    assert "NEW_ONE" in happened
    assert means
    assert do_next
    assert texts.prompt("NEW_ONE", "pt", {}) == "NEW_ONE"


@given(st.sampled_from(["UNKNOWN_CODE", "WRONG_KIND", "NO_SUCH"]), st.text(), st.text())
def test_no_parameter_makes_a_text_fail(code: str, lang: str, value: str) -> None:
    params = {"code": value, "read": value, "asked": value}
    assert len(texts.message(code, lang, params)) == 3
    if code == "UNKNOWN_CODE":
        assert value in texts.message(code, lang, params)[0]


def test_braces_in_a_parameter_are_only_text() -> None:
    assert "{code}" in texts.message("UNKNOWN_CODE", "en", {"code": "{code}"})[0]


def test_every_kind_of_journal_entry_has_its_word() -> None:
    for kind in entries.Entry.__subclasses__():
        for lang in texts.LANGUAGES:
            assert texts.word(kind.__name__, lang) != kind.__name__
