"""Prints the man page of the command, made from its parser (man(7) macros)."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from app import __version__
from app.cli import parser


def page(command: argparse.ArgumentParser) -> str:
    """The whole page: what it is, how it is called, its options, and each of its commands."""
    lines = [
        f'.TH EXPEDITA 1 "" "expedita {__version__}" Expedita',
        ".SH NAME",
        r"expedita \- the operator console of the warehouse workstation",
        ".SH SYNOPSIS",
        _plain(command.format_usage().removeprefix("usage: ")),
        ".SH DESCRIPTION",
        _plain(command.description or ""),
        ".SH OPTIONS",
        *_options(command),
        ".SH COMMANDS",
        *_commands(command, ""),
    ]
    return "\n".join(lines)


def _commands(command: argparse.ArgumentParser, before: str) -> Iterator[str]:
    for action in command._actions:
        if not isinstance(action, argparse._SubParsersAction):
            continue
        told = {choice.dest: choice.help or "" for choice in action._choices_actions}
        for name, inner in action.choices.items():
            words = f"{before} {name}".strip()
            yield f'.SS "{words}"'
            yield _plain(told.get(name, ""))
            yield from _options(inner)
            yield from _commands(inner, words)


def _options(command: argparse.ArgumentParser) -> Iterator[str]:
    for action in command._actions:
        if isinstance(action, argparse._SubParsersAction) or action.dest == "help":
            continue
        shown = ", ".join(action.option_strings) or str(action.metavar or action.dest)
        yield ".TP"
        yield rf"\fB{_plain(shown)}\fR"
        yield _plain((action.help or "") % vars(action)) or r"\&"


def _plain(text: str) -> str:
    """Text that no line of can be taken for a macro."""
    words = " ".join(text.split()).replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{words}" if words.startswith((".", "'")) else words


print(page(parser()))
