"""`expedita worker`, `connector`, `pending` and `replay`: the flow without a screen."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import logging
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app.commands import data_folder, language, shell
from app.commands.parsing import add_json, misused
from app.connectors import kinds
from app.connectors.errors import ConnectorError
from app.domain.security_entries import SettingChanged
from app.domain.texts import message
from app.engine import Engine
from app.flow.repair import RepairRefused
from app.flow.runner import Busy, Round
from app.flow.setup import SetupRefused

NAME = "the connector's name"


def add(commands: Any) -> None:
    worker = commands.add_parser("worker", help="run the flow without a screen")
    worker.add_argument("--once", action="store_true", help="one round, then a report")
    add_json(worker)
    worker.set_defaults(run=_worker)

    connector = commands.add_parser("connector", help="the systems around").add_subparsers(
        required=True, metavar="add|list|check|authorise|run"
    )
    new = connector.add_parser("add", help="add one, or change the one of that name")
    new.add_argument("name", help="a name of your own for it")
    new.add_argument("kind", help="see connector list --kinds")
    new.add_argument("--url", default="", help="where the system answers")
    new.add_argument(
        "-o", "--option", action="append", default=[], metavar="NAME=VALUE",
        help="what it must be told; may be given again",
    )  # fmt: skip
    new.add_argument(
        "--secret", action="append", default=[], metavar="NAME",
        help="asked for, or read from standard input, a line each",
    )  # fmt: skip
    new.set_defaults(run=_add)
    listing = connector.add_parser("list", help="those that are joined, and how they answer")
    listing.add_argument("--kinds", action="store_true", help="what could be added")
    add_json(listing)
    listing.set_defaults(run=_list)
    check = connector.add_parser("check", help="reach it, changing nothing")
    check.add_argument("name", help=NAME)
    add_json(check)
    check.set_defaults(run=_check)
    agree = connector.add_parser("authorise", help="let it into an account, by a browser")
    agree.add_argument("name", help=NAME)
    agree.set_defaults(run=_authorise)
    run = connector.add_parser("run", help="one round with this one only")
    run.add_argument("name", help=NAME)
    add_json(run)
    run.set_defaults(run=_run)

    pending = commands.add_parser("pending", help="what waits for a person")
    add_json(pending)
    pending.set_defaults(run=_pending)
    replay = commands.add_parser("replay", help="try again what waits for a person")
    replay.add_argument("id", nargs="?", default="", help="one matter, as pending lists it")
    replay.add_argument("--all", action="store_true", help="everything that waits")
    replay.set_defaults(run=_replay)


# --- the flow -------------------------------------------------------------------------------


def _worker(options: argparse.Namespace) -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs addresses, which may hold keys
    with data_folder.engine(options) as engine:
        if options.once:
            return _one_round(engine, "", options.json)
        engine.health.start("worker")
        engine.backups.start()
        with _status_page(engine):
            asyncio.run(_until_told(engine))
        return shell.DONE


@contextmanager
def _status_page(engine: Engine) -> Iterator[None]:
    """/metrics and /healthz while the worker runs; a port that is taken stops no order."""
    from app.health.serving import serve

    port = engine.settings.number("health.port")
    if not port:
        yield
        return
    try:
        server = serve(port, engine.store, engine.health, engine.clock)
    except OSError:
        logging.getLogger(__name__).error("health.port %d is taken: no /metrics", port)
        yield
        return
    logging.getLogger(__name__).info("http://127.0.0.1:%d/metrics", server.port)
    try:
        yield
    finally:
        server.stop()


async def _until_told(engine: Engine) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(name, stop.set)
        except NotImplementedError:  # Windows: Ctrl+C ends the loop by an exception
            continue
    await engine.flow().run(stop)


def _one_round(engine: Engine, only: str, as_json: bool) -> int:
    lang = language.spoken()
    try:
        report = asyncio.run(_once(engine, only))
    except Busy as busy:
        return shell.fail("FLOW_BUSY", {"holder": str(busy)})
    finally:
        engine.health.keep_observed("round")
    if as_json:
        shell.print_json(_report(report))
    else:
        print(" ".join(message("ROUND_DONE", lang, _sums(report))))
    for name, code in sorted(report.failed.items()):
        _unusable(name, code, report.details[name])
    return shell.REFUSED if report.failed else shell.DONE


def _unusable(name: str, code: str, detail: str) -> int:
    """Say why a connector can't be used; what that means is said of no one order."""
    params, lang = {"connector": name, "detail": detail}, language.spoken()
    happened, _, do_next = message(code, lang, params)
    means = message("CONNECTOR_STANDS", lang, params)[1]
    return shell.fail_in(code, (happened, means, do_next))


async def _once(engine: Engine, only: str) -> Round:
    return await engine.flow().once(only)


def _report(report: Round) -> dict[str, Any]:
    return {
        **_sums(report),
        "pulls": report.pulls,
        "events": report.events,
        "payments": report.paid,
        "levels": report.levels,
        "failed": report.failed,
    }


def _sums(report: Round) -> dict[str, int]:
    pulls, tallies = report.pulls.values(), report.deliveries.values()
    return {
        "new": sum(p.new for p in pulls),
        "changed": sum(p.changed for p in pulls),
        "rejected": sum(p.rejected for p in pulls),
        "done": sum(t.done for t in tallies),
        "again": sum(t.again for t in tallies),
        "dead": sum(t.dead for t in tallies),
    }


# --- connectors -----------------------------------------------------------------------------


def _add(options: argparse.Namespace) -> int:
    given = dict(part.partition("=")[::2] for part in options.option)
    with data_folder.engine(options) as engine:
        lang = language.spoken()
        secrets = {name: _secret(name) for name in options.secret}
        try:
            engine.setup.add(options.name, options.kind, options.url, given, secrets)
            engine.audit.record(SettingChanged(f"connector.{options.name}", "", options.kind))
        except SetupRefused as refused:
            return shell.fail(refused.code, refused.params)
        print(" ".join(message("CONNECTOR_ADDED", lang, {"name": options.name})))
        return shell.DONE


def _secret(name: str) -> str:
    if sys.stdin.isatty():
        return getpass.getpass(f"{name}: ")
    return sys.stdin.readline().rstrip("\r\n")


def _list(options: argparse.Namespace) -> int:
    if options.kinds:
        return _list_kinds(options.json)
    with data_folder.engine(options) as engine:
        found = engine.setup.every()
        if options.json:
            shell.print_json(found)
            return shell.DONE
        for view in found:
            state = view.code if view.is_open else "+"
            print(f"{state:<24} {view.name:<16} {view.kind:<12} {view.waiting:>5}  {view.url}")
        return shell.DONE


def _list_kinds(as_json: bool) -> int:
    found: list[dict[str, Any]] = []
    for name in kinds.names():
        try:
            kind = kinds.load(name)
        except kinds.KindUnknown as unknown:
            print(f"- {unknown}", file=sys.stderr)
            continue
        fields = [
            {"name": f.name, "hint": f.hint, "secret": f.secret, "needed": f.needed}
            for f in (*kind.fields, *kinds.COMMON)
        ]
        roles = sorted(role.value for role in kind.roles)
        found.append({"kind": name, "title": kind.title, "roles": roles, "options": fields})
    if as_json:
        shell.print_json(found)
        return shell.DONE
    for each in found:
        print(f"{each['kind']:<14} {each['title']}  ({', '.join(each['roles'])})")
        for option in each["options"]:
            how = "--secret" if option["secret"] else "-o"
            needed = "*" if option["needed"] else " "
            print(f"   {needed} {how} {option['name']:<16} {option['hint']}")
    return shell.DONE


def _check(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        lang = language.spoken()
        try:
            found = engine.setup.check(options.name)
        except SetupRefused as refused:
            return shell.fail(refused.code, refused.params)
        except ConnectorError as error:
            return _unusable(options.name, error.code, error.detail)
        if options.json:
            shell.print_json(found)
            return shell.DONE
        clock = f"{found.clock:%Y-%m-%d %H:%M:%S %Z}" if found.clock else ""
        params = {"name": options.name, "system": found.system}
        params |= {"account": found.account, "clock": clock}
        print(" ".join(message("CONNECTOR_CHECKED", lang, params)))
        return shell.DONE


def _authorise(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        lang = language.spoken()
        try:
            address = engine.setup.address(options.name)
            print(" ".join(message("CONNECTOR_AGREE", lang, {"address": address})), file=sys.stderr)
            engine.setup.authorise(options.name, _secret("code"))
            engine.audit.record(SettingChanged(f"connector.{options.name}", "", "authorised"))
        except SetupRefused as refused:
            return shell.fail(refused.code, refused.params)
        except ConnectorError as error:
            return _unusable(options.name, error.code, error.detail)
        print(" ".join(message("CONNECTOR_AUTHORISED", lang, {"name": options.name})))
        return shell.DONE


def _run(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        if options.name not in {view.name for view in engine.setup.every()}:
            return shell.fail("CONNECTOR_UNKNOWN_NAME", {"name": options.name})
        return _one_round(engine, options.name, options.json)


# --- what waits for a person ----------------------------------------------------------------


def _pending(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        found = engine.repair.pending()
        if options.json:
            shell.print_json(found)
            return shell.DONE
        lang = language.spoken()
        for matter in found:
            what = message(matter.code, lang, matter.params)[0]
            print(
                f"{matter.id:<6} {matter.order or '—':<12} {matter.system:<16} "
                f"{matter.kind:<12} {matter.code}  {what}"
            )
        return shell.DONE


def _replay(options: argparse.Namespace) -> int:
    if not options.id and not options.all:
        return misused("expedita replay", "ID or --all is needed")
    with data_folder.engine(options) as engine:
        lang = language.spoken()
        try:
            count = engine.repair.replay(None if options.all else [options.id])
        except RepairRefused as refused:
            return shell.fail(refused.code, refused.params)
        if not count:
            return shell.fail("NOTHING_TO_REPLAY", {})
        print(" ".join(message("REPLAYED", lang, {"count": count})))
        return shell.DONE
