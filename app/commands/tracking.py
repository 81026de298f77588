"""`expedita tracking`: the ranges of tracking codes that carriers gave."""

from __future__ import annotations

import argparse
from typing import Any

from app.commands import data_folder, shell
from app.commands.parsing import add_json
from app.store import packages


def add(commands: Any) -> None:
    tracking = commands.add_parser("tracking", help="ranges of tracking codes").add_subparsers(
        required=True, metavar="add|list"
    )
    load = tracking.add_parser("add", help="load a range that the carrier gave")
    load.add_argument("carrier", help="the carrier's name, as orders have it")
    load.add_argument("prefix", help="two letters, as in QC")
    load.add_argument("first", type=int, help="first serial, eight digits, no check digit")
    load.add_argument("last", type=int, help="last serial, eight digits, no check digit")
    load.add_argument("--service", default="", help="service code; none: every service")
    load.add_argument("--country", default="BR", help="two letters; %(default)s else")
    load.set_defaults(run=_add)
    listing = tracking.add_parser("list", help="how many codes each carrier has left")
    add_json(listing)
    listing.set_defaults(run=_list)


def _add(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        added = engine.add_tracking_range(
            options.carrier,
            options.service,
            options.prefix.upper(),
            options.country.upper(),
            options.first,
            options.last,
        )
        return shell.said(added)


def _list(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        with engine.store.read() as c:
            left = packages.serials_left(c)
        if options.json:
            shell.print_json(left)
            return shell.DONE
        for carrier, count in sorted(left.items()):
            print(f"{carrier:<20} {count:>10}")
        return shell.DONE
