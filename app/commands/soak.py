"""`expedita soak`: kill a working console many times, and see whether it kept its promises."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from app.commands import shell


def add(commands: Any) -> None:
    soak = commands.add_parser("soak", help="rehearse power cuts on a made-up warehouse")
    soak.add_argument("--kills", type=int, default=100, metavar="N")
    soak.add_argument("--seed", type=int, default=1)
    soak.add_argument("--json", action="store_true")
    soak.set_defaults(run=_soak)


def _soak(options: argparse.Namespace) -> int:
    if sys.platform == "win32":
        return shell.fail("SOAK_NOT_HERE", {})
    from app.soak.kills import Report, Soak

    def tell(report: Report) -> None:
        if sys.stderr.isatty():
            print(f"\r{report.kills}/{options.kills}", end="", file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory(prefix="expedita-soak-") as folder:
        soak = Soak(Path(folder), options.seed, tell)
        try:
            report = soak.run(options.kills)
        except KeyboardInterrupt:  # what was reached counts: it may have run for a night
            report = soak.report
    if sys.stderr.isatty():
        print(file=sys.stderr)
    if options.json:
        shell.print_json(vars(report))
    else:
        _print(report)
    return shell.REFUSED if report.broken else shell.DONE


def _print(report: Any) -> None:
    print(f"{report.kills} kills in {report.seconds:.0f} s, {report.scans} calls answered")
    print(f"{report.shipped} orders shipped, {report.labels} labels ({report.copies} copies)")
    for title, counts in (("during", report.during), ("at", report.at)):
        print(f"{title}: " + ", ".join(f"{name} {n}" for name, n in counts.most_common()))
    for line in report.broken:
        print(f"BROKEN: {line}")
    if not report.broken:
        print("every promise was kept")
