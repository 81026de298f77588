"""`expedita support`: evidence as a file, tickets sent and listed, a helpdesk's secrets."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.commands import data_folder, language, shell
from app.commands.parsing import add_json
from app.config import data_home
from app.engine import Engine
from app.support.tickets import SECRETS


def add(commands: Any) -> None:
    support = commands.add_parser(
        "support", help="evidence for IT support, and tickets"
    ).add_subparsers(required=True, metavar="bundle|send|list|secret")
    bundle = support.add_parser("bundle", help="evidence without personal data, as a ZIP file")
    bundle.add_argument("--out", type=Path, required=True, metavar="FILE", help="where to write it")
    _add_case(bundle)
    bundle.set_defaults(run=_bundle)
    send = support.add_parser("send", help="send what waits now; --new makes a ticket first")
    send.add_argument("--new", action="store_true", help="make a ticket first")
    _add_case(send)
    send.set_defaults(run=_send)
    listing = support.add_parser("list", help="the tickets, newest first")
    add_json(listing)
    listing.set_defaults(run=_list)
    secret = support.add_parser("secret", help="keep a helpdesk's password or token")
    secret.add_argument("name", choices=SECRETS, help="which secret; it is asked for")
    secret.set_defaults(run=_secret)


def _add_case(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--order", default="", metavar="NUMBER", help="the order it is about")
    parser.add_argument("--words", default="", metavar="TEXT", help="what happened, in a sentence")


def _bundle(options: argparse.Namespace) -> int:
    """Works with whatever is left: a broken store is named in the bundle, not an obstacle to it."""
    from app.support import bundle
    from app.support.case import Case, new_tag
    from app.support.evidence import Sources
    from app.support.helpdesks.choose import LIMITS

    now = datetime.now(UTC)
    with _whatever_is_left(options) as (engine, fault):
        if engine:
            sources, secrets = engine.support.tickets.sources(), engine.support.tickets.secrets()
            station, lang = engine.settings["station.name"], engine.settings["language"]
        else:
            home = data_home(options.home, demo=options.demo)
            sources, secrets = Sources(home, lambda: now, store_fault=fault), []
            station, lang = "", language.spoken()
        case = Case(
            new_tag(now), now, station, "shell",
            order_number=options.order, code=fault, words=options.words, language=lang,
        )  # fmt: skip
        made, _ = bundle.make(sources, case, limit=LIMITS["inbox"], secrets=secrets)
    options.out.write_bytes(made.zip)
    print(options.out)
    for name, reason in made.missing.items():
        print(f"  - {name}: {reason}", file=sys.stderr)
    return shell.DONE


@contextmanager
def _whatever_is_left(options: argparse.Namespace) -> Iterator[tuple[Engine | None, str]]:
    """The engine, or why there is none."""
    engine, fault = None, ""
    try:
        engine = data_folder.open_engine(options)
    except Exception as error:
        fault = str(getattr(error, "code", "")) or type(error).__name__
    try:
        yield engine, fault
    finally:
        if engine:
            engine.close()


def _send(options: argparse.Namespace) -> int:
    from app.support.case import Case, new_tag

    with data_folder.engine(options) as engine:
        support = engine.support
        support.tickets.tidy()
        if options.new:
            now = engine.clock()
            case = Case(
                new_tag(now), now, engine.settings["station.name"], "shell",
                order_number=options.order, words=options.words,
                language=engine.settings["language"],
            )  # fmt: skip
            support.tickets.send(support.tickets.make(case))
        sent = support.delivery.send()
        waiting = support.glance(engine.settings["station.name"]).waiting
    print(f"{sent} ✔  {waiting} …")
    return shell.DONE if not waiting else shell.REFUSED


def _list(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        engine.support.delivery.ask()
        tickets = engine.support.tickets.listed()
        zone = engine.settings.zone()
    if options.json:
        shell.print_json(
            [
                {
                    "id": t.id, "made_at": t.made_at, "station": t.station, "code": t.code,
                    "subject": t.subject, "state": t.state, "helpdesk": t.helpdesk,
                    "number": t.number, "closed": t.is_closed, "joined": t.joined,
                    "tries": t.tries, "error": t.error,
                }
                for t in tickets
            ]
        )  # fmt: skip
        return shell.DONE
    for t in tickets:
        state = "closed" if t.is_closed else t.state
        at = t.made_at.astimezone(zone)
        print(f"{t.id}  {at:%d/%m %H:%M}  {state:<7} {t.number:<10} {t.subject}  {t.error}")
    return shell.DONE


def _secret(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        asked = sys.stdin.isatty()
        value = getpass.getpass(f"{options.name}: ") if asked else sys.stdin.readline().strip()
        engine.support.put_secret(options.name, value)
    return shell.DONE
