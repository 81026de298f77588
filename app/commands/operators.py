"""`expedita operator`: who may work here."""

from __future__ import annotations

import argparse
from typing import Any

from app.commands import data_folder, shell
from app.commands.parsing import add_json
from app.engine import Engine
from app.security.operators import OperatorRefused
from app.security.roles import Role
from app.station.people import MANAGE


def add(commands: Any) -> None:
    operator = commands.add_parser("operator", help="who may work here").add_subparsers(
        required=True, metavar="add|list|disable|enable|pin|reset-second-factor"
    )
    new = operator.add_parser(
        "add", help="somebody new; the PIN is asked for, or read from standard input"
    )
    new.add_argument("name", help="the person's name")
    new.add_argument("badge_of_new", metavar="badge", help="letters and digits of the badge")
    new.add_argument("role", choices=[role.value for role in Role], help="what the person may do")
    listing = operator.add_parser("list", help="everybody, and what they may do")
    add_json(listing)
    listing.set_defaults(run=_list)
    disable = operator.add_parser("disable", help="they can't sign in any more")
    enable = operator.add_parser("enable", help="they can sign in again")
    pin = operator.add_parser("pin", help="a new PIN: asked for, or read from standard input")
    reset = operator.add_parser("reset-second-factor", help="for a lost phone without codes")
    for parser in (disable, enable, pin, reset):
        parser.add_argument("whose", metavar="badge", help="the person's badge")
    for parser, run in (
        (new, _add), (disable, _disable), (enable, _enable), (pin, _pin), (reset, _reset),
    ):  # fmt: skip
        data_folder.add_badge(parser)
        parser.set_defaults(run=run)


def _add(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        data_folder.second_factor(engine, options, MANAGE)
        pin = data_folder.secret("PIN: ")
        person = engine.operators.add(options.name, options.badge_of_new, options.role, pin)
        print(f"{person.badge}  {person.role}  {person.name}")
        return shell.DONE


def _list(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        people = engine.operators.list()
        enrolled = {p.badge: engine.second_factors.is_enrolled(p.id) for p in people}
        if options.json:
            shell.print_json(
                [
                    {
                        "id": person.id,
                        "name": person.name,
                        "badge": person.badge,
                        "role": person.role,
                        "disabled": person.disabled,
                        "second_factor": enrolled[person.badge],
                    }
                    for person in people
                ]
            )
            return shell.DONE
        for person in people:
            state = "-" if person.disabled else "+"
            factor = "2F" if enrolled[person.badge] else "  "
            print(f"{state} {person.badge:<12} {person.role:<11} {factor} {person.name}")
        return shell.DONE


def _disable(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        data_folder.second_factor(engine, options, MANAGE)
        engine.operators.disable(options.whose)
        return shell.DONE


def _enable(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        data_folder.second_factor(engine, options, MANAGE)
        engine.operators.enable(options.whose)
        return shell.DONE


def _pin(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        data_folder.second_factor(engine, options, MANAGE)
        engine.operators.set_pin(options.whose, data_folder.secret("PIN: "))
        return shell.DONE


def _reset(options: argparse.Namespace) -> int:
    """Another supervisor confirms it. The only one who could has nobody else to ask: then the
    folder and its key are enough, and the audit tells of it."""
    with data_folder.engine(options) as engine:
        person = engine.operators.by_badge(options.whose)
        if person is None:
            raise OperatorRefused("OPERATOR_UNKNOWN", badge=options.whose)
        if _others(engine, person.id):
            data_folder.second_factor(engine, options, MANAGE)
        engine.second_factors.remove(person)
        return shell.DONE


def _others(engine: Engine, operator_id: int) -> bool:
    return bool(engine.second_factors.who_may(MANAGE) - {operator_id})
