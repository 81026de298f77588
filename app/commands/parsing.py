"""The parser of the command line: its help and its errors are in the language that is spoken."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from typing import NoReturn

from app.commands import language, usage

WRONG_USAGE = 2
MOST = 1_000_000_000

# argparse asks gettext for every text of its own by these two names.
vars(argparse).update(_=usage.says, ngettext=usage.says_number)


class Parser(argparse.ArgumentParser):
    """Its words are written in English; it says them in Portuguese too."""

    def format_help(self) -> str:
        if language.spoken() != "pt":
            return super().format_help()
        from app.commands.help_pt import PORTUGUESE

        self.description = PORTUGUESE.get(self.description or "", self.description)
        for action in _told(self):
            action.help = PORTUGUESE.get(action.help or "", action.help)
        for group in self._action_groups:
            group.title = PORTUGUESE.get(group.title or "", group.title)
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        # A list of commands has no name of its own that could be told.
        self.exit(misused(self.prog, message.removeprefix(": ")))


def misused(command: str, problem: str) -> int:
    """Say on stderr, in three parts, what is wrong with a command line; the exit code."""
    from app.domain.texts import message

    params = {"command": command, "problem": usage.says(problem)}
    told = message("COMMAND_WRONG", language.spoken(), params)
    print("COMMAND_WRONG · " + " · ".join(told), file=sys.stderr)
    return WRONG_USAGE


def add_json(parser: argparse.ArgumentParser) -> None:
    """The word with which a command prints its data for a program."""
    parser.add_argument("--json", action="store_true", help="print JSON, for a program to read")


def count(least: int = 1, most: int = MOST) -> Callable[[str], int]:
    """A type of argument: a whole number, `least` to `most`."""

    def read(text: str) -> int:
        if not least <= (number := int(text)) <= most:
            raise ValueError
        return number

    return read


def not_text(options: argparse.Namespace) -> str:
    """One of what was given that nothing could store, as ASCII: bytes of another encoding
    are good for a file's name only, and that is a Path."""
    given = list(vars(options).values())
    while given:
        one = given.pop()
        if isinstance(one, list):
            given += one
        elif isinstance(one, str) and any("\ud800" <= char <= "\udfff" for char in one):
            return ascii(one)
    return ""


def _told(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """What the parser's own help lists: its options and arguments, and its commands."""
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            yield from action._choices_actions
