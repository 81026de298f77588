"""Every cause that the source can give, and every kind of system, has its words."""

from __future__ import annotations

import re
from pathlib import Path

from app.domain.texts import LANGUAGES, PROMPTS, TEXTS, word
from app.health.causes import _BY_NUMBER
from app.health.model import State

ROOT = Path(__file__).resolve().parents[3]


def source() -> str:
    return "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "app").rglob("*.py"))


def test_every_cause_has_its_sentence() -> None:
    codes = set(re.findall(r'Cause\(\s*"([A-Z_0-9]+)"', source())) | set(_BY_NUMBER.values())
    assert len(codes) > 15
    assert not {code for code in codes if f"CAUSE_{code}" not in PROMPTS}


def test_every_kind_of_system_has_its_name_and_what_can_still_be_done() -> None:
    kinds = set(re.findall(r'System\([^()]*?,\s*"([a-z]+)"', source()))
    assert kinds >= {"store", "printer", "gateway", "answer"}
    for kind in kinds:
        assert f"STILL_{kind.upper()}" in TEXTS
        for lang in LANGUAGES:
            assert word(f"system.{kind}", lang) != f"system.{kind}"


def test_every_state_has_its_word() -> None:
    for state in State:
        for lang in LANGUAGES:
            assert word(f"state.{state}", lang) != f"state.{state}"
