"""`expedita soak`: kill a working console many times, or let it work for a whole shift, and see
whether it kept its promises."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from app.commands import shell
from app.commands.console import screen
from app.commands.parsing import add_json, count

GROWS_MB = 5.0  # in 10,000 scans: less is the noise of the allocator


def add(commands: Any) -> None:
    soak = commands.add_parser("soak", help="rehearse power cuts on a made-up warehouse")
    what = soak.add_mutually_exclusive_group()
    what.add_argument(
        "--kills", type=count(), default=100, metavar="N", help="how many; %(default)s else"
    )
    what.add_argument(
        "--scans", type=count(), metavar="N", help="a shift of scans instead, to watch the memory"
    )
    soak.add_argument(
        "--seed", type=int, default=1, metavar="N", help="the same number kills at the same places"
    )
    add_json(soak)
    soak.set_defaults(run=lambda options: _scans(options) if options.scans else _kills(options))


def _kills(options: argparse.Namespace) -> int:
    if sys.platform == "win32":
        return shell.fail("SOAK_NOT_HERE", {})
    from app.soak.kills import Report, Soak

    def tell(report: Report) -> None:
        _tell(report.kills, options.kills)

    with tempfile.TemporaryDirectory(prefix="expedita-soak-") as folder:
        soak = Soak(Path(folder), options.seed, tell)
        try:
            report = soak.run(options.kills)
        except KeyboardInterrupt:  # what was reached counts: it may have run for a night
            report = soak.report
    _end_of_telling()
    if options.json:
        shell.print_json(vars(report))
    else:
        _print(report)
    return shell.REFUSED if report.broken else shell.DONE


def _scans(options: argparse.Namespace) -> int:
    """A shift in one window. Refused where the console's memory grows with its scans."""
    with tempfile.TemporaryDirectory(prefix="expedita-soak-") as folder:
        report = screen("soak-scans")(
            Path(folder), options.scans, lambda done: _tell(done, options.scans)
        )
    _end_of_telling()
    if options.json:
        shell.print_json(report)
    else:
        print(f"{report.scans} scans in {report.seconds:.0f} s")
        print(f"memory {report.warm_mb} MB when warm, {report.end_mb} MB at the end")
        print(f"slope {report.per_10000_mb} MB in 10,000 scans")
    return shell.REFUSED if report.per_10000_mb > GROWS_MB else shell.DONE


def _tell(done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}/{of}", end="", file=sys.stderr, flush=True)


def _end_of_telling() -> None:
    if sys.stderr.isatty():
        print(file=sys.stderr)


def _print(report: Any) -> None:
    print(f"{report.kills} kills in {report.seconds:.0f} s, {report.scans} calls answered")
    print(f"{report.shipped} orders shipped, {report.labels} labels ({report.copies} copies)")
    for title, counts in (("during", report.during), ("at", report.at)):
        print(f"{title}: " + ", ".join(f"{name} {n}" for name, n in counts.most_common()))
    for line in report.broken:
        print(f"BROKEN: {line}")
    if not report.broken:
        print("every promise was kept")
