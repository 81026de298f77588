"""`expedita bench`: what the warehouse promises, measured on this machine."""

from __future__ import annotations

import argparse
import dataclasses
import tempfile
from pathlib import Path
from typing import Any

from app.commands import shell
from app.commands.console import screen


def add(commands: Any) -> None:
    bench = commands.add_parser("bench", help="measure on this machine").add_subparsers(
        required=True, metavar="sync|support"
    )
    sync = bench.add_parser("sync", help="orders coming in, and a scan meanwhile")
    sync.add_argument("--orders", type=int, default=100_000)
    sync.add_argument("--json", action="store_true")
    sync.set_defaults(run=_sync)
    support = bench.add_parser("support", help="a call for help in a window, with 50 MB of logs")
    support.add_argument("--rounds", type=int, default=10)
    support.add_argument("--json", action="store_true")
    support.set_defaults(run=_support)


def _sync(options: argparse.Namespace) -> int:
    from app.bench.sync import run

    with tempfile.TemporaryDirectory(prefix="expedita-bench-") as folder:
        report = dataclasses.asdict(run(Path(folder), options.orders))
    return _told(report, options.json)


def _support(options: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory(prefix="expedita-bench-") as folder:
        report = screen("bench-support")(Path(folder), options.rounds)
    return _told(report, options.json)


def _told(report: dict[str, Any], as_json: bool) -> int:
    if as_json:
        shell.print_json(report)
        return shell.DONE
    for name, value in report.items():
        print(f"{name:<16} {value}")
    return shell.DONE
