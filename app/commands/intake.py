"""`expedita import`: files into the warehouse, and the records that were kept aside."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from pathlib import Path
from typing import Any

from app.commands import data_folder, language, shell
from app.commands.parsing import add_json, misused
from app.domain.texts import message
from app.engine import Engine
from app.station.views import Feedback


def add(commands: Any) -> None:
    take = commands.add_parser("import", help="take in orders, products, bins and NF-e")
    take.add_argument("path", nargs="?", type=Path, help="a file, or a folder of files")
    take.add_argument("--rejected", action="store_true", help="list the records kept aside")
    add_json(take)
    take.set_defaults(run=_import)


def _import(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        if options.rejected:
            return _list_rejected(engine, options.json)
        if options.path is None:
            return misused("expedita import", "PATH or --rejected is needed")
        feedback = _with_progress(engine, options.path)
        lang = language.spoken()
        if feedback.code in ("IMPORT_UNREADABLE", "IMPORT_UNKNOWN_FORMAT"):
            return shell.fail(feedback.code, feedback.params)
        stopped = feedback.code == "IMPORT_CANCELLED"
        if options.json:
            print(json.dumps({**feedback.params, "cancelled": stopped}))
        if stopped:
            return shell.fail(feedback.code, feedback.params)
        if not options.json:
            print(" ".join(message(feedback.code, lang, feedback.params)))
        return shell.DONE


def _with_progress(engine: Engine, path: Path) -> Feedback:
    """Ctrl+C stops at the next batch; the same command goes on from there."""
    stopped = False
    shown = -1

    def progress(done: int, total: int) -> None:
        nonlocal shown
        percent = 100 * done // max(total, 1)
        if percent != shown and sys.stderr.isatty():
            shown = percent
            print(f"\r{percent:3d} %", end="", file=sys.stderr, flush=True)

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
        kept = [
            {"file": r.file, "line": r.line_no, "code": r.code, "detail": r.detail} for r in rows
        ]
        shell.print_json(kept)
        return shell.DONE
    lang = language.spoken()
    for row in rows:
        reason = message(row.code, lang, {"file": row.file, "detail": row.detail})[0]
        print(f"{row.file}:{row.line_no}  {row.code}  {reason}")
    return shell.DONE
