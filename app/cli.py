"""The `expedita` command: the console, and the same engine without a screen."""

from __future__ import annotations

import argparse
import dataclasses
import getpass
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from app import __version__
from app.config import data_home, setting
from app.domain.decision import Outcome
from app.domain.texts import message
from app.engine import Engine
from app.security.keys import KeyChoice, KeyError_, KeySource, key_source
from app.security.operators import OperatorRefused
from app.security.roles import ALL_PERMISSIONS, Role
from app.station import queue, story
from app.station.views import Feedback
from app.store import packages
from app.store.database import StoreError

DONE, REFUSED, USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 done, 1 refused or failed, 2 wrong usage."""
    parser = _parser()
    options = parser.parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.run
    try:
        return command(options)
    except (KeyError_, StoreError) as error:
        return _fail(error.code, {"detail": error.detail})
    except OperatorRefused as refused:
        return _fail(refused.code, refused.params)
    except BrokenPipeError:  # whoever read our output has seen enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        return _fail("STORE_UNUSABLE", {"detail": error.strerror or ""})


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="expedita", description="The operator console of the warehouse workstation."
    )
    parser.add_argument("--version", action="version", version=f"expedita {__version__}")
    parser.add_argument("--home", metavar="DIR", help="data folder (else EXPEDITA_HOME)")
    parser.add_argument("--demo", action="store_true", help="work on the demo warehouse")
    parser.add_argument(
        "--key-file", action="store_true", help="first start: keep the key in a private file"
    )
    parser.set_defaults(run=_console)
    commands = parser.add_subparsers(title="commands", metavar="")

    take = commands.add_parser("import", help="take in orders, products, bins and NF-e")
    take.add_argument("path", nargs="?", type=Path)
    take.add_argument("--rejected", action="store_true", help="list the records kept aside")
    take.add_argument("--json", action="store_true")
    take.set_defaults(run=_import)

    order = commands.add_parser("order", help="all that is known of one order")
    order.add_argument("number")
    order.add_argument("--json", action="store_true")
    order.set_defaults(run=_order)

    listing = commands.add_parser("orders", help="the queue, best rank first")
    listing.add_argument("--filter", default="", help="words in number, channel, carrier or SKU")
    listing.add_argument("--queue", default="", help="to_pick, picked, packed, exceptions, ...")
    listing.add_argument("--limit", type=int, default=50)
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=_orders)

    _operator_parser(commands)
    _tracking_parser(commands)
    values = commands.add_parser("setting", help="list the settings, or change one")
    values.add_argument("key", nargs="?", default="")
    values.add_argument("value", nargs="?")
    values.add_argument("--json", action="store_true")
    values.set_defaults(run=_setting)
    sheet = commands.add_parser("sheet", help="a PDF of codes to print and scan")
    sheet.add_argument("kind", help="commands, badges, totes, bins, benches, docks, boxes")
    sheet.add_argument("codes", nargs="*", help="codes; none: all that the warehouse knows")
    sheet.add_argument("--output", "-o", type=Path, default=None)
    sheet.set_defaults(run=_sheet)

    pictures = commands.add_parser("screenshots", help="a picture of every page and state")
    pictures.add_argument("directory", type=Path)
    pictures.set_defaults(run=_screenshots)
    return parser


def _tracking_parser(commands: Any) -> None:
    tracking = commands.add_parser("tracking", help="ranges of tracking codes").add_subparsers(
        required=True, metavar="add|list"
    )
    add = tracking.add_parser("add", help="load a range that the carrier gave")
    add.add_argument("carrier")
    add.add_argument("prefix", help="two letters, as in QC")
    add.add_argument("first", type=int, help="first serial, eight digits, no check digit")
    add.add_argument("last", type=int)
    add.add_argument("--service", default="", help="service code; none: every service")
    add.add_argument("--country", default="BR")
    add.set_defaults(run=_tracking_add)
    listing = tracking.add_parser("list", help="how many codes each carrier has left")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=_tracking_list)


def _operator_parser(commands: Any) -> None:
    operator = commands.add_parser("operator", help="who may work here").add_subparsers(
        required=True, metavar="add|list|disable"
    )
    add = operator.add_parser("add", help="the PIN is asked for, or read from standard input")
    add.add_argument("name")
    add.add_argument("badge")
    add.add_argument("role", choices=[role.value for role in Role])
    add.set_defaults(run=_operator_add)
    listing = operator.add_parser("list")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=_operator_list)
    disable = operator.add_parser("disable")
    disable.add_argument("badge")
    disable.set_defaults(run=_operator_disable)


# --- commands -------------------------------------------------------------------------------


def _console(options: argparse.Namespace) -> int:
    run = _screen("console")
    return int(run(lambda ask: _open(options, exclusive=True, ask=ask)))


def _screenshots(options: argparse.Namespace) -> int:
    return int(_screen("screenshots")(options.directory))


def _import(options: argparse.Namespace) -> int:
    engine = _open(options)
    try:
        if options.rejected:
            return _list_rejected(engine, options.json)
        if options.path is None:
            print("expedita import: PATH or --rejected is needed", file=sys.stderr)
            return USAGE
        feedback = _import_with_progress(engine, options.path)
        if options.json:
            print(json.dumps(dict(feedback.params)))
        elif feedback.outcome is not Outcome.BLOCK:
            print(" ".join(message(feedback.code, engine.settings["language"], feedback.params)))
        return _answer(feedback, engine.settings["language"])
    finally:
        engine.close()


def _import_with_progress(engine: Engine, path: Path) -> Feedback:
    """Ctrl+C stops at the next batch; the same command goes on from there."""
    stopped = False
    shown = -1

    def progress(done: int, total: int) -> None:
        nonlocal shown
        percent = 100 * done // max(total, 1)
        if percent != shown and sys.stderr.isatty():
            shown = percent
            print(f"\r{percent:3d} %", end="", file=sys.stderr, flush=True)

    import signal

    def stop(*_: object) -> None:
        nonlocal stopped
        stopped = True

    before = signal.signal(signal.SIGINT, stop)
    try:
        feedback = engine.import_unattended(path, progress, lambda: stopped)
    finally:
        signal.signal(signal.SIGINT, before)
    if shown >= 0:
        print(file=sys.stderr)
    return feedback


def _list_rejected(engine: Engine, as_json: bool) -> int:
    from app.store import imports

    with engine.store.read() as c:
        rows = imports.rejected(c)
    if as_json:
        _print_json([{"file": r.file, "line": r.line_no, "code": r.code} for r in rows])
        return DONE
    lang = engine.settings["language"]
    for row in rows:
        reason = message(row.code, lang, {"detail": row.detail})[0]
        print(f"{row.file}:{row.line_no}  {row.code}  {reason}")
    return DONE


def _order(options: argparse.Namespace) -> int:
    engine = _open(options)
    try:
        with engine.store.read() as c:
            # Whoever may read the data folder and its key sees what it holds.
            found = story.story(
                c, options.number, ALL_PERMISSIONS, engine.settings.zone(), engine.clock()
            )
        if found is None:
            return _fail("ORDER_UNKNOWN", {"number": options.number}, engine.settings["language"])
        if options.json:
            _print_json(dataclasses.asdict(found))
        else:
            _print_story(found)
        return DONE
    finally:
        engine.close()


def _orders(options: argparse.Namespace) -> int:
    engine = _open(options)
    try:
        zone = engine.settings.zone()
        with engine.store.read() as c:
            rows, total = queue.page(
                c, options.filter, options.queue, 0, options.limit, zone, engine.clock()
            )
        if options.json:
            _print_json({"total": total, "orders": [dataclasses.asdict(row) for row in rows]})
            return DONE
        for row in rows:
            print(
                f"{row.number:>12}  {row.state:<12} {row.sla:<8} "
                f"{row.carrier:<12} {row.service:<14} {row.units:>4} un  {row.channel}"
            )
        print(f"{len(rows)} / {total}")
        return DONE
    finally:
        engine.close()


def _operator_add(options: argparse.Namespace) -> int:
    engine = _open(options)
    try:
        pin = getpass.getpass("PIN: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
        operator = engine.operators.add(options.name, options.badge, options.role, pin)
        print(f"{operator.badge}  {operator.role}  {operator.name}")
        return DONE
    finally:
        engine.close()


def _tracking_add(options: argparse.Namespace) -> int:
    engine = _open(options)
    try:
        return _said(
            engine,
            engine.add_tracking_range(
                options.carrier,
                options.service,
                options.prefix.upper(),
                options.country.upper(),
                options.first,
                options.last,
            ),
        )
    finally:
        engine.close()


def _tracking_list(options: argparse.Namespace) -> int:
    engine = _open(options)
    try:
        with engine.store.read() as c:
            left = packages.serials_left(c)
        if options.json:
            _print_json(left)
            return DONE
        for carrier, count in sorted(left.items()):
            print(f"{carrier:<20} {count:>10}")
        return DONE
    finally:
        engine.close()


def _setting(options: argparse.Namespace) -> int:
    engine = _open(options)
    try:
        if options.value is not None:
            return _said(engine, engine.set_setting(options.key, options.value))
        values = engine.settings_view()
        if options.key and setting(options.key) is None:
            params = {"key": options.key, "value": "", "expected": ""}
            return _fail("SETTING_UNKNOWN", params, engine.settings["language"])
        shown = {options.key: values.get(options.key, "")} if options.key else values
        if options.json:
            _print_json(shown)
            return DONE
        for key, value in sorted(shown.items()):
            print(f"{key:<26} {value}")
        return DONE
    finally:
        engine.close()


def _operator_list(options: argparse.Namespace) -> int:
    engine = _open(options)
    try:
        people = engine.operators.list()
        if options.json:
            _print_json([dataclasses.asdict(person) for person in people])
            return DONE
        for person in people:
            state = "-" if person.disabled else "+"
            print(f"{state} {person.badge:<12} {person.role:<11} {person.name}")
        return DONE
    finally:
        engine.close()


def _operator_disable(options: argparse.Namespace) -> int:
    engine = _open(options)
    try:
        engine.operators.disable(options.badge)
        return DONE
    finally:
        engine.close()


def _sheet(options: argparse.Namespace) -> int:
    from app.station.codesheet import UnknownKind, make

    engine = _open(options)
    try:
        with engine.store.read() as c:
            pdf = make(
                c, options.kind, options.codes, engine.operators, engine.settings["language"]
            )
    except UnknownKind as unknown:
        print(f"expedita sheet: {unknown}", file=sys.stderr)
        return USAGE
    finally:
        engine.close()
    target = options.output or Path(f"{options.kind}.pdf")
    target.write_bytes(pdf)
    print(target)
    return DONE


# --- helpers --------------------------------------------------------------------------------


def _open(
    options: argparse.Namespace,
    *,
    exclusive: bool = False,
    ask: Callable[[str], str] | None = None,
) -> Engine:
    """Open the data folder; `ask` puts a question for a secret, where not the terminal does."""
    home = data_home(options.home, demo=options.demo)
    return Engine.open(
        home,
        demo=options.demo,
        exclusive=exclusive,
        passphrase=lambda: (ask or getpass.getpass)("Senha do armazém / warehouse passphrase: "),
        choose=lambda: _choose_key(options, home, ask),
    )


def _choose_key(
    options: argparse.Namespace, home: Path, ask: Callable[[str], str] | None
) -> KeyChoice:
    """A first start without a keyring: the person chooses, never the program."""
    assert key_source(home) is None
    if options.key_file:
        return KeyChoice(KeySource.FILE)
    if ask is None and not sys.stdin.isatty():
        raise KeyError_("KEY_NO_KEYRING")
    first = (ask or getpass.getpass)(
        "Sem chaveiro do sistema: nova senha do armazém / "
        "no system keyring: new warehouse passphrase: "
    )
    return KeyChoice(KeySource.PASSPHRASE, first)


def _screen(name: str) -> Callable[..., Any]:
    """The screen's entry point: the engine knows it by name only."""
    found = entry_points(group="expedita.console", name=name)
    entry = next(iter(found), None)
    if entry is None:
        raise SystemExit("expedita: the console is not installed; run packaging/dev.py setup")
    loaded: Callable[..., Any] = entry.load()
    return loaded


def _said(engine: Engine, feedback: Feedback) -> int:
    """Say what a change came to; one that was not made fails."""
    lang = engine.settings["language"]
    if feedback.outcome in (Outcome.WARN, Outcome.BLOCK):
        return _fail(feedback.code, feedback.params, lang)
    print(" ".join(message(feedback.code, lang, feedback.params)))
    return DONE


def _answer(feedback: Feedback, lang: str) -> int:
    if feedback.outcome is Outcome.BLOCK:
        return _fail(feedback.code, feedback.params, lang)
    return DONE


def _fail(code: str, params: Any, lang: str = "pt") -> int:
    print(f"{code} · " + " · ".join(message(code, lang, params)), file=sys.stderr)
    return REFUSED


def _print_json(data: Any) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=2, default=_json_value))


def _json_value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _print_story(found: Any) -> None:
    row = found.row
    print(f"{row.number}  {row.state}  {row.channel}  {row.carrier} {row.service}  {row.sla}")
    print(f"{found.recipient}\n{found.address}")
    if found.note:
        print(f"* {found.note}")
    for gate in found.gates:
        print(f"  [{gate.status}] {gate.gate} {gate.reason}")
    for line in found.lines:
        print(f"  {line.sku}  {line.done}/{line.quantity}  {line.state}  {line.name}")
    for package in found.packages:
        print(f"  # {package.package_no}  {package.box}  {package.state}  {package.tracking}")
    for _, tracking, state, copies in found.labels:
        print(f"  = {tracking}  {state}  {copies}")
    for entry in found.journal:
        print(f"  {entry.at:%Y-%m-%d %H:%M:%S}  {entry.kind}  {entry.operator}  {entry.text}")
