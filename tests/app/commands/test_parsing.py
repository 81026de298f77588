"""Every word of the command line says what it does, and what is wrong with a command is said."""

from __future__ import annotations

import argparse
import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli import main, parser
from app.commands import usage
from app.commands.help_pt import PORTUGUESE

# What argparse says to whoever writes a command wrongly; no person at a shell can cause it.
TO_PROGRAMMERS = (
    "conflicting", "not callable", ".__call__", "invalid argument for positionals", "must be",
    "must start", "dest=", "conflict_resolution", "cannot", "can't open", "with mode",
    "unexpected option string",
)  # fmt: skip


pytestmark = pytest.mark.usefixtures("no_language")


def words(command: argparse.ArgumentParser) -> Iterator[tuple[str, str | None]]:
    """Every option, argument and command, with its English help."""
    for action in command._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {choice.dest: choice.help for choice in action._choices_actions}
            for name, inner in action.choices.items():
                yield inner.prog, helps.get(name)
                yield from words(inner)
        elif action.help is not argparse.SUPPRESS:
            name = "/".join(action.option_strings) or action.dest
            yield f"{command.prog} {name}", action.help


def test_every_word_of_every_command_has_its_help_in_both_languages() -> None:
    found = list(words(parser()))
    assert len(found) > 200
    assert not [name for name, told in found if not told or told not in PORTUGUESE]


def texts_of_argparse() -> set[str]:
    """The texts that argparse asks gettext for."""
    source = Path(argparse.__file__).read_text(encoding="utf-8")
    return {
        text.value
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("_", "ngettext")
        for text in call.args
        if isinstance(text, ast.Constant) and isinstance(text.value, str)
    }


def test_everything_that_argparse_says_to_a_person_has_its_portuguese() -> None:
    mine = {"%(prog)s: error: %(message)s\n"}  # the parser says its errors in its own form
    asked = texts_of_argparse()
    assert len(asked) > 30
    said = {text for text in asked if not any(word in text for word in TO_PROGRAMMERS)}
    assert said - mine - set(usage.MESSAGES) - set(PORTUGUESE) == set()


@pytest.mark.parametrize(
    ("line", "portuguese", "english"),
    [
        ("nonsense", "'nonsense' não é nenhum destes: 'import'", "'nonsense' is none of these"),
        ("order", "é preciso dar number", "number must be given"),
        ("orders --limit", "--limit: falta o valor", "--limit: its value is missing"),
        ("orders --limit many", "'many' não é um número inteiro", "'many' is not a whole number"),
        ("bench label --labels 0", "'0' não é um número inteiro", "'0' is not a whole number"),
        ("version --json=3", "--json: não leva valor ('3')", "--json: it takes no value ('3')"),
        ("version --colour", "--colour sobra ou não existe", "--colour is too much, or unknown"),
        ("soak --kills 1 --scans 2", "não vai junto com --kills", "it can't go with"),
        ("audit verify --expect A", "--expect: pede 3 valores", "--expect: it takes 3 values"),
        ("audit verify --expect A B C", "SEQ é um número", "SEQ is a number"),
        ("pending --home x --j --jsoon", "sobra ou não existe", "is too much"),
        ("replay", "falta o ID, ou --all", "ID or --all is missing"),
        ("--home", "--home: falta o valor", "--home: its value is missing"),
    ],
)
def test_a_wrong_command_is_told_in_three_parts_and_leaves_with_2(
    line: str,
    portuguese: str,
    english: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for asked, told, begins in (("pt", portuguese, "uso: "), ("en", english, "usage: ")):
        monkeypatch.setenv("EXPEDITA_LANG", asked)
        try:
            code = main(line.split())
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else -1
        said = capsys.readouterr()
        assert (code, said.out) == (2, "")
        *called, problem = said.err.splitlines()
        assert not called or called[0].startswith(begins)
        assert told in problem
        assert problem.startswith("COMMAND_WRONG · ")
        assert problem.count(" · ") == 3
        assert "--help` " in problem
