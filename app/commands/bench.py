"""`expedita bench`: what the warehouse promises, measured on this machine."""

from __future__ import annotations

import argparse
import dataclasses
import tempfile
from pathlib import Path
from typing import Any

from app.commands import shell


def add(commands: Any) -> None:
    bench = commands.add_parser("bench", help="measure on this machine").add_subparsers(
        required=True, metavar="sync"
    )
    sync = bench.add_parser("sync", help="orders coming in, and a scan meanwhile")
    sync.add_argument("--orders", type=int, default=100_000)
    sync.add_argument("--json", action="store_true")
    sync.set_defaults(run=_sync)


def _sync(options: argparse.Namespace) -> int:
    from app.bench.sync import run

    with tempfile.TemporaryDirectory(prefix="expedita-bench-") as folder:
        report = dataclasses.asdict(run(Path(folder), options.orders))
    if options.json:
        shell.print_json(report)
        return shell.DONE
    for name, value in report.items():
        print(f"{name:<16} {value}")
    return shell.DONE
