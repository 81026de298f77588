from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from app.domain.texts import TEXTS
from app.support import guides
from app.support.case import Case
from app.support.wording import TROUBLES

CASE = Case("EXP-1", datetime(2026, 11, 25, tzinfo=UTC), "Bancada 1", "button")


@pytest.mark.parametrize("lang", ["pt", "en"])
def test_every_guide_has_three_steps_each_with_its_picture(lang: str) -> None:
    found = guides.guides(lang)
    assert len(found) >= 10
    for guide in found:
        assert len(guide.steps) == 3, guide.name
        assert all(step.picture.is_file() and step.text for step in guide.steps), guide.name


def test_both_languages_have_the_same_guides_for_the_same_problems() -> None:
    heads = [
        [(g.name, g.codes, g.details, g.trouble, [s.picture for s in g.steps])
         for g in guides.guides(lang)]
        for lang in ("pt", "en")
    ]  # fmt: skip
    assert heads[0] == heads[1]


def test_every_code_of_a_guide_is_an_answer_of_the_engine() -> None:
    assert not {code for g in guides.guides("pt") for code in g.codes} - set(TEXTS)


def test_every_common_trouble_has_its_guide() -> None:
    for trouble in TROUBLES:
        assert guides.name_for(replace(CASE, trouble=trouble)), trouble


def test_the_evidence_tells_which_guide_a_code_means() -> None:
    down = replace(CASE, code="PRINTER_DOWN")
    assert guides.name_for(replace(down, detail="unreachable")) == "label"
    assert guides.name_for(replace(down, detail="head_open")) == "paper"
    assert guides.name_for(replace(CASE, code="PRINTER_PAPER", detail="paper_out")) == "paper"


def test_a_problem_that_nobody_knows_has_no_guide() -> None:
    assert guides.name_for(CASE) == ""
    assert guides.name_for(replace(CASE, code="SOMETHING_NEW")) == ""
