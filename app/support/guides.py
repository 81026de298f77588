"""Guides to known problems: three steps with pictures, found by code, evidence or trouble.

A guide is a Markdown file under `resources/guides/LANGUAGE/`. Its head names the codes that it is
for, the `detail` of the evidence where that tells which of several it is, and the common trouble
of the floor that it answers. A house may add files of its own there.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from msgspec import Struct

from app.resources import resource
from app.support.case import Case

_STEP = re.compile(r"^\d\. (.+?)\n\s*!\[[^\]]*\]\(([^)]+)\)", re.S | re.M)
_HEAD = re.compile(r"\A---\n(.*?)\n---\n", re.S)


class Step(Struct, frozen=True):
    text: str
    picture: Path


class Guide(Struct, frozen=True):
    name: str
    title: str
    codes: frozenset[str]
    details: frozenset[str]
    trouble: str
    steps: tuple[Step, ...]

    def fit(self, case: Case) -> int:
        """How well it fits, 0 for not at all: evidence before a code, a code before a trouble."""
        if case.trouble:
            return 1 if case.trouble == self.trouble else 0
        if case.code not in self.codes or not case.code:
            return 0
        if self.details:
            return 3 if case.detail in self.details else 0
        return 2


def name_for(case: Case) -> str:
    """The guide that fits best, or empty."""
    found = max(guides(case.language), key=lambda guide: guide.fit(case), default=None)
    return found.name if found and found.fit(case) else ""


def guide(name: str, language: str) -> Guide | None:
    return next((one for one in guides(language) if one.name == name), None)


@cache
def guides(language: str) -> tuple[Guide, ...]:
    """All of a language, in the order of their names."""
    folder = resource("guides", language if language == "en" else "pt")
    return tuple(read(path) for path in sorted(folder.glob("*.md")))


def read(path: Path) -> Guide:
    """One guide from its file; what is missing in it stays empty."""
    text = path.read_text(encoding="utf-8")
    head = _HEAD.match(text)
    fields: dict[str, str] = {}
    for line in head[1].splitlines() if head else ():
        key, _, value = line.partition(":")
        fields[key.strip()] = value.strip()
    title = re.search(r"^# (.+)$", text, re.M)
    steps = tuple(
        Step(" ".join(words.split()), (path.parent / picture).resolve())
        for words, picture in _STEP.findall(text)
    )
    return Guide(
        name=path.stem,
        title=title[1] if title else path.stem,
        codes=frozenset(fields.get("codes", "").split()),
        details=frozenset(fields.get("detail", "").split()),
        trouble=fields.get("trouble", ""),
        steps=steps,
    )
