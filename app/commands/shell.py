"""What every command shares: the engine it works on, how it answers, and its exit codes."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from app.config import data_home
from app.domain.decision import Outcome
from app.domain.texts import message
from app.engine import Engine
from app.security.keys import KeyChoice, KeyError_, KeySource
from app.station.views import Feedback

DONE, REFUSED, USAGE = 0, 1, 2


@contextmanager
def engine(options: argparse.Namespace) -> Iterator[Engine]:
    """The engine on the data folder that the options name, closed at the end."""
    opened = open_engine(options)
    opened.audit.user = _system_user()  # nobody stands at a station here
    try:
        yield opened
    finally:
        opened.close()


def open_engine(
    options: argparse.Namespace,
    *,
    exclusive: bool = False,
    ask: Callable[[str], str] | None = None,
) -> Engine:
    """Open the data folder; `ask` puts a question for a secret, where not the terminal does."""
    return Engine.open(
        data_home(options.home, demo=options.demo),
        demo=options.demo,
        exclusive=exclusive,
        passphrase=lambda: (ask or getpass.getpass)("Senha do armazém / warehouse passphrase: "),
        choose=lambda: _choose_key(options, ask),
    )


def said(engine: Engine, feedback: Feedback) -> int:
    """Say what a change came to; one that was not made fails."""
    lang = engine.settings["language"]
    if feedback.outcome in (Outcome.WARN, Outcome.BLOCK):
        return fail(feedback.code, feedback.params, lang)
    print(" ".join(message(feedback.code, lang, feedback.params)))
    return DONE


def fail(code: str, params: Any, lang: str = "pt") -> int:
    """Say on stderr, in three parts, what was refused or failed."""
    print(f"{code} · " + " · ".join(message(code, lang, params)), file=sys.stderr)
    return REFUSED


def print_json(data: Any) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=2, default=_json_value))


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return "?"


def _json_value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _choose_key(options: argparse.Namespace, ask: Callable[[str], str] | None) -> KeyChoice:
    """A first start without a keyring: the person chooses, never the program."""
    if options.key_file:
        return KeyChoice(KeySource.FILE)
    if ask is None and not sys.stdin.isatty():
        raise KeyError_("KEY_NO_KEYRING")
    first = (ask or getpass.getpass)(
        "Sem chaveiro do sistema: nova senha do armazém / "
        "no system keyring: new warehouse passphrase: "
    )
    return KeyChoice(KeySource.PASSPHRASE, first)
