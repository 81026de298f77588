from __future__ import annotations

import pytest

from app.domain.texts import TEXTS
from app.support.wording import in_short


def test_what_happened_is_told_in_one_sentence_that_reads_without_its_values() -> None:
    assert in_short("WRONG_KIND", "pt") == "Isto é …"
    assert in_short("WRONG_BIN", "pt") == "Endereço errado: esperado …, lido …"
    assert in_short("UNKNOWN_CODE", "en") == "Unknown code"


@pytest.mark.parametrize("language", ["pt", "en"])
def test_no_gap_is_left_where_a_value_was(language: str) -> None:
    for code in TEXTS:
        told = in_short(code, language)
        assert "  " not in told, code
        assert not any(gap in told for gap in ("()", " ,", " .", " :", "“”")), code
