"""`expedita bench`: what the console promises, measured on this machine."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import structs

from app.commands import shell
from app.commands.console import screen
from app.commands.kiosk import this_program
from app.commands.parsing import add_json, count

ORDERS = "how many orders the warehouse has; %(default)s else"
Bench = Callable[[Path, argparse.Namespace], dict[str, Any]]


def add(commands: Any) -> None:
    bench = commands.add_parser("bench", help="measure on this machine").add_subparsers(
        required=True, metavar="start|scan|scan-busy|dock|queue|import|label|decide|sync|support"
    )
    what = "what whoever begins a shift waits for: the sign-in, and from the PIN to a painted queue"
    start = _part(bench, "start", what, _start)
    _number(start, "--rounds", 7, "how many starts; %(default)s else")
    _number(start, "--orders", 100_000, ORDERS)
    # What the bench starts: the console of a data folder, and who signs in there.
    start.add_argument("--of", type=Path, help=argparse.SUPPRESS)
    start.add_argument("--pin", help=argparse.SUPPRESS)
    start.add_argument("--by-hand", action="store_true", help=argparse.SUPPRESS)
    scan = _part(bench, "scan", "from a scan's last key to the painted answer", _scan)
    _number(scan, "--scans", 5_000, "how many scans; %(default)s else")
    busy = _part(bench, "scan-busy", "the same while orders are imported", _busy)
    _number(busy, "--imported", 100_000, "how many orders come in meanwhile; %(default)s else")
    dock = _part(bench, "dock", "scans, closing and handover of a large manifest", _dock)
    _number(dock, "--packages", 2_000, "how many packages it holds; %(default)s else")
    _number(dock, "--scans", 200, "how many of their scans are measured; %(default)s else")
    queue = _part(bench, "queue", "the order list: opened, scrolled, filtered", _queue)
    _number(queue, "--steps", 200, "how many steps of the wheel; %(default)s else")
    for part in (scan, busy, queue):
        _number(part, "--orders", 1_000_000, ORDERS)
        _number(part, "--skus", 100_000, "how many products the warehouse has; %(default)s else")
    take = _part(bench, "import", "a file of orders coming in", _import)
    _number(take, "--orders", 100_000, "how many orders come in; %(default)s else")
    label = _part(bench, "label", "labels made, one by one and in batches", _label)
    _number(label, "--labels", 200, "how many labels; %(default)s else")
    decide = _part(bench, "decide", "decisions of the rules alone, over a recorded shift", _decide)
    _number(decide, "--waves", 10, "how many waves of orders; %(default)s else")
    sync = _part(bench, "sync", "orders of another system, and a scan meanwhile", _sync)
    _number(sync, "--orders", 100_000, "how many orders come in; %(default)s else")
    support = _part(bench, "support", "a call for help in a window, with 50 MB of logs", _support)
    _number(support, "--rounds", 10, "how many calls; %(default)s else")


def _part(bench: Any, name: str, what: str, measure: Bench) -> argparse.ArgumentParser:
    part: argparse.ArgumentParser = bench.add_parser(name, help=what)
    add_json(part)
    part.set_defaults(run=lambda options: _run(measure, options))
    return part


def _number(part: argparse.ArgumentParser, word: str, usual: int, what: str) -> None:
    part.add_argument(word, type=count(), default=usual, metavar="N", help=what)


def _run(measure: Bench, options: argparse.Namespace) -> int:
    if getattr(options, "of", None) is not None:
        return int(screen("bench-start")(options.of, options.pin, options.by_hand))
    from app.bench.report import RanOut

    try:
        with tempfile.TemporaryDirectory(prefix="expedita-bench-") as folder:
            report = measure(Path(folder), options)
    except RanOut:
        return shell.fail("BENCH_RAN_OUT", {})
    if options.json:
        shell.print_json(report)
        return shell.DONE
    width = max(map(len, report))
    for name, value in report.items():
        print(f"{name:<{width}} {'-' if value is None else value}")
    return shell.DONE


def _start(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    from app.bench import start

    return start.run(folder, options.orders, options.rounds, this_program).as_dict()


def _label(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    from app.bench import labels

    return labels.run(options.labels).as_dict()


def _scan(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    found = screen("bench-scan")(folder, options.scans, options.orders, options.skus)
    return _dict(found)


def _busy(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    found = screen("bench-scan-busy")(folder, options.imported, options.orders, options.skus)
    return _dict(found)


def _dock(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    from app.bench import dock

    return dock.run(folder, options.packages, options.scans).as_dict()


def _queue(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    found = screen("bench-queue")(folder, options.orders, options.steps, options.skus)
    return _dict(found)


def _import(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    from app.bench import importing

    return importing.run(folder, options.orders).as_dict()


def _decide(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    from app.bench import decide

    return decide.run(folder, options.waves).as_dict()


def _sync(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    from app.bench import sync

    return structs.asdict(sync.run(folder, options.orders))


def _support(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    return dict(screen("bench-support")(folder, options.rounds))


def _dict(report: Any) -> dict[str, Any]:
    """Reports of the window's benches come through an entry point, which has no types."""
    made: dict[str, Any] = report.as_dict()
    return made
