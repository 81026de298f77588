"""The data folder that a command works on: its engine, its key, and who confirms what is done."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.commands import language
from app.config import SECOND_FACTOR, data_home
from app.domain.plain import file_name
from app.domain.security_entries import RestoreBegun
from app.engine import Engine
from app.security import roles
from app.security.keys import KeyChoice, KeyError_, KeySource, store_key
from app.security.operators import OperatorRefused
from app.security.second_factor import SecondFactorRefused
from app.store.database import StoreError


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
    opened = Engine.open(
        data_home(options.home, demo=options.demo),
        demo=options.demo,
        exclusive=exclusive,
        passphrase=lambda: _ask_passphrase(ask),
        choose=lambda: _choose_key(options, ask),
    )
    language.speak(opened.settings["language"])
    return opened


def add_badge(parser: argparse.ArgumentParser) -> None:
    """The words for a command that may need the second factor; see `second_factor`."""
    parser.add_argument(
        "--as",
        dest="badge",
        metavar="BADGE",
        default="",
        help="who confirms it; their authenticator's code is asked for, or read from "
        "standard input",
    )


def second_factor(engine: Engine, options: argparse.Namespace, permission: str) -> None:
    """Ask for the code of somebody who may, where the data folder's policy wants one.

    It guards against a careless or borrowed terminal; whoever has the folder and its key could
    always go around a command. Where nobody with the permission has a second factor yet, none
    can be asked for. What is done then counts as done by that person.

    Raises:
        SecondFactorRefused: wrong, used, none, too early, or nobody was named (_NEEDED).
        OperatorRefused: OPERATOR_UNKNOWN, OPERATOR_NOT_ALLOWED.
    """
    able = engine.second_factors.who_may(permission)
    if not engine.settings.flag(SECOND_FACTOR) or not able:
        return
    if not options.badge:
        raise SecondFactorRefused("SECOND_FACTOR_BADGE")
    person = engine.operators.by_badge(options.badge)
    if person is None or person.disabled:
        raise OperatorRefused("OPERATOR_UNKNOWN", badge=options.badge)
    if not roles.allows(person.role, permission):
        raise OperatorRefused("NOT_PERMITTED", permission=permission)
    engine.second_factors.check(person.id, secret("Código do segundo fator / second factor: "))
    engine.audit.stand_in(person.id)


def guard_restore(options: argparse.Namespace, home: Path, key: bytes) -> None:
    """The second factor before a store that works is replaced; the wish is kept in its journal.

    One that can't be used has nobody to ask: bringing it back must not fail for that.

    Raises:
        SecondFactorRefused, OperatorRefused: as `second_factor`.
    """
    if not (home / "expedita.db").exists():
        return
    try:
        opened = Engine.open(home, key=key)
    except StoreError:
        return
    try:
        opened.audit.user = _system_user()
        second_factor(opened, options, "store.restore")
        opened.audit.record(RestoreBegun(file_name(options.file)))
    finally:
        opened.close()


def secret(question: str) -> str:
    """A secret from the terminal without an echo, else a line of standard input."""
    return getpass.getpass(question) if sys.stdin.isatty() else sys.stdin.readline().strip()


def open_key(
    options: argparse.Namespace, home: Path, ask: Callable[[str], str] | None = None
) -> bytes:
    """The key of the data folder, where its store can't be opened or isn't there yet."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    return store_key(
        home,
        passphrase=lambda: _ask_passphrase(ask),
        choose=lambda: _choose_key(options, ask),
    )[0]


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return "?"


def _ask_passphrase(ask: Callable[[str], str] | None) -> str:
    return (ask or secret)("Senha do armazém / warehouse passphrase: ")


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
