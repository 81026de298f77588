"""Every answer that the engine can give has its text."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from app.domain import texts

ROOT = Path(__file__).resolve().parents[2]
ANSWERS = {"Feedback": 1, "Accepted": 1, "Refused": 0, "Prompt": 0, "Claim": 3}
CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")


@cache
def codes() -> list[tuple[str, str, str]]:
    """Place, kind of answer and code of every answer written in the engine and the screen."""
    return list(_found())


def _found() -> Iterator[tuple[str, str, str]]:
    for folder in ("app", "ui"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                    continue
                at = ANSWERS.get(node.func.id)
                if at is None or len(node.args) <= at:
                    continue
                for part in ast.walk(node.args[at]):
                    if (
                        isinstance(part, ast.Constant)
                        and isinstance(part.value, str)
                        and CODE.fullmatch(part.value)
                    ):
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", node.func.id, part.value


def test_the_search_finds_the_answers() -> None:
    assert len(codes()) > 100


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_every_answer_in_the_source_has_its_text(lang: str) -> None:
    missing = [
        found
        for found in codes()
        if lang not in (texts.PROMPTS if found[1] == "Prompt" else texts.TEXTS).get(found[2], {})
    ]
    assert not missing
