"""What the docs say is so."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli import parser
from app.commands.help_pt import PORTUGUESE
from app.config import CATALOGUE
from app.connectors import kinds
from app.domain.texts import TEXTS
from app.store.orders import QUEUES

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_are_there(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_are_known_to_the_command(page: Path) -> None:
    known = next(action.choices for action in parser()._actions if isinstance(action.choices, dict))
    said = re.findall(r"expedita(?: --[\w-]+)* ([a-z]+)\b", page.read_text(encoding="utf-8"))
    assert not set(said) - set(known)


def test_every_setting_is_documented_with_its_default() -> None:
    text = (ROOT / "docs" / "administrator.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([\w.]+)` \| (.*?) \|", text, re.MULTILINE))
    assert rows == {key: entry.default or "(empty)" for key, entry in CATALOGUE.items()}


@pytest.mark.parametrize("name", ["operador.md", "operator.md"])
def test_the_refusals_of_the_guide_are_answers_of_the_engine(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    codes = re.findall(r"^\| ([A-Z_]{4,}) \|", text, re.MULTILINE)
    assert len(codes) > 10
    assert not set(codes) - set(TEXTS)


def test_every_field_of_every_connector_is_documented() -> None:
    text = (ROOT / "docs" / "connectors.md").read_text(encoding="utf-8")
    chapters = re.split(r"^### `([\w-]+)`$", text, flags=re.MULTILINE)[1:]
    said = {
        name: re.findall(r"^\| `(\w+)` \| ([\w ,]*) ?\|", chapter, re.MULTILINE)
        for name, chapter in zip(chapters[::2], chapters[1::2], strict=True)
    }
    assert sorted(said) == kinds.names()
    for name in kinds.names():
        marks = {
            field.name: ", ".join(word for word in ("needed", "secret") if getattr(field, word))
            for field in kinds.load(name).fields
        }
        assert {field: mark.strip() for field, mark in said[name]} == marks, name


def test_the_help_of_every_command_is_there_in_portuguese() -> None:
    untold = {text for text in _helps(parser()) if text not in PORTUGUESE}
    names = {", ".join(QUEUES), "socket://IP:9100?zebra=1, ipp://..., device:..., folder:..."}
    assert untold - names == set(), "add them to app/commands/help_pt.py"


def _helps(command: argparse.ArgumentParser) -> Iterator[str]:
    """Every help of a parser and of those in it."""
    yield from (command.description,) if command.description else ()
    for action in command._actions:
        if action.help and action.help != argparse.SUPPRESS:
            yield action.help
        if isinstance(action, argparse._SubParsersAction):
            yield from (choice.help for choice in action._choices_actions if choice.help)
            for inner in action.choices.values():
                yield from _helps(inner)
