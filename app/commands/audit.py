"""`expedita audit`: what was done, by whom, and whether the journal still says so."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from msgspec import structs

from app.commands import data_folder, language, shell
from app.commands.parsing import add_json, count, misused
from app.domain.texts import message, word
from app.security.audit import verify
from app.station import auditor
from app.store.audit import GROUPS


def add(commands: Any) -> None:
    audit = commands.add_parser("audit", help="who did what, and is the journal whole")
    audit = audit.add_subparsers(required=True, metavar="list|verify|export")
    listing = audit.add_parser("list", help="sign-ins, refusals, changes and overrides")
    listing.add_argument(
        "--group", choices=tuple(GROUPS), default="", help="entries of one kind only"
    )
    listing.add_argument(
        "--limit", type=count(), default=200, metavar="N", help="how many at most; %(default)s else"
    )
    add_json(listing)
    listing.set_defaults(run=_list)
    check = audit.add_parser("verify", help="check every link of the journal's chains")
    check.add_argument(
        "--expect",
        nargs=3,
        action="append",
        metavar=("STATION", "SEQ", "HASH"),
        default=[],
        help="the end of a chain as an earlier verify told it",
    )
    add_json(check)
    check.set_defaults(run=_verify)
    export = audit.add_parser("export", help="all of it as a spreadsheet (CSV)")
    export.add_argument("file", type=Path, help="where to write it")
    data_folder.add_badge(export)
    export.set_defaults(run=_export)


def _list(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        lang, zone = language.spoken(), engine.settings.zone()
        with engine.store.read() as c:
            rows = auditor.rows(c, lang, options.group, options.limit)
        if options.json:
            shell.print_json(rows)
            return shell.DONE
        for row in rows:
            print(
                f"{row.at.astimezone(zone):%Y-%m-%d %H:%M:%S}  {row.station}/{row.seq:<6}  "
                f"{row.who or '-':<16}  {word(row.kind, lang)}  {row.order_number}  {row.detail}"
            )
        return shell.DONE


def _verify(options: argparse.Namespace) -> int:
    try:
        expected = {station: (count()(seq), _hash(text)) for station, seq, text in options.expect}
    except ValueError:
        return misused("expedita audit verify", "SEQ is a number, HASH is not empty")
    with data_folder.engine(options) as engine:
        verdict = verify(engine.store, expected)
        lang = language.spoken()
    if options.json:
        shell.print_json({"whole": verdict.is_whole, **structs.asdict(verdict)})
        return shell.DONE if verdict.is_whole else shell.REFUSED
    for station, (seq, text) in sorted(verdict.heads.items()):
        print(f"{station}  {seq}  {text}")
    for station, links in verdict.broken.items():
        print(f"{station}  ✖ {', '.join(map(str, links))}")
    found = auditor.judge(verdict)
    if found.code == "JOURNAL_WHOLE":
        print(" ".join(message(found.code, lang, found.params)))
        return shell.DONE
    shell.fail(found.code, found.params)
    return shell.DONE if verdict.is_whole else shell.REFUSED


def _hash(text: str) -> str:
    """One that is expected: an empty one, as of a script's empty variable, would find no fault
    with an entry that is gone."""
    if not text:
        raise ValueError
    return text


def _export(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        data_folder.second_factor(engine, options, "data.export")
        return shell.said(engine.write_audit(options.file))
