"""`expedita operator`: who may work here."""

from __future__ import annotations

import argparse
import dataclasses
import getpass
import sys
from typing import Any

from app.commands import shell
from app.security.roles import Role


def add(commands: Any) -> None:
    operator = commands.add_parser("operator", help="who may work here").add_subparsers(
        required=True, metavar="add|list|disable"
    )
    new = operator.add_parser("add", help="the PIN is asked for, or read from standard input")
    new.add_argument("name")
    new.add_argument("badge")
    new.add_argument("role", choices=[role.value for role in Role])
    new.set_defaults(run=_add)
    listing = operator.add_parser("list")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=_list)
    disable = operator.add_parser("disable")
    disable.add_argument("badge")
    disable.set_defaults(run=_disable)


def _add(options: argparse.Namespace) -> int:
    with shell.engine(options) as engine:
        pin = getpass.getpass("PIN: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
        operator = engine.operators.add(options.name, options.badge, options.role, pin)
        print(f"{operator.badge}  {operator.role}  {operator.name}")
        return shell.DONE


def _list(options: argparse.Namespace) -> int:
    with shell.engine(options) as engine:
        people = engine.operators.list()
        if options.json:
            shell.print_json([dataclasses.asdict(person) for person in people])
            return shell.DONE
        for person in people:
            state = "-" if person.disabled else "+"
            print(f"{state} {person.badge:<12} {person.role:<11} {person.name}")
        return shell.DONE


def _disable(options: argparse.Namespace) -> int:
    with shell.engine(options) as engine:
        engine.operators.disable(options.badge)
        return shell.DONE
