"""The parser of the command line: its help is in the language that is spoken."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from app.commands import language


class Parser(argparse.ArgumentParser):
    """Its words are written in English; asked for help, it says them in Portuguese too."""

    def format_help(self) -> str:
        if language.spoken() != "pt":
            return super().format_help()
        from app.commands.help_pt import PORTUGUESE

        self.description = PORTUGUESE.get(self.description or "", self.description)
        for action in _told(self):
            action.help = PORTUGUESE.get(action.help or "", action.help)
        for group in self._action_groups:
            group.title = PORTUGUESE.get(group.title or "", group.title)
        return super().format_help().replace("usage: ", PORTUGUESE["usage: "], 1)


def _told(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """What the parser's own help lists: its options and arguments, and its commands."""
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            yield from action._choices_actions
