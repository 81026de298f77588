"""The `expedita` command: the console, and the same engine without a screen."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from io import TextIOWrapper

from app import __version__
from app.commands import language, usage
from app.commands.loading import loading
from app.commands.parsing import Parser, misused, not_text
from app.security.hardening import harden
from app.support.log import where

# Which module of app.commands adds which words, in the order in which --help lists them. Only
# the module of the word that was given is imported: each needs much that the others don't.
COMMANDS = {
    "intake": ("import",),
    "orders": ("order", "orders"),
    "printing": ("print", "printers", "label"),
    "flow": ("worker", "connector", "pending", "replay"),
    "operators": ("operator",),
    "audit": ("audit",),
    "tracking": ("tracking",),
    "settings": ("setting",),
    "sheets": ("sheet",),
    "backups": ("backup", "verify", "restore", "recovery"),
    "health": ("status", "doctor"),
    "support": ("support",),
    "soak": ("soak",),
    "bench": ("bench",),
    "console": ("screenshots",),
    "update": ("version", "update"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 done, 1 refused or failed, 2 wrong usage."""
    harden(where)
    for stream in (sys.stdout, sys.stderr):  # a file's name may hold what they have no letter for
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    with loading():
        options = parser(_modules(arguments)).parse_args(arguments)
        if odd := not_text(options):
            return misused("expedita", usage.says("%s is no text") % odd)
    return _run(options)


def parser(modules: Iterable[str] = tuple(COMMANDS)) -> argparse.ArgumentParser:
    """The command line, with the words of some modules of `app.commands`."""
    made = Parser(prog="expedita", description="The operator console of the warehouse workstation.")
    _add_options(made)
    commands = made.add_subparsers(title="commands", metavar="")
    for name in modules:
        import_module(f"app.commands.{name}").add(commands)
    return made


def _modules(arguments: Sequence[str] | None) -> Sequence[str]:
    """Those whose words are needed to read the arguments: one, or none, or for help all."""
    first = Parser(prog="expedita", add_help=False)
    _add_options(first)
    first.add_argument("words", nargs=argparse.REMAINDER)
    known, others = first.parse_known_args(arguments)
    if not known.words and not others:
        return ()
    word = known.words[0] if known.words else ""
    return [name for name, words in COMMANDS.items() if word in words] or tuple(COMMANDS)


def _add_options(made: argparse.ArgumentParser) -> None:
    """What stands before the command's word."""
    made.add_argument("--version", action="version", version=f"expedita {__version__}")
    made.add_argument("--home", metavar="DIR", help="data folder (else EXPEDITA_HOME)")
    made.add_argument("--demo", action="store_true", help="work on the demo warehouse")
    made.add_argument(
        "--key-file", action="store_true", help="first start: keep the key in a private file"
    )
    made.add_argument("--full-screen", action="store_true", help="open the window full screen")
    made.add_argument(
        "--kiosk", action="store_true", help="full screen, and opened again after a crash"
    )
    made.add_argument(
        "--kiosk-at-sign-in",
        action="store_true",
        help="the same where the site's settings ask for it, else nothing",
    )
    made.set_defaults(run=None)


def _run(options: argparse.Namespace) -> int:
    """Run what was asked for, or else open the window; what it refuses is said on stderr."""
    if options.run is None:
        from app.commands.console import open_window

        options.run = open_window
    command: Callable[[argparse.Namespace], int] = options.run
    language.speak("")  # no data folder is open yet
    try:
        return command(options)
    except BrokenPipeError:  # whoever read our output has seen enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        from app.commands.failures import told  # and with it the engine

        if (code := told(error, options)) is None:
            raise
        return code
